// A ticket of a customer that goes through the real pages of both sides, and what they show on its way.

import SLA
import Testing

@testable import Atiende
@testable import HTTP

final class ContractWalk {
    let site: TestSite
    let tenant: String
    let zone: FixedZone
    private let organization: Organization.ID
    private let customer: Person.ID
    private(set) var folio = ""
    private var now = ""

    static let people = ["lucia": 1, "oscar": 2, "irene": 3]

    /// - Parameters:
    ///   - hours: From UTC to the provider's clock.
    ///   - start: When the agreement is signed; nothing is before it.
    init(_ tenant: String, plan: String, utc hours: Int, from start: String = "2026-11-02 10:00") throws {
        site = try TestSite(tenants: [tenant])
        self.tenant = tenant
        zone = FixedZone(hours: hours)
        organization = try site.addOrganization("Almacenes La Ceiba", to: tenant)
        customer = try site.add("ana@ceiba.example", to: tenant, name: "Ana Ríos", of: organization)
        for (name, level) in Self.people {
            try site.add("\(name)@mesa.example", to: tenant, as: .technician(level: level), name: name.capitalized)
        }
        try site.add("elena@mesa.example", to: tenant, as: .admin)
        try site.add("carmen@mesa.example", to: tenant, as: .technician(level: 3), name: "Carmen", isLead: true)
        site.clock.now = try zone.at(start)
        let signing = ["plan": plan, "startsOn": "2026-01-15", "months": "12", "renews": "on"]
        let admin = try Browser(site, tenant, as: "elena@mesa.example")
        let signed = try admin.post(
            "/admin/organizations/\(organization)/agreement", signing.map { ($0.key, $0.value) })
        try #require(signed.status == 303)
    }

    /// Days pass between the steps: everybody comes in anew.
    func ana() throws -> Browser { try Browser(site, tenant, as: "ana@ceiba.example") }
    func staff(_ name: String) throws -> Browser { try Browser(site, tenant, as: "\(name)@mesa.example") }

    /// The clock of the site goes on; what became due meanwhile is done.
    func at(_ text: String) throws {
        let instant = try zone.at(text)
        try #require(instant >= site.clock.now, "\(text) is past")
        site.clock.now = instant
        now = text
        EscalationTimer(site.site).makeRound()
    }

    // MARK: The customer

    /// Reports in the portal. Before it is sent the form promises what the confirmation then repeats.
    func report(
        at text: String, _ severity: String, kind: String, category: String = "", promises: [(String, String)],
        _ place: SourceLocation = #_sourceLocation
    ) throws {
        try at(text)
        let ana = try ana()
        let form = try ana.get("/tickets/new").text
        let answer = try ana.post(
            "/tickets/new",
            [
                "subject": "No abre el tablero", "description": "Desde hace un rato no abre.", "kind": kind,
                "severity": severity, "category": category,
            ])
        let location = try #require(answer.field("Location"), "\(answer.status)", sourceLocation: place)
        folio = String(location.split(separator: "/").dropLast().last ?? "")
        let page = try ana.get(location).text
        #expect(page.contains(folio), sourceLocation: place)
        let told = page.components(separatedBy: "<dt>").dropFirst().compactMap { part in
            part.between("", "</dt>").map { "\($0): \(part.between("<dd>", "</dd>") ?? "")" }
        }
        #expect(told == promises.map { "\($0.0): \($0.1)" }, sourceLocation: place)
        let letter = try #require(try letters().last, sourceLocation: place).text
        for (name, text) in promises {
            let line = "\(name) \(text.prefix(1).lowercased())\(text.dropFirst())"
            #expect(letter.contains(line), "\(line) in \(letter)", sourceLocation: place)
        }
        // The form leaves out the cause of root, which is told once there is a ticket.
        for (name, text) in promises where name != "Solución de raíz" && !name.hasPrefix("Aviso") && category.isEmpty {
            let sentence = "\(name) \(text.prefix(1).lowercased())\(text.dropFirst())".lowercased()
            #expect(form.lowercased().contains(sentence), "\(sentence)", sourceLocation: place)
        }
    }

    func says(_ text: String, _ place: SourceLocation = #_sourceLocation) throws {
        try send(ana(), "/tickets/\(folio)/messages", ["body": text], place)
    }

    func reopens(_ text: String, _ place: SourceLocation = #_sourceLocation) throws {
        try send(ana(), "/tickets/\(folio)/reopening", ["failing": text], place)
    }

    /// Confirms that it is solved, which closes it, and says with a face how it went.
    func confirms(at text: String, _ face: String, _ place: SourceLocation = #_sourceLocation) throws {
        try at(text)
        let ana = try ana()
        #expect(try ana.get("/tickets/\(folio)").text.contains("/tickets/\(folio)/closure"), sourceLocation: place)
        try send(ana, "/tickets/\(folio)/closure", [:], place)
        #expect(try ana.get("/tickets/\(folio)").text.contains("id=\"survey\""), sourceLocation: place)
        try send(ana, "/tickets/\(folio)/survey", ["face": face, "comment": "Gracias"], place)
        #expect(try status() == .closed, sourceLocation: place)
        #expect(try !ana.get("/tickets/\(folio)").text.contains("id=\"survey\""), sourceLocation: place)
    }

    // MARK: The staff

    func answers(
        _ name: String, _ text: String, then status: String = "", by channel: String = "portal",
        _ place: SourceLocation = #_sourceLocation
    ) throws {
        let form = ["body": text, "visibility": "public", "status": status, "channel": channel]
        try send(staff(name), "/tickets/\(folio)/messages", form, place)
    }

    func does(
        _ name: String, _ noun: String, _ form: [String: String], _ place: SourceLocation = #_sourceLocation
    ) throws {
        try send(staff(name), "/desk/\(folio)/\(noun)", form, place)
    }

    func moves(
        _ name: String, to level: Int, _ place: SourceLocation = #_sourceLocation
    ) throws {
        let form = ["level": "\(level)", "levelReason": "Hace falta", "levelDiagnosis": "Se reproduce con la 4.2"]
        try does(name, "level", form, place)
    }

    func sets(_ name: String, _ status: String, _ place: SourceLocation = #_sourceLocation) throws {
        try does(name, "status", ["statusTo": status, "statusReason": "Así quedó"], place)
    }

    /// Writes down what came by another channel, with when it came.
    func logs(
        _ name: String, _ severity: String, kind: String, by channel: String, came: String,
        _ place: SourceLocation = #_sourceLocation
    ) throws {
        let form = [
            "organization": "\(organization)", "requester": "\(customer)", "channel": channel,
            "cameOn": String(came.prefix(10)), "cameAt": String(came.suffix(5)), "subject": "No abre el tablero",
            "description": "Lo contó así.", "kind": kind, "severity": severity, "level": "",
        ]
        let answer = try staff(name).post("/desk/new", form.map { ($0.key, $0.value) })
        let location = try #require(answer.field("Location"), "\(answer.status)", sourceLocation: place)
        folio = String(location.split(separator: "/").last ?? "")
    }

    private func send(_ browser: Browser, _ path: String, _ form: [String: String], _ place: SourceLocation) throws {
        let answer = try browser.post(path, form.map { ($0.key, $0.value) })
        try #require(answer.status == 303, "\(path): \(answer.status)", sourceLocation: place)
    }

    // MARK: What is shown

    func ticket() throws -> Ticket {
        let folio = try #require(Folio(folio))
        return try #require(try site.desk(tenant).read { try $0.ticket(folio) })
    }

    func status() throws -> TicketStatus { try ticket().status }

    func person(_ name: String) throws -> Person.ID {
        try #require(try site.desk(tenant).read { try $0.person(email: "\(name)@mesa.example")?.id })
    }

    func letters() throws -> [MailedLetter] { try site.letters(tenant) }

    /// What pages record beside themselves is written.
    func settle() throws { try site.desk(tenant).write { _ in } }

    /// All clocks of both pages are what the reader of the contract says, and no other is there.
    func shows(_ clocks: [String: Shown], _ place: SourceLocation = #_sourceLocation) throws {
        let desk = ShownClocks(page: try staff("elena").get("/desk/\(folio)").text)
        let expected = try clocks.mapValues { try $0.staffLine(zone, now: now) }
        Self.compare(desk.ofStaff(), expected, "the desk at \(now)", place)
        let last = desk.lastSteps()
        for (name, clock) in clocks {
            guard let due = clock.due else { continue }
            #expect(last[name] == (try zone.program(due)), "the last step of \(name)", sourceLocation: place)
        }
        let own = try ana().get("/tickets/\(folio)").text
        var told: [String: String] = [:]
        for (name, clock) in clocks { told[name] = try clock.customerLine(name, zone, now: now) }
        Self.compare(ShownClocks(page: own).ofCustomer(), told, "the customer at \(now)", place)
        // Where an answer is late the page promises no other.
        let solutions: Set<String> = ["Solución", "Recuperación del servicio", "Solución de raíz"]
        let answers = clocks.filter { !solutions.contains($0.key) }.compactMap(\.value.nearest).min()
        let isLate = clocks.values.contains { if case .late(let since) = $0 { since == answers } else { false } }
        let next = try isLate ? nil : answers.map { "Siguiente respuesta a más tardar \(try zone.on($0, now: now))." }
        #expect(own.contains(next ?? "") || next == nil, "\(next ?? "")", sourceLocation: place)
        #expect(own.contains("Siguiente respuesta") == (next != nil), sourceLocation: place)
        try showsInLists(clocks, place)
    }

    /// The queue and the customer's list name the clock that is due first, and when.
    private func showsInLists(_ clocks: [String: Shown], _ place: SourceLocation) throws {
        let first = clocks.compactMap { name, clock in clock.nearest.map { (name, $0, clock) } }.min { $0.1 < $1.1 }
        let status = try status()
        guard let first, status != .resolved, status != .closed else { return }
        // Of two that are due at once either is named.
        let named = clocks.filter { $0.value.nearest == first.1 }
        let row = try staff("elena").get("/queue").text.between("data-folio=\"\(folio)\"", "</tr>") ?? "(no row)"
        let short = try zone.short(first.1, now: now)
        let when = short.prefix(1).lowercased() + short.dropFirst()
        let isNamed = named.keys.contains { row.contains("<small>\($0) · \(when)</small>") }
        #expect(isNamed, "the queue at \(now): \(row)", sourceLocation: place)
        guard status != .waitingCustomer else { return }
        let items = try ana().get("/tickets").text.components(separatedBy: "<li>")
        let item = items.first { $0.contains("/tickets/\(folio)\"") } ?? "(no row)"
        let lines = try named.compactMap { name, clock in
            try clock.customerLine(name, zone, now: now, isInList: true)?.components(separatedBy: " | ").first
        }
        let isTold = lines.contains { item.contains("<b>\($0)</b>") }
        #expect(isTold, "the customer's list at \(now): \(item)", sourceLocation: place)
    }

    private static func compare(
        _ shown: [String: String], _ expected: [String: String], _ page: String, _ place: SourceLocation
    ) {
        for name in Set(shown.keys).union(expected.keys).sorted() {
            #expect(shown[name] == expected[name], "\(name), \(page)", sourceLocation: place)
        }
    }
}
