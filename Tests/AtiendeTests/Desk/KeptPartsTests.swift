// Rows of queues and sheets of tickets are kept and shown again. What is kept must be what making it anew would make, at
// every second, whatever happened meanwhile, and carry nothing of whoever saw it first.

import HTTP
import Markup
import SLA
import SQL
import Testing

@testable import Atiende

@Suite struct KeptPartsTests {
    private let work: WorkSite

    init() throws { work = try WorkSite() }

    private func forget() {
        work.tickets.desk.queueRows.clear()
        work.tickets.desk.queueControls.clear()
        work.tickets.desk.deskSheets.clear()
    }

    /// A page without what is new in each: forms' keys, and where the line of a drawing stands now.
    private func text(_ path: String, as name: String = "lucia") throws -> String {
        try work.browser(name).get(path).text
            .replacing(/value="[0-9a-f]{32,64}"/, with: "")
            .replacing(/<[^>]*class="now"[^>]*>/, with: "")
            // A look at the ticket is written down behind the page's back.
            .replacing(/(?s)<details id="section-history".*/, with: "")
    }

    private func difference(_ one: String, _ other: String) -> String {
        zip(one.split(separator: "\n"), other.split(separator: "\n")).first { $0.0 != $0.1 }.map { "\($0.0) | \($0.1)" }
            ?? ""
    }

    /// Seconds at which something of a ticket begins or ends, and those beside them.
    private func instants(_ folio: Folio) throws -> [Int] {
        let start = work.site.clock.now
        let clocks = try work.tickets.desk.read { connection in
            try connection.clocks(of: try #require(try connection.ticket(folio)).id)
        }
        let edges = clocks.flatMap { [$0.dueAt, $0.breaksAt, $0.soonAt, $0.dueAt.map { $0 - 3600 }] }.compactMap { $0 }
        let usual = [0, 1, 59, 60, 61, 119, 120, 3599, 3600, 3601, 20 * 3600, 5 * 86_400].map { start + $0 }
        return Set((edges + usual).flatMap { [$0 - 1, $0, $0 + 1, $0 + 30] }).filter { $0 >= start }.sorted()
    }

    @Test func `what is kept is what making it anew makes, at every second at which a word changes`() throws {
        let folio = try work.ticket(isAnswered: false)
        _ = try work.ticket(.waitingCustomer)
        for instant in try instants(folio) {
            work.site.clock.now = instant
            for path in ["/queue", "/desk/\(folio)"] {
                let kept = try text(path)
                forget()
                let made = try text(path)
                #expect(difference(made, kept) == "", "\(path) at \(instant)")
            }
        }
    }

    @Test func `what is kept tells at once what others changed`() throws {
        let folio = try work.ticket()
        let other = try work.ticket()
        let changes: [(String, () throws -> Void)] = [
            ("No cargan las facturas", { try edit(other, "No cargan las facturas") }),
            ("Lucila Arango", { try rename("person", "name", "Lucila Arango", of: work.lucia.rawValue) }),
            (
                "Almacenes El Roble",
                {
                    try rename(
                        "organization", "legal_name", "Almacenes El Roble", of: work.tickets.organization.rawValue)
                }
            ),
            ("Saludo de diciembre", { try addAnswer("Saludo de diciembre") }),
        ]
        for (word, change) in changes {
            #expect(try !text("/desk/\(folio)", as: "oscar").contains(word))
            #expect(try !text("/queue", as: "oscar").contains(word))
            try change()
            #expect(try text("/desk/\(folio)", as: "oscar").contains(word), "\(word)")
        }
        for word in ["No cargan las facturas", "Almacenes El Roble"] {
            #expect(try text("/queue", as: "oscar").contains(word), "\(word)")
        }
    }

    private func addAnswer(_ name: String) throws {
        let natalia = try work.browser("natalia")
        let answer = try natalia.post("/admin/answers/new", ["name": name, "text": "Buenos días."])
        #expect(answer.status == 303)
    }

    private func edit(_ folio: Folio, _ subject: String) throws {
        let edit = TicketEdit(property: .subject, before: "El tablero no carga", after: subject)
        try work.tickets.add(.edited([edit]), to: folio, at: work.site.clock.now)
    }

    private func rename(_ table: String, _ column: String, _ name: String, of id: Int) throws {
        try work.tickets.desk.write { connection in
            try connection.execute(SQLText(verbatim: "UPDATE \(table) SET \(column) = ? WHERE id = ?"), name, id)
        }
    }

    @Test func `each reader's forms carry his own seal and keys, and nobody finds a mark`() throws {
        let folio = try work.ticket()
        try work.site.add("ivan@proware.example", as: .technician(level: 1), name: "Iván Gil")
        let (lucia, ivan) = (try work.browser("lucia"), try work.browser("ivan"))
        let pages = [try lucia.get("/desk/\(folio)").text, try ivan.get("/desk/\(folio)").text]
        let keys = pages.map { page in page.matches(of: /name="key" value="([^"]*)"/).map { String($0.1) } }
        #expect(keys[0].count > 5 && keys[0].count == keys[1].count)
        #expect(Set(keys.joined()).count == keys[0].count * 2)
        #expect(keys.joined().allSatisfy { $0.utf8.count == 32 })
        let seals = pages.map { page in
            Set(page.matches(of: /name="csrf" value="([^"]*)"/).map { String($0.1) })
        }
        #expect(seals[0].count == 1 && seals[1].count == 1 && seals[0] != seals[1])
        for page in pages { #expect(!page.contains(OpenMarkup.now.dropLast())) }
        #expect(pages[1].contains("data-clock-now=\"\(work.site.clock.now)\""))
    }

    @Test func `whoever may do more finds more, whoever looked before`() throws {
        let folio = try work.ticket()
        #expect(try text("/desk/\(folio)").contains("Tomarlo"))
        #expect(
            try work.browser("lucia").post("/desk/\(folio)/assignment", ["assignee": "\(work.lucia)"]).status == 303)
        #expect(try !text("/desk/\(folio)").contains("Tomarlo"))
        #expect(try text("/desk/\(folio)", as: "oscar").contains("Tomarlo"))
        #expect(try !text("/desk/\(folio)").contains("Tomarlo"))
    }
}
