// Chunked bodies and what must come of them: RFC 9112 §7.1.

import HTTP
import Testing

struct ChunkedCase: Sendable, CustomTestStringConvertible {
    let section: String
    /// One byte per scalar, so that any byte can be written.
    let raw: String
    let outcome: ChunkedOutcome
    var limits = Limits()
    var maximum = 64

    var testDescription: String { "\(section): \(raw.debugDescription)" }
    var bytes: [UInt8] { raw.latin1 }

    /// `rest` is what of `raw` lies behind the body.
    static func takes(_ section: String, _ raw: String, _ body: String, rest: String = "") -> ChunkedCase {
        ChunkedCase(section: section, raw: raw, outcome: .complete(body, rest: rest))
    }

    static func refuses(_ section: String, _ raw: String, _ code: UInt16, _ reason: String) -> ChunkedCase {
        ChunkedCase(section: section, raw: raw, outcome: .refused(code, reason))
    }

    static func refuses(_ section: String, _ raw: String, _ reason: String) -> ChunkedCase {
        refuses(section, raw, 400, reason)
    }

    static func waits(_ section: String, _ raw: String, _ body: String = "") -> ChunkedCase {
        ChunkedCase(section: section, raw: raw, outcome: .incomplete(body))
    }

    func with(maximum: Int) -> ChunkedCase {
        var copy = self
        copy.maximum = maximum
        return copy
    }

    func with(_ change: (inout Limits) -> Void) -> ChunkedCase {
        var copy = self
        change(&copy.limits)
        return copy
    }
}

enum ChunkedOutcome: Equatable, Sendable {
    case complete(String, rest: String)
    case refused(UInt16, String)
    case incomplete(String)
}

let chunkedCases: [ChunkedCase] = dataCases + sizeCases + extensionCases + trailerCases + maximumCases

private let dataCases: [ChunkedCase] = [
    .takes("§7.1", "0\r\n\r\n", ""),
    .takes("§7.1", "5\r\nhello\r\n0\r\n\r\n", "hello"),
    .takes("§7.1", "1\r\na\r\n2\r\nbc\r\n3\r\ndef\r\n0\r\n\r\n", "abcdef"),
    .takes("§7.1", "4\r\n\r\n\r\n\r\n0\r\n\r\n", "\r\n\r\n"),
    .takes("§7.1", "5\r\n0\r\n\r\n\r\n0\r\n\r\n", "0\r\n\r\n"),
    .takes("§7.1", "3\r\n\u{0}\u{FF}\n\r\n0\r\n\r\n", "\u{0}\u{FF}\n"),
    .takes("§7.1", "1\r\na\r\n0\r\n\r\nGET / HTTP/1.1\r\n", "a", rest: "GET / HTTP/1.1\r\n"),
    .takes("§7.1", "0\r\n\r\n\r\n", "", rest: "\r\n"),
    .takes("§7.1", "0\r\n\r\n0\r\n\r\n", "", rest: "0\r\n\r\n"),
    .waits("§7.1", ""),
    .waits("§7.1", "5"),
    .waits("§7.1", "5\r"),
    .waits("§7.1", "5\r\nhel", "hel"),
    .waits("§7.1", "5\r\nhello", "hello"),
    .waits("§7.1", "5\r\nhello\r\n", "hello"),
    .waits("§7.1", "5\r\nhello\r\n0\r\n", "hello"),
    .waits("§7.1", "0\r\n\r"),
    .refuses("§7.1", "5\r\nhello0\r\n\r\n", "chunk longer than its size"),
    .refuses("§7.1", "5\r\nhello!\r\n0\r\n\r\n", "chunk longer than its size"),
    .refuses("§7.1", "5\r\nhello\n0\r\n\r\n", "chunk longer than its size"),
    .refuses("§7.1", "5\r\nhello\r0\r\n\r\n", "CR without LF"),
    .refuses("§7.1", "5\r\nhell\r\n0\r\n\r\n", "chunk longer than its size"),
    .refuses("§7.1", "5\r\nhello\r\n\r\n0\r\n\r\n", "malformed chunk size"),
]

private let sizeCases: [ChunkedCase] = [
    .takes("§7.1", "A\r\n0123456789\r\n0\r\n\r\n", "0123456789"),
    .takes("§7.1", "a\r\n0123456789\r\n0\r\n\r\n", "0123456789"),
    .takes("§7.1", "0A\r\n0123456789\r\n00\r\n\r\n", "0123456789"),
    .takes("§7.1", "0000000000000001\r\na\r\n0000000000000000\r\n\r\n", "a"),
    .refuses("§7.1", "00000000000000001\r\na\r\n0\r\n\r\n", "chunk size too long"),
    .refuses("§7.1", "FFFFFFFFFFFFFFFFF\r\n", "chunk size too long"),
    .refuses("§7.1", "\r\n", "malformed chunk size"),
    .refuses("§7.1", "hello", "malformed chunk size"),
    .refuses("§7.1", "-1\r\na\r\n", "malformed chunk size"),
    .refuses("§7.1", "+1\r\na\r\n", "malformed chunk size"),
    .refuses("§7.1", "0x1\r\na\r\n", "malformed chunk size"),
    .refuses("§7.1", "1g\r\na\r\n", "malformed chunk size"),
    .refuses("§7.1", "1_0\r\na\r\n", "malformed chunk size"),
    .refuses("§7.1", " 1\r\na\r\n", "malformed chunk size"),
    .refuses("§7.1", "\t1\r\na\r\n", "malformed chunk size"),
    .refuses("§7.1", "1 \r\na\r\n0\r\n\r\n", "malformed chunk size"),
    .refuses("§7.1", "1\t\r\na\r\n0\r\n\r\n", "malformed chunk size"),
    .refuses("§7.1", "1 1\r\na\r\n", "malformed chunk size"),
    .refuses("§7.1", "1,1\r\na\r\n", "malformed chunk size"),
    .refuses("§7.1", "1\na\n0\n\n", "malformed chunk size"),
    .refuses("§7.1", "1\ra\r\n", "CR without LF"),
    .refuses("§7.1", "1\r\r\na\r\n", "CR without LF"),
    .refuses("§7.1", "0\r\r\n\r\n", "CR without LF"),
    .refuses("§7.1", "1\u{0}\r\na\r\n", "malformed chunk size"),
    .refuses("§7.1", "\u{B2}\r\na\r\n", "malformed chunk size"),
]

private let extensionCases: [ChunkedCase] = [
    .takes("§7.1.1", "1;a\r\nx\r\n0\r\n\r\n", "x"),
    .takes("§7.1.1", "1;a=b\r\nx\r\n0;last\r\n\r\n", "x"),
    .takes("§7.1.1", "1;a=b;c=\"d;\t\u{E1}\\\"\"\r\nx\r\n0\r\n\r\n", "x"),
    .takes("§7.1.1", "1 \t; a = b\r\nx\r\n0\r\n\r\n", "x"),
    .takes("§7.1.1", "1;\r\nx\r\n0\r\n\r\n", "x"),
    .refuses("§7.1.1", "1;a\nx\r\n0\r\n\r\n", "LF without CR"),
    .refuses("§7.1.1", "1;a=\"\n\"\r\nx\r\n0\r\n\r\n", "LF without CR"),
    .refuses("§7.1.1", "1;a\rb\r\nx\r\n0\r\n\r\n", "CR without LF"),
    .refuses("§7.1.1", "1;a=\"\r\n\"\r\nx\r\n0\r\n\r\n", "malformed chunk size"),
    .refuses("§7.1.1", "1;a\u{0}\r\nx\r\n0\r\n\r\n", "control byte in the head"),
    .refuses("§7.1.1", "1;a\u{7F}\r\nx\r\n0\r\n\r\n", "control byte in the head"),
    .refuses("§7.1.1", "1 a\r\nx\r\n0\r\n\r\n", "malformed chunk size"),
    .refuses("§7.1.1", ";a\r\nx\r\n0\r\n\r\n", "malformed chunk size"),
    .takes("§7.1.1", "1;34\r\nx\r\n0;89\r\n\r\n", "x").with { $0.headerSection = 6 },
    .refuses("§7.1.1", "1;34\r\nx\r\n0;890\r\n\r\n", "chunk extensions too long").with { $0.headerSection = 6 },
    .refuses("§7.1.1", "1;34567", "chunk extensions too long").with { $0.headerSection = 4 },
    .refuses("§7.1.1", "1      ", "chunk extensions too long").with { $0.headerSection = 4 },
]

private let trailerCases: [ChunkedCase] = [
    .takes("§7.1.2", "0\r\nX: y\r\n\r\n", ""),
    .takes("§7.1.2", "0\r\nX: y\r\nZ:\r\nX:\t\u{E1}\r\n\r\nmore", "", rest: "more"),
    .takes("§7.1.2", "0\r\nContent-Length: 5\r\nTransfer-Encoding: chunked\r\n\r\n", ""),
    .waits("§7.1.2", "0\r\nX: y\r\n"),
    .refuses("§7.1.2", "0\r\nX : y\r\n\r\n", "white space before the colon"),
    .refuses("§7.1.2", "0\r\n X: y\r\n\r\n", "folded trailer line"),
    .refuses("§7.1.2", "0\r\nX: y\r\n z\r\n\r\n", "folded trailer line"),
    .refuses("§7.1.2", "0\r\nX: y\r\n\tz\r\n\r\n", "folded trailer line"),
    .refuses("§7.1.2", "0\r\n: y\r\n\r\n", "empty field name"),
    .refuses("§7.1.2", "0\r\nX\r\n\r\n", "illegal byte in a field name"),
    .refuses("§7.1.2", "0\r\nGET / HTTP/1.1\r\n\r\n", "white space before the colon"),
    .refuses("§7.1.2", "0\r\nX(: y\r\n\r\n", "illegal byte in a field name"),
    .refuses("§7.1.2", "0\r\nX: y\n\r\n", "LF without CR"),
    .refuses("§7.1.2", "0\r\nX: y\rz\r\n\r\n", "CR without LF"),
    .refuses("§7.1.2", "0\r\n\n", "illegal byte in a field name"),
    .refuses("§7.1.2", "0\r\n\rX", "CR without LF"),
    .refuses("§7.1.2", "0\r\nX: \u{0}\r\n\r\n", "control byte in the head"),
    .refuses("§7.1.2", "0\r\nX: \u{7F}\r\n\r\n", "control byte in the head"),
    .refuses("§7.1.2", "0\r\n\u{0}: y\r\n\r\n", "illegal byte in a field name"),
    .takes("§7.1.2", "0\r\nX: 4\r\nY: 0\r\n\r\n", "").with { $0.headerSection = 12 },
    .refuses("§7.1.2", "0\r\nX: 4\r\nY: 01\r\n\r\n", 431, "trailer section too large").with { $0.headerSection = 12 },
    .refuses("§7.1.2", "0\r\nXXXXXXXXXXXXXXX", 431, "trailer section too large").with { $0.headerSection = 12 },
    .takes("§7.1.2", "0\r\nX: 1\r\nX: 2\r\n\r\n", "").with { $0.fields = 2 },
    .refuses("§7.1.2", "0\r\nX: 1\r\nX: 2\r\nX: 3\r\n\r\n", 431, "too many trailer fields").with { $0.fields = 2 },
]

private let maximumCases: [ChunkedCase] = [
    .takes("§7.1", "5\r\nhello\r\n0\r\n\r\n", "hello").with(maximum: 5),
    .takes("§7.1", "3\r\nhel\r\n2\r\nlo\r\n0\r\n\r\n", "hello").with(maximum: 5),
    .takes("§7.1", "0\r\n\r\n", "").with(maximum: 0),
    .refuses("§7.1", "5\r\nhello\r\n0\r\n\r\n", 413, "body too large").with(maximum: 4),
    .refuses("§7.1", "5\r\nhello\r\n0\r\n\r\n", 413, "body too large").with(maximum: 0),
    .refuses("§7.1", "1\r\na\r\n0\r\n\r\n", 413, "body too large").with(maximum: -1),
    .refuses("§7.1", "3\r\nhel\r\n3\r\nlo!\r\n0\r\n\r\n", 413, "body too large").with(maximum: 5),
    .refuses("§7.1", "FFFFFFFFFFFFFFFF\r\n", 413, "body too large").with(maximum: .max),
    .refuses("§7.1", "1\r\na\r\n7FFFFFFFFFFFFFFF\r\n", 413, "body too large").with(maximum: .max),
    .waits("§7.1", "7FFFFFFFFFFFFFFF\r\nabc", "abc").with(maximum: .max),
    .refuses("§7.1", "10;a", 413, "body too large").with(maximum: 15),
]
