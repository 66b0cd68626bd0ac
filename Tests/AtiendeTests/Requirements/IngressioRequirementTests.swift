// What Ingressio's contract asks of tickets, as its people see it on their pages.

import SLA
import Testing

@testable import Atiende

@Suite struct IngressioRequirementTests {
    private let walk: ContractWalk

    init() throws { walk = try ContractWalk("ingressio", plan: "servicio", utc: -6) }

    private func log(_ severity: String, came: String) throws -> String {
        try walk.logs("lucia", severity, kind: "failure", by: "mail", came: came)
        return walk.folio
    }

    @Test func `IN-2: a mail that was written down is confirmed by the letter that goes out with it`() throws {
        try walk.at("2026-11-17 20:00")
        _ = try log("severity3", came: "2026-11-17 19:50")
        let letter = try #require(try walk.letters().last)
        #expect(letter.recipient == "ana@ceiba.example" && letter.subject.contains(walk.folio))
        #expect(letter.text.contains("Severidad 4: Sin efecto en la producción"))
        try walk.shows([
            "Acuse de recibo": .met("2026-11-17 20:00", in: "10 min"),
            // 24 hours from Wednesday's opening: 9, 9 and 6.
            "Primera respuesta": .closed(resumes: "2026-11-18 09:00", due: "2026-11-20 15:00"),
            // Ten days of hours, 18–20 and 23–27 November, 30 November, 1 December; thirty end with 30 December.
            "Solución": .closed(resumes: "2026-11-18 09:00", due: "2026-12-01 18:00"),
            "Solución de raíz": .closed(resumes: "2026-11-18 09:00", due: "2026-12-30 18:00"),
        ])
    }

    @Test func `IN-13: whoever writes a mail down is asked for when it was sent, and from then it counts`() throws {
        try walk.at("2026-11-17 10:00")
        let form = try walk.staff("lucia").get("/desk/new?organization=1").text
        #expect(form.contains("si es un correo, en que se envió"))
        _ = try log("severity1", came: "2026-11-13 17:30")
        // Half an hour of Friday and 5 h 30 min of Tuesday; one business day is Tuesday's 17:30.
        try walk.shows([
            "Acuse de recibo": .missed("2026-11-17 10:00", by: "88 h 15 min"),
            "Primera respuesta": .due("2026-11-17 14:30"),
            "Recuperación del servicio": .due("2026-11-17 17:30"),
            // Thirty business days, the last of them 29 December, at 17:30.
            "Solución de raíz": .due("2026-12-29 17:30"),
        ])
        let other = try ContractWalk("proware", plan: "innovador", utc: -5)
        try other.at("2026-11-17 10:00")
        #expect(try !other.staff("lucia").get("/desk/new?organization=1").text.contains("en que se envió"))
    }

    @Test func `IN-3: attention follows what is promised, severity and registration, with who has how much in view`()
        throws
    {
        try walk.at("2026-11-17 10:00")
        // Due by Wednesday 10:00; the others in 24 and 36 hours, the older one first, and in 6.
        let old = try log("severity3", came: "2026-11-17 09:10")
        let young = try log("severity3", came: "2026-11-17 09:20")
        let least = try log("severity4", came: "2026-11-17 09:00")
        let grave = try log("severity1", came: "2026-11-17 09:30")
        try walk.does("lucia", "assignment", ["assignee": "\(try walk.person("lucia"))"])
        let page = try walk.staff("lucia").get("/queue").text
        let places = [grave, old, young, least].map { page.range(of: $0)?.lowerBound }
        #expect(!places.contains(nil))
        #expect(places.compactMap(\.self) == places.compactMap(\.self).sorted())
        // Of two that came at the same second and are due at the same one, the first registered comes first.
        let load = try #require(page.between("<ul class=\"load\"", "</ul>"))
        let row = try #require(load.components(separatedBy: "<li>").first { $0.contains("Lucia") })
        #expect(row.contains("Severidad 1: </span>1"), "\(row)")
    }

    @Test func `IN-4: Support reproduces the error and gathers the details, which the ticket keeps`() throws {
        try walk.at("2026-11-17 10:00")
        _ = try log("severity3", came: "2026-11-17 09:10")
        let before = try walk.staff("lucia").get("/desk/\(walk.folio)").text
        #expect(before.contains("0 de 6"))
        try walk.does(
            "lucia", "diagnosis",
            [
                "reproduction": "yes", "errorMessages": "E-401 sin lector", "expected": "Registra la entrada",
                "actual": "No registra", "diagnosedVersion": "3.1", "diagnosedEnvironment": "Planta norte",
                "knownProblem": "No", "diagnosis": "Se repite al reiniciar el lector",
            ])
        let page = try walk.staff("oscar").get("/desk/\(walk.folio)").text
        for told in [
            "6 de 6", "E-401 sin lector", "Registra la entrada", "No registra", "Planta norte", "al reiniciar",
        ] {
            #expect(page.contains(told), "\(told)")
        }
        // The customer is told the stage and not the notes of the analysis.
        let own = try walk.ana().get("/tickets/\(walk.folio)").text
        #expect(own.contains("Primer diagnóstico") && !own.contains("E-401 sin lector"))
    }

    @Test func `IN-5: an answer goes out by e-mail, the official channel, whatever it was written down as`() throws {
        try walk.at("2026-11-17 10:00")
        _ = try log("severity3", came: "2026-11-17 09:10")
        for (channel, text) in [("portal", "Lo revisamos."), ("phone", "Le expliqué el reinicio."), ("chat", "Listo.")]
        {
            let count = try walk.letters().count
            try walk.answers("lucia", text, by: channel)
            let new = try walk.letters().dropFirst(count)
            #expect(new.map(\.recipient) == ["ana@ceiba.example"] && new.allSatisfy { $0.text.contains(text) })
        }
    }

    @Test
    func `IN-7: Support asks whether it works, follows up while it does not, and closes with the customer's word`()
        throws
    {
        try walk.at("2026-11-17 10:00")
        _ = try log("severity2", came: "2026-11-17 09:10")
        try walk.answers("lucia", "Se reinició el lector.", then: "resolved")
        #expect(try walk.letters().last?.kind.contains("resolved") == true)
        #expect(try walk.ana().get("/tickets/\(walk.folio)").text.contains("/tickets/\(walk.folio)/reopening"))
        try walk.at("2026-11-18 10:00")
        try walk.reopens("El de la puerta norte no.")
        #expect(try walk.status() == .open)
        #expect(try walk.letters().last?.text.contains("El de la puerta norte no.") == true)
        try walk.at("2026-11-18 12:00")
        try walk.answers("lucia", "También ese.", then: "resolved")
        try walk.confirms(at: "2026-11-19 09:00", "good")
    }

    @Test func `IN-8: every stage stands on both pages with its time, and what is to come without`() throws {
        try walk.report(
            at: "2026-11-17 09:00", "severity3", kind: "failure",
            promises: [
                ("Primera respuesta", "A más tardar el jue 19 nov, 15:00"),
                // The last open second before 9:00 of the tenth and of the thirtieth business day after it.
                ("Solución", "A más tardar el lun 30 nov, 18:00"),
                ("Solución de raíz", "A más tardar el mar 29 dic, 18:00"),
            ])
        try walk.at("2026-11-17 10:00")
        try walk.does("lucia", "diagnosis", ["reproduction": "yes", "diagnosis": "Se repite"])
        try walk.at("2026-11-17 11:00")
        try walk.sets("lucia", "inDevelopment")
        try walk.at("2026-11-17 12:00")
        try walk.answers("lucia", "Sale corregido en la 3.2.")
        let names = [
            "Recepción confirmada", "Primer diagnóstico", "Enviado a Investigación y Desarrollo",
            "Respuesta enviada al cliente", "Cerrado con la satisfacción del cliente",
        ]
        let desk = try walk.staff("oscar").get("/desk/\(walk.folio)").text
        #expect(try stages(desk).map(\.name) == names)
        #expect(
            try stages(desk).map(\.at) == [
                walk.zone.program("2026-11-17 09:00"), walk.zone.program("2026-11-17 10:00"),
                walk.zone.program("2026-11-17 11:00"), walk.zone.program("2026-11-17 12:00"), nil,
            ])
        let own = try stages(walk.ana().get("/tickets/\(walk.folio)").text)
        #expect(own.map(\.name) == names)
        #expect(zip(own, ["hoy 9:00", "hoy 10:00", "hoy 11:00", "hoy 12:00"]).allSatisfy { $0.text.contains($1) })
        try walk.at("2026-11-17 13:00")
        try walk.answers("lucia", "Ya está.", then: "resolved")
        try walk.confirms(at: "2026-11-17 14:00", "good")
        #expect(
            try stages(walk.staff("oscar").get("/desk/\(walk.folio)").text).last?.at
                == walk.zone.program("2026-11-17 14:00"))
    }

    private func stages(_ page: String) throws -> [(name: String, at: String?, text: String)] {
        let line = try #require(page.between("<ol class=\"stages\"", "</ol>"))
        return line.components(separatedBy: "<li").dropFirst().map { stage in
            (stage.between("<b>", "</b>") ?? "", stage.between("datetime=\"", "\""), stage)
        }
    }

    @Test func `IN-12: a failure under warranty is taken on a holiday's night, gets a folio, and waits for the hours`()
        throws
    {
        try walk.report(
            at: "2026-11-16 03:00", "severity4", kind: "warranty",
            promises: [
                // 36 hours are Tuesday, Wednesday, Thursday and Friday; ten days 17–20, 23–27 and 30 November.
                ("Primera respuesta", "A más tardar el vie 20 nov, 18:00"),
                ("Solución", "A más tardar el lun 30 nov, 18:00"),
                // Four and five of November, one of the 30th; 1–4, 7–11, 14–18, 21–24 and 28, 29 December are thirty.
                ("Solución de raíz", "A más tardar el mar 29 dic, 18:00"),
            ])
        #expect(Folio(walk.folio) != nil)
        let page = try walk.ana().get("/tickets/\(walk.folio)").text
        #expect(page.contains("Garantía de equipo biométrico") && page.contains("Abre mañana a las 9:00."))
    }
}
