// `application/x-www-form-urlencoded` (WHATWG URL §5.1): queries, and the bodies of plain forms.

extension Form {
    /// Pairs that one form may have; a form of a person has dozens.
    static let maximumPairs = 1000

    /// Pairs `name=value` divided by `&`; a pair without `=` has an empty value, an empty one is skipped. Bad percent
    /// coding, bytes that are not UTF-8 and NUL are refused.
    public static func parse(urlencoded bytes: ArraySlice<UInt8>) throws(RequestError) -> Form {
        var form = Form()
        let fault = bytes.withUnsafeBufferPointer { form.append(urlencoded: $0) }
        if let fault { throw fault }
        return form
    }

    private mutating func append(urlencoded bytes: UnsafeBufferPointer<UInt8>) -> RequestError? {
        var scratch: [UInt8] = []
        var start = 0
        while start < bytes.count {
            var end = start
            var equals: Int?
            while end < bytes.count, bytes[end] != 0x26 {
                if equals == nil, bytes[end] == .equals { equals = end }
                end += 1
            }
            defer { start = end + 1 }
            if start == end { continue }
            guard fields.count < Self.maximumPairs else {
                return RequestError(.contentTooLarge, "A form has more than \(Self.maximumPairs) fields")
            }
            let name = UnsafeBufferPointer(rebasing: bytes[start..<(equals ?? end)])
            let value = UnsafeBufferPointer(rebasing: bytes[(equals.map { $0 + 1 } ?? end)..<end])
            guard
                let name = PercentCoding.decode(
                    name, plusIsSpace: true, controls: .refused, scratch: &scratch),
                let value = PercentCoding.decode(
                    value, plusIsSpace: true, controls: .allowedButNUL, scratch: &scratch)
            else { return .bad("A form field is not well encoded") }
            fields.append((name, value))
        }
        return nil
    }
}

extension Request {
    /// The query's pairs; none where there is no query.
    public func queryForm() throws(RequestError) -> Form {
        guard let query else { return Form() }
        return try Form.parse(urlencoded: head[query])
    }
}
