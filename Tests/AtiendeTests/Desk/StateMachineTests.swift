// Every status × what can be done to a ticket × who does it, through the real routes.

import SLA
import SQL
import Testing

@testable import Atiende
@testable import HTTP

@Suite struct StateMachineTests {
    /// What a form does, and in which statuses the staff may send it.
    struct Deed: Sendable, CustomTestStringConvertible {
        let name: String
        let path: @Sendable (Folio) -> String
        let form: @Sendable (WorkSite, Folio) throws -> [(String, String)]
        let allowed: Set<TicketStatus>
        var customersMay: Set<TicketStatus> = []

        var testDescription: String { name }

        init(
            _ name: String, _ allowed: Set<TicketStatus>, customersMay: Set<TicketStatus> = [],
            at path: String? = nil, form: @escaping @Sendable (WorkSite, Folio) throws -> [(String, String)]
        ) {
            self.name = name
            self.allowed = allowed
            self.customersMay = customersMay
            self.form = form
            self.path = { path?.replacing("FOLIO", with: "\($0)") ?? "/desk/\($0)/\(name)" }
        }
    }

    static let live: Set<TicketStatus> = [.new, .open, .waitingCustomer, .waitingThirdParty, .inDevelopment]
    static let undone = live.union([.resolved])
    static let every = undone.union([.closed])
    static let messages = "/tickets/FOLIO/messages"

    static let deeds: [Deed] = [
        Deed("answer", undone, customersMay: undone, at: messages) { _, _ in
            [("body", "Hola"), ("visibility", "public")]
        },
        Deed("call", undone, customersMay: undone, at: messages) { _, _ in [("body", "Hola"), ("channel", "phone")] },
        Deed("note", every, customersMay: undone, at: messages) { _, _ in
            [("body", "Nota"), ("visibility", "internal")]
        },
        Deed("assignment", undone) { work, _ in [("assignee", "\(work.oscar)")] },
        Deed("level", live) { _, _ in
            [("level", "2"), ("levelReason", "Hace falta"), ("levelDiagnosis", "Se reproduce")]
        },
        Deed("severity", live) { _, _ in [("severity", "low"), ("severityReason", "Hay otra forma")] },
        Deed("diagnosis", undone) { _, _ in [("reproduction", "yes"), ("diagnosis", "Se reproduce")] },
        Deed("recovery", live) { _, _ in [("recovery", "Se reinició")] },
        Deed("cause", every) { _, _ in [("cause", "Una cola llena"), ("solution", "Más lugar")] },
        Deed("properties", every) { work, _ in [("subject", "Otro asunto"), ("kind", work.kind)] },
        Deed("agreed-date", undone) { _, _ in [("agreedOn", "2026-12-01"), ("agreedReason", "Con la versión 9")] },
        Deed("links", every) { work, _ in [("link", "related"), ("linked", "\(try work.ticket())")] },
        Deed("lock", every) { _, _ in [("locked", "on")] },
        Deed("followers", every) { _, _ in [("follower", "beto@ceiba.example")] },
    ]

    private static let shared = Result { try WorkSite() }

    @Test(arguments: deeds)
    func `the staff does in each status what the table allows, and nothing else`(_ deed: Deed) throws {
        let work = try Self.shared.get()
        let lucia = try work.browser("lucia")
        for status in TicketStatus.allCases {
            let folio = try work.ticket(status)
            let form = try deed.form(work, folio)
            let before = try work.facts(folio)
            let answer = try lucia.post(deed.path(folio), form)
            let isAllowed = deed.allowed.contains(status)
            #expect(answer.status == (isAllowed ? 303 : 422), "\(status): \(answer.status)")
            #expect(try (work.facts(folio).count > before.count) == isAllowed, "\(status)")
        }
    }

    @Test(arguments: deeds)
    func `customers do nothing of it but write, and strangers find nothing`(_ deed: Deed) throws {
        let work = try Self.shared.get()
        let (ana, otto) = (try work.browser("ana"), try work.browser("otto"))
        for status in TicketStatus.allCases {
            let folio = try work.ticket(status)
            let form = try deed.form(work, folio)
            let before = try work.facts(folio)
            #expect(try otto.post(deed.path(folio), form).status == 404)
            #expect(try work.facts(folio) == before)
            let answer = try ana.post(deed.path(folio), form)
            let mayWrite = deed.customersMay.contains(status)
            let isDesk = deed.path(folio).hasPrefix("/desk")
            #expect(answer.status == (isDesk ? 404 : mayWrite ? 303 : 422), "\(status): \(answer.status)")
            let new = try work.facts(folio).dropFirst(before.count)
            // Whatever a customer says of himself, it is a customer's message.
            #expect(new.allSatisfy { $0.kind == .customerMessage || $0.kind == .status(.open) })
        }
    }

    /// From where to where the staff brings a ticket that was answered.
    static let ways: [TicketStatus: Set<TicketStatus>] = [
        .new: [.open, .waitingCustomer, .waitingThirdParty, .inDevelopment, .resolved],
        .open: [.waitingCustomer, .waitingThirdParty, .inDevelopment, .resolved],
        .waitingCustomer: [.open, .waitingThirdParty, .inDevelopment, .resolved],
        .waitingThirdParty: [.open, .waitingCustomer, .inDevelopment, .resolved],
        .inDevelopment: [.open, .waitingCustomer, .waitingThirdParty, .resolved],
        .resolved: [.open, .closed],
        .closed: [],
    ]

    @Test(arguments: TicketStatus.allCases)
    func `a ticket goes from each status where the table says`(_ from: TicketStatus) throws {
        let work = try Self.shared.get()
        let lucia = try work.browser("lucia")
        for to in TicketStatus.allCases {
            let folio = try work.ticket(from)
            let answer = try lucia.post(
                "/desk/\(folio)/status", ["statusTo": to.rawValue, "statusReason": "Porque sí"])
            let isAllowed = Self.ways[from, default: []].contains(to)
            #expect(answer.status == (isAllowed ? 303 : 422), "\(from) → \(to): \(answer.status)")
            #expect(try work.read(folio).status == (isAllowed ? to : from))
        }
    }
}
