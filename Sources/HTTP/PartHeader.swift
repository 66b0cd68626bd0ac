// The header of one part of a multipart form (RFC 7578 §4), read line by line.

struct PartHeader {
    /// The field's name; nil until a Content-Disposition was read.
    private(set) var name: String?
    /// Present where the part is a file; as sent, to be shown through `FileName`.
    private(set) var filename: [UInt8]?
    /// What the client says the file is, in lower case and without parameters.
    private(set) var contentType: String?

    /// Takes one line without its CRLF; fields that a form has no use for are passed over (RFC 7578 §4.8).
    mutating func read(_ line: ArraySlice<UInt8>) throws(RequestError) {
        guard let (field, value) = line.split(at: .colon), !field.isEmpty, field.allSatisfy({ $0.isTokenByte }) else {
            throw .bad("A part of the form has a malformed header")
        }
        guard line.allSatisfy({ !$0.isControl || $0 == 0x09 }) else {
            throw .bad("A part of the form has a control byte in its header")
        }
        if field.matches("content-disposition") {
            try readDisposition(value.trimmed)
        } else if field.matches("content-type") {
            try readType(value.trimmed)
        } else if field.matches("content-transfer-encoding") {
            // RFC 7578 §4.7 has done away with it; storing encoded bytes as the file would be worse than refusing.
            let coding = value.trimmed
            guard coding.matches("binary") || coding.matches("8bit") || coding.matches("7bit") else {
                throw .bad("A part of the form has a transfer encoding")
            }
        }
    }

    private mutating func readDisposition(_ value: ArraySlice<UInt8>) throws(RequestError) {
        guard name == nil else { throw .bad("A part of the form has several dispositions") }
        let kind = value.prefix { $0 != .semicolon }
        guard kind.trimmed.matches("form-data") else { throw .bad("A part of the form is no form-data") }
        var parameters = Parameters(value[kind.endIndex...])
        // `filename*` is not for forms (RFC 7578 §4.2) and is passed over like any other parameter.
        while let (parameter, bytes) = try parameters.next() {
            if parameter.matches("name") {
                guard name == nil else { throw .bad("A part of the form has several names") }
                guard let text = String(validating: Self.unescaped(bytes), as: UTF8.self),
                    !text.utf8.contains(where: { $0.isControl })
                else { throw .bad("A part of the form has a malformed name") }
                name = text
            } else if parameter.matches("filename") {
                guard filename == nil else { throw .bad("A part of the form has several file names") }
                filename = Self.unescaped(bytes)
            }
        }
        guard name != nil else { throw .bad("A part of the form has no name") }
    }

    private mutating func readType(_ value: ArraySlice<UInt8>) throws(RequestError) {
        guard contentType == nil else { throw .bad("A part of the form has several types") }
        let type = value.prefix { $0 != .semicolon }.trimmed
        guard let (main, sub) = type.split(at: .slash), !main.isEmpty, main.allSatisfy({ $0.isTokenByte }),
            !sub.isEmpty,
            sub.allSatisfy({ $0.isTokenByte })
        else { throw .bad("A part of the form has a malformed type") }
        // RFC 7578 §4.3: nested multipart is deprecated, and no browser sends it.
        guard !main.matches("multipart") else { throw .bad("A part of the form is itself multipart") }
        contentType = String(decoding: type.map { $0.lowercased }, as: UTF8.self)
    }

    /// Undoes what browsers do to names (WHATWG HTML, "multipart/form-data encoding algorithm"): `%22`, `%0D` and `%0A`
    /// stand for a quote and the line breaks; any other `%` is itself.
    private static func unescaped(_ bytes: [UInt8]) -> [UInt8] {
        guard bytes.contains(.percent) else { return bytes }
        var result: [UInt8] = []
        var index = 0
        while index < bytes.count {
            let byte = bytes[index]
            if byte == .percent, index + 2 < bytes.count, let high = bytes[index + 1].hexValue,
                let low = bytes[index + 2].hexValue, [.quote, .cr, .lf].contains(high << 4 | low)
            {
                result.append(high << 4 | low)
                index += 3
            } else {
                result.append(byte)
                index += 1
            }
        }
        return result
    }
}
