// The first line of a request (RFC 9112 §3): method, target, version.

struct RequestLine: Sendable {
    let method: Method
    let version: Version
    let form: Request.TargetForm
    let path: Range<Int>
    let query: Range<Int>?
    /// Host and port of an absolute-form target.
    let authority: Range<Int>?

    /// Reads the line that is the first `end` bytes of `head`, without its CRLF. What the version means comes before
    /// what the method means, and both before the target, which in another version or with another method may look
    /// different.
    init(_ head: UnsafeRawBufferPointer, end: Int) throws(RequestError) {
        var space = 0
        while space < end, ByteSet.token.contains(head[space]) { space &+= 1 }
        guard space > 0 else { throw .bad("malformed method") }
        guard space < end else { throw .bad("request line without target and version") }
        guard head[space] == 0x20 else { throw .bad("malformed method") }
        let versionStart = end - 8
        guard versionStart > space + 1, head[versionStart - 1] == 0x20 else { throw .bad("malformed request line") }
        version = try Version(head, at: versionStart)
        guard let method = Method(head, 0..<space) else { throw RequestError(.notImplemented, "unknown method") }
        self.method = method
        let target = try Target(head, (space + 1)..<(versionStart - 1))
        guard target.form != .asterisk || method == .options else { throw .bad("target * without OPTIONS") }
        (form, path, query, authority) = (target.form, target.path, target.query, target.authority)
    }
}

extension Method {
    fileprivate init?(_ head: UnsafeRawBufferPointer, _ word: Range<Int>) {
        let found = Method.allCases.first { method in
            method.name.utf8CodeUnitCount == word.count
                && word.allSatisfy { head[$0] == method.name.utf8Start[$0 - word.lowerBound] }
        }
        guard let found else { return nil }
        self = found
    }
}

extension Version {
    /// Reads the eight bytes of `HTTP/d.d`, which is case-sensitive (RFC 9112 §2.3).
    fileprivate init(_ head: UnsafeRawBufferPointer, at start: Int) throws(RequestError) {
        let name: StaticString = "HTTP/"
        for offset in 0..<5 where head[start + offset] != name.utf8Start[offset] { throw .bad("malformed version") }
        let (major, point, minor) = (head[start + 5], head[start + 6], head[start + 7])
        guard major.isDigit, point == 0x2E, minor.isDigit else { throw .bad("malformed version") }
        switch (major, minor) {
        case (0x31, 0x31): self = .http11
        case (0x31, 0x30): self = .http10
        default: throw RequestError(.versionNotSupported, "HTTP version not supported")
        }
    }
}

/// The request target, RFC 9112 §3.2.
private struct Target {
    let form: Request.TargetForm
    let path: Range<Int>
    let query: Range<Int>?
    let authority: Range<Int>?

    /// `target` is not empty.
    init(_ head: UnsafeRawBufferPointer, _ target: Range<Int>) throws(RequestError) {
        let first = head[target.lowerBound]
        if first == 0x2F {
            form = .origin
            authority = nil
            (path, query) = try splitPath(head, target)
        } else if first == 0x2A, target.count == 1 {
            form = .asterisk
            authority = nil
            (path, query) = (target, nil)
        } else {
            form = .absolute
            let start = try authorityStart(head, target)
            var end = start
            while end < target.upperBound, head[end] != 0x2F, head[end] != 0x3F { end &+= 1 }
            guard head.isAuthority(start..<end) else { throw .bad("malformed authority in the target") }
            authority = start..<end
            let rest = try splitPath(head, end..<target.upperBound)
            // An empty path is `/` (RFC 9110 §4.2.3): the slash before the authority stands for it.
            path = rest.path.isEmpty ? (start - 1)..<start : rest.path
            query = rest.query
        }
    }
}

/// Where the authority begins in an absolute-form target, whose scheme may be written in any case.
private func authorityStart(_ head: UnsafeRawBufferPointer, _ target: Range<Int>) throws(RequestError) -> Int {
    let schemes: (StaticString, StaticString) = ("http://", "https://")
    for scheme in [schemes.0, schemes.1] {
        let end = target.lowerBound + scheme.utf8CodeUnitCount
        if end <= target.upperBound, head.matches(target.lowerBound..<end, scheme) { return end }
    }
    throw .bad("malformed target")
}

/// Splits at the first `?` and checks every byte (RFC 3986 §3.3, §3.4). A `#` has no place in a target.
private func splitPath(
    _ head: UnsafeRawBufferPointer, _ range: Range<Int>
) throws(RequestError) -> (path: Range<Int>, query: Range<Int>?) {
    let pathEnd = try endOfLegal(head, range, ByteSet.path)
    guard pathEnd < range.upperBound else { return (range, nil) }
    guard head[pathEnd] == 0x3F else { throw .bad("illegal byte in the target") }
    let query = (pathEnd + 1)..<range.upperBound
    guard try endOfLegal(head, query, ByteSet.query) == query.upperBound else {
        throw .bad("illegal byte in the target")
    }
    return (range.lowerBound..<pathEnd, query)
}

/// The first byte of the range that is neither in the set nor part of a percent triplet; the range's end if there is none.
@inline(__always)
private func endOfLegal(
    _ head: UnsafeRawBufferPointer, _ range: Range<Int>, _ legal: ByteSet
) throws(RequestError) -> Int {
    var at = range.lowerBound
    while at < range.upperBound {
        if legal.contains(head[at]) {
            at &+= 1
        } else if head[at] == 0x25 {
            guard range.upperBound - at >= 3, head[at + 1].hexValue != nil, head[at + 2].hexValue != nil else {
                throw .bad("malformed percent triplet in the target")
            }
            at &+= 3
        } else {
            return at
        }
    }
    return at
}
