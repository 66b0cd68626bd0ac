// The table of what may be done to a ticket, through the real routes, for those whom StateMachineTests leaves out: every
// role of the staff, the customers' own actions, tickets that somebody keeps for himself and tickets that were merged.

import SLA
import SQL
import Testing

@testable import Atiende
@testable import HTTP

@Suite struct StateMachineRoleTests {
    typealias Deed = StateMachineTests.Deed

    private static let shared = Result { () -> WorkSite in
        let work = try WorkSite()
        try work.site.add(
            "carmen@proware.example", as: .technician(level: 3), name: "Carmen Díaz", isLead: true)
        return work
    }

    /// What takes back what others of the table set.
    static let undoing: [Deed] = [
        Deed("followers", StateMachineTests.every) { work, folio in
            try work.site.desk("proware").write { connection in
                let ticket = try #require(try connection.ticket(folio))
                var own = TicketWork(
                    on: ticket, by: .staff(work.oscar, level: 2), work.tickets.rules, at: work.site.clock.now,
                    in: connection)
                try own.follow(work.ana, true)
            }
            return [("follower", "ana@ceiba.example"), ("follows", "off")]
        },
        Deed("links", StateMachineTests.every, at: "/desk/FOLIO/links/removal") { work, folio in
            let other = try work.ticket()
            try work.site.desk("proware").write { connection in
                let ticket = try #require(try connection.ticket(folio))
                var own = TicketWork(
                    on: ticket, by: .staff(work.oscar, level: 2), work.tickets.rules, at: work.site.clock.now,
                    in: connection)
                try own.link(.related, to: try #require(try connection.ticket(other)))
            }
            return [("link", "related"), ("linked", "\(other)")]
        },
    ]

    @Test(arguments: StateMachineTests.deeds + undoing, ["oscar", "carmen", "natalia"])
    func `a technician of another level, a lead and an admin do what the table allows, and nothing else`(
        _ deed: Deed, _ name: String
    ) throws {
        let work = try Self.shared.get()
        let browser = try work.browser(name)
        for status in TicketStatus.allCases {
            let folio = try work.ticket(status)
            let form = try deed.form(work, folio)
            let before = try work.facts(folio)
            let answer = try browser.post(deed.path(folio), form)
            let isAllowed = deed.allowed.contains(status)
            #expect(answer.status == (isAllowed ? 303 : 422), "\(status): \(answer.status)")
            #expect(try (work.facts(folio).count > before.count) == isAllowed, "\(status)")
        }
    }

    // MARK: Customers

    struct Own: Sendable, CustomTestStringConvertible {
        let noun: String
        let allowed: Set<TicketStatus>
        let form: [String: String]
        /// Whether the staff has a route of that name too.
        var isShared = false

        var testDescription: String { noun }
    }

    static let own: [Own] = [
        Own(noun: "closure", allowed: StateMachineTests.undone, form: ["body": "Ya suena"]),
        Own(noun: "reopening", allowed: [.resolved], form: ["failing": "Sigue sin sonar"]),
        Own(noun: "survey", allowed: [.resolved, .closed], form: ["face": "good", "comment": "Gracias"]),
        Own(
            noun: "messages", allowed: StateMachineTests.undone, form: ["body": "Sigue sin sonar"], isShared: true),
    ]

    @Test(arguments: own, ["ana", "beto"])
    func `a customer and his colleague do in each status what the table allows, others find nothing`(
        _ own: Own, _ name: String
    ) throws {
        let work = try Self.shared.get()
        let browser = try work.browser(name)
        let others = ["otto"] + (own.isShared ? [] : ["lucia", "natalia"])
        let strangers = try others.map { try work.browser($0) }
        for status in TicketStatus.allCases {
            let folio = try work.ticket(status)
            let path = "/tickets/\(folio)/\(own.noun)"
            let form = own.form.map { ($0.key, $0.value) }
            let before = try work.facts(folio)
            for stranger in strangers { #expect(try stranger.post(path, form).status == 404) }
            #expect(try work.facts(folio) == before)
            let answer = try browser.post(path, form)
            let isAllowed = own.allowed.contains(status)
            #expect(
                isAllowed ? answer.status == 303 : [409, 422].contains(answer.status), "\(status): \(answer.status)")
            #expect(try (work.facts(folio).count > before.count) == isAllowed, "\(status)")
        }
    }

    @Test func `only what is closed is gone on with in another ticket`() throws {
        let work = try Self.shared.get()
        let ana = try work.browser("ana")
        for status in TicketStatus.allCases {
            let folio = try work.ticket(status)
            let before = try work.facts(folio)
            let form = [
                ("parent", "\(folio)"), ("subject", "Otra vez"), ("description", "Volvió"), ("kind", work.kind),
                ("severity", "high"),
            ]
            #expect(try ana.post("/tickets/new", form).status == (status == .closed ? 303 : 404), "\(status)")
            #expect(try (work.facts(folio).count > before.count) == (status == .closed), "\(status)")
        }
    }

    // MARK: Kept and merged

    /// What goes while somebody else keeps a ticket for himself (SE-7).
    static let pastLock: Set<String> = ["note", "followers"]

    @Test(arguments: StateMachineTests.deeds)
    func `while somebody keeps a ticket the others write notes, follow it, and unlock it`(_ deed: Deed) throws {
        let work = try Self.shared.get()
        let (oscar, lucia) = (try work.browser("oscar"), try work.browser("lucia"))
        for status in TicketStatus.allCases {
            let folio = try work.ticket(status)
            let form = try deed.form(work, folio)
            #expect(try oscar.post("/desk/\(folio)/lock", ["locked": "on"]).status == 303)
            let before = try work.facts(folio)
            let isAllowed = Self.pastLock.contains(deed.name) && deed.allowed.contains(status)
            let answer = try lucia.post(deed.path(folio), form)
            #expect(answer.status == (isAllowed ? 303 : 422), "\(status): \(answer.status)")
            #expect(try (work.facts(folio).count > before.count) == isAllowed, "\(status)")
            // Who keeps it is not hindered.
            if deed.name != "lock" {
                let own = try oscar.post(deed.path(folio), form).status
                let isOwn = deed.allowed.contains(status) && !(isAllowed && deed.name == "followers")
                #expect(own == (isOwn ? 303 : 422), "\(status): \(own)")
            }
            #expect(try lucia.post("/desk/\(folio)/lock", ["locked": "off"]).status == 303)
            #expect(try work.read(folio).keeper == nil)
        }
    }

    @Test(arguments: StateMachineTests.deeds)
    func `to a merged ticket nothing is done but to note something on it`(_ deed: Deed) throws {
        let work = try Self.shared.get()
        let (lucia, ana) = (try work.browser("lucia"), try work.browser("ana"))
        for status in TicketStatus.allCases {
            let folio = try work.ticket(status)
            let form = try deed.form(work, folio)
            try work.tickets.add(.merged, to: folio, at: work.site.clock.now)
            let before = try work.facts(folio)
            let isAllowed = deed.name == "note"
            let answer = try lucia.post(deed.path(folio), form)
            #expect(answer.status == (isAllowed ? 303 : 422), "\(status): \(answer.status)")
            #expect(try (work.facts(folio).count > before.count) == isAllowed, "\(status)")
            let after = try work.facts(folio)
            for noun in ["closure", "reopening", "survey", "messages"] {
                let words = ["body": "x", "failing": "x", "face": "bad"].map { ($0.key, $0.value) }
                #expect(
                    try [409, 422].contains(ana.post("/tickets/\(folio)/\(noun)", words).status), "\(status) \(noun)")
            }
            #expect(try work.facts(folio) == after)
        }
    }
}
