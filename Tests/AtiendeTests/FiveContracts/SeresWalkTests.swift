// A ticket of SERES from its report to its survey, and every date that its pages show, computed by hand.
// Around the clock, holidays included (SE-12, SE-14): nights, the weekend and Monday 16 November 2026 count.

import Testing

@testable import Atiende

@Suite struct SeresWalkTests {
    @Test(arguments: [("gratuito", "support"), ("gratuito", "complaint"), ("pago", "support"), ("pago", "complaint")])
    func `SE-12, SE-13 and SE-14: attended within 2 h and resolved within 8, free or paying, request or complaint`(
        _ plan: String, _ kind: String
    ) throws {
        let walk = try ContractWalk("seres", plan: plan, utc: -6)
        try walk.report(
            at: "2026-11-13 23:00", "normal", kind: kind,
            promises: [
                ("Primera respuesta", "A más tardar mañana a la 1:00"), ("Solución", "A más tardar mañana a las 7:00"),
            ])
        try walk.shows(["Primera respuesta": .due("2026-11-14 01:00"), "Solución": .due("2026-11-14 07:00")])
        try walk.at("2026-11-14 00:30")
        try walk.answers("lucia", "¿Con qué RFC?", then: "waitingCustomer")
        let first = Shown.met("2026-11-14 00:30", in: "1 h 30 min")
        // 1 h 30 min of the 8 are used.
        try walk.shows(["Primera respuesta": first, "Solución": .paused(left: "quedan 6 h 30 min")])
        // Over the weekend with the customer; 6 h 30 min from Monday's 8:00, a holiday that counts.
        try walk.at("2026-11-16 08:00")
        try walk.says("Con el de la empresa.")
        try walk.shows(["Primera respuesta": first, "Solución": .due("2026-11-16 14:30")])
        try walk.at("2026-11-16 09:00")
        try walk.moves("lucia", to: 2)
        // Somebody else's turn pauses nothing: the contract says nothing of it.
        try walk.at("2026-11-16 10:00")
        try walk.sets("oscar", "waitingThirdParty")
        try walk.shows(["Primera respuesta": first, "Solución": .due("2026-11-16 14:30")])
        try walk.at("2026-11-16 15:00")
        try walk.shows(["Primera respuesta": first, "Solución": .late(since: "2026-11-16 14:30")])
        try walk.at("2026-11-16 15:30")
        try walk.answers("oscar", "Ya se emitió.", then: "resolved")
        try walk.shows(["Primera respuesta": first, "Solución": .missed("2026-11-16 15:30", by: "1 h")])
        // It still fails: 9 h of 8 were used, the night it was resolved counts for nothing.
        try walk.at("2026-11-17 09:00")
        try walk.reopens("No llegó el archivo.")
        try walk.shows(["Primera respuesta": first, "Solución": .late(since: "2026-11-16 14:30")])
        try walk.at("2026-11-17 10:00")
        try walk.answers("oscar", "Ya llegó.", then: "resolved")
        try walk.confirms(at: "2026-11-17 20:00", "bad")
        try walk.shows(["Primera respuesta": first, "Solución": .missed("2026-11-17 10:00", by: "2 h")])
    }
}
