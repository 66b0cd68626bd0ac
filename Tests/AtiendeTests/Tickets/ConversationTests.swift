// What a conversation tells, and to whom.

import Markup
import SLA
import SQL
import Testing

@testable import Atiende
@testable import HTTP

@Suite struct ConversationTests {
    private let site: TestSite
    private let desk: TicketDesk
    private let customer: Person.ID
    private let technician: Person.ID

    init() throws {
        site = try TestSite()
        desk = try TicketDesk(site, "proware")
        customer = try site.add("ana@ceiba.example", name: "Ana Ríos", of: desk.organization)
        technician = try site.add("lucia@proware.example", as: .technician(level: 1), name: "Lucía Arango")
    }

    private func open(_ description: String = "No carga.", author: Person.ID? = nil) throws -> Folio {
        var draft = try desk.draft("high", plan: "empresarial", openedAt: site.clock.now, channel: .phone)
        draft.requester = customer
        draft.author = author ?? customer
        draft.description = description
        draft.properties = [.tags: "ceiba-quejosa"]
        let (rules, now) = (desk.rules, site.clock.now)
        let ready = draft
        return try desk.desk.write { try $0.openTicket(ready, rules, at: now) }
    }

    private func work(
        _ folio: Folio, by person: Person.ID, _ body: @escaping @Sendable (inout TicketWork) throws -> Void
    ) throws {
        let (rules, now) = (desk.rules, site.clock.now)
        try desk.desk.write { connection in
            let ticket = try #require(try connection.ticket(folio))
            let who = try #require(try connection.person(person))
            var work = TicketWork(on: ticket, by: TicketParty(who), rules, at: now, in: connection)
            try body(&work)
        }
    }

    private func telling(_ folio: Folio, isForStaff: Bool) throws -> Conversation {
        let words = try TestWords.read(.es)
        return try desk.desk.read { connection in
            let ticket = try #require(try connection.ticket(folio))
            let entries = try connection.story(of: ticket.id)
            let telling = ConversationTelling(
                sources: try connection.sources(for: entries, of: ticket),
                terms: TicketWords(words: words, contract: desk.rules.contract, isForStaff: isForStaff),
                moments: Moments(words: words, zone: desk.rules.zone, now: site.clock.now), numbers: .dot,
                base: "/t/proware", requester: ticket.requester)
            return isForStaff
                ? telling.conversation(entries) : telling.conversation(entries.compactMap(PublicFact.init))
        }
    }

    private func text(_ conversation: Conversation) -> String {
        conversation.turns.flatMap { turn -> [String] in
            var text: [String] = []
            if let message = turn.message {
                text += [message.author, message.standing, message.deed, message.label]
                text += message.body.map(\.text) + message.facts.flatMap { [$0.label, $0.value] }
            }
            if let changes = turn.changes {
                text.append(changes.summary)
                text += changes.changes.flatMap { [$0.actor, $0.text] + $0.reason.map(\.text) }
            }
            return text
        }.joined(separator: "\n")
    }

    @Test func `messages stand in order, and what changed between them folds into a line`() throws {
        let folio = try open()
        let technician = technician
        try work(folio, by: technician) { work in
            try work.answer("La recibimos.", status: .waitingCustomer)
            try work.note("Reiniciar el nodo 2.")
        }
        try work(folio, by: customer) { try $0.hear("Gracias.\nSigue igual.") }
        let told = try telling(folio, isForStaff: true)
        let sides = told.turns.map { $0.message?.side ?? "·" }
        #expect(sides == ["", "staff", "·", "note", "·", ""])
        #expect(told.turns[2].changes?.summary == "2 cambios: responsable, estado")
        #expect(
            told.turns[2].changes?.changes.map(\.text) == ["tomó el ticket", "cambió el estado a Esperando al cliente"])
        #expect(told.turns[4].changes?.summary == "")
        #expect(told.turns[5].message?.body.map(\.text) == ["Gracias.\nSigue igual."])
        #expect(told.turns[1].message?.standing == "Soporte, nivel 1")
        #expect(told.turns[5].message?.standing == "Almacenes La Ceiba · cliente")
    }

    @Test func `customers hear nothing of what is internal`() throws {
        let folio = try open()
        let technician = technician
        let other = try open("Otro")
        try work(folio, by: technician) { work in
            try work.assign(to: technician)
            try work.note("secreto-nota")
            try work.diagnose(Diagnosis(reproduction: .yes, errorMessages: "secreto-error"), "secreto-resumen")
            try work.move(to: 2, why: "secreto-motivo", diagnosis: "secreto-previo")
            try work.lock()
            try work.edit([TicketEdit(property: .tags, before: "ceiba-quejosa", after: "secreto-etiqueta")])
            try work.edit([
                TicketEdit(property: .tags, before: "a", after: "secreto-b"),
                TicketEdit(property: .environment, before: "", after: "producción"),
            ])
            try work.follow(technician, true)
            let ticket = try #require(try work.connection.ticket(other))
            try work.link(.related, to: ticket)
            try work.classify("low", why: "Hay otra forma de hacerlo.")
            try work.recover("Se reinició.")
        }
        let told = try text(telling(folio, isForStaff: false))
        #expect(!told.contains("secreto"))
        #expect(!told.contains("quejosa") && !told.contains("Etiquetas") && !told.contains("bloqueó"))
        #expect(!told.contains("\(other)") && !told.contains("sigue el ticket") && !told.contains("asignó"))
        #expect(told.contains("escaló el ticket a nivel 2") && told.contains("Ambiente: “producción”"))
        #expect(told.contains("Hay otra forma de hacerlo.") && told.contains("Se reinició."))
        let whole = try text(telling(folio, isForStaff: true))
        for word in ["nota", "error", "resumen", "motivo", "previo", "etiqueta", "b"] {
            #expect(whole.contains("secreto-" + word))
        }
        #expect(whole.contains("\(other)"))
    }

    @Test(arguments: TicketFact.samples)
    func `of each kind of fact a customer hears, or does not`(_ sample: TicketFact.Sample) throws {
        let fact = PublicFact(TicketEntry(id: 1, recordedAt: 0, fact: sample.fact))
        #expect((fact != nil) == sample.isPublic, "\(sample.fact.kind.type)")
        #expect(fact?.entry.fact.body ?? "" == (sample.isReasonPublic ? sample.fact.body : ""))
    }

    @Test func `what customers do not hear they do not find`() throws {
        let folio = try open()
        try work(folio, by: technician) { work in
            try work.note("ornitorrinco")
            try work.move(to: 2, why: "axolote", diagnosis: "tlacuache")
            try work.answer("Hola, colibrí")
        }
        let found = try desk.desk.read { connection in
            try ["ornitorrinco", "axolote", "tlacuache", "quejosa", "colibrí"].map { word in
                try connection.query("SELECT rowid FROM ticket_text WHERE ticket_text MATCH ?", "shown:\(word)") {
                    $0.int(0)
                }.count
            }
        }
        #expect(found == [0, 0, 0, 0, 1])
    }

    @Test func `a call that was written down is told as one`() throws {
        let folio = try open("Me llamó: no carga.", author: technician)
        try work(folio, by: technician) { try $0.answer("Le expliqué por teléfono.", by: .phone) }
        let told = try telling(folio, isForStaff: false)
        #expect(told.turns[0].message?.author == "Ana Ríos")
        #expect(told.turns[0].message?.deed == "Lo dijo por teléfono; lo registró Lucía Arango")
        #expect(told.turns[1].message?.deed == "Llamada registrada")
    }

    @Test func `every fact is told in both languages without a key among its words`() throws {
        let other = Ticket.ID(rawValue: 1)
        _ = try open()
        for language in [Language.es, .en] {
            let words = try TestWords.read(language)
            for isForStaff in [true, false] {
                let telling = ConversationTelling(
                    sources: ConversationSources(
                        people: [customer: Speaker(name: "Ana", role: .customer)], folios: [other: try open()]),
                    terms: TicketWords(words: words, contract: desk.rules.contract, isForStaff: isForStaff),
                    moments: Moments(words: words, zone: desk.rules.zone, now: site.clock.now), numbers: .dot,
                    base: "", requester: customer)
                let entries = TicketFact.samples.enumerated().map {
                    TicketEntry(id: $0.offset, recordedAt: 0, fact: $0.element.fact)
                }
                let told = text(telling.conversation(entries))
                for key in ["conversation.", "tickets.", "diagnosis.", "clocks.", "{"] {
                    #expect(
                        !told.contains(key), "\(language): \(told.split(separator: "\n").filter { $0.contains(key) })")
                }
            }
        }
    }
}

extension TicketFact {
    struct Sample: Sendable {
        let fact: TicketFact
        let isPublic: Bool
        var isReasonPublic = false

        init(_ kind: Kind, isPublic: Bool, isReasonPublic: Bool? = nil) {
            fact = TicketFact(at: 1_794_841_200, actor: Person.ID(rawValue: 1), kind: kind, body: "por algo")
            self.isPublic = isPublic
            self.isReasonPublic = isReasonPublic ?? isPublic
        }
    }

    /// One of each kind.
    static let samples: [Sample] = {
        let plan = PlanReference(key: "empresarial", version: 1)
        let person = Person.ID(rawValue: 1)
        let other = Ticket.ID(rawValue: 1)
        let firing = Firing(plan: plan, step: 0, clock: .resolution, run: 1, percent: 75, dueAt: 0)
        return [
            Sample(.opened(Opening(severity: "high", channel: .portal, level: 1, plan: plan)), isPublic: true),
            Sample(.acknowledged, isPublic: true), Sample(.staffMessage(level: 1), isPublic: true),
            Sample(.staffMessage(level: 1, by: .visit), isPublic: true), Sample(.customerMessage, isPublic: true),
            Sample(.diagnosis(level: 1, Diagnosis(reproduction: .no, actual: "x")), isPublic: false),
            Sample(.status(.waitingThirdParty), isPublic: true), Sample(.severity("low"), isPublic: true),
            Sample(.level(2), isPublic: true, isReasonPublic: false), Sample(.recovered, isPublic: true),
            Sample(.rootCause(solution: "s"), isPublic: true), Sample(.merged, isPublic: true),
            Sample(.planApplied(plan), isPublic: true), Sample(.note, isPublic: false),
            Sample(.assigned(person), isPublic: false), Sample(.assigned(nil), isPublic: false),
            Sample(.edited([TicketEdit(property: .subject, before: "a", after: "b")]), isPublic: true),
            Sample(.edited([TicketEdit(property: .tags, before: "a", after: "b")]), isPublic: false),
            Sample(.followed(person), isPublic: true), Sample(.unfollowed(person), isPublic: true),
            Sample(.linked(.duplicate, other), isPublic: false), Sample(.unlinked(.parent, other), isPublic: false),
            Sample(.agreed(on: CivilDate("2026-12-01")), isPublic: true), Sample(.agreed(on: nil), isPublic: true),
            Sample(.confirmed, isPublic: true), Sample(.surveyed(.good), isPublic: true),
            Sample(.locked, isPublic: false), Sample(.unlocked, isPublic: false),
            Sample(.fired(firing), isPublic: false), Sample(.breached(.levelResponse, run: 1), isPublic: false),
        ]
    }()
}
