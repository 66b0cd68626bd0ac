// A form sent twice does its work once.

import Dispatch
import Testing

@testable import Atiende

@Suite struct SubmissionKeyTests {
    @Test(arguments: [
        "0123456789abcdef0123456789abcdef", "0123456789ABCDEF0123456789abcdef", String(repeating: "0", count: 32),
        String(repeating: "f", count: 32),
    ])
    func `32 hexadecimal digits are a key`(_ text: String) throws {
        let key = try #require(SubmissionKey(text))
        let digits = key.bytes.map { ($0 < 16 ? "0" : "") + String($0, radix: 16) }.joined()
        #expect(digits == text.lowercased())
    }

    @Test(arguments: [
        "", "0", String(repeating: "0", count: 31), String(repeating: "0", count: 33),
        String(repeating: "g", count: 32), String(repeating: " ", count: 32), "0x" + String(repeating: "0", count: 30),
        "-" + String(repeating: "0", count: 31), String(repeating: "０", count: 32),
        "００" + String(repeating: "0", count: 26), String(repeating: "0", count: 31) + "\u{301}",
    ])
    func `nothing else is`(_ text: String) {
        #expect(SubmissionKey(text) == nil)
    }
}

@Suite struct SubmissionTests {
    private let site: TestSite
    private let desk: Desk
    private let key: SubmissionKey

    init() throws {
        site = try TestSite()
        desk = try site.desk("proware")
        key = try #require(SubmissionKey("00112233445566778899aabbccddeeff"))
        for slug in ["proware", "seres"] {
            try site.desk(slug).write { try $0.execute("CREATE TABLE note (text TEXT NOT NULL) STRICT") }
        }
    }

    private func submit(_ key: SubmissionKey, _ text: String, at instant: Int = TestSite.monday) throws -> String {
        try desk.submit(key, at: instant) { connection in
            try connection.execute("INSERT INTO note (text) VALUES (?)", text)
            return "/notes/\(connection.lastInsertRowID)"
        }
    }

    private func notes(_ slug: String = "proware") throws -> [String] {
        try site.desk(slug).read { try $0.query("SELECT text FROM note ORDER BY rowid") { $0.text(0) } }
    }

    private func keys() throws -> Int {
        try desk.read { try $0.first("SELECT count(*) FROM submission") { $0.int(0) } ?? 0 }
    }

    @Test func `the same key twice makes one row and shows the same place`() throws {
        #expect(try submit(key, "first") == "/notes/1")
        #expect(try submit(key, "again") == "/notes/1")
        #expect(try submit(SubmissionKey(String(repeating: "a", count: 32))!, "another") == "/notes/2")
        #expect(try notes() == ["first", "another"])
        #expect(try notes("seres") == [])
    }

    @Test func `the same key of another tenant is another key`() throws {
        #expect(try submit(key, "mine") == "/notes/1")
        _ = try site.desk("seres").submit(key, at: TestSite.monday) { connection in
            try connection.execute("INSERT INTO note (text) VALUES ('theirs')")
            return "/notes/theirs"
        }
        #expect(try notes("seres") == ["theirs"])
    }

    @Test func `from many threads at once it is done once`() throws {
        let places = Counted()
        DispatchQueue.concurrentPerform(iterations: 16) { thread in
            places.count((try? submit(key, "thread \(thread)")) ?? "refused")
        }
        #expect(places.counts == ["/notes/1": 16])
        #expect(try notes().count == 1)
    }

    @Test func `work that fails leaves neither row nor key, and may be tried again`() throws {
        let refusal = #expect(throws: Refusal.self) {
            _ = try desk.submit(key, at: TestSite.monday) { connection in
                try connection.execute("INSERT INTO note (text) VALUES ('half')")
                throw Refusal.conflict
            }
        }
        #expect(refusal?.status.code == 409)
        #expect(try notes() == [] && keys() == 0)
        #expect(try submit(key, "whole") == "/notes/1")
    }

    @Test func `one that fails does not take those of the same commit with it`() throws {
        let outcomes = Counted()
        DispatchQueue.concurrentPerform(iterations: 32) { index in
            let key = SubmissionKey(
                String(repeating: "0", count: 30) + (index < 16 ? "0" : "") + String(index, radix: 16))!
            do {
                _ = try desk.submit(key, at: TestSite.monday) { connection in
                    try connection.execute("INSERT INTO note (text) VALUES (?)", String(index))
                    if index % 2 == 1 { throw Refusal.conflict }
                    return "/"
                }
                outcomes.count("kept")
            } catch {
                outcomes.count("refused")
            }
        }
        #expect(outcomes.counts == ["kept": 16, "refused": 16])
        #expect(Set(try notes()) == Set((0..<32).filter { $0 % 2 == 0 }.map(String.init)))
    }

    @Test func `a key is known after the desk was closed and opened`() throws {
        let other = try TestSite()
        var first: Desk? = try other.desk("proware")
        _ = try first?.submit(key, at: TestSite.monday) { _ in "/before" }
        let closed = first?.closed
        other.installation.desks.release(Slug(rawValue: "proware")!)
        first = nil
        #expect(closed?.wait(timeout: .now() + 60) == .success)
        let place = try other.desk("proware").submit(key, at: TestSite.monday) { _ in "/after" }
        #expect(place == "/before")
    }

    @Test func `keys older than a month go, some with every sixteenth new one`() throws {
        let old = TestSite.monday - 31 * 86_400
        let month = TestSite.monday - 30 * 86_400
        let kept = try #require(SubmissionKey(String(repeating: "b", count: 32)))
        for number in 0..<30 {
            _ = try submit(numbered(number), "old", at: old)
        }
        _ = try submit(kept, "just", at: month)
        _ = try submit(numbered(0x101), "new")
        #expect(try keys() == 32, "this key's last byte is no multiple of 16: nothing is removed with it")
        _ = try submit(numbered(0x110), "new")
        #expect(try keys() == 33 - 24)
        _ = try submit(numbered(0x120), "new")
        #expect(try keys() == 4, "the other 6 old ones are gone; the one that is just a month old stays")
        #expect(try submit(kept, "again") == "/notes/31")
    }

    private func numbered(_ number: Int) throws -> SubmissionKey {
        let digits = String(number, radix: 16)
        return try #require(SubmissionKey(String(repeating: "0", count: 32 - digits.count) + digits))
    }
}
