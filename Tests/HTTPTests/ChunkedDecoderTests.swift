// The decoder of chunked bodies: every row of the table, whole and cut.

import HTTP
import Testing

@Suite struct ChunkedDecoderTests {
    @Test(arguments: chunkedCases)
    func `a chunked body has its outcome`(_ row: ChunkedCase) {
        #expect(outcome(of: row, arrivingTo: [row.bytes.count]) == row.outcome)
    }

    @Test(arguments: chunkedCases)
    func `a chunked body cut at any byte gives the same result`(_ row: ChunkedCase) {
        let count = row.bytes.count
        for cut in 0...count {
            #expect(outcome(of: row, arrivingTo: [cut, count]) == row.outcome, "cut at \(cut)")
        }
        #expect(outcome(of: row, arrivingTo: 0...count) == row.outcome, "byte by byte")
    }

    @Test func `the table is as long as it should be`() {
        #expect(chunkedCases.count >= 60)
    }

    @Test func `a complete body takes nothing more`() throws {
        var decoder = ChunkedDecoder(limits: Limits(), maximum: 10)
        let bytes = "0\r\n\r\nrest".latin1
        #expect(try bytes.withUnsafeBytes { try decoder.decode($0) { _ in } } == 5)
        #expect(decoder.isComplete)
        #expect(try bytes.withUnsafeBytes { try decoder.decode($0) { _ in } } == 0)
    }

    @Test func `runs of data are handed out as they lie in the input`() throws {
        var decoder = ChunkedDecoder(limits: Limits(), maximum: 1 << 20)
        let data = [UInt8](repeating: 0x61, count: 70_000)
        let bytes = "11170\r\n".latin1 + data + "\r\n0\r\n\r\n".latin1
        var runs: [Int] = []
        let consumed = try bytes.withUnsafeBytes { buffer in
            try decoder.decode(buffer) { run in
                runs.append(run.count)
                #expect(run.baseAddress == buffer.baseAddress! + 7)
            }
        }
        #expect(runs == [70_000])
        #expect(consumed == bytes.count)
    }

    /// What comes of the row's bytes when they arrive in pieces that end at these offsets.
    private func outcome(of row: ChunkedCase, arrivingTo offsets: some Sequence<Int>) -> ChunkedOutcome {
        var decoder = ChunkedDecoder(limits: row.limits, maximum: row.maximum)
        var body: [UInt8] = []
        var consumed = 0
        let bytes = row.bytes
        do throws(RequestError) {
            for offset in offsets where !decoder.isComplete {
                let piece = Array(bytes[consumed..<offset])
                consumed += try piece.span.withUnsafeBytes { buffer throws(RequestError) in
                    try decoder.decode(buffer) { body += $0 }
                }
                #expect(decoder.isComplete || consumed == offset)
            }
        } catch {
            #expect(body.count <= max(0, row.maximum))
            return .refused(error.status.code, error.reason)
        }
        let text = body.latin1Text
        return decoder.isComplete ? .complete(text, rest: Array(bytes[consumed...]).latin1Text) : .incomplete(text)
    }
}

extension [UInt8] {
    fileprivate var latin1Text: String {
        var text = String.UnicodeScalarView()
        for byte in self { text.append(Unicode.Scalar(byte)) }
        return String(text)
    }
}
