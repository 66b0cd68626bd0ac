// How clocks stand and what their badges say, in both languages, to staff and to customers.

import Markup
import SLA
import Testing

@testable import Atiende

@Suite struct ClockWordsTests {
    /// Friday 20 November 2026, 17:40 in Mexico City.
    private static let now = 1_795_218_000

    private func words(_ language: Language, isForStaff: Bool) throws -> ClockWords {
        let zone = try Zones().rules("America/Mexico_City")
        return ClockWords(
            moments: Moments(words: try TestWords.read(language), zone: zone, now: Self.now), isForStaff: isForStaff)
    }

    @Test(arguments: [
        (-5, "menos de 1 min", "less than 1 min"), (0, "menos de 1 min", "less than 1 min"),
        (59, "menos de 1 min", "less than 1 min"), (60, "1 min", "1 min"), (119, "1 min", "1 min"),
        (45 * 60, "45 min", "45 min"), (3599, "59 min", "59 min"), (3600, "1 h", "1 h"),
        (3600 + 5 * 60, "1 h 05 min", "1 h 05 min"), (10_500, "2 h 55 min", "2 h 55 min"), (21_659, "6 h", "6 h"),
        (86_399, "23 h 59 min", "23 h 59 min"), (86_400, "1 d", "1 d"), (86_400 + 3599, "1 d", "1 d"),
        (144_000, "1 d 16 h", "1 d 16 h"), (259_199, "2 d 23 h", "2 d 23 h"), (259_200, "3 d", "3 d"),
        (100 * 86_400, "100 d", "100 d"),
    ])
    func `a duration has two units at most and is rounded down`(_ seconds: Int, _ es: String, _ en: String) throws {
        #expect(try TestWords.read(.es).duration(seconds) == es)
        #expect(try TestWords.read(.en).duration(seconds) == en)
    }

    @Test(arguments: [
        (ClockStanding.onTime(left: 6 * 3600, due: now + 21_600), "on-time", "clock", "Quedan 6 h", "6 h left"),
        (.onTime(left: 3600, due: now + 3600), "on-time", "clock", "Queda 1 h", "1 h left"),
        (.onTime(left: 3660, due: now + 3660), "on-time", "clock", "Quedan 1 h 01 min", "1 h 01 min left"),
        (.onTime(left: 86_400, due: now + 86_400), "on-time", "clock", "Queda 1 d", "1 d left"),
        (.soon(left: 18 * 60 + 59, due: now + 1139), "soon", "hourglass", "Vence en 18 min", "Due in 18 min"),
        (.soon(left: 59, due: now + 59), "soon", "hourglass", "Vence en menos de 1 min", "Due in less than 1 min"),
        (.late(by: 48 * 60, due: now - 2880), "late", "late", "Venció hace 48 min", "Overdue by 48 min"),
        (.paused(left: 33_000), "paused", "pause", "En pausa", "Paused"),
        (.pausedLate, "paused-late", "pause", "Vencido, en pausa", "Overdue, paused"),
        (.closed(resumes: now + 55_200), "closed", "moon", "Fuera de horario", "Out of hours"),
        (.met(in: 27 * 60), "met", "met", "Cumplido en 27 min", "Met in 27 min"),
        (.missed(by: 1800), "missed", "missed", "Incumplido por 30 min", "Missed by 30 min"),
        (.none, "none", "calendar", "Sin plazo", "No target"),
    ])
    func `a technician reads in a list`(
        _ standing: ClockStanding, _ state: String, _ icon: String, _ es: String, _ en: String
    ) throws {
        for (language, text) in [(Language.es, es), (.en, en)] {
            #expect(
                try words(language, isForStaff: true).badge(standing, of: .resolution)
                    == ClockBadge(state: state, icon: icon, label: "", text: text))
        }
    }

    @Test(arguments: [
        (ClockStanding.paused(left: 33_000), "En pausa · quedan 9 h 10 min", "Paused · 9 h 10 min left"),
        (.paused(left: 3600), "En pausa · queda 1 h", "Paused · 1 h left"),
        // Time of a calendar of nine hours a day has no days of 24.
        (.paused(left: 292_500), "En pausa · quedan 81 h 15 min", "Paused · 81 h 15 min left"),
        (.met(in: 144_000), "Cumplido en 40 h", "Met in 40 h"),
        (.missed(by: 86_400), "Incumplido por 24 h", "Missed by 24 h"),
        (.closed(resumes: now + 55_200), "Sigue mañana a las 9:00", "Resumes tomorrow at 9:00"),
        (.onTime(left: 144_000, due: now + 144_000), "Quedan 1 d 16 h", "1 d 16 h left"),
    ])
    func `a technician reads in a ticket, after the name`(_ standing: ClockStanding, _ es: String, _ en: String) throws
    {
        let spanish = try words(.es, isForStaff: true).badge(standing, of: .levelResponse, level: 2, isNamed: true)
        #expect(spanish?.label == "Atención de nivel 2" && spanish?.text == es)
        let english = try words(.en, isForStaff: true).badge(standing, of: .levelResponse, level: 2, isNamed: true)
        #expect(english?.label == "Level 2 attention" && english?.text == en)
    }

    @Test(arguments: [
        (
            ClockStanding.onTime(left: 66_600, due: now + 66_600), "on-time", "Solución mañana a las 12:10",
            "Resolution tomorrow at 12:10"
        ),
        (.soon(left: 600, due: now + 600), "soon", "Solución hoy a las 17:50", "Resolution today at 17:50"),
        (
            .onTime(left: 0, due: now + 3 * 86_400), "on-time", "Solución el lun 23 nov, 17:40",
            "Resolution on Mon 23 Nov, 17:40"
        ),
        (.late(by: 2880, due: now - 2880), "late", "Fuera de plazo desde las 16:52", "Past its deadline since 16:52"),
        (
            .late(by: 86_400, due: now - 86_400), "late", "Fuera de plazo desde ayer a las 17:40",
            "Past its deadline since yesterday at 17:40"
        ),
        (
            .late(by: 3 * 86_400, due: now - 3 * 86_400), "late", "Fuera de plazo desde el mar 17 nov, 17:40",
            "Past its deadline since Tue 17 Nov, 17:40"
        ),
        (.paused(left: 60), "paused", "En pausa: esperamos su respuesta", "Paused: waiting for your reply"),
        (.pausedLate, "paused-late", "Fuera de plazo, en pausa", "Past its deadline, paused"),
        (.closed(resumes: now + 55_200), "closed", "Sigue mañana a las 9:00", "Resumes tomorrow at 9:00"),
        (.met(in: 27 * 60), "met", "Cumplido en 27 min", "Met in 27 min"),
        (.missed(by: 1800), "missed", "Llegamos 30 min tarde", "We were 30 min late"),
    ])
    func `a customer reads`(_ standing: ClockStanding, _ state: String, _ es: String, _ en: String) throws {
        for (language, text) in [(Language.es, es), (.en, en)] {
            let badge = try #require(try words(language, isForStaff: false).badge(standing, of: .resolution))
            #expect(badge.state == state && badge.text == text && badge.label == "")
        }
    }

    @Test func `a customer is not told that there is no target`() throws {
        #expect(try words(.es, isForStaff: false).badge(.none, of: .resolution) == nil)
    }

    @Test func `every clock has a name in both languages`() throws {
        for language in [Language.es, .en] {
            let words = try words(language, isForStaff: true)
            let names = ClockKind.allCases.map { words.name($0, level: 3) }
            #expect(Set(names).count == ClockKind.allCases.count && !names.contains { $0.hasPrefix("clocks.") })
        }
    }

    @Test(arguments: [
        (0, "hoy a las 17:40", "las 17:40", false, "hoy a las 17:40", "hoy 17:40"),
        (-60_000, "hoy a la 1:00", "la 1:00", false, "hoy a la 1:00", "hoy 1:00"),
        (-63_601, "ayer a las 23:59", "ayer a las 23:59", true, "jue 19 nov, 23:59", "jue 19 nov, 23:59"),
        (22_800, "mañana a las 0:00", "mañana a las 0:00", false, "mañana a las 0:00", "mañana 0:00"),
        (109_200, "el dom 22 nov, 0:00", "el dom 22 nov, 0:00", true, "dom 22 nov, 0:00", "dom 22 nov, 0:00"),
        (
            60 * 86_400, "el mar 19 ene 2027, 17:40", "el mar 19 ene 2027, 17:40", true, "mar 19 ene 2027, 17:40",
            "mar 19 ene 2027, 17:40"
        ),
    ])
    func `instants stand in sentences by the reader's day`(
        _ offset: Int, _ on: String, _ since: String, _ isDated: Bool, _ before: String, _ short: String
    ) throws {
        let moments = try words(.es, isForStaff: true).moments
        let instant = Self.now + offset
        #expect(moments.on(instant) == on && moments.since(instant) == since)
        #expect(moments.isDated(instant) == isDated && moments.before(instant) == before)
        #expect(moments.short(instant) == short)
    }

    // MARK: Standing

    private func clock(
        _ state: ClockState, isPaused: Bool = false, stoppedAt: Int? = nil, budget: Int, consumed: Int = 0,
        dueAt: Int? = nil, breaksAt: Int? = nil
    ) -> TicketClock {
        TicketClock(
            run: 1, clock: .resolution, level: nil, state: state, isPaused: isPaused, startedAt: 0,
            stoppedAt: stoppedAt, budget: budget, consumed: consumed, dueAt: dueAt, breaksAt: breaksAt, calendar: nil,
            clause: "")
    }

    @Test(arguments: [
        // 72 h: a quarter is 18 h.
        (259_200, 64_801, false), (259_200, 64_800, true),
        // 2 h: a quarter is 30 min; 1 h: half an hour is more.
        (7200, 1801, false), (7200, 1800, true), (3600, 1801, false), (3600, 1800, true),
        // A promise of 15 min is always near.
        (900, 900, true),
    ])
    func `a badge is amber from the larger of a quarter and half an hour`(
        _ budget: Int, _ left: Int, _ isSoon: Bool
    ) {
        let clock = clock(.running, budget: budget, dueAt: 1_000_000, breaksAt: 1_000_001)
        let standing = clock.standing(at: 1_000_000 - left, [:])
        #expect(standing == (isSoon ? .soon(left: left, due: 1_000_000) : .onTime(left: left, due: 1_000_000)))
    }

    @Test func `a clock stands as its run and the instant say`() {
        let due = 1_000_000
        let live = clock(.running, budget: 7200, dueAt: due, breaksAt: due + 1)
        #expect(live.standing(at: due, [:]) == .soon(left: 0, due: due))
        #expect(live.standing(at: due + 1, [:]) == .late(by: 1, due: due))
        let strict = clock(.running, budget: 7200, dueAt: due, breaksAt: due)
        #expect(strict.standing(at: due, [:]) == .late(by: 0, due: due))
        #expect(clock(.paused, isPaused: true, budget: 100, consumed: 40).standing(at: 9, [:]) == .paused(left: 60))
        #expect(clock(.breached, isPaused: true, budget: 100, consumed: 140).standing(at: 9, [:]) == .pausedLate)
        #expect(clock(.met, stoppedAt: 5, budget: 100, consumed: 100).standing(at: 9, [:]) == .met(in: 100))
        #expect(clock(.breached, stoppedAt: 5, budget: 100, consumed: 160).standing(at: 9, [:]) == .missed(by: 60))
        #expect(clock(.cancelled, stoppedAt: 5, budget: 100, consumed: 7).standing(at: 9, [:]) == ClockStanding.none)
    }
}
