// The hidden field of every form: it shows that the form was made here for this browser. It is derived from the cookie
// that only this browser has, and masked anew for each page, so that it cannot be read out of a compressed page.

internal import HTTP

struct FormSeal: Sendable {
    /// The name of the field.
    static let field = "csrf"

    private static let size = 16
    private let token: [UInt8]
    /// The mask, and the token under it, in hexadecimal digits. Empty, which matches nothing, where the system has no
    /// randomness.
    let text: String

    /// - Parameter secret: The value of the session's cookie, or of the one that a visitor without a session gets with
    ///   his first form.
    init(secret: String) throws(Refusal) {
        token = Array(try Digest.sha256(Array("form ".utf8) + Array(secret.utf8)).prefix(Self.size))
        let token = token
        text = Random.bytes(Self.size).map { mask in Hexadecimal.text(mask + zip(mask, token).map { $0 ^ $1 }) } ?? ""
    }

    func matches(_ text: String) -> Bool {
        guard text.utf8.count == 4 * Self.size, let bytes = Hexadecimal.bytes(text) else { return false }
        let sent = zip(bytes[..<Self.size], bytes[Self.size...]).map { $0 ^ $1 }
        return Digest.isEqualInConstantTime(sent, token)
    }
}
