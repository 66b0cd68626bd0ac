// fuzz: Sources/HTTP/*.swift
// fuzz-options: -dict=Tests/Fuzz/head.dict
// The request head parser: whatever comes, the outcome is the same for every cut, and every range lies where it may.

/// The first byte of the input chooses where the rest is cut, the second which limits hold.
@_cdecl("LLVMFuzzerTestOneInput")
public func fuzzOne(_ start: UnsafePointer<UInt8>, _ count: Int) -> CInt {
    guard count >= 2 else { return 0 }
    let bytes = UnsafeRawBufferPointer(start: start + 2, count: count - 2)
    let cut = bytes.count * Int(start[0]) / 255
    var limits = Limits()
    if start[1] & 1 != 0 { (limits.requestLine, limits.headerSection, limits.fields) = (40, 60, 3) }

    let whole = answer(bytes, limits, pieces: [bytes.count])
    precondition(answer(bytes, limits, pieces: [cut, bytes.count]) == whole)
    if start[1] & 2 != 0, bytes.count <= 256 {
        precondition(answer(bytes, limits, pieces: Array(0...bytes.count)) == whole)
    }
    if case .taken(let consumed, _) = whole {
        // The head alone, without what follows it, is the same request.
        let head = UnsafeRawBufferPointer(rebasing: bytes[..<consumed])
        precondition(answer(head, limits, pieces: [consumed]) == whole)
        let almost = UnsafeRawBufferPointer(rebasing: bytes[..<(consumed - 1)])
        precondition(answer(almost, limits, pieces: [consumed - 1]) == .incomplete)
    } else if case .incomplete = whole {
        precondition(bytes.count <= 8 + limits.requestLine + limits.headerSection + 6)
    }
    return 0
}

private enum Answer: Equatable {
    case taken(Int, [Int])
    case refused(RequestError)
    case incomplete
}

/// What the parser says when the bytes arrive in pieces that end at these offsets, each in memory of its own, so that
/// a read past the end is seen.
private func answer(_ bytes: UnsafeRawBufferPointer, _ limits: Limits, pieces: [Int]) -> Answer {
    var parser = RequestParser(limits: limits)
    for end in pieces {
        let copy = UnsafeMutableRawBufferPointer.allocate(byteCount: end, alignment: 1)
        defer { copy.deallocate() }
        copy.copyMemory(from: UnsafeRawBufferPointer(rebasing: bytes[..<end]))
        do throws(RequestError) {
            guard let (request, consumed) = try parser.parse(UnsafeRawBufferPointer(copy)) else { continue }
            precondition(consumed <= end)
            return .taken(consumed, checked(request, limits, bytes[..<consumed]))
        } catch {
            return .refused(error)
        }
    }
    return .incomplete
}

/// Checks what holds for every request that is taken, and sums it up.
private func checked(_ request: Request, _ limits: Limits, _ consumed: Slice<UnsafeRawBufferPointer>) -> [Int] {
    let head = request.head
    precondition(consumed.suffix(head.count).elementsEqual(head))
    precondition(consumed.dropLast(head.count).allSatisfy { $0 == 0x0D || $0 == 0x0A })
    precondition(head.suffix(4).elementsEqual([0x0D, 0x0A, 0x0D, 0x0A]))
    precondition(request.fields.count <= limits.fields)
    precondition(head.count <= limits.requestLine + 2 + limits.headerSection + 2)
    // No line end, and no control byte, but the CRLF of each line.
    let lines = request.fields.count + 2
    precondition(head.count { $0 < 0x20 && $0 != 0x09 || $0 == 0x7F } == 2 * lines)

    var end = 0
    for field in request.fields {
        precondition(!field.name.isEmpty && field.name.lowerBound > end)
        precondition(head[field.name].allSatisfy(ByteSet.token.contains) && head[field.name.upperBound] == 0x3A)
        precondition(field.value.lowerBound > field.name.upperBound)
        let value = head[field.value]
        precondition(value.first?.isBlank != true && value.last?.isBlank != true)
        end = field.value.upperBound
    }
    precondition(end <= head.count)
    precondition(head[request.path].first == 0x2F || request.form == .asterisk)
    precondition(head[request.path].allSatisfy { ByteSet.path.contains($0) || $0 == 0x25 })
    precondition(request.query.map { head[$0].allSatisfy { ByteSet.query.contains($0) || $0 == 0x25 } } != false)
    precondition(!request.host.isEmpty || request.version == .http10 || request.form == .asterisk)
    precondition(!head[request.host].contains { $0 <= 0x20 || $0 == 0x2F || $0 == 0x40 || $0 >= 0x7F })
    checkFraming(request)
    return summary(request)
}

private func checkFraming(_ request: Request) {
    let lengths = request.fieldValues("content-length")
    let codings = request.fieldValues("transfer-encoding")
    switch request.framing {
    case .none: precondition(lengths.isEmpty && codings.isEmpty && !request.expectsContinue)
    case .length(let length): precondition(codings.isEmpty && lengths.count == 1 && Int(lengths[0]) == length)
    case .chunked: precondition(lengths.isEmpty && codings.count == 1 && request.version == .http11)
    }
    precondition(request.fieldValues("host").count <= 1)
}

private func summary(_ request: Request) -> [Int] {
    var numbers = [Int(request.method.rawValue), Int(request.version.rawValue), Int(request.form.rawValue)]
    numbers += [request.keepsAlive ? 1 : 0, request.expectsContinue ? 1 : 0]
    for range in [request.path, request.query ?? 0..<0, request.host] + request.fields.flatMap({ [$0.name, $0.value] })
    {
        numbers += [range.lowerBound, range.upperBound]
    }
    switch request.framing {
    case .none: numbers.append(-1)
    case .length(let length): numbers.append(length)
    case .chunked: numbers.append(-2)
    }
    return numbers
}
