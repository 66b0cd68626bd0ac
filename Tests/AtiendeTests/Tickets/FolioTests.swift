// Folios: how they are written and read, and that a year has no gap and no repetition (BZ-2, IN-12).

import Foundation
import SLA
import SQL
import Synchronization
import Testing

@testable import Atiende

@Suite struct FolioTests {
    @Test(arguments: [("SER-2026-000001", "SER", 2026, 1), ("FP2-9999-999999", "FP2", 9999, 999_999)])
    func `a folio is read as it is written`(_ text: String, _ prefix: String, _ year: Int, _ number: Int) throws {
        let folio = try #require(Folio(text))
        #expect(folio.prefix.rawValue == prefix && folio.year == year && folio.number == number)
        #expect("\(folio)" == text)
    }

    @Test(arguments: [
        "", "SER", "SER-2026", "SER-2026-", "SER-2026-00001", "SER-2026-0000001", "SER-2026-000000", "ser-2026-000001",
        "S-2026-000001", "SERESX-2026-000001", "2ER-2026-000001", "SER-0999-000001", "SER-26-000001",
        "SER-2026-00000a", "SER-2026-+00001", "SER-2026--00001", " SER-2026-000001", "SER-2026-000001 ",
        "SER-2026-000001-1", "SER_2026_000001", "SER-2026-٠٠٠٠٠١", "SÉR-2026-000001",
    ])
    func `what only looks like a folio is none`(_ text: String) { #expect(Folio(text) == nil) }

    @Test(arguments: Contract.all.map(\.key))
    func `every contract has a prefix of its own`(_ key: String) throws {
        let prefixes = Contract.all.compactMap(\.folioPrefix)
        #expect(Set(prefixes).count == Contract.all.count)
        #expect(try #require(Contract.named(key)).folioPrefix != nil)
    }

    @Test func `tickets that are opened at once get folios without gaps or repetitions`() throws {
        let site = try TestSite()
        let desk = try TicketDesk(site, "seres")
        let folios = Mutex<[Folio]>([])
        let failures = Mutex<[String]>([])
        let now = site.clock.now
        DispatchQueue.concurrentPerform(iterations: 24) { _ in
            do {
                let folio = try desk.open(at: now)
                folios.withLock { $0.append(folio) }
            } catch { failures.withLock { $0.append("\(error)") } }
        }
        #expect(failures.withLock { $0 } == [])
        #expect(folios.withLock { $0.map(\.number).sorted() } == Array(1...24))
    }

    @Test func `a write that is taken back leaves no gap`() throws {
        let desk = try TicketDesk(try TestSite(), "seres")
        let now = desk.site.clock.now
        #expect("\(try desk.open(at: now))" == "SER-2026-000001")
        let draft = try desk.draft("normal", plan: "pago", openedAt: now)
        #expect(throws: Refusal.self) {
            try desk.desk.write { connection in
                try connection.openTicket(draft, desk.rules, at: now)
                throw Refusal.conflict
            }
        }
        #expect("\(try desk.open(at: now))" == "SER-2026-000002")
        #expect(try desk.desk.read { try $0.first("SELECT count(*) FROM ticket") { $0.int(0) } } == 2)
    }

    @Test func `the year of a folio changes at midnight on the tenant's clock`() throws {
        let desk = try TicketDesk(try TestSite(), "seres")
        #expect("\(try desk.open(at: desk.at("2026-12-31 23:59:58")))" == "SER-2026-000001")
        #expect("\(try desk.open(at: desk.at("2026-12-31 23:59:59")))" == "SER-2026-000002")
        #expect("\(try desk.open(at: desk.at("2027-01-01 00:00:00")))" == "SER-2027-000001")
        // A call that came in before midnight and was written down after it.
        let now = try desk.at("2027-01-01 00:10:00")
        let draft = try desk.draft("normal", plan: "pago", openedAt: desk.at("2026-12-31 23:50:00"))
        let late = try desk.desk.write { try $0.openTicket(draft, desk.rules, at: now) }
        #expect("\(late)" == "SER-2027-000002")
        #expect(try desk.ticket(late).openedAt == desk.at("2026-12-31 23:50:00"))
    }

    @Test func `the last folio of a year is not followed by one of seven digits`() throws {
        let desk = try TicketDesk(try TestSite(), "seres")
        let now = desk.site.clock.now
        try desk.desk.write { try $0.execute("INSERT INTO folio_counter (year, last) VALUES (2026, 999998)") }
        #expect("\(try desk.open(at: now))" == "SER-2026-999999")
        #expect(throws: Refusal.self) { try desk.open(at: now) }
        #expect("\(try desk.open(at: desk.at("2027-01-01 00:00:00")))" == "SER-2027-000001")
    }

    @Test func `each tenant counts for itself`() throws {
        let site = try TestSite()
        let seres = try TicketDesk(site, "seres")
        let proware = try TicketDesk(site, "proware")
        let now = site.clock.now
        #expect("\(try seres.open(at: now))" == "SER-2026-000001")
        #expect("\(try proware.open("high", plan: "empresarial", at: now))" == "PRW-2026-000001")
        #expect("\(try seres.open(at: now))" == "SER-2026-000002")
        #expect(try proware.desk.read { try $0.ticket(#require(Folio("SER-2026-000001"))) } == nil)
    }
}
