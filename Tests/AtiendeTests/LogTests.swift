// The log: one line an event, whatever strangers send; and never what must not be there.

import Foundation
import Testing

@testable import Atiende
@testable import HTTP

@Suite struct LogLineTests {
    @Test(arguments: [
        ("plain", "plain"), ("/t/proware/?", "/t/proware/?"), ("", "\"\""), ("two words", "\"two words\""),
        ("a=b", "\"a=b\""), ("say \"hi\"", #""say \"hi\"""#), (#"back\slash"#, #"back\slash"#),
        (#"a \ b"#, #""a \\ b""#), ("a\nlevel=error event=forged", #""a\x0alevel=error event=forged""#),
        ("a\r\nb", #""a\x0d\x0ab""#), ("\u{1B}[2J\u{1B}]0;title\u{7}", #""\x1b[2J\x1b]0;title\x07""#),
        ("\0", #""\x00""#), ("\u{7F}", #""\x7f""#), ("\u{9B}31m", #""\xc2\x9b31m""#), ("\t", #""\x09""#),
        ("a\u{2028}b", #""a\xe2\x80\xa8b""#), ("a\u{202E}b", #""a\xe2\x80\xaeb""#),
        ("a\u{2066}b", #""a\xe2\x81\xa6b""#),
        ("ñandú 🙂", "\"ñandú 🙂\""), ("é", "\"é\""),
    ])
    func `a value stays one value of one line`(_ value: String, _ written: String) {
        var line = LogLine(.info, "test")
        line.add("v", value)
        #expect(text(line).hasSuffix(" level=info event=test v=" + written))
    }

    @Test func `bytes that are no text are shown as such`() {
        var line = LogLine(.info, "test")
        line.add("v", bytes: [0x61, 0xFF, 0xC3, 0x28, 0xE2, 0x82])
        #expect(text(line).hasSuffix(" v=\"a\u{FFFD}\u{FFFD}(\u{FFFD}\""))
    }

    @Test(arguments: [511, 512, 513, 10_240])
    func `a long value is cut, and says so`(_ count: Int) {
        var line = LogLine(.info, "test")
        line.add("v", String(repeating: "x", count: count))
        let short = String(repeating: "x", count: min(count, 512))
        #expect(text(line).hasSuffix(count <= 512 ? " v=" + short : " v=\"\(short)…\""))
    }

    @Test func `a cut through a character leaves valid text`() {
        var line = LogLine(.info, "test")
        line.add("v", "x" + String(repeating: "ñ", count: 400))
        #expect(String(validating: line.bytes, as: UTF8.self) != nil)
    }

    @Test func `a line begins with the instant in UTC, to the millisecond`() {
        #expect(
            text(LogLine(.warning, "e")).wholeMatch(
                of: /t=\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z level=warning event=e/) != nil)
    }

    private func text(_ line: LogLine) -> String { String(decoding: line.bytes, as: UTF8.self) }
}

@Suite struct LogTests {
    private let folder = TemporaryFolder()

    @Test func `lines come in the order in which they were said, all of them`() {
        let log = TestLog(folder / "log")
        for number in 0..<2000 { log.log.write(.info, "count", [("n", String(number))]) }
        #expect(log.lines.map { String($0.split(separator: "=").last ?? "") } == (0..<2000).map(String.init))
    }

    @Test func `lines of many threads never mix`() {
        let log = TestLog(folder / "log")
        DispatchQueue.concurrentPerform(iterations: 8) { thread in
            for _ in 0..<500 { log.log.write(.info, "from", [("thread", String(thread)), ("end", "yes")]) }
        }
        #expect(log.lines.count == 4000)
        #expect(log.lines.allSatisfy { $0.hasPrefix("t=") && $0.hasSuffix("end=yes") })
    }

    @Test func `a reader that does not read costs lines, which are counted, and nobody's time`() throws {
        var ends: [Int32] = [0, 0]
        try #require(pipe(&ends) == 0)
        let log = Log(descriptor: ends[1], writesAccess: true)
        let long = String(repeating: "x", count: 500)
        for _ in 0..<20_000 { log.write(.info, "line", [("v", long)]) }
        log.flush(within: 0)
        let reader = Thread.detached(reading: ends[0], until: "log-lines-dropped")
        let text = reader.wait()
        let dropped = text.firstMatch(of: /event=log-lines-dropped count=(\d+)/).flatMap { Int($0.1) }
        let written = text.split(separator: "\n").filter { $0.contains("event=line") }.count
        #expect(try #require(dropped) + written == 20_000)
        close(ends[0])
    }

    @Test func `a pipe that does not wait gets whole lines all the same`() throws {
        var ends: [Int32] = [0, 0]
        try #require(pipe(&ends) == 0)
        _ = fcntl(ends[1], F_SETFL, O_NONBLOCK)
        let log = Log(descriptor: ends[1], writesAccess: true)
        for number in 0..<1000 {
            log.write(.info, "line", [("v", String(repeating: "x", count: 400)), ("n", String(number))])
        }
        log.write(.info, "last")
        let lines = Thread.detached(reading: ends[0], until: "event=last").wait().split(separator: "\n")
        #expect(lines.count == 1001 && lines.allSatisfy { $0.hasPrefix("t=") })
        close(ends[0])
    }

    @Test func `a command's log says errors alone`() {
        let file = TestLog(folder / "log")
        let quiet = Log(descriptor: open(file.path, O_WRONLY | O_APPEND), writesAccess: false, isQuiet: true)
        quiet.write(.info, "quiet")
        quiet.write(.warning, "quiet")
        quiet.write(.error, "loud")
        quiet.flush(within: 60)
        #expect(file.lines.count == 1 && file.text.contains("event=loud"))
    }
}

@Suite struct AccessLineTests {
    private let folder = TemporaryFolder()

    private func access(
        _ head: String, status: Status = .ok, tenant: String? = "proware", problem: String? = nil
    ) throws -> Access {
        var parser = RequestParser(limits: Limits())
        let request = try Array(head.utf8).withUnsafeBytes { try parser.parse($0) }?.request
        var origin = Request.Origin()
        origin.address = "192.0.2.7"
        return Access(
            request: request, origin: origin, id: 0xABC, status: status, bytes: 1234, microseconds: 56, route: "/",
            tenant: tenant, problem: problem)
    }

    private let request = """
        GET /t/proware/password/set?token=SECRET HTTP/1.1\r\nHost: a.example\r\nCookie: sid=SECRET\r\n\
        Authorization: Bearer SECRET\r\nReferer: https://a.example/?token=SECRET\r\n\r\n
        """

    @Test func `an access line has what an operator asks for`() throws {
        let log = TestLog(folder / "log")
        log.log.answered(try access(request))
        let line = try #require(log.lines.first)
        #expect(
            line.hasSuffix(
                "level=info event=request method=GET path=/t/proware/password/set status=200 bytes=1234 us=56 "
                    + "tenant=proware ip=192.0.2.7 id=abc"))
    }

    @Test func `no query, cookie, token or referrer is ever written`() throws {
        let log = TestLog(folder / "log")
        log.log.answered(try access(request))
        log.log.answered(try access(request, status: .internalServerError, problem: "client left"))
        #expect(log.lines.count == 2 && !log.text.contains("SECRET"))
    }

    @Test func `without access lines only failures are said`() throws {
        let log = TestLog(folder / "log", writesAccess: false)
        log.log.answered(try access(request))
        log.log.answered(try access(request, status: .notFound))
        log.log.answered(try access(request, status: .serviceUnavailable, tenant: nil))
        log.log.answered(try access(request, status: .badRequest, problem: "bare CR"))
        #expect(log.lines.count == 2)
        #expect(log.lines.first?.contains("level=error") == true && log.lines.first?.contains("tenant=") == false)
        #expect(log.lines.last?.hasSuffix("problem=\"bare CR\"") == true)
    }

    @Test func `a request that was not understood has a line without method and path`() {
        let log = TestLog(folder / "log")
        var origin = Request.Origin()
        origin.address = "2001:db8::1"
        log.log.answered(
            Access(
                request: nil, origin: origin, id: 0, status: .badRequest, bytes: 90, microseconds: 5, route: "-",
                tenant: nil, problem: "two Host fields"))
        log.log.noticed("too many connections")
        #expect(log.lines.first?.contains("status=400 bytes=90 us=5 ip=2001:db8::1 problem=") == true)
        #expect(log.lines.last?.hasSuffix("level=warning event=server notice=\"too many connections\"") == true)
    }
}

/// Reads a pipe on a thread of its own.
private final class PipeReader: @unchecked Sendable {
    // unchecked: the text is read after the semaphore that follows its last change.
    private var text = ""
    private let done = DispatchSemaphore(value: 0)

    init(_ descriptor: Int32, until end: String) {
        Thread.detachNewThread { [self] in
            var bytes: [UInt8] = []
            var piece = [UInt8](repeating: 0, count: 65_536)
            while !String(decoding: bytes.suffix(4096), as: UTF8.self).contains(end) {
                let count = read(descriptor, &piece, piece.count)
                guard count > 0 else { break }
                bytes.append(contentsOf: piece[..<count])
            }
            text = String(decoding: bytes, as: UTF8.self)
            done.signal()
        }
    }

    func wait() -> String {
        _ = done.wait(timeout: .now() + 60)
        return text
    }
}

extension Thread {
    fileprivate static func detached(reading descriptor: Int32, until end: String) -> PipeReader {
        PipeReader(descriptor, until: end)
    }
}
