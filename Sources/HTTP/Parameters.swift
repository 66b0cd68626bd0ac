// The parameters of Content-Type and Content-Disposition: `; name=value; name="value"`.

struct Parameters {
    private var rest: ArraySlice<UInt8>

    /// Takes what follows the first word of the value.
    init(_ bytes: ArraySlice<UInt8>) { rest = bytes.trimmed }

    /// The next parameter; nil at the end.
    mutating func next() throws(RequestError) -> (name: ArraySlice<UInt8>, value: [UInt8])? {
        // RFC 9110 §5.6.6 lets a parameter be empty.
        repeat {
            if rest.isEmpty { return nil }
            guard rest.first == .semicolon else { throw Self.malformed }
            rest = rest.dropFirst().trimmed
        } while rest.isEmpty || rest.first == .semicolon

        let name = rest.prefix { $0.isTokenByte }
        rest = rest[name.endIndex...]
        guard !name.isEmpty, rest.first == .equals else { throw Self.malformed }
        rest = rest.dropFirst()
        let value = rest.first == .quote ? try quoted() : token()
        guard let value else { throw Self.malformed }
        rest = rest.trimmed
        return (name, value)
    }

    private mutating func token() -> [UInt8]? {
        let value = rest.prefix { $0.isTokenByte }
        rest = rest[value.endIndex...]
        return value.isEmpty ? nil : Array(value)
    }

    /// A backslash escapes a quote or a backslash and is itself before anything else, since browsers send it as it is
    /// (`C:\file.txt`). Before the very last quote it is itself too: that quote has to end the value.
    private mutating func quoted() throws(RequestError) -> [UInt8] {
        var value: [UInt8] = []
        var index = rest.startIndex + 1
        while index < rest.endIndex {
            let byte = rest[index]
            index += 1
            if byte == .quote {
                rest = rest[index...]
                return value
            }
            if byte == .backslash, index < rest.endIndex {
                let next = rest[index]
                if next == .backslash || next == .quote && index + 1 < rest.endIndex {
                    value.append(next)
                    index += 1
                    continue
                }
            }
            value.append(byte)
        }
        throw Self.malformed
    }

    private static let malformed = RequestError.bad("The parameters of a field are malformed")
}
