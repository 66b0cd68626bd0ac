import Testing

@testable import HTTP

@Suite struct ByteRangeTests {
    @Test(arguments: [
        "", "bytes", "bytes=", "bytes=-", "bytes=a-b", "bytes=1", "bytes=2-1", "bytes=--1", "bytes=1--2", "bytes=+1-2",
        "bytes=1-2x",
        "bytes=0x1-2", "bytes 1-2", "items=0-1", "bytes=0-1,2-3", "bytes=0-0,", "bytes=0-1, -1", "bytes=1 - 2", "=0-1",
        "bytes=-1-",
        "bytes=99999999999999999999-1", "bytes=0-1;x",
    ])
    func `what is malformed, of another unit or several is ignored`(value: String) {
        #expect(ByteRange(value.bytes, size: 10) == .whole)
    }

    @Test(arguments: [
        ("bytes=0-0", 0..<1), ("bytes=0-9", 0..<10), ("bytes=0-10", 0..<10), ("bytes=9-", 9..<10), ("bytes=0-", 0..<10),
        ("bytes=-1", 9..<10),
        ("bytes=-10", 0..<10), ("bytes=-11", 0..<10), ("bytes=3-5", 3..<6), ("BYTES=3-5", 3..<6),
        ("bytes= 3-5 ", 3..<6), ("bytes=003-5", 3..<6),
        ("bytes=5-99999999999999999999", 5..<10), ("bytes=-99999999999999999999", 0..<10),
        ("bytes=0-9223372036854775807", 0..<10),
    ])
    func `a range within the content is served`(value: String, range: Range<Int>) {
        let parsed = ByteRange(value.bytes, size: 10)
        #expect(parsed == .part(range))
        #expect(parsed.contentRange(size: 10) == "bytes \(range.lowerBound)-\(range.upperBound - 1)/10")
    }

    @Test(arguments: [
        "bytes=10-", "bytes=10-12", "bytes=-0", "bytes=-000", "bytes=9223372036854775807-",
        "bytes=99999999999999999999-",
    ])
    func `a range beyond the end cannot be served`(value: String) {
        #expect(ByteRange(value.bytes, size: 10) == .unsatisfiable)
        #expect(ByteRange.unsatisfiable.contentRange(size: 10) == "bytes */10")
    }

    @Test func `nothing of an empty file can be a part`() {
        #expect(ByteRange("bytes=0-".bytes, size: 0) == .unsatisfiable)
        #expect(ByteRange("bytes=-5".bytes, size: 0) == .whole)
        #expect(ByteRange.whole.contentRange(size: 0) == nil)
    }
}
