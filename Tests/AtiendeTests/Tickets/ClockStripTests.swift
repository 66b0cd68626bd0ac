// What a ticket's page tells of its clocks: badges, "why this date", what is promised and what is not for customers.

import Markup
import Testing

@testable import Atiende
@testable import SLA

@Suite struct ClockStripTests {
    private static let rules = Result {
        try TicketRules(.proware, in: try Zones().rules("America/Bogota"))
    }

    /// `2026-11-13 14:10` in Bogotá, which is five hours behind all year.
    private static func at(_ text: String) throws -> Int {
        let parts = text.split(separator: " ")
        return try #require(Instant("\(parts[0])T\(parts[1]):00-05:00")).seconds
    }

    private static func facts(
        _ severity: Severity, plan: String = "empresarial", _ told: [(String, TicketFact.Kind)]
    ) throws -> [TicketFact] {
        try told.enumerated().map { index, fact in
            let opening = TicketFact.Opening(
                severity: severity, channel: .portal, level: 1, plan: PlanReference(key: plan, version: 1))
            return TicketFact(at: try at(fact.0), actor: nil, kind: index == 0 ? .opened(opening) : fact.1)
        }
    }

    private static func strip(
        _ facts: [TicketFact], now: String, _ language: Language = .es, isForStaff: Bool = true,
        zone: String = "America/Bogota"
    ) throws -> ClockStrip {
        let moments = Moments(words: try TestWords.read(language), zone: try Zones().rules(zone), now: try at(now))
        let course = try TicketCourse(facts, try rules.get(), at: moments.now)
        let writing = WhyWords(course: course, facts: facts, moments: moments, isForStaff: isForStaff)
        return try ClockStripMaking(writing: writing, tellsNow: "").strip()
    }

    /// Opened on a Friday afternoon, over a night with the customer, closed on Sunday and on the holiday of Monday.
    private static func waited() throws -> [TicketFact] {
        try facts(
            "high",
            [
                ("2026-11-13 14:10", .note), ("2026-11-13 14:37", .staffMessage(level: 1)),
                ("2026-11-13 14:37", .status(.open)), ("2026-11-13 17:05", .status(.waitingCustomer)),
                ("2026-11-14 11:30", .customerMessage), ("2026-11-14 11:30", .status(.open)),
            ])
    }

    @Test func `PW-10: the sentence and the rows tell what a reader of the contract would compute by hand`() throws {
        let strip = try Self.strip(Self.waited(), now: "2026-11-17 17:40")
        #expect(strip.clocks.map(\.name) == ["Solución", "Primera respuesta"])
        let line = strip.clocks[0]
        #expect([line.state, line.text, line.moment?.text] == ["soon", "Vence en 2 h 55 min", "Hoy 20:35"])
        let why = try #require(line.why)
        #expect(
            why.sentence
                == "El plan Empresarial promete solucionar un ticket de severidad Alta en menos de 2 días hábiles. "
                + "Se abrió el vie 13 nov, 14:10 y el plazo terminaba hoy a las 14:10: son 24 h de atención. "
                + "Estuvo 6 h 25 min en espera del cliente, así que vence hoy a las 20:35. "
                + "No se cuenta el festivo: lun 16 nov (Independencia de Cartagena).")
        #expect(why.rows.map(\.label) == ["vie 13 nov", "sáb 14 nov", "dom 15 nov", "lun 16 nov", "mar 17 nov"])
        #expect(why.rows.map(\.counted) == ["2 h 55 min", "9 h 30 min", "0", "0", "8 h 40 min"])
        #expect(why.rows.map(\.total) == ["2 h 55 min", "12 h 25 min", "12 h 25 min", "12 h 25 min", "21 h 05 min"])
        #expect(
            why.rows.map(\.say) == [
                "Se abrió a las 14:10. A las 17:05 quedó en espera del cliente.", "A las 11:30 volvió a contar.",
                "Cerrado.", "Festivo: Independencia de Cartagena.", "Ahora: 17:40. Vence a las 20:35.",
            ])
        #expect(why.left == "Quedan 2 h 55 min de 24 h")
        // The figures of the drawing that was designed.
        #expect(why.hours.map(\.label) == ["9", "12", "15", "18", "21"])
        #expect(why.hours.map(\.x) == ["7.14%", "28.57%", "50.00%", "71.43%", "92.86%"])
        let friday = why.rows[0].pieces.map { "\($0.kind) \($0.x) \($0.width)" }
        #expect(friday == ["open 7.14% 85.71%", "count 44.05% 20.83%", "hold 64.88% 27.98%"])
        #expect(why.rows[4].lines.map { "\($0.kind) \($0.x)" } == ["now 69.05%", "due 89.88%"])
        #expect(why.rows[2].pieces.isEmpty && why.rows[3].pieces.isEmpty)
    }

    @Test func `staff see the steps to come and where the promise stands`() throws {
        let why = try #require(try Self.strip(Self.waited(), now: "2026-11-17 17:40").clocks[0].why)
        #expect(
            why.steps.map { "\($0.isDone) \($0.percent) \($0.text)" } == [
                "false 75\u{A0}% Se avisará a quien lo atienda", "false 90\u{A0}% Se avisará a coordinación",
                "false 100\u{A0}% Se avisará a la administración",
            ])
        // 90 % of 24 hours are 21 h 36 min, of which 21 h 05 min have counted.
        #expect(why.steps.map { $0.moment?.text } == [nil, "hoy 18:11", "hoy 20:35"])
        #expect(
            why.source.map(\.value) == [
                "Empresarial, versión 1", "lunes a sábado de 9:00 a 21:00, sin festivos", "PW-10",
                "en espera del cliente",
            ])
    }

    @Test func `customers read their promise without steps, and in their own zone`() throws {
        let strip = try Self.strip(
            Self.waited(), now: "2026-11-17 17:40", isForStaff: false, zone: "America/Mexico_City")
        let line = strip.clocks[0]
        #expect([line.name, line.text] == ["Solución", "Hoy a las 19:35"])
        #expect(line.due.isEmpty)
        #expect(line.moment == nil)
        let why = try #require(line.why)
        #expect(why.steps.isEmpty && why.source.isEmpty)
        #expect(why.sentence.hasPrefix("Su plan Empresarial promete solucionar"))
        #expect(why.sentence.contains("Estuvo 6 h 25 min en espera de su respuesta, así que vence hoy a las 19:35."))
        // Nine in Bogotá is eight in Mexico City.
        #expect(why.hours.map(\.label) == ["8", "11", "14", "17", "20"])
        #expect(strip.hoursNote == "Cierra hoy a las 20:00.")
    }

    @Test func `a date that the badge names does not stand under it again`() throws {
        let late = try Self.strip(Self.waited(), now: "2026-11-18 10:00", isForStaff: false).clocks[0]
        #expect([late.state, late.text] == ["late", "Fuera de plazo desde ayer a las 20:35"])
        #expect(late.moment == nil)
        let staff = try Self.strip(Self.waited(), now: "2026-11-18 10:00").clocks[0]
        #expect([staff.text, staff.moment?.text] == ["Venció hace 13 h 25 min", "Mar 17 nov, 20:35"])
    }

    @Test func `it is told in English as well`() throws {
        let strip = try Self.strip(Self.waited(), now: "2026-11-17 17:40", .en)
        #expect(
            strip.clocks[0].why?.sentence
                == "The plan Empresarial promises to resolve a ticket of severity High in less than 2 business days. "
                + "It was opened on Fri 13 Nov, 14:10 and the time would have ended today at 14:10: that is 24 h of "
                + "service. It was waiting for the customer for 6 h 25 min, so it is due today at 20:35. "
                + "Holidays do not count: Mon 16 Nov (Independencia de Cartagena).")
    }

    @Test(arguments: [
        ("2026-11-13 20:00", "Cierra hoy a las 21:00.", "Siguiente respuesta a más tardar mañana a las 9:30."),
        ("2026-11-13 21:00", "Abre mañana a las 9:00.", "Siguiente respuesta a más tardar mañana a las 9:30."),
        ("2026-11-15 12:00", "Abre el mar 17 nov, 9:00.", ""),
    ])
    func `it says whether now is out of hours and when the next answer is due`(
        _ now: String, _ hours: String, _ answer: String
    ) throws {
        // Six hours from 15:30 on: half an hour of them on Saturday.
        let facts = try Self.facts("high", [("2026-11-13 15:30", .note)])
        let strip = try Self.strip(facts, now: now)
        #expect(strip.hoursNote == hours)
        #expect(strip.nextAnswer == answer)
    }

    @Test func `a clock that stands still, one met and one missed have their own sentences`() throws {
        let waiting = try Self.facts(
            "high",
            [
                ("2026-11-17 10:00", .note), ("2026-11-17 12:00", .staffMessage(level: 1)),
                ("2026-11-17 12:00", .status(.waitingCustomer)),
            ])
        let lines = try Self.strip(waiting, now: "2026-11-17 15:00").clocks
        let paused = try #require(lines.first { $0.state == "paused" })
        #expect(
            paused.why?.sentence.hasSuffix(
                "Se abrió hoy a las 10:00. Ahora está en espera del cliente y no cuenta: le quedan 22 h.") == true)
        #expect(paused.due.isEmpty)
        let met = try #require(lines.first { $0.state == "met" })
        #expect(met.note == "de menos de 6 horas hábiles")
        #expect(
            met.why?.sentence.hasSuffix("Se abrió hoy a las 10:00 y se cumplió hoy a las 12:00: contó 2 h de 6 h.")
                == true)
        let late = try Self.facts(
            "critical", [("2026-11-17 10:00", .note), ("2026-11-17 12:30", .staffMessage(level: 1))])
        let missed = try #require(try Self.strip(late, now: "2026-11-17 15:00").clocks.first { $0.state == "missed" })
        #expect(missed.text == "Incumplido por 30 min")
        #expect(missed.why?.sentence.hasSuffix("se cumplió hoy a las 12:30, con 30 min de retraso.") == true)
        #expect(
            missed.why?.rows.map(\.say) == ["Se abrió a las 10:00. Venció a las 12:00. Se cumplió tarde, a las 12:30."])
    }

    @Test func `case 21: a change of severity is told with its instant, and what it was`() throws {
        let facts = try Self.facts(
            "medium", [("2026-11-17 10:00", .note), ("2026-11-17 10:20", .severity("high"))])
        let why = try #require(
            try Self.strip(facts, now: "2026-11-17 11:00").clocks.first { $0.name == "Solución" }?.why)
        #expect(
            why.rows[0].say
                == "Se abrió a las 10:00. A las 10:20 la severidad pasó de Media a Alta; se recalculó desde el inicio. "
                + "Ahora: 11:00.")
    }

    @Test func `days that are alike are folded where there are more than twelve`() throws {
        let facts = try Self.facts("low", plan: "innovador", [("2026-11-17 10:00", .note)])
        let eight = try #require(
            try Self.strip(facts, now: "2026-11-17 10:30").clocks.first { $0.name == "Solución" }?.why)
        // Eight business days of eight hours end on 27 November: eleven rows, none folded.
        #expect(eight.rows.count == 11)
        let late = try #require(
            try Self.strip(facts, now: "2026-12-04 10:30").clocks.first { $0.name == "Solución" }?.why)
        #expect(
            late.rows.map(\.label) == [
                "mar 17 nov", "mié 18 nov a vie 20 nov", "sáb 21 nov a dom 22 nov", "lun 23 nov a jue 26 nov",
                "vie 27 nov", "sáb 28 nov a dom 29 nov", "lun 30 nov a jue 3 dic", "vie 4 dic",
            ])
        #expect(late.rows[1].say == "3 días iguales." && late.rows[1].counted == "24 h" && late.rows[1].total == "31 h")
        #expect(late.rows[4].say == "Venció a las 10:00.")
    }

    @Test func `a clock that is late for a year is told by its last days`() throws {
        let facts = try Self.facts("low", plan: "innovador", [("2026-11-17 10:00", .note)])
        let why = try #require(
            try Self.strip(facts, now: "2027-12-03 10:30").clocks.first { $0.name == "Solución" }?.why)
        #expect(why.rows[0].label == "Antes" && why.rows.count < 60)
        #expect(why.rows[0].total != "0")
    }

    @Test func `around the clock the drawing reaches from midnight to midnight`() throws {
        let facts = try Self.facts("critical", plan: "premiumPlus", [("2026-11-17 22:00", .note)])
        let why = try #require(
            try Self.strip(facts, now: "2026-11-17 23:00").clocks.first { $0.name == "Solución" }?.why)
        #expect(why.hours.map(\.label) == ["0", "3", "6", "9", "12", "15", "18", "21", "24"])
        #expect(why.rows.map(\.counted) == ["1 h", ""])
        #expect(
            why.rows[1].pieces.map { "\($0.kind) \($0.x) \($0.width)" } == ["open 0.00% 100.00%", "left 0.00% 8.33%"])
        #expect(why.sentence.hasSuffix("y el plazo termina mañana a las 2:00."))
    }

    @Test func `on the day on which the clock goes forward a row says so`() throws {
        let zone = try Zones().rules("America/Tijuana")
        let calendar = CalendarHistory(.alwaysOpen)
        let start = try #require(Instant("2026-03-07T22:00:00-08:00"))
        let end = try #require(start.advanced(by: 8 * 3600))
        let days = WhyDays(
            [Stretch(from: start, to: end, kind: .counted, total: 8 * 3600)], on: calendar, in: zone, now: start,
            due: end, isLive: true)
        #expect(days.days.map(\.shift) == [0, 3600])
        #expect(days.days[1].due == 7 * 3600)
    }

    @Test func `what would be promised now is what a ticket opened now is promised`() throws {
        let now = try Self.at("2026-11-13 15:30")
        let promises = try Self.rules.get().promises(
            plan: PlanReference(key: "empresarial", version: 1), severity: "high", channel: .portal, at: now)
        #expect(
            promises == [
                ClockPromise(clock: .firstResponse, level: nil, due: try Self.at("2026-11-14 09:30")),
                ClockPromise(clock: .resolution, level: nil, due: try Self.at("2026-11-17 15:30")),
            ])
    }

    @Test func `the pages of both sides show it`() throws {
        let site = try TestSite(isForDevelopment: true)
        let page = try site.get("/styleguide").text
        #expect(page.contains("Plazos del contrato") && page.contains("Lo que le prometimos"))
        #expect(page.contains("Vence en 2 h 55 min") && page.contains("data-clock-now=\"1794955200\""))
        #expect(page.contains("<rect class=\"hold\" x=\"64.88%\" width=\"27.98%\" y=\"3\" height=\"18\"/>"))
    }
}
