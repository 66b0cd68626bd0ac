// Whoever has a queue open hears of its counts, as long as his session lasts and the desk is open.

import SLA
import Synchronization
import Testing

@testable import Atiende
@testable import HTTP

@Suite struct QueueEventsTests {
    /// A stream of somebody, with what it brought.
    private final class Listening: Sendable {
        let bytes = Mutex<[UInt8]>([])
        let ended = Mutex(false)

        init(_ answer: Answer) throws {
            guard case .events(let stream) = answer.response.body else {
                Issue.record("no stream: \(answer.status)")
                return
            }
            let early = stream.open { [self] piece in
                if piece.isEmpty {
                    ended.withLock { $0 = true }
                    stream.close()
                }
                bytes.withLock { $0 += piece }
            }
            if let early { bytes.withLock { $0 = early + $0 } } else { ended.withLock { $0 = true } }
        }

        var text: String { String(decoding: bytes.withLock { $0 }, as: UTF8.self) }
        var isEnded: Bool { ended.withLock { $0 } }
    }

    private static func site() throws -> (TestSite, TicketDesk, Browser) {
        let site = try TestSite()
        let desk = try TicketDesk(site, "proware")
        try site.add("oscar@proware.example", as: .technician(level: 2))
        return (site, desk, try Browser(site, "proware", as: "oscar@proware.example"))
    }

    @Test func `counts are told once they change`() throws {
        let (site, desk, oscar) = try Self.site()
        let listening = try Listening(oscar.get("/queue/events"))
        site.site.queueBell.tell()
        #expect(listening.text.contains("event: counts"))
        #expect(listening.text.contains("\"all\":[\"0\",\"\"]"))
        let first = listening.text
        site.site.queueBell.tell()
        #expect(listening.text == first)
        try desk.open("critical", plan: "premiumPlus", at: site.clock.now - 7200)
        site.site.queueBell.tell()
        #expect(listening.text.contains("\"all\":[\"1\",\"\"]"))
        #expect(listening.text.contains("\"breached\":[\"1\",\"late\"]"))
        #expect(!listening.isEnded)
    }

    @Test func `a session that is over hears no more`() throws {
        let (site, _, oscar) = try Self.site()
        let listening = try Listening(oscar.get("/queue/events"))
        #expect(site.site.queueBell.listenerCount == 1)
        #expect(try oscar.post("/logout").status == 303)
        site.site.queueBell.tell()
        #expect(listening.isEnded)
        #expect(site.site.queueBell.listenerCount == 0)
    }

    @Test func `one person listens in so many windows, the first of them is let go`() throws {
        let (site, _, oscar) = try Self.site()
        let windows = try (0...QueueBell.mostOfOne).map { _ in try Listening(oscar.get("/queue/events")) }
        #expect(windows.map(\.isEnded) == [true] + Array(repeating: false, count: QueueBell.mostOfOne))
        #expect(site.site.queueBell.listenerCount == QueueBell.mostOfOne)
    }

    @Test func `a desk that closes is not kept open`() throws {
        let (site, _, oscar) = try Self.site()
        let listening = try Listening(oscar.get("/queue/events"))
        site.close()
        site.site.queueBell.tell()
        #expect(listening.isEnded)
        #expect(site.site.queueBell.listenerCount == 0)
    }

    @Test func `customers hear nothing`() throws {
        let (site, desk, _) = try Self.site()
        try site.add("ana@ceiba.example", of: desk.organization)
        #expect(try Browser(site, "proware", as: "ana@ceiba.example").get("/queue/events").status == 404)
    }
}
