// fuzz: Sources/HTTP/*.swift
// fuzz-options: -dict=Tests/Fuzz/chunked.dict
// The decoder of chunked bodies: the body is the same for every cut, and never longer than the maximum.

/// The first byte of the input chooses where the rest is cut, the second the maximum, the third which limits hold.
@_cdecl("LLVMFuzzerTestOneInput")
public func fuzzOne(_ start: UnsafePointer<UInt8>, _ count: Int) -> CInt {
    guard count >= 3 else { return 0 }
    let bytes = UnsafeRawBufferPointer(start: start + 3, count: count - 3)
    let cut = bytes.count * Int(start[0]) / 255
    let maximum = start[1] == 255 ? Int.max : Int(start[1])
    var limits = Limits()
    if start[2] & 1 != 0 { (limits.headerSection, limits.fields) = (12, 2) }

    let whole = answer(bytes, limits, maximum, pieces: [bytes.count])
    precondition(answer(bytes, limits, maximum, pieces: [cut, bytes.count]) == whole)
    if start[2] & 2 != 0, bytes.count <= 256 {
        precondition(answer(bytes, limits, maximum, pieces: Array(0...bytes.count)) == whole)
    }
    if whole.error == nil, whole.isComplete {
        let alone = UnsafeRawBufferPointer(rebasing: bytes[..<whole.consumed])
        precondition(answer(alone, limits, maximum, pieces: [alone.count]) == whole)
        let almost = UnsafeRawBufferPointer(rebasing: bytes[..<(whole.consumed - 1)])
        precondition(!answer(almost, limits, maximum, pieces: [almost.count]).isComplete)
    }
    return 0
}

private struct Answer: Equatable {
    var body: [UInt8] = []
    var consumed = 0
    var isComplete = false
    var error: RequestError?
}

/// What the decoder says when the bytes arrive in pieces that end at these offsets, each in memory of its own, so that
/// a read past the end is seen.
private func answer(_ bytes: UnsafeRawBufferPointer, _ limits: Limits, _ maximum: Int, pieces: [Int]) -> Answer {
    var decoder = ChunkedDecoder(limits: limits, maximum: maximum)
    var answer = Answer()
    for end in pieces where !decoder.isComplete {
        let piece = bytes[answer.consumed..<end]
        let copy = UnsafeMutableRawBufferPointer.allocate(byteCount: piece.count, alignment: 1)
        defer { copy.deallocate() }
        copy.copyBytes(from: piece)
        do throws(RequestError) {
            let consumed = try decoder.decode(UnsafeRawBufferPointer(copy)) { run in
                precondition(!run.isEmpty)
                answer.body += run
            }
            precondition(consumed == piece.count || decoder.isComplete && consumed < piece.count)
            answer.consumed += consumed
        } catch {
            // How much was consumed before the fault depends on the cut, and nobody may use it.
            answer.consumed = 0
            answer.error = error
            break
        }
    }
    precondition(answer.body.count <= maximum)
    answer.isComplete = decoder.isComplete
    return answer
}
