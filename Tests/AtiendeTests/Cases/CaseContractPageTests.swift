// Rows of cases.md on the pages of both sides, under the contracts that promise what each is about.

import SLA
import SQL
import Testing

@testable import Atiende

@Suite struct CaseContractPageTests {
    private func open(
        _ tenant: String, _ plan: String, utc hours: Int, _ severity: String, kind: String, at text: String
    ) throws -> ContractWalk {
        let walk = try ContractWalk(tenant, plan: plan, utc: hours, from: "2026-06-01 10:00")
        try walk.at(text)
        try walk.logs("lucia", severity, kind: kind, by: "portal", came: text)
        return walk
    }

    @Test func `cases 25 and 26: no answer is owed besides the first, nor after the last word of the staff`() throws {
        let walk = try open("proware", "empresarial", utc: -5, "high", kind: "support", at: "2026-11-17 09:00")
        try walk.at("2026-11-17 09:10")
        try walk.says("Además falla el chat.")
        try walk.shows(["Primera respuesta": .due("2026-11-17 15:00"), "Solución": .due("2026-11-18 21:00")])
        try walk.at("2026-11-17 10:00")
        try walk.answers("lucia", "Lo revisamos.")
        try walk.at("2026-11-17 11:00")
        try walk.says("Gracias.")
        // The contract promises no further answer; the silence of either side makes nobody late.
        try walk.at("2026-11-18 20:59")
        try walk.shows([
            "Primera respuesta": .met("2026-11-17 10:00", in: "1 h"), "Solución": .due("2026-11-18 21:00"),
        ])
    }

    @Test func `cases 29 and 30: each word of the staff begins the updates anew, a severity without takes them away`()
        throws
    {
        let walk = try open("bizflow", "soporte", utc: -6, "critical", kind: "systemError", at: "2026-11-18 10:00")
        try walk.at("2026-11-18 10:20")
        try walk.answers("lucia", "Lo revisamos.")
        try walk.at("2026-11-18 11:00")
        try walk.answers("lucia", "Encontramos la causa.")
        let first = Shown.met("2026-11-18 10:20", in: "20 min")
        try walk.shows([
            "Primera respuesta": first, "Aviso de avance": .due("2026-11-18 13:00"),
            "Solución": .due("2026-11-18 14:00"),
        ])
        // An hour of the wait is used when the ticket begins to wait for its customer.
        try walk.at("2026-11-18 12:00")
        try walk.sets("lucia", "waitingCustomer")
        try walk.shows([
            "Primera respuesta": first, "Aviso de avance": .paused(left: "queda 1 h"),
            "Solución": .paused(left: "quedan 2 h"),
        ])
        // Low: 48 hours of which two are used, and nothing about updates.
        try walk.at("2026-11-18 12:30")
        try walk.says("Sólo es un color.")
        try walk.does("lucia", "severity", ["severity": "low", "severityReason": "Sólo es un color"])
        try walk.shows([
            "Primera respuesta": first, "Aviso de avance": .gone, "Solución": .due("2026-11-20 10:30"),
        ])
    }

    @Test func `case 50: one instant, which everybody reads on the clock of his own place`() throws {
        // Critical for Innovador, less than two hours: half an hour of Tuesday 21 July, 1 h 30 min of Wednesday.
        let walk = try open("proware", "innovador", utc: -5, "critical", kind: "support", at: "2026-07-21 16:30")
        try walk.site.desk("proware").write { connection in
            try connection.execute(
                "UPDATE person SET time_zone = 'America/Mexico_City' WHERE email = 'ana@ceiba.example'")
        }
        let desk = ShownClocks(page: try walk.staff("lucia").get("/desk/\(walk.folio)").text).ofStaff()
        #expect(desk["Primera respuesta"] == "counts | 2026-07-22T15:30:00Z Mañana 10:30")
        let own = ShownClocks(page: try walk.ana().get("/tickets/\(walk.folio)").text).ofCustomer()
        #expect(own["Primera respuesta"] == "Mañana a las 9:30")
    }

    @Test func `case 54: a level that was too slow keeps its breach, the next begins anew, and the customer's stands`()
        throws
    {
        let walk = try open("factupronto", "basico", utc: -6, "normal", kind: "helpDesk", at: "2026-11-18 09:00")
        try walk.at("2026-11-18 13:00")
        try walk.moves("lucia", to: 2)
        try walk.shows([
            "Primera respuesta": .late(since: "2026-11-18 11:00"),
            "Atención de nivel 1": .missed("2026-11-18 13:00", by: "2 h"),
            "Atención de nivel 2": .due("2026-11-18 17:00"),
        ])
    }

    @Test func `case 59: a closed ticket says of every clock what it took`() throws {
        let walk = try open("proware", "empresarial", utc: -5, "high", kind: "support", at: "2026-11-17 09:00")
        try walk.at("2026-11-17 10:00")
        try walk.answers("lucia", "Lo revisamos.")
        try walk.at("2026-11-17 12:00")
        try walk.answers("lucia", "Listo.", then: "resolved")
        try walk.confirms(at: "2026-11-17 13:00", "good")
        try walk.at("2026-12-17 13:00")
        try walk.shows([
            "Primera respuesta": .met("2026-11-17 10:00", in: "1 h"),
            "Solución": .met("2026-11-17 12:00", in: "3 h"),
        ])
    }
}
