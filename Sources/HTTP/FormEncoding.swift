// In which of the two encodings a request carries a form.

public enum FormEncoding: Equatable, Sendable {
    case urlencoded
    case multipart(boundary: [UInt8])
}

extension Request {
    /// Nil where the body is no form. Several Content-Type fields and a boundary that RFC 2046 §5.1.1 does not allow are
    /// refused: whoever guesses there may guess otherwise than a filter in front of us.
    public func formEncoding() throws(RequestError) -> FormEncoding? {
        guard hasField("content-type") else { return nil }
        guard let value = onlyField("content-type") else { throw .bad("There are several Content-Type fields") }
        let type = value.prefix { $0 != .semicolon }
        if type.trimmed.matches("application/x-www-form-urlencoded") { return .urlencoded }
        guard type.trimmed.matches("multipart/form-data") else { return nil }

        var boundary: [UInt8]?
        var parameters = Parameters(value[type.endIndex...])
        while let (name, value) = try parameters.next() {
            guard name.matches("boundary") else { continue }
            guard boundary == nil else { throw .bad("The form has several boundaries") }
            boundary = value
        }
        guard let boundary, Self.isBoundary(boundary) else { throw .bad("The form has no valid boundary") }
        return .multipart(boundary: boundary)
    }

    /// 1 to 70 `bchars`, of which the last is no space.
    private static func isBoundary(_ bytes: [UInt8]) -> Bool {
        guard 1...70 ~= bytes.count, bytes.last != 0x20 else { return false }
        return bytes.allSatisfy { byte in
            switch byte {
            case 0x30...0x39, 0x41...0x5A, 0x61...0x7A: true
            // ' ( ) + , - . / : = ? _ and space
            case 0x27...0x29, 0x2B...0x2F, 0x3A, 0x3D, 0x3F, 0x5F, 0x20: true
            default: false
            }
        }
    }
}
