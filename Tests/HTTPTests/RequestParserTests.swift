// The request head parser: every row of the tables, whole and cut.

import HTTP
import Testing

@Suite struct RequestParserTests {
    static let cases = requestLineCases + fieldCases

    @Test(arguments: cases)
    func `a raw request has its outcome`(_ row: HeadCase) {
        let answer = ParserAnswer(row.bytes, limits: row.limits, arrivingTo: [row.bytes.count])
        #expect(answer.outcome == row.outcome)
    }

    @Test(arguments: cases)
    func `a request cut at any byte gives the same result`(_ row: HeadCase) {
        let bytes = row.bytes
        let whole = ParserAnswer(bytes, limits: row.limits, arrivingTo: [bytes.count])
        for cut in 0...bytes.count {
            let answer = ParserAnswer(bytes, limits: row.limits, arrivingTo: [cut, bytes.count])
            #expect(answer == whole, "cut at \(cut)")
        }
        #expect(ParserAnswer(bytes, limits: row.limits, arrivingTo: 0...bytes.count) == whole, "byte by byte")
    }

    @Test(arguments: cases)
    func `what follows the head does not change the result`(_ row: HeadCase) {
        guard case .taken = row.outcome else { return }
        let bytes = row.bytes
        let alone = ParserAnswer(bytes, limits: row.limits, arrivingTo: [bytes.count])
        for next in ["\0\u{FF}\r\n \r", "GET /next HTTP/1.1\r\n", "\r\n\r\n\n"] {
            let more = bytes + next.latin1
            #expect(ParserAnswer(more, limits: row.limits, arrivingTo: [more.count]) == alone)
        }
    }

    @Test func `the tables are as long as they should be`() {
        #expect(Self.cases.count >= 150)
        #expect(Set(Self.cases.map { "\($0.raw) \($0.limits)" }).count == Self.cases.count, "a row stands twice")
    }

    @Test func `one parser reads pipelined requests one after another`() throws {
        let first = "\r\nPOST /a HTTP/1.1\r\nHost: a.example\r\nContent-Length: 2\r\n\r\n"
        let second = "GET /b HTTP/1.1\r\nHost: b.example\r\nConnection: close\r\nX: 1\r\n\r\n"
        let bytes = (first + second + "GET").latin1
        var parser = RequestParser(limits: Limits())
        let one = try #require(try bytes.withUnsafeBytes { try parser.parse($0) })
        #expect(one.consumed == first.utf8.count)
        #expect(one.request.head == first.dropFirst().utf8.map { $0 })
        #expect(one.request.summary == "POST /a @a.example origin 1.1 length(2) keep")
        let rest = bytes[one.consumed...].map { $0 }
        let two = try #require(try rest.withUnsafeBytes { try parser.parse($0) })
        #expect(two.consumed == second.utf8.count)
        #expect(two.request.summary == "GET /b @b.example origin 1.1 none close")
        #expect(two.request.fields.count == 3)
        #expect(try "GET".latin1.withUnsafeBytes { try parser.parse($0) } == nil)
    }

    @Test func `a reset forgets a head that was read in part`() throws {
        var parser = RequestParser(limits: Limits())
        for part in ["\r\nGE", "POST / HTTP/1.1\r\nHost: b.example\r\nContent-Length: 5\r\nX"] {
            #expect(try part.latin1.withUnsafeBytes { try parser.parse($0) } == nil)
            parser.reset()
        }
        let answer = ParserAnswer(&parser, "GET / HTTP/1.1\r\nHost: a.example\r\n\r\n".latin1)
        #expect(answer.outcome == .taken("GET / @a.example origin 1.1 none keep"))
    }

    @Test func `fields lie where they say, without the blanks around them`() throws {
        let raw = "GET /t/x?y HTTP/1.1\r\nHost: a.example\r\nX-One: \t a\tb \t\r\nX-Two:\r\nx-one:c\r\n\r\n"
        var parser = RequestParser(limits: Limits())
        let request = try #require(try raw.latin1.withUnsafeBytes { try parser.parse($0) }).request
        #expect(request.fields.map { request.text($0.name) } == ["Host", "X-One", "X-Two", "x-one"])
        #expect(request.fields.map { request.text($0.value) } == ["a.example", "a\tb", "", "c"])
        #expect(request.fieldValues("x-ONE") == ["a\tb", "c"])
        #expect(request.pathText == "/t/x")
        #expect(request.queryText == "y")
    }

    @Test(arguments: [0, 1, 8191, 8192, 8193, 70_000])
    func `a client that never ends its line is refused at the limit`(_ count: Int) {
        let line = [UInt8](repeating: 0x61, count: count)
        let answer = ParserAnswer(line, limits: Limits(), arrivingTo: [count])
        #expect(answer.outcome == (count <= 8192 ? .incomplete : .refused(414, "request line too long")))
        let start = "GET / HTTP/1.1\r\nX:".latin1
        let section = ParserAnswer(start + line, limits: Limits(), arrivingTo: [start.count + count])
        #expect(section.outcome == (count <= 8193 ? .incomplete : .refused(431, "header section too large")))
    }

    @Test func `a hundred fields pass and one more does not`() {
        let start = "GET / HTTP/1.1\r\nHost: a.example\r\n"
        let taken = (start + String(repeating: "X: y\r\n", count: 99) + "\r\n").latin1
        let refused = (start + String(repeating: "X: y\r\n", count: 100) + "\r\n").latin1
        let outcomes = [taken, refused].map { ParserAnswer($0, limits: Limits(), arrivingTo: [$0.count]).outcome }
        #expect(outcomes[0] == .taken("GET / @a.example origin 1.1 none keep"))
        #expect(outcomes[1] == .refused(431, "too many header fields"))
    }
}
