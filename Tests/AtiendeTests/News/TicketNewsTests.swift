// Letters about tickets: who gets which, and what never stands in one.

import SQL
import Testing

@testable import Atiende
@testable import HTTP

@Suite struct TicketNewsTests {
    private static let canary = "CANARIO-INTERNO-7f3a"

    /// A ticket of Adriana's that Bruno and Lucía follow, and what is done to it as somebody.
    private struct Scene {
        let desk: FileDesk
        let folio: Folio

        init(_ subject: String = "El tablero no carga") throws {
            desk = try FileDesk()
            let now = desk.site.clock.now
            let (adriana, bruno) = (desk.people["adriana"], desk.people["bruno"])
            let rules = desk.tickets.rules
            let draft = TicketDraft(
                organization: desk.tickets.organization, requester: adriana, kind: "support", subject: subject,
                channel: .portal, severity: "high", plan: try #require(rules.plan("empresarial")), openedAt: now,
                author: adriana, description: "No aparece nada.", isAcknowledged: true)
            folio = try desk.tickets.desk.write { connection in
                let folio = try connection.openTicket(draft, rules, at: now)
                let ticket = try #require(try connection.ticket(folio))
                try connection.append(
                    TicketFact(at: now, actor: adriana, kind: .followed(try #require(bruno))), to: ticket.id, rules,
                    recordedAt: now)
                return folio
            }
        }

        func news() throws -> TicketNews {
            TicketNews(
                site: desk.site.site, desk: desk.tickets.desk, rules: desk.tickets.rules, now: desk.site.clock.now)
        }

        /// What letters this adds.
        func act(
            as who: String, _ party: (Person.ID) -> TicketParty,
            _ act: @escaping @Sendable (inout TicketWork) throws -> Void
        ) throws -> [MailedLetter] {
            let before = try desk.site.letters().count
            desk.site.clock.now += 60
            let (folio, rules, now, news) = (folio, desk.tickets.rules, desk.site.clock.now, try news())
            let party = party(try #require(desk.people[who]))
            try desk.tickets.desk.write { connection in
                let ticket = try #require(try connection.ticket(folio))
                var work = TicketWork(on: ticket, by: party, rules, at: now, in: connection)
                try act(&work)
                try news.tell(since: ticket, in: connection)
            }
            return Array(try desk.site.letters().dropFirst(before))
        }

        func staff(_ act: @escaping @Sendable (inout TicketWork) throws -> Void) throws -> [MailedLetter] {
            try self.act(as: "lucia", { .staff($0, level: 1) }, act)
        }

        func customer(_ act: @escaping @Sendable (inout TicketWork) throws -> Void) throws -> [MailedLetter] {
            try self.act(as: "adriana", TicketParty.customer, act)
        }

        func set(_ column: SQLText, _ value: String?, of who: String) throws {
            let person = desk.people[who]
            try desk.tickets.desk.write {
                try $0.execute("UPDATE person SET " + column + " = ? WHERE id = ?", value, person)
            }
        }
    }

    @Test func `mail programs show the letters of a ticket as one thread, whoever gets them`() throws {
        let scene = try Scene()
        _ = try scene.staff { try $0.answer("¿Desde cuándo?") }
        _ = try scene.staff { try $0.set(.resolved) }
        let desk = scene.desk.tickets.desk
        let letters = try desk.read { connection in
            try connection.query("SELECT id FROM outbox ORDER BY id") { $0.int(0) }
                .compactMap { try connection.letter($0) }
        }.map { try MessageReader(#require(MIMEMessage($0, of: desk.provider)).bytes) }
        #expect(letters.count >= 4)
        #expect(Set(letters.flatMap { $0.values("Message-ID") }).count == letters.count)
        for name in ["References", "In-Reply-To"] {
            let roots = Set(letters.flatMap { $0.values(name) })
            #expect(roots.count == 1 && roots.first?.hasPrefix("<ticket.\(scene.folio)@") == true, "\(roots)")
        }
        #expect(try Set(letters.map { try $0.decoded("Subject") }) == ["\(scene.folio): El tablero no carga"])
    }

    @Test func `IN-2: the receipt says the folio, the promises and the severity cases`() throws {
        let scene = try Scene()
        let (folio, news) = (scene.folio, try scene.news())
        _ = try scene.desk.tickets.desk.write { try news.confirmReceipt(of: folio, in: $0) }
        let letter = try #require(try scene.desk.site.letters().last)
        #expect(letter.kind == "ticket.received" && letter.recipient == "adriana@ceiba.example")
        #expect(letter.subject.contains("\(folio)") && letter.url?.hasSuffix("/tickets/\(folio)") == true)
        for definition in scene.desk.tickets.rules.contract.severities {
            #expect(letter.text.contains(definition.definition.spanish))
        }
        #expect(letter.text.contains("hoy a las") || letter.text.contains("mañana a las"), "\(letter.text)")
    }

    @Test func `an answer goes to who asked and who follows, in the language and zone of each`() throws {
        let scene = try Scene()
        try scene.set("language", "en", of: "bruno")
        let letters = try scene.staff { try $0.answer("Ya lo revisamos.") }
        #expect(letters.map(\.recipient).sorted() == ["adriana@ceiba.example", "bruno@ceiba.example"])
        #expect(letters.allSatisfy { $0.kind == "ticket.answered" && $0.text.contains("Ya lo revisamos.") })
        #expect(Set(letters.map(\.language)) == ["es", "en"])
    }

    @Test(arguments: ["note", "diagnosis", "level", "assignment"])
    func `what is internal is in no letter to a customer`(_ deed: String) throws {
        let scene = try Scene()
        let lucia = scene.desk.people["lucia"]
        let letters = try scene.staff { work in
            switch deed {
            case "note": try work.note(Self.canary)
            case "diagnosis": try work.diagnose(Diagnosis(errorMessages: Self.canary), Self.canary)
            case "level": try work.move(to: 2, why: Self.canary, diagnosis: Self.canary)
            default: try work.assign(to: lucia)
            }
        }
        #expect(letters.isEmpty)
        let more = try scene.staff { work in
            try work.note(Self.canary)
            try work.answer("Respuesta pública")
        }
        #expect(!more.isEmpty)
        #expect(try scene.desk.site.letters().allSatisfy { !($0.subject + $0.text + $0.html).contains(Self.canary) })
    }

    @Test func `a solved ticket asks to confirm, a closed one how it went, by links that change nothing`() throws {
        let scene = try Scene()
        let solved = try scene.staff { work in
            try work.answer("Corregido.")
            try work.set(.resolved)
        }
        #expect(solved.count == 2 && solved.allSatisfy { $0.kind == "ticket.resolved" })
        #expect(solved.allSatisfy { $0.text.contains("Corregido.") })
        let closed = try scene.customer { try $0.confirm() }
        let mine = try #require(closed.first { $0.recipient == "adriana@ceiba.example" })
        for face in SurveyFace.allCases {
            #expect(mine.text.contains("/tickets/\(scene.folio)?face=\(face.rawValue)#survey"))
        }
        let other = try #require(closed.first { $0.recipient == "bruno@ceiba.example" })
        #expect(!other.text.contains("face="))
    }

    @Test func `what the customer says goes to who has the ticket, and to nobody who left`() throws {
        let scene = try Scene()
        let lucia = scene.desk.people["lucia"]
        #expect(try scene.customer { try $0.hear("¿Hay novedades?") }.isEmpty)
        try scene.set("is_lead", "1", of: "lucia")
        #expect(try scene.customer { try $0.hear("¿Hola?") }.map(\.recipient) == ["lucia@proware.example"])
        _ = try scene.staff { try $0.assign(to: lucia) }
        try scene.set("notices", "own", of: "lucia")
        let heard = try scene.customer { try $0.hear("¿Y ahora?") }
        #expect(heard.map(\.kind) == ["ticket.heard"] && heard[0].url?.contains("/desk/") == true)
        _ = try scene.staff { work in
            try work.answer("Listo")
            try work.set(.resolved)
        }
        #expect(try scene.customer { try $0.hear("Sigue igual") }.map(\.kind) == ["ticket.reopened"])
        try scene.set("notices", "none", of: "adriana")
        let bruno = scene.desk.people["bruno"]
        try scene.desk.tickets.desk.write {
            try $0.execute("DELETE FROM membership WHERE person = ?", bruno)
        }
        #expect(try scene.staff { try $0.answer("Para nadie") }.isEmpty)
    }

    @Test func `somebody who is given a ticket hears of it, who takes one does not`() throws {
        let scene = try Scene()
        let other = try scene.desk.site.add("julian@proware.example", as: .technician(level: 2))
        let letters = try scene.staff { try $0.assign(to: other) }
        #expect(letters.map(\.kind) == ["ticket.assigned"] && letters[0].recipient == "julian@proware.example")
        let lucia = scene.desk.people["lucia"]
        #expect(try scene.staff { try $0.assign(to: lucia) }.isEmpty)
    }

    @Test func `the pages of both sides send the letters of what is done there`() throws {
        let scene = try Scene()
        let path = "/tickets/\(scene.folio)/messages"
        let answer = try scene.desk.lucia.upload(path, [("body", "Lo vemos."), ("visibility", "public")], files: [])
        #expect(answer.status == 303)
        #expect(try scene.desk.site.letters().map(\.kind) == ["ticket.answered", "ticket.answered"])
        let note = try scene.desk.lucia.upload(path, [("body", Self.canary), ("visibility", "internal")], files: [])
        #expect(note.status == 303)
        #expect(try scene.desk.adriana.upload(path, [("body", "Gracias.")], files: []).status == 303)
        let letters = try scene.desk.site.letters()
        #expect(letters.last?.kind == "ticket.heard" && letters.last?.recipient == "lucia@proware.example")
        #expect(letters.allSatisfy { !($0.subject + $0.text + $0.html).contains(Self.canary) })
    }

    @Test func `a subject is one line of the header and text in the letter`() throws {
        let scene = try Scene("a\r\nBcc: otro@malo.example\u{202E} <script>alert(1)</script>")
        let letter = try #require(try scene.staff { try $0.answer("<img src=x onerror=alert(1)>") }.first)
        #expect(!letter.subject.contains { $0.isNewline } && !letter.subject.unicodeScalars.contains("\u{202E}"))
        #expect(!letter.html.contains("<script>") && !letter.html.contains("<img"))
    }
}
