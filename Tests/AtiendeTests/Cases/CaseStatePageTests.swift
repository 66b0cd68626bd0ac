// Rows of cases.md on the pages of both sides: what people do, and what is shown of it.

import SLA
import Testing

@testable import Atiende

@Suite struct CaseStatePageTests {
    private let walk: ContractWalk

    /// Empresarial: Monday to Saturday 9 to 21; high is answered in 6 hours and solved in 2 business days, critical in 2 and 6.
    init() throws { walk = try ContractWalk("proware", plan: "empresarial", utc: -5) }

    private func open(_ severity: String, at text: String) throws {
        try walk.at(text)
        try walk.logs("lucia", severity, kind: "support", by: "portal", came: text)
    }

    private func desk() throws -> [String: String] {
        ShownClocks(page: try walk.staff("elena").get("/desk/\(walk.folio)").text).ofStaff()
    }

    private func page() throws -> String { try walk.staff("elena").get("/desk/\(walk.folio)").text }

    @Test func `case 18: waiting for one and then for another is told by both reasons, and counts once`() throws {
        try open("high", at: "2026-11-17 09:00")
        try walk.at("2026-11-17 10:00")
        try walk.answers("lucia", "¿Qué versión?", then: "waitingCustomer")
        try walk.at("2026-11-17 11:00")
        try walk.sets("lucia", "waitingThirdParty")
        try walk.at("2026-11-17 12:00")
        try walk.sets("lucia", "open")
        // Proware pauses for its customer alone: an hour of the 24 was a pause. Thursday 9:00 is Wednesday's close and
        // an hour of Thursday.
        #expect(try desk()["Solución"] == "counts | \(walk.zone.program("2026-11-19 10:00")) Jue 19 nov, 10:00")
        let page = try page()
        #expect(page.contains("Esperando al cliente") && page.contains("Esperando a un tercero"))
    }

    @Test func `case 19: a clock that stands still passes its old instant without a breach and without a letter`()
        throws
    {
        try open("critical", at: "2026-11-17 09:00")
        try walk.answers("lucia", "¿Sigue?", then: "open")
        try walk.at("2026-11-17 14:00")
        try walk.sets("lucia", "waitingCustomer")
        let letters = try walk.letters().count
        try walk.at("2026-11-17 15:30")
        #expect(try desk()["Solución"] == "En pausa · queda 1 h")
        #expect(try walk.letters().count == letters)
        #expect(try !page().contains("registró que venció Solución"))
        try walk.at("2026-11-17 16:00")
        try walk.says("Sigue.")
        #expect(try desk()["Solución"] == "counts | \(walk.zone.program("2026-11-17 17:00")) Hoy 17:00")
    }

    @Test func `case 20: what was late before a pause stays late in it, and by no more`() throws {
        try open("critical", at: "2026-11-17 09:00")
        try walk.answers("lucia", "Lo revisamos.")
        try walk.at("2026-11-17 15:30")
        try walk.sets("lucia", "waitingCustomer")
        try walk.at("2026-11-17 18:00")
        #expect(try desk()["Solución"] == "Vencido, en pausa")
        #expect(try walk.ana().get("/tickets/\(walk.folio)").text.contains("Fuera de plazo, en pausa"))
        try walk.says("Sigue.")
        try walk.at("2026-11-17 18:30")
        try walk.answers("lucia", "Ya quedó.", then: "resolved")
        // Half an hour before the pause and half an hour after it.
        #expect(try desk()["Solución"]?.hasPrefix("Incumplido por 1 h |") == true)
    }

    @Test func `case 21: another severity counts from the opening, and keeps the pauses`() throws {
        try open("high", at: "2026-11-17 09:00")
        try walk.at("2026-11-17 10:00")
        try walk.answers("lucia", "¿Qué versión?", then: "waitingCustomer")
        try walk.at("2026-11-19 10:00")
        try walk.says("La 8.")
        try walk.does("lucia", "severity", ["severity": "critical", "severityReason": "Nadie entra"])
        // One of six hours before the pause: five from Thursday 10:00.
        #expect(try desk()["Solución"] == "counts | \(walk.zone.program("2026-11-19 15:00")) Hoy 15:00")
    }

    @Test func `case 22: what is resolved out of a pause took what it took before it`() throws {
        try open("high", at: "2026-11-17 09:00")
        try walk.at("2026-11-17 10:00")
        try walk.answers("lucia", "¿Sigue igual?", then: "waitingCustomer")
        try walk.at("2026-11-17 15:00")
        try walk.answers("lucia", "Lo vimos nosotros: quedó.", then: "resolved")
        #expect(try desk()["Solución"] == "Cumplido en 1 h | \(walk.zone.program("2026-11-17 15:00")) Hoy 15:00")
    }

    @Test func `cases 23 and 24: an answer that waits is an answer first, on the page that follows it`() throws {
        try open("high", at: "2026-11-17 09:00")
        try walk.at("2026-11-17 09:40")
        try walk.answers("lucia", "¿Qué versión?", then: "waitingCustomer")
        #expect(try desk()["Primera respuesta"]?.hasPrefix("Cumplido en 40 min |") == true)
        #expect(try desk()["Solución"]?.hasPrefix("En pausa") == true)
    }

    @Test func `case 27: a call that was written down is an answer, a note is none`() throws {
        try open("high", at: "2026-11-17 09:00")
        try walk.at("2026-11-17 09:30")
        let note = [("body", "Ya nos había pasado."), ("visibility", "internal")]
        #expect(try walk.staff("lucia").post("/tickets/\(walk.folio)/messages", note).status == 303)
        #expect(try desk()["Primera respuesta"]?.hasPrefix("counts |") == true)
        try walk.at("2026-11-17 10:00")
        try walk.answers("lucia", "Le expliqué cómo entrar.", by: "phone")
        #expect(try desk()["Primera respuesta"]?.hasPrefix("Cumplido en 1 h |") == true)
    }

    @Test func `case 32: a milder severity puts a late ticket in time on the next page, with its breach in the story`()
        throws
    {
        try open("critical", at: "2026-11-17 09:00")
        try walk.at("2026-11-17 11:30")
        #expect(try desk()["Primera respuesta"]?.hasPrefix("Venció |") == true)
        #expect(try walk.staff("lucia").get("/queue/breached").text.contains(walk.folio))
        try walk.does("lucia", "severity", ["severity": "high", "severityReason": "Sólo falla un tablero"])
        #expect(try desk()["Primera respuesta"] == "counts | \(walk.zone.program("2026-11-17 15:00")) Hoy 15:00")
        #expect(try !walk.staff("lucia").get("/queue/breached").text.contains(walk.folio))
        let page = try page()
        #expect(page.contains("registró que venció Primera respuesta") && page.contains("Sólo falla un tablero"))
    }

    @Test func `case 33: a graver severity breaks its promise at the change, which the story says`() throws {
        try open("high", at: "2026-11-17 09:00")
        try walk.at("2026-11-17 12:00")
        try walk.does("lucia", "severity", ["severity": "critical", "severityReason": "Nadie entra"])
        try walk.at("2026-11-17 12:00")
        #expect(try desk()["Primera respuesta"]?.hasPrefix("Venció |") == true)
        let history = try #require(try page().between("id=\"section-history\"", "</details>"))
        let line = try #require(
            history.components(separatedBy: "<li>").first { $0.contains("registró que venció Primera respuesta") })
        #expect(line.contains("hoy 12:00"), "\(line)")
    }

    @Test func `cases 34 and 35: a reopened ticket goes on with what was left, and tells work, pause and rest apart`()
        throws
    {
        try open("critical", at: "2026-11-17 09:00")
        try walk.at("2026-11-17 10:00")
        try walk.answers("lucia", "¿Sigue?", then: "waitingCustomer")
        try walk.at("2026-11-17 11:00")
        try walk.says("Sigue.")
        try walk.at("2026-11-17 13:00")
        try walk.answers("lucia", "Listo.", then: "resolved")
        let letters = try walk.letters().count
        try walk.at("2026-11-19 10:00")
        try walk.reopens("Falla otra vez.")
        // Three of six hours were work, one a pause; what it was resolved for is neither.
        #expect(try desk()["Solución"] == "counts | \(walk.zone.program("2026-11-19 13:00")) Hoy 13:00")
        #expect(try !walk.letters().dropFirst(letters).contains { $0.kind.contains("escalation") })
        let line = try #require(try page().between("<h2>Solución</h2>", "</details>"))
        #expect(line.contains("1 h en espera del cliente"), "\(line)")
        #expect(line.contains("resuelto"), "\(line)")
    }

    @Test func `case 36: the first answer stays met after a reopening`() throws {
        try open("high", at: "2026-11-17 09:00")
        try walk.at("2026-11-17 10:00")
        try walk.answers("lucia", "Listo.", then: "resolved")
        try walk.at("2026-11-18 10:00")
        try walk.reopens("No.")
        #expect(try desk()["Primera respuesta"]?.hasPrefix("Cumplido en 1 h |") == true)
    }

    @Test func `case 37: nothing is resolved without a word to the customer, or a call that was written down`() throws {
        try open("high", at: "2026-11-17 09:00")
        let silent = try walk.staff("lucia").post("/desk/\(walk.folio)/status", ["statusTo": "resolved"])
        #expect(silent.status == 422)
        #expect(try desk()["Primera respuesta"]?.hasPrefix("counts |") == true)
        try walk.answers("lucia", "Se resolvió por teléfono.", then: "resolved", by: "phone")
        #expect(try walk.status() == .resolved)
    }

    @Test func `case 55: the third reopening is counted where the staff sees it`() throws {
        try open("high", at: "2026-11-17 09:00")
        for day in 17...19 {
            try walk.at("2026-11-\(day) 12:00")
            try walk.answers("lucia", "Listo.", then: "resolved")
            try walk.at("2026-11-\(day) 13:00")
            try walk.reopens("No.")
        }
        #expect(try page().contains("<dt>Veces que se reabrió</dt><dd>3</dd>"))
    }

    @Test func `case 56: both clocks stand on the page with their names, and the queue names the nearest`() throws {
        try open("high", at: "2026-11-17 09:00")
        #expect(try Set(desk().keys) == ["Primera respuesta", "Solución"])
        #expect(try walk.staff("lucia").get("/queue").text.contains("Primera respuesta · hoy 15:00"))
        try walk.at("2026-11-17 10:00")
        try walk.answers("lucia", "Lo revisamos.")
        #expect(try walk.staff("lucia").get("/queue").text.contains("Solución · mañana 21:00"))
    }

    @Test func `case 57: what came late is late by as much a month later`() throws {
        try open("critical", at: "2026-11-17 09:00")
        try walk.at("2026-11-17 11:30")
        try walk.answers("lucia", "Lo revisamos.")
        for later in ["2026-11-17 11:31", "2026-12-17 11:30"] {
            try walk.at(later)
            #expect(try desk()["Primera respuesta"]?.hasPrefix("Incumplido por 30 min |") == true)
        }
    }

    @Test func `case 58: an agreed date stands beside the promise and moves with no pause`() throws {
        try open("high", at: "2026-11-17 09:00")
        try walk.does("lucia", "agreed-date", ["agreedOn": "2026-12-04", "agreedReason": "Con la versión 9"])
        let promised = try desk()["Solución"]
        #expect(promised == "counts | \(try walk.zone.program("2026-11-18 21:00")) Mañana 21:00")
        try walk.answers("lucia", "¿Le parece?", then: "waitingCustomer")
        try walk.at("2026-11-25 10:00")
        try walk.says("Sí.")
        #expect(try page().contains("4 de diciembre"))
        #expect(try walk.ana().get("/tickets/\(walk.folio)").text.contains("4 de diciembre"))
    }
}
