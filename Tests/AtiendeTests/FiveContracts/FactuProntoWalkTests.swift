// Tickets of FactuPronto from their report to their survey, and every date that their pages show, computed by hand.
// Hours (FP-9): tickets Monday to Friday 9 to 21, the call centre 9 to 18, both Saturday 9 to 14. Monday 16 November 2026 is
// a holiday in Mexico. The contract promises attention by level (FP-6), the same to both plans (FP-10).

import Testing

@testable import Atiende

@Suite struct FactuProntoWalkTests {
    @Test(arguments: ["basico", "premium"])
    func `FP-6, FP-7, FP-9 and FP-10, both plans: a ticket of a Saturday goes up to level 3 and back to level 1`(
        _ plan: String
    ) throws {
        let walk = try ContractWalk("factupronto", plan: plan, utc: -6)
        // FP-6, level 1, 2 hours: one until Saturday's close at 14:00, one from Tuesday at 9.
        try walk.report(
            at: "2026-11-14 13:00", "normal", kind: "helpDesk",
            promises: [
                ("Primera respuesta", "A más tardar el mar 17 nov, 10:00"),
                ("Atención de nivel 1", "A más tardar el mar 17 nov, 10:00"),
            ])
        try walk.shows([
            "Primera respuesta": .due("2026-11-17 10:00"), "Atención de nivel 1": .due("2026-11-17 10:00"),
        ])
        for closed in ["2026-11-14 14:00", "2026-11-15 12:00", "2026-11-16 10:00"] {
            try walk.at(closed)
            try walk.shows([
                "Primera respuesta": .closed(resumes: "2026-11-17 09:00", due: "2026-11-17 10:00"),
                "Atención de nivel 1": .closed(resumes: "2026-11-17 09:00", due: "2026-11-17 10:00"),
            ])
        }
        // One hour of Saturday and half an hour of Tuesday.
        try walk.at("2026-11-17 09:30")
        try walk.answers("lucia", "¿Qué mensaje aparece?", then: "waitingCustomer")
        let first = Shown.met("2026-11-17 09:30", in: "1 h 30 min")
        try walk.shows(["Primera respuesta": first, "Atención de nivel 1": first])

        // FP-6, level 2, 4 hours from when it gets there: half an hour until 21:00, 3 h 30 min of Wednesday.
        try walk.at("2026-11-17 20:00")
        try walk.says("Dice que el sello no corresponde.")
        try walk.at("2026-11-17 20:30")
        try walk.moves("lucia", to: 2)
        try walk.shows([
            "Primera respuesta": first, "Atención de nivel 1": first,
            "Atención de nivel 2": .due("2026-11-18 12:30"),
        ])
        try walk.at("2026-11-17 22:00")
        try walk.shows([
            "Primera respuesta": first, "Atención de nivel 1": first,
            "Atención de nivel 2": .closed(resumes: "2026-11-18 09:00", due: "2026-11-18 12:30"),
        ])
        // Waiting for the customer after 1 h 30 min of the 4.
        try walk.at("2026-11-18 10:00")
        try walk.sets("oscar", "waitingCustomer")
        try walk.shows([
            "Primera respuesta": first, "Atención de nivel 1": first,
            "Atención de nivel 2": .paused(left: "quedan 2 h 30 min"),
        ])
        // Of the 2 h 30 min half an hour is left of Thursday, two of Friday.
        try walk.at("2026-11-19 20:30")
        try walk.says("Le mando el archivo.")
        try walk.shows([
            "Primera respuesta": first, "Atención de nivel 1": first,
            "Atención de nivel 2": .due("2026-11-20 11:00"),
        ])
        // Its diagnosis is its attention: 1 h 30 min, half an hour and an hour and a half.
        try walk.at("2026-11-20 10:30")
        try walk.does("oscar", "diagnosis", ["reproduction": "yes", "diagnosis": "El módulo de sellado falla"])
        let second = Shown.met("2026-11-20 10:30", in: "3 h 30 min")
        // FP-6, level 3, 8 hours: four until Friday's 21:00, four of Saturday from 9 on.
        try walk.at("2026-11-20 17:00")
        try walk.moves("oscar", to: 3)
        try walk.shows([
            "Primera respuesta": first, "Atención de nivel 1": first, "Atención de nivel 2": second,
            "Atención de nivel 3": .due("2026-11-21 13:00"),
        ])
        // FP-7: it was only configuration. Level 1 again, 2 hours of Saturday: they end with its close, that same day.
        try walk.at("2026-11-21 12:00")
        try walk.does("irene", "level", ["level": "1", "levelReason": "Bastaba con configurar", "levelDiagnosis": ""])
        try walk.shows([
            "Primera respuesta": first, "Atención de nivel 1": .due("2026-11-21 14:00"),
            "Atención de nivel 2": second, "Atención de nivel 3": .gone,
        ])
        try walk.at("2026-11-21 13:30")
        try walk.answers("lucia", "Ya quedó configurado.", then: "resolved")
        try walk.confirms(at: "2026-11-22 20:00", "good")
        try walk.shows([
            "Primera respuesta": first, "Atención de nivel 1": .met("2026-11-21 13:30", in: "1 h 30 min"),
            "Atención de nivel 2": second, "Atención de nivel 3": .gone,
        ])
    }

    @Test func `FP-6 and FP-9: a call of Saturday counts on the call centre's hours, at the next level too`() throws {
        let walk = try ContractWalk("factupronto", plan: "basico", utc: -6)
        // FP-6, by phone 20 minutes: ten until Saturday's 14:00, ten of Tuesday. From when it came in, not from when
        // it was written down.
        try walk.at("2026-11-14 13:55")
        try walk.logs("lucia", "critical", kind: "helpDesk", by: "phone", came: "2026-11-14 13:50")
        try walk.shows([
            "Primera respuesta": .due("2026-11-17 09:10"), "Atención de nivel 1": .due("2026-11-17 09:10"),
        ])
        // Nobody called back until 9:15: the promise is five minutes late, for ever.
        try walk.at("2026-11-17 09:12")
        try walk.shows([
            "Primera respuesta": .late(since: "2026-11-17 09:10"),
            "Atención de nivel 1": .late(since: "2026-11-17 09:10"),
        ])
        try walk.at("2026-11-17 09:15")
        try walk.answers("lucia", "Le devolví la llamada.", by: "phone")
        let late = Shown.missed("2026-11-17 09:15", by: "5 min")
        try walk.shows(["Primera respuesta": late, "Atención de nivel 1": late])
        // Four hours of the call centre: 1 h 30 min until 18:00, 2 h 30 min of Wednesday.
        try walk.at("2026-11-17 16:30")
        try walk.moves("lucia", to: 2)
        try walk.shows([
            "Primera respuesta": late, "Atención de nivel 1": late, "Atención de nivel 2": .due("2026-11-18 11:30"),
        ])
        try walk.at("2026-11-17 18:00")
        try walk.shows([
            "Primera respuesta": late, "Atención de nivel 1": late,
            "Atención de nivel 2": .closed(resumes: "2026-11-18 09:00", due: "2026-11-18 11:30"),
        ])
        try walk.at("2026-11-18 11:30")
        try walk.answers("oscar", "Resuelto en la misma llamada.", then: "resolved", by: "phone")
        try walk.confirms(at: "2026-11-18 12:00", "acceptable")
        // Four hours exactly are still met.
        try walk.shows([
            "Primera respuesta": late, "Atención de nivel 1": late,
            "Atención de nivel 2": .met("2026-11-18 11:30", in: "4 h"),
        ])
    }

    @Test func `FP-7: infrastructure begins at level 3, past level 2`() throws {
        let walk = try ContractWalk("factupronto", plan: "premium", utc: -6)
        // 8 hours of level 3: one until Friday's 21:00, five of Saturday, two of Tuesday.
        try walk.report(
            at: "2026-11-13 20:00", "critical", kind: "infrastructure",
            promises: [("Atención de nivel 3", "A más tardar el mar 17 nov, 11:00")])
        try walk.shows(["Atención de nivel 3": .due("2026-11-17 11:00")])
        try walk.at("2026-11-14 10:00")
        try walk.answers("lucia", "Lo ve Sistemas.")
        // A word of level 1 is not the attention of level 3.
        try walk.shows(["Atención de nivel 3": .due("2026-11-17 11:00")])
        try walk.at("2026-11-14 12:00")
        try walk.answers("irene", "Era el enlace con la autoridad.", then: "resolved")
        try walk.confirms(at: "2026-11-16 09:00", "good")
        try walk.shows(["Atención de nivel 3": .met("2026-11-14 12:00", in: "4 h")])
    }
}
