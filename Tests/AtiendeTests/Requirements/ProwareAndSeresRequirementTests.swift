// What Proware's plans and SERES's service ask of tickets, as their people see it on their pages.

import SLA
import Testing

@testable import Atiende

@Suite struct ProwareAndSeresRequirementTests {
    // MARK: Proware

    @Test(arguments: [
        ("innovador", "web, chat, teléfono"), ("emprendedor", "chat"), ("empresarial", ""), ("premiumPlus", ""),
    ])
    func `PW-1 and PW-6: the form says which channels a plan lacks, takes the request, and answers by mail`(
        _ plan: String, _ lacking: String
    ) throws {
        let walk = try ContractWalk("proware", plan: plan, utc: -5)
        try walk.at("2026-11-17 10:00")
        let form = try walk.ana().get("/tickets/new").text
        // Web is not named to who writes there already.
        for channel in ["chat", "teléfono"] {
            let isLacking = lacking.contains(channel)
            #expect(form.contains("no incluye:") == !lacking.isEmpty)
            if isLacking { #expect(form.between("no incluye:", "<")?.contains(channel) == true, "\(channel)") }
        }
        for department in ["Soporte", "Comercial"] { #expect(form.contains(department)) }
        try walk.logs("lucia", "low", kind: "commercial", by: "mail", came: "2026-11-17 09:50")
        try walk.answers("lucia", "Con gusto.")
        #expect(try walk.letters().last?.text.contains("Con gusto.") == true)
    }

    @Test func `PW-7: a call on a ticket is written on it, and makes no other`() throws {
        let walk = try ContractWalk("proware", plan: "emprendedor", utc: -5)
        try walk.at("2026-11-17 10:00")
        try walk.logs("lucia", "high", kind: "support", by: "phone", came: "2026-11-17 09:50")
        try walk.answers("lucia", "Llamó para saber cómo va.", by: "phone")
        #expect(try walk.site.count("ticket", "proware") == 1)
        for page in [
            try walk.ana().get("/tickets/\(walk.folio)").text, try walk.staff("oscar").get("/desk/\(walk.folio)").text,
        ] {
            #expect(page.contains("Llamó para saber cómo va.") && page.contains("Llamada registrada"))
        }
    }

    @Test func `PW-9: escalation attention is in the agreement of the plans that include it`() throws {
        for (plan, includes) in [("innovador", false), ("emprendedor", false), ("empresarial", true)] {
            let walk = try ContractWalk("proware", plan: plan, utc: -5)
            let page = try walk.ana().get("/organization/agreement/file")
            #expect(page.status == 200)
            #expect(page.text.contains("Atención de escalamientos") == includes, "\(plan)")
        }
    }

    // MARK: SERES

    private static func seres(_ severity: String = "normal") throws -> ContractWalk {
        let walk = try ContractWalk("seres", plan: "gratuito", utc: -6)
        try walk.at("2026-11-17 10:00")
        try walk.logs("lucia", severity, kind: "support", by: "phone", came: "2026-11-17 09:50")
        return walk
    }

    @Test func `SE-7: a ticket that somebody keeps is locked for others, says by whom, and is unlocked deliberately`()
        throws
    {
        let walk = try Self.seres()
        try walk.does("oscar", "lock", ["locked": "on"])
        let page = try walk.staff("lucia").get("/desk/\(walk.folio)").text
        #expect(page.contains("Oscar bloqueó este ticket"))
        let refused = try walk.staff("lucia").post("/desk/\(walk.folio)/status", ["statusTo": "open"])
        #expect(refused.status == 422)
        #expect(try walk.ticket().status == .new)
        try walk.does("lucia", "lock", ["locked": "off"])
        try walk.sets("lucia", "open")
        let history = try walk.staff("lucia").get("/desk/\(walk.folio)").text
        #expect(history.contains("bloqueó el ticket para trabajarlo") && history.contains("desbloqueó el ticket"))
    }

    @Test func `SE-9: a ticket's history tells state, date and time, name and e-mail of who changed or looked`() throws
    {
        let walk = try Self.seres()
        try walk.at("2026-11-17 10:20")
        try walk.sets("oscar", "waitingThirdParty")
        try walk.at("2026-11-17 10:40")
        _ = try walk.staff("irene").get("/desk/\(walk.folio)")
        try walk.settle()
        let page = try walk.staff("elena").get("/desk/\(walk.folio)").text
        let history = try #require(page.between("id=\"section-history\"", "</details>"))
        let lines = history.components(separatedBy: "<li>").dropFirst()
        let change = try #require(lines.first { $0.contains("cambió el estado a Esperando a un tercero") })
        for told in ["Oscar", "oscar@mesa.example", "hoy 10:20"] { #expect(change.contains(told), "\(told)") }
        let look = try #require(lines.first { $0.contains("vio el ticket") && $0.contains("Irene") })
        for told in ["irene@mesa.example", "hoy 10:40"] { #expect(look.contains(told), "\(told)") }
        // No address of the staff is for customers.
        #expect(try !walk.ana().get("/tickets/\(walk.folio)").text.contains("@mesa.example"))
    }

    @Test func `SE-12: a telephone for working days, another out of hours, and visits, each with its hours`() throws {
        let walk = try ContractWalk("seres", plan: "gratuito", utc: -6)
        try walk.at("2026-11-15 03:00")
        #expect(try walk.ana().get("/").text.contains("a cualquier hora"))
        let agreement = try walk.ana().get("/organization/agreement/file").text
        for told in [
            "Teléfono en días laborables", "9:00 a 18:00", "Teléfono fuera de horario", "Visita a las oficinas",
            "10:00 a 17:00",
        ] {
            #expect(agreement.contains(told), "\(told)")
        }
    }

    @Test func `SE-13: a complaint is taken like a request for support, and the desk sees that it is one`() throws {
        let walk = try ContractWalk("seres", plan: "gratuito", utc: -6)
        try walk.report(
            at: "2026-11-15 03:00", "normal", kind: "complaint",
            promises: [
                ("Primera respuesta", "A más tardar hoy a las 5:00"), ("Solución", "A más tardar hoy a las 11:00"),
            ])
        #expect(try walk.staff("lucia").get("/desk/\(walk.folio)").text.contains("Queja"))
    }
}
