// fuzz: Sources/HTTP/*.swift
// fuzz-options: -max_len=256 -dict=Tests/Fuzz/query.dict
// The small parsers around a request: none traps on any bytes, and what is encoded decodes to the same.

/// The low half of the input's first byte chooses who reads the rest: `@` the first of these, `A` the next...
private let checks: [@Sendable (UnsafeBufferPointer<UInt8>) -> Void] = [
    { check(form: $0) },
    { check(coding: $0) },
    { check(range: $0) },
    { check(date: $0) },
    { check(address: $0) },
    { _ = FileName.display(Array($0)) },
    { check(references: AssetReferences.inStylesheet(Array($0)), in: $0) },
    { check(references: AssetReferences.inModule(Array($0)), in: $0) },
    { check(cookies: request($0, ["cookie", "cookie"])) },
    { bytes in
        let request = request(bytes, ["accept-encoding", "accept-language"])
        _ = request.acceptsGzip
        precondition(0..<2 ~= request.preferredLanguage(among: ["es", "en"]) ?? 0)
    },
    { check(conditions: request($0, ["if-match", "if-none-match", "if-modified-since"])) },
    { check(conditions: request($0, ["range", "if-range"])) },
    { check(encoding: request($0, ["content-type"])) },
    { check(origin: request($0, ["x-forwarded-for", "x-forwarded-proto", "x-forwarded-host"])) },
    { _ = try? TrustedProxies(String(decoding: $0, as: UTF8.self)) },
    { check(instant: $0) },
]

@_cdecl("LLVMFuzzerTestOneInput")
public func fuzzQuery(_ start: UnsafePointer<UInt8>, _ count: Int) -> CInt {
    guard count > 0 else { return 0 }
    checks[Int(start[0] & 0xF)](UnsafeBufferPointer(start: start + 1, count: count - 1))
    return 0
}

private func check(form bytes: UnsafeBufferPointer<UInt8>) {
    guard let form = try? Form.parse(urlencoded: ArraySlice(bytes)) else { return }
    var coded: [UInt8] = []
    for field in form.fields {
        if !coded.isEmpty { coded.append(0x26) }
        coded += PercentCoding.encode(queryComponent: field.name).utf8
        coded.append(0x3D)
        coded += PercentCoding.encode(queryComponent: field.value).utf8
    }
    let again = try? Form.parse(urlencoded: coded[...])
    precondition(again?.fields.elementsEqual(form.fields, by: ==) == true)
}

private func check(coding bytes: UnsafeBufferPointer<UInt8>) {
    guard let text = PercentCoding.decode(ArraySlice(bytes), controls: .allowed) else { return }
    let segment = ArraySlice(PercentCoding.encode(segment: text).utf8)
    precondition(PercentCoding.decode(segment, controls: .allowed) == text)
    precondition(segment.allSatisfy { $0.isUnreserved || $0 == .percent })
}

private func check(range bytes: UnsafeBufferPointer<UInt8>) {
    let bytes = ArraySlice(bytes)
    for size in [0, 1, 1000, Int.max] {
        guard case .part(let range) = ByteRange(bytes, size: size) else { continue }
        precondition(!range.isEmpty && range.lowerBound >= 0 && range.upperBound <= size)
    }
}

private func check(date bytes: UnsafeBufferPointer<UInt8>) {
    let bytes = ArraySlice(bytes)
    for now in [Int.min, 0, 1_795_000_000, Int.max] {
        guard let instant = HTTPDate.parse(bytes, now: now) else { continue }
        precondition(HTTPDate.parse(ArraySlice(HTTPDate.text(instant).utf8)) == instant)
    }
}

/// Any eight bytes as an instant.
private func check(instant bytes: UnsafeBufferPointer<UInt8>) {
    let instant = bytes.prefix(8).reduce(0) { $0 << 8 | Int($1) }
    let text = HTTPDate.text(instant)
    precondition(text.utf8.count == 29)
    if 0...250_000_000_000 ~= instant { precondition(HTTPDate.parse(ArraySlice(text.utf8)) == instant) }
}

private func check(address bytes: UnsafeBufferPointer<UInt8>) {
    let text = String(decoding: bytes, as: UTF8.self)
    let network = CIDR(text)
    guard let address = IPAddress(text) else { return }
    precondition(IPAddress(address.description) == address)
    precondition(network?.contains(address) == true)
}

private func check(references: [Range<Int>], in bytes: UnsafeBufferPointer<UInt8>) {
    var end = 0
    for range in references {
        precondition(range.lowerBound >= end && range.upperBound <= bytes.count)
        end = range.upperBound
    }
}

/// A request in which the same bytes stand in fields of all these names, in the path and in the query.
private func request(_ bytes: UnsafeBufferPointer<UInt8>, _ names: [StaticString]) -> Request {
    var head: [UInt8] = []
    head.reserveCapacity(64 + bytes.count)
    let ranges = names.map { name in
        let start = head.count
        name.withUTF8Buffer { head.append(contentsOf: $0) }
        return start..<head.count
    }
    let value = head.count..<(head.count + bytes.count)
    head += bytes
    return Request(
        head: head, method: .get, version: .http11, form: .origin, path: value, query: value, host: value,
        fields: ranges.map { Request.Field(name: $0, value: value) }, framing: .none, keepsAlive: true,
        expectsContinue: false)
}

private func check(cookies request: Request) {
    guard let cookie = request.cookie("sid"), cookie.utf8.count < 4000 else { return }
    precondition(SetCookie(name: "sid", value: cookie) != nil)
}

private func check(conditions request: Request) {
    for validators in [Validators(etag: "\"a\"", lastModified: 0), Validators(etag: nil, lastModified: nil)] {
        _ = request.precondition(validators)
        if case .part(let range) = request.byteRange(validators, size: 10) {
            precondition(!range.isEmpty && range.lowerBound >= 0 && range.upperBound <= 10)
        }
    }
}

private func check(encoding request: Request) {
    if case .multipart(let boundary)? = try? request.formEncoding() {
        precondition(1...70 ~= boundary.count)
    }
    _ = try? request.queryForm()
}

private let trusted = try? TrustedProxies("unix, 10.0.0.0/8")

private func check(origin request: Request) {
    let origin = trusted?.origin(of: request, from: .unix)
    precondition(origin?.address == "unix" || IPAddress(origin?.address ?? "") != nil)
}
