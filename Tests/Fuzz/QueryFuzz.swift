// fuzz: Sources/HTTP/*.swift
// The small parsers around a request: none traps on any bytes, and what is encoded decodes to the same.

private func check(form bytes: ArraySlice<UInt8>) {
    guard let form = try? Form.parse(urlencoded: bytes) else { return }
    let coded = form.fields.map {
        PercentCoding.encode(queryComponent: $0.name) + "=" + PercentCoding.encode(queryComponent: $0.value)
    }
    let again = try? Form.parse(urlencoded: ArraySlice(coded.joined(separator: "&").utf8))
    precondition(again?.fields.map(\.name) == form.fields.map(\.name))
    precondition(again?.fields.map(\.value) == form.fields.map(\.value))
}

private func check(coding bytes: ArraySlice<UInt8>) {
    guard let text = PercentCoding.decode(bytes, controls: .allowed) else { return }
    let segment = ArraySlice(PercentCoding.encode(segment: text).utf8)
    precondition(PercentCoding.decode(segment, controls: .allowed) == text)
    precondition(segment.allSatisfy { $0.isUnreserved || $0 == .percent })
}

private func check(range bytes: ArraySlice<UInt8>) {
    for size in [0, 1, 1000, Int.max] {
        guard case .part(let range) = ByteRange(bytes, size: size) else { continue }
        precondition(!range.isEmpty && range.lowerBound >= 0 && range.upperBound <= size)
    }
}

private func check(date bytes: ArraySlice<UInt8>) {
    for now in [Int.min, 0, 1_795_000_000, Int.max] {
        guard let instant = HTTPDate.parse(bytes, now: now) else { continue }
        precondition(HTTPDate.parse(ArraySlice(HTTPDate.text(instant).utf8)) == instant)
    }
    // Any eight bytes as an instant.
    let instant = bytes.prefix(8).reduce(0) { $0 << 8 | Int($1) }
    let text = HTTPDate.text(instant)
    precondition(text.utf8.count == 29)
    if 0...250_000_000_000 ~= instant { precondition(HTTPDate.parse(ArraySlice(text.utf8)) == instant) }
}

private func check(addresses bytes: ArraySlice<UInt8>) {
    let text = String(decoding: bytes, as: UTF8.self)
    if let address = IPAddress(text) {
        precondition(IPAddress(address.description) == address)
        precondition(CIDR(text)?.contains(address) == true)
    }
    _ = try? TrustedProxies(text)
    _ = FileName.display(Array(bytes))
}

private func check(references bytes: [UInt8]) {
    for ranges in [AssetReferences.inStylesheet(bytes), AssetReferences.inModule(bytes)] {
        var end = 0
        for range in ranges {
            precondition(range.lowerBound >= end && range.upperBound <= bytes.count)
            end = range.upperBound
        }
    }
}

private let names: [StaticString] = [
    "cookie", "accept-encoding", "if-match", "if-none-match", "if-range", "range", "if-modified-since", "content-type",
    "x-forwarded-for", "x-forwarded-proto", "x-forwarded-host",
]

private let trusted = try? TrustedProxies("unix, 10.0.0.0/8")

/// The names, one after the other, and where each lies; the first one comes twice.
private let prefix: (bytes: [UInt8], names: [Range<Int>]) = {
    var bytes: [UInt8] = []
    let ranges = (names + [names[0]]).map { name in
        let start = bytes.count
        bytes += Array("\(name)".utf8)
        return start..<bytes.count
    }
    return (bytes, ranges)
}()

/// A request in which the same bytes stand in fields of all these names, in the path and in the query.
private func check(fieldsOf bytes: ArraySlice<UInt8>) {
    let value = prefix.bytes.count..<(prefix.bytes.count + bytes.count)
    let request = Request(
        head: prefix.bytes + bytes, method: .get, version: .http11, form: .origin, path: value, query: value,
        host: value, fields: prefix.names.map { Request.Field(name: $0, value: value) }, framing: .none,
        keepsAlive: true, expectsContinue: false)
    if let cookie = request.cookie("sid"), cookie.utf8.count < 4000 {
        precondition(SetCookie(name: "sid", value: cookie) != nil)
    }
    _ = request.acceptsGzip
    for validators in [Validators(etag: "\"a\"", lastModified: 0), Validators(etag: nil, lastModified: nil)] {
        _ = request.precondition(validators)
        _ = request.byteRange(validators, size: 10)
    }
    if case .multipart(let boundary)? = try? request.formEncoding() {
        precondition(1...70 ~= boundary.count)
    }
    let origin = trusted?.origin(of: request, from: .unix)
    precondition(origin?.address == "unix" || IPAddress(origin?.address ?? "") != nil)
}

@_cdecl("LLVMFuzzerTestOneInput")
public func fuzzQuery(_ start: UnsafePointer<UInt8>, _ count: Int) -> CInt {
    let bytes = Array(UnsafeBufferPointer(start: start, count: count))
    check(form: bytes[...])
    check(coding: bytes[...])
    check(range: bytes[...])
    check(date: bytes[...])
    check(addresses: bytes[...])
    check(references: bytes)
    check(fieldsOf: bytes[...])
    return 0
}
