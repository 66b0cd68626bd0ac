// One-time codes by the clock (TOTP, RFC 6238), as authenticator apps show them.

internal import HTTP

/// A secret that the app and we share. It is needed as it is at each log-in, so it cannot be stored as a hash.
struct TimeCode: Sendable {
    enum Digits: Int, Sendable {
        case six = 6
        /// Apps show six; the RFC's examples have eight.
        case eight = 8
    }

    /// Seconds for which a code stands.
    static let period = 30

    let secret: [UInt8]
    let digits: Digits

    init(secret: [UInt8], digits: Digits = .six) {
        self.secret = secret
        self.digits = digits
    }

    /// With a new secret of 160 bits, the size that RFC 4226 recommends.
    static func make() throws(Refusal) -> TimeCode {
        guard let secret = Random.bytes(20) else { throw .broken("the system gives no random bytes") }
        return TimeCode(secret: secret)
    }

    /// The number of the period in which an instant (seconds since 1970) lies.
    static func step(at instant: Int) -> Int {
        instant >= 0 ? instant / period : -1
    }

    /// Nil before 1970.
    func code(step: Int) throws(Refusal) -> String? {
        guard let counter = UInt64(exactly: step) else { return nil }
        let message = (0..<8).map { UInt8(truncatingIfNeeded: counter >> (56 - 8 * $0)) }
        let digest = try Digest.hmacSHA1(key: secret, message)
        // RFC 4226 §5.3: the last four bits say where the 31 bits of the code begin. 19 is the last byte of a SHA-1.
        let offset = Int(digest[19] & 15)
        let number = digest[offset..<offset + 4].reduce(0) { $0 << 8 | Int($1) } & 0x7FFF_FFFF
        let text = String(number)
        return String((String(repeating: "0", count: digits.rawValue) + text).suffix(digits.rawValue))
    }

    /// The step whose code was typed, out of the present one, the one before and the one after (clocks differ, and
    /// people type slowly); nil for a wrong code. A code counts once: the caller stores the step and gives it as `used`
    /// the next time, in the same transaction, and only later steps match.
    func step(of typed: String, at instant: Int, after used: Int?) throws(Refusal) -> Int? {
        let digits = typed.utf8.filter { $0 != UInt8(ascii: " ") }
        let now = Self.step(at: instant)
        var found: Int?
        for step in now - 1...now + 1 {
            guard let code = try code(step: step) else { continue }
            let matches = Digest.isEqualInConstantTime(Array(code.utf8), digits)
            if matches, step > used ?? -1 { found = step }
        }
        return found
    }
}

extension TimeCode {
    /// The secret as people type it into an app: Base32 in groups of four.
    var typedSecret: String {
        let letters = Array(Base32.encode(secret))
        return stride(from: 0, to: letters.count, by: 4)
            .map { String(letters[$0..<min($0 + 4, letters.count)]) }.joined(separator: " ")
    }

    /// What the QR code says, in the form that authenticator apps agreed on. The issuer stands there twice: older apps
    /// read the one, newer apps the other. A space is %20: apps do not read + as one.
    func uri(issuer: String, account: String) -> String {
        let issuer = PercentCoding.encode(segment: issuer)
        let label = issuer + ":" + PercentCoding.encode(segment: account)
        let parameters = [
            "secret=" + Base32.encode(secret), "issuer=" + issuer, "algorithm=SHA1", "digits=\(digits.rawValue)",
            "period=\(Self.period)",
        ]
        return "otpauth://totp/" + label + "?" + parameters.joined(separator: "&")
    }
}
