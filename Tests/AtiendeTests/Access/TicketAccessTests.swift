// Every route of a ticket, from the table of routes itself, against everybody whose ticket it is not: another organization,
// a colleague to whom it is private, another tenant where a ticket has the same folio (security.md §1, 8.2 and 8.4).

import SQL
import Testing

@testable import Atiende
@testable import HTTP

@Suite struct TicketAccessTests {
    /// Those of a ticket; a route that is added is among them.
    private static let routes = (Routes.tenant).filter { "\($0.pattern)".contains("{folio}") }

    /// The tickets of the populated site by number: whose each is.
    private static let seen: [PopulatedSite.Kind: Set<Int>] = [
        .customer: [1], .manager: [1, 3], .other: [2], .founder: [4],
    ]

    /// What every form of a ticket needs, of any kind.
    private static let form = [
        ("body", "intruso"), ("failing", "intruso"), ("face", "bad"), ("comment", "intruso"), ("person", "5"),
        ("assignee", "2"), ("level", "2"), ("levelReason", "intruso"), ("levelDiagnosis", "intruso"),
        ("severity", "high"), ("severityReason", "intruso"), ("statusTo", "waitingCustomer"), ("statusReason", "x"),
        ("reproduction", "yes"), ("diagnosis", "intruso"), ("recovery", "intruso"), ("cause", "intruso"),
        ("solution", "intruso"), ("agreedOn", "2027-01-15"), ("agreedReason", "x"), ("locked", "on"),
        ("follower", "customer@ceiba.example"), ("link", "related"), ("linked", "PRW-2026-000002"),
        ("subject", "intruso"), ("kind", "support"), ("visibility", "public"),
    ]

    private static let traces: Set = [
        "audit", "session", "sqlite_sequence", "heartbeat", "attempt", "submission", "filler",
    ]

    private static func path(_ route: Route, _ number: Int) -> String {
        "\(route.pattern)".replacing("{folio}", with: "PRW-2026-00000\(number)").replacing(/\{[^}]*\}/, with: "1")
    }

    private func ask(_ browser: Browser, _ route: Route, _ path: String) throws -> Answer {
        route.method == .get ? try browser.get(path) : try browser.post(path, Self.form)
    }

    @Test func `the walk finds the routes of tickets`() {
        #expect(Self.routes.count >= 24 && Self.routes.contains { $0.method == .get })
    }

    @Test func `who may not see a ticket finds nothing at any of its routes, and changes nothing`() throws {
        let populated = try PopulatedSite()
        let before = try populated.contents("proware", but: Self.traces)
        for (kind, own) in Self.seen {
            let browser = try populated.browser(kind)
            for route in Self.routes {
                for number in 1...4 where !own.contains(number) {
                    let answer = try ask(browser, route, Self.path(route, number))
                    #expect(
                        answer.status == 404,
                        "\(kind) \(route.method.name) \(Self.path(route, number)): \(answer.status)")
                }
                // One's own, where the route is the staff's.
                if route.admission == .staff {
                    let answer = try ask(browser, route, Self.path(route, own.min() ?? 1))
                    #expect(answer.status == 404, "\(kind) \(route.pattern)")
                }
            }
        }
        #expect(try populated.contents("proware", but: Self.traces) == before)
    }

    @Test func `the same folio of another tenant is another ticket, whatever is done to it`() throws {
        let populated = try PopulatedSite(mark: "CANARIO-")
        let before = try populated.contents("proware", but: Self.traces)
        for kind in [PopulatedSite.Kind.admin, .technician, .customer] {
            let browser = try populated.browser(kind, "seres")
            // Both cookies at once, as in one browser.
            browser.cookies.merge(try populated.browser(.admin).cookies) { first, _ in first }
            for route in Self.routes {
                for number in 1...4 {
                    let answer = try ask(browser, route, Self.path(route, number))
                    let text = try answer.whole() + answer.head.joined()
                    #expect(!text.contains("CANARIO-proware"), "\(kind) \(route.pattern)")
                }
            }
        }
        #expect(try populated.contents("proware", but: Self.traces) == before)
    }

    @Test func `a form that names another's ticket, person, organization or file takes none of it`() throws {
        let populated = try PopulatedSite()
        let (customer, other) = (try populated.browser(.customer), try populated.browser(.other))
        let staff = try populated.browser(.technician)
        let sent = try customer.upload("/tickets/new", [("subject", "")], files: [("plano.txt", [1, 2])])
        let token = try #require(sent.text.firstMatch(of: /name="kept" value="([^"]*)"/)).1
        let report = [("subject", "x"), ("description", "x"), ("kind", "support"), ("severity", "critical")]
        let before = try populated.contents("proware", but: Self.traces)
        let refused: [(Browser, String, [(String, String)], Int)] = [
            (other, "/tickets/new", report + [("parent", "PRW-2026-000001")], 404),
            (other, "/tickets/new", report + [("kept", String(token))], 422),
            (other, "/tickets/PRW-2026-000002/messages", [("body", "x"), ("kept", String(token))], 422),
            (staff, "/tickets/PRW-2026-000002/messages", [("body", "x"), ("kept", String(token))], 422),
            (other, "/tickets/PRW-2026-000002/followers", [("person", "5")], 404),
            (other, "/tickets/PRW-2026-000002/followers", [("person", "2")], 404),
            (staff, "/desk/PRW-2026-000002/followers", [("follower", "customer@ceiba.example")], 422),
            (staff, "/desk/PRW-2026-000002/followers", [("follower", "nadie@ceiba.example")], 422),
            (staff, "/desk/PRW-2026-000002/assignment", [("assignee", "5")], 422),
            (staff, "/desk/PRW-2026-000002/assignment", [("assignee", "99")], 422),
            (staff, "/desk/PRW-2026-000002/links", [("link", "related"), ("linked", "SER-2026-000001")], 422),
            (staff, "/desk/new", report + [("organization", "99")], 404),
            (staff, "/desk/new", report + [("organization", "3")], 404),
            (staff, "/desk/new", report + [("organization", "2"), ("requester", "5"), ("channel", "phone")], 422),
        ]
        for (browser, path, form, status) in refused {
            let answer = try browser.post(path, form)
            #expect(answer.status == status, "\(path) \(form): \(answer.status)")
        }
        #expect(try other.get("/attachments/\(token)/x").status == 404)
        #expect(try staff.get("/attachments/\(token)/x").status == 404)
        #expect(try other.get("/tickets/new?parent=PRW-2026-000001").status == 404)
        #expect(try populated.contents("proware", but: Self.traces) == before)
    }

    @Test func `fields that no form of a ticket asks for change nothing`() throws {
        let populated = try PopulatedSite()
        let customer = try populated.browser(.customer)
        let extra = [
            ("assignee", "2"), ("level", "3"), ("status", "closed"), ("organization", "2"), ("requester", "6"),
            ("plan", "premiumPlus"), ("channel", "phone"), ("openedAt", "0"), ("visibility", "internal"), ("tags", "x"),
            ("due_at", "9"), ("folio", "PRW-2026-000099"), ("author", "1"), ("isAcknowledged", "0"), ("person", "1"),
        ]
        let form = [("subject", "x"), ("description", "x"), ("kind", "support"), ("severity", "critical")]
        #expect(try customer.post("/tickets/new", form + extra).status == 303)
        #expect(try customer.post("/tickets/PRW-2026-000001/messages", [("body", "x")] + extra).status == 303)
        let rows = try populated.site.lines(
            """
            SELECT organization || ' ' || requester || ' ' || level || ' ' || status || ' ' || channel || ' ' || tags || ' '
                || coalesce(assignee, '-') FROM ticket WHERE requester = 5 ORDER BY id
            """)
        #expect(rows == ["1 5 1 new portal  -", "1 5 1 new portal  -"])
        #expect(try populated.site.lines("SELECT count(*) FROM ticket_event WHERE type = 'note'") == ["0"])
    }
}
