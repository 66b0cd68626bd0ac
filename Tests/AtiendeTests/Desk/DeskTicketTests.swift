// The staff at work on a ticket: what is said, who sees it, and two people at once.

import SLA
import SQL
import Testing

@testable import Atiende
@testable import HTTP

@Suite struct DeskTicketTests {
    private let work: WorkSite
    private let lucia: Browser
    private let oscar: Browser

    init() throws {
        work = try WorkSite()
        lucia = try work.browser("lucia")
        oscar = try work.browser("oscar")
    }

    // MARK: What is said

    @Test func `the page tells the ticket, its conversation, its customer and its clocks`() throws {
        let folio = try work.ticket()
        let page = try lucia.get("/desk/\(folio)").text
        for text in [
            "\(folio)", "El tablero no carga", "No carga el tablero.", "Lo vemos.", "Ana Ríos", "ana@ceiba.example",
            "Almacenes La Ceiba", "Empresarial", "Solución",
        ] {
            #expect(page.contains(text), "\(text)")
        }
    }

    @Test func `an answer goes to the customer, takes the ticket and leaves it as asked`() throws {
        let folio = try work.ticket(.new, isAnswered: false)
        let answer = try lucia.post(
            "/tickets/\(folio)/messages",
            ["body": "La vemos hoy.", "visibility": "public", "status": "waitingCustomer"])
        #expect(answer.field("Location") == "/t/proware/desk/\(folio)")
        let ticket = try work.read(folio)
        #expect(ticket.status == .waitingCustomer && ticket.assignee == work.lucia && ticket.answeredAt != nil)
        #expect(try lucia.get("/desk/\(folio)").text.contains("Su respuesta se envió"))
    }

    @Test func `a note reaches nobody but the staff`() throws {
        let folio = try work.ticket()
        #expect(
            try lucia.post("/tickets/\(folio)/messages", ["body": "ornitorrinco", "visibility": "internal"]).status
                == 303)
        #expect(try oscar.get("/desk/\(folio)").text.contains("Nota interna, el cliente no la ve"))
        let heard = try work.facts(folio).enumerated().compactMap {
            PublicFact(TicketEntry(id: $0.offset, recordedAt: 0, fact: $0.element))
        }
        #expect(!heard.contains { $0.entry.fact.body.contains("ornitorrinco") })
    }

    @Test func `whoever asks for what a form does not offer changes nothing`() throws {
        let folio = try work.ticket()
        let before = try work.facts(folio)
        let forms: [(String, KeyValuePairs<String, String>)] = [
            ("/tickets/\(folio)/messages", ["body": "Hola", "visibility": "everybody"]),
            ("/tickets/\(folio)/messages", ["body": "Hola", "channel": "pigeon"]),
            ("/tickets/\(folio)/messages", ["body": "Hola", "status": "closed"]),
            ("/tickets/\(folio)/messages", ["body": " \n "]),
            ("/tickets/\(folio)/messages", ["body": String(repeating: "a", count: 20_001)]),
            ("/tickets/\(folio)/messages", ["body": "Hola", "version": "99999999"]),
            ("/tickets/\(folio)/messages", ["body": "Hola", "version": "x"]),
            ("/desk/\(folio)/assignment", ["assignee": "\(work.ana)"]),
            ("/desk/\(folio)/assignment", ["assignee": "999999"]),
            ("/desk/\(folio)/level", ["level": "4", "levelReason": "x", "levelDiagnosis": "y"]),
            ("/desk/\(folio)/level", ["level": "1", "levelReason": "x", "levelDiagnosis": "y"]),
            ("/desk/\(folio)/severity", ["severity": "urgent", "severityReason": "x"]),
            ("/desk/\(folio)/severity", ["severity": "high", "severityReason": "x"]),
            ("/desk/\(folio)/status", ["statusTo": "new"]), ("/desk/\(folio)/status", ["statusTo": "closed"]),
            ("/desk/\(folio)/diagnosis", ["reproduction": "perhaps", "diagnosis": "x"]),
            ("/desk/\(folio)/properties", ["subject": "", "kind": work.kind]),
            ("/desk/\(folio)/properties", ["subject": "x", "kind": "nothing"]),
            ("/desk/\(folio)/properties", ["subject": "x", "kind": work.kind, "tags": "a b c d e f g h i j k"]),
            ("/desk/\(folio)/agreed-date", ["agreedOn": "2026-02-30", "agreedReason": "x"]),
            ("/desk/\(folio)/agreed-date", ["agreedOn": "2026-11-15", "agreedReason": "x"]),
            ("/desk/\(folio)/agreed-date", ["agreedOn": "", "agreedReason": "x"]),
            ("/desk/\(folio)/links", ["link": "twin", "linked": "\(folio)"]),
            ("/desk/\(folio)/links", ["link": "related", "linked": "\(folio)"]),
            ("/desk/\(folio)/links", ["link": "related", "linked": "PRW-2026-999999"]),
            ("/desk/\(folio)/links/removal", ["link": "related", "linked": "PRW-2026-999999"]),
            ("/desk/\(folio)/followers", ["follower": "otto@sol.example"]),
            ("/desk/\(folio)/followers", ["follower": "nadie@ceiba.example"]),
        ]
        for (path, form) in forms {
            let answer = try lucia.post(path, form)
            #expect([403, 422].contains(answer.status), "\(path) \(form): \(answer.status)")
            #expect(try work.facts(folio) == before, "\(path) \(form)")
        }
    }

    @Test func `no ticket is resolved without an answer or a call that was written down`() throws {
        let folio = try work.ticket(.open, isAnswered: false)
        let refused = try lucia.post("/desk/\(folio)/status", ["statusTo": "resolved"])
        #expect(refused.status == 422 && refused.text.contains("o registre la llamada, antes de resolver"))
        let noted = try lucia.post(
            "/tickets/\(folio)/messages", ["body": "x", "visibility": "internal", "status": "resolved"])
        #expect(noted.status == 422 && noted.text.contains("o registre la llamada, antes de resolver"))
        #expect(
            try lucia.post(
                "/tickets/\(folio)/messages", ["body": "Le llamé.", "channel": "phone", "status": "resolved"]
            ).status == 303)
        #expect(try work.read(folio).status == .resolved)
        #expect(try lucia.get("/desk/\(folio)").text.contains("Llamada registrada"))
    }

    @Test func `up a level asks for reason and diagnosis, down and straight to the third for a reason`() throws {
        let folio = try work.ticket()
        let path = "/desk/\(folio)/level"
        #expect(try lucia.post(path, ["level": "2", "levelReason": "Hace falta"]).status == 422)
        #expect(try lucia.post(path, ["level": "2", "levelDiagnosis": "Se reproduce"]).status == 422)
        #expect(try lucia.post(path, ["level": "3"]).status == 422)
        #expect(try lucia.post(path, ["level": "3", "levelReason": "Se perdieron datos"]).status == 303)
        #expect(try work.read(folio).level == 3)
        #expect(try oscar.post(path, ["level": "1", "levelReason": "No era eso"]).status == 303)
        #expect(try work.read(folio).level == 1)
    }

    // MARK: Two people

    @Test func `whoever answers while somebody else does sees what came in between, and nothing is lost`() throws {
        let folio = try work.ticket()
        let version = try lucia.get("/desk/\(folio)").version
        _ = try oscar.post("/tickets/\(folio)/messages", ["body": "Ya le dije que espere."])
        let stale = try lucia.post(
            "/tickets/\(folio)/messages", ["body": "Espere, por favor, un momento.", "version": version])
        #expect(stale.status == 422)
        for text in [
            "Ya le dije que espere.", "Espere, por favor, un momento.", "Óscar Benítez escribió en este ticket",
        ] {
            #expect(stale.text.contains(text), "\(text)")
        }
        #expect(try work.facts(folio).filter { $0.body.contains("por favor") }.isEmpty)
        let again = try lucia.post(
            "/tickets/\(folio)/messages", ["body": "Espere, por favor, un momento.", "version": stale.version])
        #expect(again.status == 303)
    }

    @Test func `what oneself did meanwhile makes nothing stale`() throws {
        let folio = try work.ticket()
        let version = try lucia.get("/desk/\(folio)").version
        _ = try lucia.post("/tickets/\(folio)/messages", ["body": "Primera"])
        #expect(try lucia.post("/tickets/\(folio)/messages", ["body": "Segunda", "version": version]).status == 303)
    }

    @Test func `two who change different properties keep both, and where both changed one they are asked`() throws {
        let folio = try work.ticket()
        let version = try lucia.get("/desk/\(folio)").version
        let path = "/desk/\(folio)/properties"
        func form(_ changes: [String: String], _ version: String) -> [(String, String)] {
            let start = ["subject": "El tablero no carga", "kind": work.kind, "version": version]
            return start.merging(changes) { $1 }.map { ($0.key, $0.value) }
        }
        #expect(try oscar.post(path, form(["environment": "producción"], version)).status == 303)
        #expect(try lucia.post(path, form(["productVersion": "8.4"], version)).status == 303)
        let details = { try work.tickets.desk.read { try $0.details(of: try work.read(folio).id) } }
        #expect(try details().environment == "producción" && details().productVersion == "8.4")
        let stale = try lucia.post(path, form(["environment": "pruebas"], version))
        #expect(stale.status == 422)
        for text in ["pruebas", "producción", "Óscar Benítez", "Lo que escribió usted", "keep-environment"] {
            #expect(stale.text.contains(text), "\(text)")
        }
        #expect(try details().environment == "producción")
        let kept = ["environment": "pruebas", "productVersion": "8.4", "keep-environment": "theirs"]
        #expect(try lucia.post(path, form(kept, stale.version)).status == 303)
        #expect(try details().environment == "producción")
        let mine = kept.merging(["keep-environment": "mine"]) { $1 }
        #expect(try lucia.post(path, form(mine, stale.version)).status == 303)
        #expect(try details().environment == "pruebas")
    }

    @Test(arguments: [
        ("assignment", ["assignee": "OSCAR"], ["assignee": ""]),
        ("severity", ["severity": "low", "severityReason": "a"], ["severity": "critical", "severityReason": "b"]),
        ("status", ["statusTo": "inDevelopment"], ["statusTo": "waitingCustomer"]),
        (
            "agreed-date", ["agreedOn": "2026-12-01", "agreedReason": "a"],
            ["agreedOn": "2026-12-09", "agreedReason": "b"]
        ),
        ("diagnosis", ["reproduction": "no", "diagnosis": "a"], ["reproduction": "yes", "diagnosis": "b"]),
    ])
    func `a form that somebody else's overtook says so first, and goes when it is sent again`(
        _ name: String, _ theirs: [String: String], _ mine: [String: String]
    ) throws {
        let folio = try work.ticket()
        let version = try lucia.get("/desk/\(folio)").version
        let path = "/desk/\(folio)/\(name)"
        func form(_ fields: [String: String], _ version: String) -> [(String, String)] {
            fields.map { ($0.key, $0.value == "OSCAR" ? "\(work.oscar)" : $0.value) } + [("version", version)]
        }
        #expect(try oscar.post(path, form(theirs, version)).status == 303)
        let stale = try lucia.post(path, form(mine, version))
        #expect(stale.status == 422 && stale.text.contains("Óscar Benítez cambió este ticket"))
        #expect(try lucia.post(path, form(mine, stale.version)).status == 303)
    }

    @Test func `a form that is sent twice is done once`() throws {
        let folio = try work.ticket()
        let form = [("body", "Una vez"), ("key", "0123456789abcdef0123456789abcdef")]
        let (first, second) = (
            try lucia.post("/tickets/\(folio)/messages", form), try lucia.post("/tickets/\(folio)/messages", form)
        )
        #expect(first.status == 303 && second.status == 303)
        #expect(try work.facts(folio).filter { $0.body == "Una vez" }.count == 1)
    }

    @Test func `a lock keeps others from all but notes until it is opened`() throws {
        let folio = try work.ticket()
        #expect(try oscar.post("/desk/\(folio)/lock", ["locked": "on"]).status == 303)
        let page = try lucia.get("/desk/\(folio)").text
        #expect(page.contains("Óscar Benítez bloqueó este ticket"))
        let refused = try lucia.post("/tickets/\(folio)/messages", ["body": "Hola, colibrí"])
        #expect(refused.status == 422 && refused.text.contains("Hola, colibrí"))
        #expect(try lucia.post("/desk/\(folio)/lock", ["locked": "on"]).status == 422)
        #expect(
            try lucia.post("/tickets/\(folio)/messages", ["body": "Nota", "visibility": "internal"]).status == 303)
        #expect(try lucia.post("/desk/\(folio)/lock", ["locked": "off"]).status == 303)
        #expect(try lucia.post("/tickets/\(folio)/messages", ["body": "Hola"]).status == 303)
    }

    @Test func `two see each other at one ticket, for as long as they look`() throws {
        let folio = try work.ticket()
        #expect(try !lucia.get("/desk/\(folio)").text.contains("también está viendo"))
        #expect(try oscar.get("/desk/\(folio)").text.contains("Lucía Arango también está viendo este ticket"))
        #expect(try lucia.get("/desk/\(folio)/presence").text.contains("Óscar Benítez"))
        _ = try oscar.get("/desk/\(folio)/presence?leaving=1")
        #expect(try !lucia.get("/desk/\(folio)/presence").text.contains("Óscar Benítez"))
        work.site.clock.now += Presence.lasting + 1
        #expect(try !oscar.get("/desk/\(folio)").text.contains("también está viendo"))
    }

    @Test func `whoever looks is told that something came in`() throws {
        let folio = try work.ticket()
        let version = try lucia.get("/desk/\(folio)").version
        #expect(try lucia.get("/desk/\(folio)/presence?version=\(version)").text.contains("\"news\":\"\""))
        _ = try work.browser("ana").post("/tickets/\(folio)/messages", ["body": "Sigue igual"])
        #expect(try lucia.get("/desk/\(folio)/presence?version=\(version)").text.contains("Ana Ríos escribió"))
    }

    // MARK: The trail

    @Test func `whoever looks and whoever changes is on record, and in the ticket's history`() throws {
        let folio = try work.ticket()
        _ = try oscar.get("/desk/\(folio)")
        _ = try oscar.get("/desk/\(folio)")
        _ = try lucia.post("/desk/\(folio)/severity", ["severity": "low", "severityReason": "Hay otra forma"])
        let acts = try work.tickets.desk.write { connection in
            try connection.query("SELECT act, organization FROM audit WHERE subject = ? ORDER BY id", "ticket:\(folio)")
            {
                "\($0.text(0)) \($0.int(1))"
            }
        }
        let organization = work.tickets.organization
        #expect(acts == ["ticket.read \(organization)", "ticket.change \(organization)"])
        #expect(try lucia.get("/desk/\(folio)").text.contains("vio el ticket"))
    }

    @Test func `nobody else's ticket is there for anybody`() throws {
        let folio = try work.ticket()
        let seres = try TicketDesk(work.site, "seres")
        let foreign = try seres.open(at: work.site.clock.now)
        for path in ["/desk/\(foreign)", "/desk/\(foreign)/presence", "/desk/x", "/desk/\(folio)x"] {
            #expect(try lucia.get(path).status == 404, "\(path)")
        }
        #expect(try lucia.post("/tickets/\(foreign)/messages", ["body": "x"]).status == 404)
        #expect(try lucia.post("/desk/\(folio)/links", ["link": "related", "linked": "\(foreign)"]).status == 422)
        let (otto, ana) = (try work.browser("otto"), try work.browser("ana"))
        #expect(try otto.post("/tickets/\(folio)/messages", ["body": "x"]).status == 404)
        #expect(try ana.get("/desk/\(folio)").status == 404)
    }

    @Test func `what is typed for code is shown as text in every field, to everybody`() throws {
        let vector = "\"><img src=x onerror=alert(1)></textarea><script>alert(1)</script>"
        let folio = try work.ticket()
        let deeds: [(String, [(String, String)])] = [
            ("/tickets/\(folio)/messages", [("body", vector)]),
            ("/tickets/\(folio)/messages", [("body", vector), ("visibility", "internal")]),
            (
                "/desk/\(folio)/properties",
                ["subject", "category", "tags", "productVersion", "environment", "service"].map { ($0, vector) } + [
                    ("phone", "<b>"), ("kind", work.kind),
                ]
            ),
            ("/desk/\(folio)/severity", [("severity", "low"), ("severityReason", vector)]),
            (
                "/desk/\(folio)/diagnosis",
                [
                    "errorMessages", "expected", "actual", "diagnosedVersion", "diagnosedEnvironment", "knownProblem",
                    "diagnosis",
                ].map { ($0, vector) } + [("reproduction", "yes")]
            ),
            ("/desk/\(folio)/recovery", [("recovery", vector)]),
            ("/desk/\(folio)/cause", [("cause", vector), ("solution", vector)]),
            ("/desk/\(folio)/agreed-date", [("agreedOn", "2026-12-01"), ("agreedReason", vector)]),
            ("/desk/\(folio)/level", [("level", "2"), ("levelReason", vector), ("levelDiagnosis", vector)]),
        ]
        for (path, form) in deeds { #expect(try lucia.post(path, form).status == 303, "\(path)") }
        for page in [
            try lucia.get("/desk/\(folio)").text, try work.browser("natalia").get("/desk/\(folio)").text,
            try oscar.post("/desk/\(folio)/level", [("levelReason", vector)]).text,
        ] {
            #expect(!page.contains("<img src=x") && !page.contains("<script>alert"))
            #expect(page.contains("&lt;script&gt;alert(1)"))
        }
    }
}
