// A ticket of Ingressio from its report to its survey, and every date that its pages show, computed by hand.
// Hours: Monday to Friday 9 to 18 (IN-9), nine a day. Monday 16 November 2026 is a holiday in Mexico, Friday 25 December too.

import Testing

@testable import Atiende

@Suite struct IngressioWalkTests {
    @Test
    func
        `IN-6, IN-9, IN-13, IN-14 and IN-18: severity 2 of a Thursday evening, over a weekend and a holiday, past its end`()
        throws
    {
        let walk = try ContractWalk("ingressio", plan: "servicio", utc: -6)
        // Thursday after hours: everything counts from Friday at 9.
        // IN-14, 12 hours: 9 on Friday, none until Tuesday, 3 on Tuesday.
        // IN-13, 10 business days: Friday and 17–20, 23–27 November, all of them: they end with the 27th's hours.
        // IN-13, 30 business days: Friday, 4, 5 in November, 30 Nov, 4, 5, 5, 4 (the 25th is Christmas), 28 December.
        try walk.report(
            at: "2026-11-12 19:30", "severity2", kind: "failure",
            promises: [
                ("Primera respuesta", "A más tardar el mar 17 nov, 12:00"),
                ("Solución", "A más tardar el vie 27 nov, 18:00"),
                ("Solución de raíz", "A más tardar el lun 28 dic, 18:00"),
            ])
        // IN-2: receipt is confirmed at once, at night as well.
        let receipt = Shown.met("2026-11-12 19:30", in: "menos de 1 min")
        try walk.shows([
            "Acuse de recibo": receipt,
            "Primera respuesta": .closed(resumes: "2026-11-13 09:00", due: "2026-11-17 12:00"),
            "Solución": .closed(resumes: "2026-11-13 09:00", due: "2026-11-27 18:00"),
            "Solución de raíz": .closed(resumes: "2026-11-13 09:00", due: "2026-12-28 18:00"),
        ])

        // Friday within hours: the same dates.
        try walk.at("2026-11-13 17:00")
        try walk.shows([
            "Acuse de recibo": receipt, "Primera respuesta": .due("2026-11-17 12:00"),
            "Solución": .due("2026-11-27 18:00"), "Solución de raíz": .due("2026-12-28 18:00"),
        ])
        // 9:00 to 17:30 are 8 h 30 min. The escalation to Research & Development starts and stops nothing (IN-6).
        try walk.at("2026-11-13 17:30")
        try walk.answers("lucia", "Lo reproducimos y lo pasamos a Desarrollo.")
        try walk.moves("lucia", to: 2)
        let answered = Shown.met("2026-11-13 17:30", in: "8 h 30 min")
        try walk.shows([
            "Acuse de recibo": receipt, "Primera respuesta": answered,
            "Solución": .due("2026-11-27 18:00"), "Solución de raíz": .due("2026-12-28 18:00"),
        ])

        // Waiting for the customer from 17:45 on: 8 h 45 min of 90 and of 270 are used.
        try walk.at("2026-11-13 17:45")
        try walk.answers("oscar", "¿Qué versión tiene el lector?", then: "waitingCustomer")
        try walk.shows([
            "Acuse de recibo": receipt, "Primera respuesta": answered,
            "Solución": .paused(left: "quedan 81 h 15 min"), "Solución de raíz": .paused(left: "quedan 261 h 15 min"),
        ])
        // Saturday: the customer writes. Of the pause 15 minutes were open, so both end 15 minutes later: 90 hours are
        // over with the 27th's, the next are on Monday 30; and Tuesday 29 December after the 28th.
        try walk.at("2026-11-14 11:00")
        try walk.says("La 3.1.")
        try walk.shows([
            "Acuse de recibo": receipt, "Primera respuesta": answered,
            "Solución": .closed(resumes: "2026-11-17 09:00", due: "2026-11-30 09:15"),
            "Solución de raíz": .closed(resumes: "2026-11-17 09:00", due: "2026-12-29 09:15"),
        ])
        // The holiday is as closed as the Sunday before it.
        try walk.at("2026-11-16 12:00")
        try walk.shows([
            "Acuse de recibo": receipt, "Primera respuesta": answered,
            "Solución": .closed(resumes: "2026-11-17 09:00", due: "2026-11-30 09:15"),
            "Solución de raíz": .closed(resumes: "2026-11-17 09:00", due: "2026-12-29 09:15"),
        ])

        // IN-18: the analysis finds severity 1, from the opening on. Its service is recovered in 1 business day (IN-13):
        // from Friday 9:00, nine hours; 8 h 45 min were used before the pause, so 15 minutes of Tuesday are left.
        try walk.at("2026-11-17 09:05")
        try walk.does("oscar", "severity", ["severity": "severity1", "severityReason": "Ningún lector funciona"])
        try walk.shows([
            "Acuse de recibo": receipt, "Primera respuesta": answered, "Solución": .gone,
            "Recuperación del servicio": .due("2026-11-17 09:15"), "Solución de raíz": .due("2026-12-29 09:15"),
        ])
        try walk.at("2026-11-17 09:12")
        try walk.does("oscar", "recovery", ["recovery": "Se regresó a la versión anterior"])
        let recovered = Shown.met("2026-11-17 09:12", in: "8 h 57 min")
        // IN-6: in development nothing stands still.
        try walk.at("2026-11-17 09:30")
        try walk.sets("oscar", "inDevelopment")
        try walk.shows([
            "Acuse de recibo": receipt, "Primera respuesta": answered, "Solución": .gone,
            "Recuperación del servicio": recovered, "Solución de raíz": .due("2026-12-29 09:15"),
        ])

        // Solved, confirmed at night, closed and rated; the cause of root is still owed.
        try walk.at("2026-11-18 16:00")
        try walk.answers("oscar", "Ya quedó en todos los lectores.", then: "resolved")
        try walk.confirms(at: "2026-11-18 22:00", "good")
        try walk.shows([
            "Acuse de recibo": receipt, "Primera respuesta": answered, "Solución": .gone,
            "Recuperación del servicio": recovered,
            "Solución de raíz": .closed(resumes: "2026-11-19 09:00", due: "2026-12-29 09:15"),
        ])
        // 8 h 45 min of Friday, nine hours each of Tuesday, Wednesday and Thursday, half an hour of Friday.
        try walk.at("2026-11-20 09:30")
        try walk.does("oscar", "cause", ["cause": "Un certificado vencido", "solution": "Se renueva solo"])
        try walk.shows([
            "Acuse de recibo": receipt, "Primera respuesta": answered, "Solución": .gone,
            "Recuperación del servicio": recovered,
            "Solución de raíz": .met("2026-11-20 09:30", in: "36 h 15 min"),
        ])
    }
}
