// Tickets of Bizflow from their report to their survey, and every date that their pages show, computed by hand.
// The contract gives amounts without hours: they count around the clock, weekends and Monday 16 November 2026 included.

import Testing

@testable import Atiende

@Suite struct BizflowWalkTests {
    @Test
    func
        `BZ-1, BZ-5, BZ-6, BZ-8 and BZ-9: a high severity of Saturday night goes through three levels with its updates`()
        throws
    {
        let walk = try ContractWalk("bizflow", plan: "soporte", utc: -6)
        // BZ-9: response 2 h, resolution 8 h. BZ-6: an update every 4 h.
        try walk.report(
            at: "2026-11-14 22:00", "high", kind: "systemError",
            promises: [
                ("Primera respuesta", "A más tardar mañana a las 0:00"),
                ("Aviso de avance", "A más tardar mañana a las 2:00"),
                ("Solución", "A más tardar mañana a las 6:00"),
            ])
        try walk.shows([
            "Primera respuesta": .due("2026-11-15 00:00"), "Solución": .due("2026-11-15 06:00"),
            "Aviso de avance": .due("2026-11-15 02:00"),
        ])
        // The answer is an update: the next one is owed 4 h later.
        try walk.at("2026-11-14 23:00")
        try walk.answers("lucia", "Lo estamos viendo.")
        let first = Shown.met("2026-11-14 23:00", in: "1 h")
        try walk.shows([
            "Primera respuesta": first, "Solución": .due("2026-11-15 06:00"),
            "Aviso de avance": .due("2026-11-15 03:00"),
        ])
        try walk.at("2026-11-15 00:00")
        try walk.moves("lucia", to: 2)
        try walk.shows([
            "Primera respuesta": first, "Solución": .due("2026-11-15 06:00"),
            "Aviso de avance": .due("2026-11-15 03:00"),
        ])
        // 3 h of 8 are used; of the next update nothing yet.
        try walk.at("2026-11-15 01:00")
        try walk.answers("oscar", "¿Nos da acceso a la bitácora?", then: "waitingCustomer")
        try walk.shows([
            "Primera respuesta": first, "Solución": .paused(left: "quedan 5 h"),
            "Aviso de avance": .paused(left: "quedan 4 h"),
        ])
        // The holiday's morning: 5 h and 4 h from then.
        try walk.at("2026-11-16 09:30")
        try walk.says("Ya tienen acceso.")
        try walk.shows([
            "Primera respuesta": first, "Solución": .due("2026-11-16 14:30"),
            "Aviso de avance": .due("2026-11-16 13:30"),
        ])
        try walk.at("2026-11-16 10:00")
        try walk.moves("oscar", to: 3)
        try walk.at("2026-11-16 11:00")
        try walk.does("irene", "recovery", ["recovery": "Se reinició el servicio de reportes"])
        // At the very second an update is in time; the next one 4 h later.
        try walk.at("2026-11-16 13:30")
        try walk.answers("irene", "Hay un rodeo mientras sale la corrección.")
        try walk.shows([
            "Primera respuesta": first, "Solución": .due("2026-11-16 14:30"),
            "Aviso de avance": .due("2026-11-16 17:30"),
        ])
        // Milder, from the opening on: 24 h to resolve, of which 3 h and 4 h 15 min are used: 16 h 45 min are left.
        // Its updates come every 24 h, counted from the last one.
        try walk.at("2026-11-16 13:45")
        try walk.does("irene", "severity", ["severity": "medium", "severityReason": "Hay un rodeo"])
        try walk.shows([
            "Primera respuesta": first, "Solución": .due("2026-11-17 06:30"),
            "Aviso de avance": .due("2026-11-17 13:30"),
        ])
        // BZ-8: the solution is documented; the customer confirms.
        try walk.at("2026-11-17 06:00")
        try walk.does("irene", "cause", ["cause": "Una cola llena", "solution": "Más lugar en la cola"])
        try walk.answers("irene", "Quedó corregido.", then: "resolved")
        try walk.shows([
            "Primera respuesta": first, "Solución": .met("2026-11-17 06:00", in: "23 h 30 min"),
            "Aviso de avance": .gone,
        ])
        try walk.confirms(at: "2026-11-17 08:00", "good")
        try walk.shows([
            "Primera respuesta": first, "Solución": .met("2026-11-17 06:00", in: "23 h 30 min"),
            "Aviso de avance": .gone,
        ])
    }

    @Test func `BZ-6 and BZ-9: a low severity has no updates, 8 h to its answer and 48 h to its solution`() throws {
        let walk = try ContractWalk("bizflow", plan: "soporte", utc: -6)
        try walk.report(
            at: "2026-11-14 20:00", "low", kind: "question",
            promises: [
                ("Primera respuesta", "A más tardar mañana a las 4:00"),
                ("Solución", "A más tardar el lun 16 nov, 20:00"),
            ])
        try walk.shows(["Primera respuesta": .due("2026-11-15 04:00"), "Solución": .due("2026-11-16 20:00")])
        // Half an hour late with the answer, in time with the solution.
        try walk.at("2026-11-15 04:30")
        try walk.answers("lucia", "Así se cambia el color.", then: "resolved")
        try walk.shows([
            "Primera respuesta": .missed("2026-11-15 04:30", by: "30 min"),
            "Solución": .met("2026-11-15 04:30", in: "8 h 30 min"),
        ])
        try walk.confirms(at: "2026-11-16 12:00", "acceptable")
    }
}
