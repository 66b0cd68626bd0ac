// What Bizflow's procedure asks of tickets, as its people see it on their pages.

import SLA
import Testing

@testable import Atiende

@Suite struct BizflowRequirementTests {
    private let walk: ContractWalk

    init() throws {
        walk = try ContractWalk("bizflow", plan: "soporte", utc: -6)
        try walk.at("2026-11-17 10:00")
    }

    private func log(_ severity: String = "medium", kind: String = "systemError") throws {
        try walk.logs("lucia", severity, kind: kind, by: "mail", came: "2026-11-17 09:30")
    }

    @Test func `BZ-1: three levels and a lead who coordinates them and escalates to development`() throws {
        try log()
        try walk.moves("lucia", to: 2)
        try walk.moves("oscar", to: 3)
        let page = try walk.staff("elena").get("/desk/\(walk.folio)").text
        for told in ["escaló el ticket a nivel 2", "escaló el ticket a nivel 3"] { #expect(page.contains(told)) }
        try walk.does(
            "carmen", "agreed-date",
            ["agreedOn": "2026-12-04", "agreedReason": "Entra en la versión 9", "handOver": "on"])
        #expect(try walk.status() == .inDevelopment)
    }

    @Test func `BZ-2: every request has a number of its own and a kind`() throws {
        var folios: Set<String> = []
        let kinds = [
            "systemError": "Error del sistema", "configuration": "Problema de configuración",
            "question": "Consulta técnica", "improvement": "Solicitud de mejora",
        ]
        for (kind, name) in kinds {
            try log(kind: kind)
            #expect(folios.insert(walk.folio).inserted && Folio(walk.folio) != nil)
            #expect(try walk.staff("lucia").get("/desk/\(walk.folio)").text.contains(name))
            #expect(try walk.ana().get("/tickets/\(walk.folio)").text.contains(name))
        }
        // Without a kind, or with another, there is no request.
        for kind in ["", "virus"] {
            let form = ["subject": "No abre", "description": "Nada", "kind": kind, "severity": "low"]
            #expect(try walk.ana().post("/tickets/new", form.map { ($0.key, $0.value) }).status == 422)
        }
    }

    @Test func `BZ-3: whoever reports sees each severity by its impact, and the ticket keeps the one that was set`()
        throws
    {
        let form = try walk.ana().get("/tickets/new").text
        for (severity, impact) in [
            ("critical", "no opera en absoluto"), ("high", "función principal"), ("medium", "función secundaria"),
            ("low", "detalle cosmético"),
        ] {
            let option = try #require(form.between("value=\"\(severity)\"", "</label>"))
            #expect(option.contains(impact), "\(severity)")
        }
        try log("low")
        try walk.does("lucia", "severity", ["severity": "high", "severityReason": "Falla el cobro"])
        #expect(try walk.ticket().severity == "high")
        #expect(try walk.staff("lucia").get("/desk/\(walk.folio)").text.contains("cambió la severidad a Alta"))
    }

    @Test func `BZ-4: the first diagnosis has a place for each of its questions and says what is lacking`() throws {
        try log()
        let form = try walk.staff("lucia").get("/desk/\(walk.folio)").text
        for field in [
            "reproduction", "errorMessages", "expected", "actual", "diagnosedVersion", "diagnosedEnvironment",
            "knownProblem",
        ] {
            #expect(form.contains("name=\"\(field)\""), "\(field)")
        }
        try walk.does(
            "lucia", "diagnosis",
            ["reproduction": "notTried", "errorMessages": "Tiempo agotado", "diagnosis": "Falta reproducirlo"])
        #expect(try walk.staff("lucia").get("/desk/\(walk.folio)").text.contains("1 de 6"))
    }

    @Test func `BZ-7: all that is said is on the ticket: portal, calls, mails, visits; notes for the staff alone`()
        throws
    {
        try log()
        try walk.says("Por el portal: sigue.")
        for (index, channel) in ["phone", "mail", "chat", "visit"].enumerated() {
            try walk.at("2026-11-17 10:1\(index)")
            try walk.answers("lucia", "Dicho por \(channel).", by: channel)
        }
        let note = ["body": "Sólo entre nosotros.", "visibility": "internal"]
        #expect(
            try walk.staff("lucia").post("/tickets/\(walk.folio)/messages", note.map { ($0.key, $0.value) }).status
                == 303)
        let (desk, own) = (
            try walk.staff("oscar").get("/desk/\(walk.folio)").text,
            try walk.ana().get("/tickets/\(walk.folio)").text
        )
        let said =
            ["Lo contó así.", "Por el portal: sigue."] + ["phone", "mail", "chat", "visit"].map { "Dicho por \($0)." }
        for text in said { #expect(desk.contains(text) && own.contains(text), "\(text)") }
        #expect(desk.contains("Sólo entre nosotros.") && !own.contains("Sólo entre nosotros."))
    }

    @Test func `BZ-8: closing needs the solution said and the customer's word, and asks how it went`() throws {
        try log()
        // Not without an answer.
        let early = try walk.staff("lucia").post("/desk/\(walk.folio)/status", ["statusTo": "resolved"])
        #expect(early.status == 422)
        try walk.does("lucia", "cause", ["cause": "Una cola llena", "solution": "Más lugar en la cola"])
        try walk.answers("lucia", "Quedó corregido.", then: "resolved")
        try walk.confirms(at: "2026-11-17 12:00", "good")
        let page = try walk.staff("lucia").get("/desk/\(walk.folio)").text
        for told in ["Una cola llena", "Más lugar en la cola", "confirmó que quedó resuelto", "Calificó la atención"] {
            #expect(page.contains(told), "\(told)")
        }
    }

    @Test func `BZ-10: what was escalated to development is kept with its date, its reason and who did it`() throws {
        try log()
        try walk.does(
            "oscar", "agreed-date",
            ["agreedOn": "2026-12-04", "agreedReason": "Entra en la versión 9", "handOver": "on"])
        try walk.at("2026-11-18 10:00")
        try walk.does("oscar", "agreed-date", ["agreedOn": "2026-12-11", "agreedReason": "Se retrasó la 9"])
        let page = try walk.staff("lucia").get("/desk/\(walk.folio)").text
        for told in ["Entra en la versión 9", "Se retrasó la 9", "4 de diciembre", "11 de diciembre"] {
            #expect(page.contains(told), "\(told)")
        }
        // The promise itself stands where it stood.
        #expect(
            ShownClocks(page: page).ofStaff()["Solución"]?.contains(try walk.zone.program("2026-11-18 09:30")) == true)
    }
}
