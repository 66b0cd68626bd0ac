// Cookies (RFC 6265bis): found by name among what the client sent, and made with safe defaults for what is set.

extension Request {
    /// The value of the first cookie of that name, in any of the Cookie fields: the client sends the one with the
    /// longest path first. Names are compared exactly. A value that no server may set (RFC 6265bis §4.1.1) is not ours
    /// and is passed over, as is anything that is not a pair.
    public func cookie(_ name: StaticString) -> String? { name.withUTF8Buffer(cookie) }

    /// The same for a name that is made at run time.
    public func cookie(named name: String) -> String? {
        var name = name
        return name.withUTF8(cookie)
    }

    private func cookie(_ name: UnsafeBufferPointer<UInt8>) -> String? {
        guard !name.isEmpty else { return nil }
        return head.withUnsafeBufferPointer { head in
            for field in fields where matches(field.name, "cookie") {
                if let value = Self.cookie(name, in: UnsafeBufferPointer(rebasing: head[field.value])) {
                    return value
                }
            }
            return nil
        }
    }

    private static func cookie(_ name: UnsafeBufferPointer<UInt8>, in field: UnsafeBufferPointer<UInt8>) -> String? {
        var start = 0
        while start < field.count {
            var end = start
            while end < field.count, field[end] != .semicolon { end += 1 }
            var first = start
            while first < end, field[first].isBlank { first += 1 }
            var last = end
            while last > first, field[last - 1].isBlank { last -= 1 }
            start = end + 1

            let equals = first + name.count
            guard equals < last, field[equals] == .equals else { continue }
            guard field[first..<equals].elementsEqual(name) else { continue }
            let value = UnsafeBufferPointer(rebasing: field[(equals + 1)..<last])
            if value.allSatisfy({ $0.isCookieOctet }) { return String(decoding: value, as: UTF8.self) }
        }
        return nil
    }
}

/// A cookie to be set. It belongs to the host that sets it alone: there is no `Domain`.
public struct SetCookie: Sendable {
    public enum SameSite: Sendable {
        case lax
        case strict
        case none
    }

    /// The value of the `Set-Cookie` field.
    public let header: String

    /// Nil where a client would refuse or misread the cookie: the name is no token; the value holds anything but
    /// visible ASCII without `"`, `,`, `;` and `\`; name and value are longer than 4096 bytes together; the path does
    /// not begin with `/`, holds `;` or a control, or is longer than 1024 bytes; `maxAge` (seconds; 0 deletes, nil
    /// lasts as long as the browser) is negative; a name with `__Secure-` or `__Host-`, in any case, or `SameSite=None`
    /// without `secure`; `__Host-` with a path other than `/`.
    public init?(
        name: String, value: String, path: String = "/", maxAge: Int? = nil, httpOnly: Bool = true,
        secure: Bool = true, sameSite: SameSite = .lax
    ) {
        guard !name.isEmpty, name.utf8.allSatisfy({ $0.isTokenByte }), value.utf8.allSatisfy({ $0.isCookieOctet })
        else {
            return nil
        }
        guard name.utf8.count + value.utf8.count <= 4096, path.utf8.first == .slash, path.utf8.count <= 1024 else {
            return nil
        }
        guard path.utf8.allSatisfy({ 0x20..<0x7F ~= $0 && $0 != .semicolon }), maxAge ?? 0 >= 0 else { return nil }
        let lowerName = ArraySlice(name.utf8.map { $0.lowercased })
        let isHostOnly = lowerName.starts(with: "__host-".utf8)
        if isHostOnly && (!secure || path != "/") { return nil }
        if !secure && (lowerName.starts(with: "__secure-".utf8) || sameSite == .none) { return nil }

        var header = "\(name)=\(value); Path=\(path)"
        if let maxAge { header += "; Max-Age=\(maxAge)" }
        if httpOnly { header += "; HttpOnly" }
        if secure { header += "; Secure" }
        switch sameSite {
        case .lax: header += "; SameSite=Lax"
        case .strict: header += "; SameSite=Strict"
        case .none: header += "; SameSite=None"
        }
        self.header = header
    }
}

extension Response {
    public mutating func add(_ cookie: SetCookie) { add("Set-Cookie", cookie.header) }
}

extension UInt8 {
    /// Visible ASCII without `"`, `,`, `;` and `\` (RFC 6265bis §4.1.1).
    fileprivate var isCookieOctet: Bool {
        0x21...0x7E ~= self && self != .quote && self != .comma && self != .semicolon && self != .backslash
    }
}
