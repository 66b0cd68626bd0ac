// A ticket of each plan of Proware from its report to its survey, and every date that its pages show, computed by hand.
// Bogotá, where Monday 16 November 2026 is a holiday. Hours (PW-1): Innovador and Emprendedor Monday to Friday 9 to 17,
// Empresarial Monday to Saturday 9 to 21, both Premium always. All of PW-10 but the solutions in days "at most" is "less than".

import Testing

@testable import Atiende

@Suite struct ProwareWalkTests {
    @Test func `PW-1 and PW-10, Innovador: a mail of Friday, solved at the last second of its five business days`()
        throws
    {
        let walk = try ContractWalk("proware", plan: "innovador", utc: -5)
        // Medium: response in less than 3 business days (17, 18, 19), solution in 5 (17–20, 23), at 16:00 of the last.
        try walk.at("2026-11-13 16:10")
        try walk.logs("lucia", "medium", kind: "support", by: "mail", came: "2026-11-13 16:00")
        try walk.shows(["Primera respuesta": .due("2026-11-19 16:00"), "Solución": .due("2026-11-23 16:00")])
        for closed in ["2026-11-14 12:00", "2026-11-16 12:00"] {
            try walk.at(closed)
            try walk.shows([
                "Primera respuesta": .closed(resumes: "2026-11-17 09:00", due: "2026-11-19 16:00"),
                "Solución": .closed(resumes: "2026-11-17 09:00", due: "2026-11-23 16:00"),
            ])
        }
        // An hour of Friday, half an hour of Tuesday: 1 h 30 min of 40.
        try walk.at("2026-11-17 09:30")
        try walk.answers("lucia", "¿En qué pantalla?", then: "waitingCustomer")
        let first = Shown.met("2026-11-17 09:30", in: "1 h 30 min")
        try walk.shows(["Primera respuesta": first, "Solución": .paused(left: "quedan 38 h 30 min")])
        // Wednesday after hours: 7 h 30 min of Tuesday and 8 h of Wednesday were a pause. From Thursday on: 8 h each
        // of Thursday, Friday, Monday and Tuesday are 32 h, the other 6 h 30 min are Wednesday's.
        try walk.at("2026-11-18 20:00")
        try walk.says("En la de agentes.")
        try walk.shows([
            "Primera respuesta": first,
            "Solución": .closed(resumes: "2026-11-19 09:00", due: "2026-11-25 15:30"),
        ])
        try walk.at("2026-11-19 10:00")
        try walk.moves("lucia", to: 2)
        try walk.at("2026-11-20 10:00")
        try walk.moves("oscar", to: 3)
        try walk.shows(["Primera respuesta": first, "Solución": .due("2026-11-25 15:30")])
        try walk.at("2026-11-25 15:30")
        try walk.answers("irene", "Ya quedó.", then: "resolved")
        try walk.confirms(at: "2026-11-25 18:00", "acceptable")
        try walk.shows(["Primera respuesta": first, "Solución": .met("2026-11-25 15:30", in: "40 h")])
    }

    @Test func `PW-1 and PW-10, Emprendedor: less than four hours, and four exactly are too many`() throws {
        let walk = try ContractWalk("proware", plan: "emprendedor", utc: -5)
        // Critical: one hour of Friday, and one or three of Tuesday.
        try walk.report(
            at: "2026-11-13 16:00", "critical", kind: "support",
            promises: [
                ("Primera respuesta", "Antes del mar 17 nov, 10:00"), ("Solución", "Antes del mar 17 nov, 12:00"),
            ])
        try walk.shows(["Primera respuesta": .due("2026-11-17 10:00"), "Solución": .due("2026-11-17 12:00")])
        try walk.at("2026-11-13 16:20")
        try walk.answers("lucia", "Lo revisamos.")
        let first = Shown.met("2026-11-13 16:20", in: "20 min")
        try walk.at("2026-11-13 16:30")
        try walk.answers("lucia", "¿Pasa en todos los equipos?", then: "waitingCustomer")
        try walk.shows(["Primera respuesta": first, "Solución": .paused(left: "quedan 3 h 30 min")])
        // The holiday: half an hour of Friday was used, 3 h 30 min of Tuesday are left.
        try walk.at("2026-11-16 10:00")
        try walk.says("En todos.")
        try walk.shows([
            "Primera respuesta": first, "Solución": .closed(resumes: "2026-11-17 09:00", due: "2026-11-17 12:30"),
        ])
        try walk.at("2026-11-17 09:15")
        try walk.moves("lucia", to: 2)
        try walk.at("2026-11-17 11:00")
        try walk.moves("oscar", to: 3)
        try walk.shows(["Primera respuesta": first, "Solución": .due("2026-11-17 12:30")])
        try walk.at("2026-11-17 12:30")
        try walk.shows(["Primera respuesta": first, "Solución": .late(since: "2026-11-17 12:30")])
        try walk.answers("irene", "Ya quedó.", then: "resolved")
        try walk.confirms(at: "2026-11-17 13:00", "bad")
        try walk.shows(["Primera respuesta": first, "Solución": .missed("2026-11-17 12:30", by: "menos de 1 min")])
    }

    @Test func `PW-1 and PW-10, Empresarial: Saturday is a business day, Sunday and the holiday are not`() throws {
        let walk = try ContractWalk("proware", plan: "empresarial", utc: -5)
        // High: 6 hours, three of Friday and three of Saturday; 2 business days, Saturday and Tuesday, at 18:00.
        try walk.report(
            at: "2026-11-13 18:00", "high", kind: "support",
            promises: [
                ("Primera respuesta", "Antes de mañana a las 12:00"), ("Solución", "Antes del mar 17 nov, 18:00"),
            ])
        try walk.shows(["Primera respuesta": .due("2026-11-14 12:00"), "Solución": .due("2026-11-17 18:00")])
        try walk.at("2026-11-13 19:00")
        try walk.answers("lucia", "Lo revisamos.")
        let first = Shown.met("2026-11-13 19:00", in: "1 h")
        // 3 h of Friday, 12 of Saturday, 9 of Tuesday are 24 h; two are used.
        try walk.at("2026-11-13 20:00")
        try walk.sets("lucia", "waitingCustomer")
        try walk.shows(["Primera respuesta": first, "Solución": .paused(left: "quedan 22 h")])
        // Saturday after its close: 12 of the 22 h on Tuesday, ten on Wednesday.
        try walk.at("2026-11-14 22:00")
        try walk.says("Sigue igual.")
        for closed in ["2026-11-14 22:00", "2026-11-15 12:00", "2026-11-16 12:00"] {
            try walk.at(closed)
            try walk.shows([
                "Primera respuesta": first,
                "Solución": .closed(resumes: "2026-11-17 09:00", due: "2026-11-18 19:00"),
            ])
        }
        try walk.at("2026-11-17 10:00")
        try walk.moves("lucia", to: 2)
        // Medium, 3 business days from the opening on: Saturday, Tuesday, Wednesday at 18:00, 36 h. Used are 2 h,
        // Tuesday's 12 and three of Wednesday; of the other 19 nine are Wednesday's, ten Thursday's.
        try walk.at("2026-11-18 12:00")
        try walk.does("oscar", "severity", ["severity": "medium", "severityReason": "Hay otra forma de hacerlo"])
        try walk.shows(["Primera respuesta": first, "Solución": .due("2026-11-19 19:00")])
        try walk.at("2026-11-19 09:00")
        try walk.moves("oscar", to: 3)
        try walk.at("2026-11-19 18:59")
        try walk.answers("irene", "Ya quedó.", then: "resolved")
        try walk.confirms(at: "2026-11-20 08:00", "good")
        try walk.shows(["Primera respuesta": first, "Solución": .met("2026-11-19 18:59", in: "35 h 59 min")])
    }

    @Test(arguments: ["premiumPorDemanda", "premiumPlus"])
    func `PW-1, PW-8 and PW-10, both Premium: nights, the weekend and the holiday count`(_ plan: String) throws {
        let walk = try ContractWalk("proware", plan: plan, utc: -5)
        // Low: 24 hours, 3 calendar days.
        try walk.report(
            at: "2026-11-13 22:00", "low", kind: "support",
            promises: [
                ("Primera respuesta", "Antes de mañana a las 22:00"), ("Solución", "Antes del lun 16 nov, 22:00"),
            ])
        try walk.shows(["Primera respuesta": .due("2026-11-14 22:00"), "Solución": .due("2026-11-16 22:00")])
        // 11 of 72 h are used.
        try walk.at("2026-11-14 09:00")
        try walk.answers("lucia", "¿Qué informe?", then: "waitingCustomer")
        let first = Shown.met("2026-11-14 09:00", in: "11 h")
        try walk.shows(["Primera respuesta": first, "Solución": .paused(left: "quedan 61 h")])
        // 61 h from Sunday's 21:00: two days to Tuesday's 21:00 and 13 h.
        try walk.at("2026-11-15 21:00")
        try walk.says("El de agentes.")
        try walk.shows(["Primera respuesta": first, "Solución": .due("2026-11-18 10:00")])
        try walk.at("2026-11-16 03:00")
        try walk.moves("lucia", to: 2)
        // High, less than 2 calendar days: 11 h and 7 h of 48 are used; 30 h from the holiday's 4:00.
        try walk.at("2026-11-16 04:00")
        try walk.does("oscar", "severity", ["severity": "high", "severityReason": "Tampoco abren los tableros"])
        try walk.shows(["Primera respuesta": first, "Solución": .due("2026-11-17 10:00")])
        try walk.at("2026-11-16 12:00")
        try walk.moves("oscar", to: 3)
        try walk.shows(["Primera respuesta": first, "Solución": .due("2026-11-17 10:00")])
        try walk.at("2026-11-17 09:59")
        try walk.answers("irene", "Ya quedó.", then: "resolved")
        try walk.confirms(at: "2026-11-17 10:30", "good")
        try walk.shows(["Primera respuesta": first, "Solución": .met("2026-11-17 09:59", in: "47 h 59 min")])
    }
}
