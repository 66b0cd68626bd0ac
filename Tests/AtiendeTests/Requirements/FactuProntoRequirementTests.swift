// What FactuPronto's contract asks of tickets, as its people see it on their pages.

import SLA
import Testing

@testable import Atiende

@Suite struct FactuProntoRequirementTests {
    private let walk: ContractWalk

    init() throws { walk = try ContractWalk("factupronto", plan: "basico", utc: -6) }

    @Test func `FP-1: whatever the channel, a report is a ticket with a folio, which both sides follow`() throws {
        var folios: [String] = []
        for channel in ["phone", "mail", "chat"] {
            try walk.at("2026-11-17 10:0\(folios.count)")
            try walk.logs("lucia", "normal", kind: "helpDesk", by: channel, came: "2026-11-17 09:30")
            folios.append(walk.folio)
        }
        try walk.report(
            at: "2026-11-17 10:05", "normal", kind: "helpDesk",
            promises: [
                ("Primera respuesta", "A más tardar hoy a las 12:05"),
                ("Atención de nivel 1", "A más tardar hoy a las 12:05"),
            ])
        folios.append(walk.folio)
        #expect(Set(folios).count == 4)
        let own = try walk.ana().get("/tickets").text
        let queue = try walk.staff("lucia").get("/queue").text
        for (folio, channel) in zip(folios, ["teléfono", "correo", "chat", "portal"]) {
            #expect(own.contains(folio) && queue.contains(folio))
            #expect(try walk.staff("lucia").get("/desk/\(folio)").text.contains(channel), "\(channel)")
        }
    }

    @Test func `FP-3: each kind of service is there to be asked for, and a suggestion goes to development`() throws {
        try walk.at("2026-11-17 10:00")
        let form = try walk.ana().get("/tickets/new").text
        for kind in ["Mesa de ayuda", "Consultoría", "Asistencia a distribuidores y a sus clientes", "Sugerencia"] {
            #expect(form.contains(kind), "\(kind)")
        }
        try walk.report(
            at: "2026-11-17 10:00", "normal", kind: "suggestion",
            promises: [
                ("Primera respuesta", "A más tardar hoy a las 12:00"),
                ("Atención de nivel 1", "A más tardar hoy a las 12:00"),
            ])
        let handOver = ["agreedOn": "2026-12-04", "agreedReason": "Lo considera Desarrollo", "handOver": "on"]
        try walk.does("lucia", "agreed-date", handOver)
        let page = try walk.ana().get("/tickets/\(walk.folio)").text
        #expect(page.contains("En desarrollo") && page.contains("4 de diciembre"))
    }

    @Test func `FP-4: the form says of a matter outside the contract that it may be charged`() throws {
        try walk.at("2026-11-17 10:00")
        let form = try walk.ana().get("/tickets/new").text
        let kind = try #require(form.between("value=\"outsideContract\"", "</label>"))
        #expect(kind.contains("costo"), "\(kind)")
        #expect(try #require(form.between("value=\"helpDesk\"", "</label>")).contains("costo") == false)
    }

    @Test func `FP-12: each look of the staff at a customer's ticket is traced, for the admin and for the customer`()
        throws
    {
        try walk.at("2026-11-17 10:00")
        try walk.logs("lucia", "normal", kind: "helpDesk", by: "phone", came: "2026-11-17 09:30")
        try walk.at("2026-11-17 11:15")
        _ = try walk.staff("irene").get("/desk/\(walk.folio)")
        // What is read is recorded beside the page, not before it.
        try walk.settle()
        for page in [
            try walk.staff("elena").get("/admin/audit").text, try walk.ana().get("/organization/accesses").text,
        ] {
            #expect(page.contains("Irene") && page.contains(walk.folio) && page.contains("Leyó un ticket"))
            #expect(page.contains(try walk.zone.program("2026-11-17 11:15")))
        }
    }
}
