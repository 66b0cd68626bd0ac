// Availability: the worked examples, what keeps a window from counting, units, complaints.

import SLA
import Testing

private let zone = mexicoCity

@Suite struct UptimeTests {
    private func month(_ name: String = zone, _ year: Int = 2025, _ month: Int = 11) throws -> AvailabilityMonth {
        try #require(AvailabilityMonth(zone: try Zones.rules(name), year: year, month: month))
    }

    private func outage(_ from: String, _ to: String, _ zone: String = zone) throws -> Outage {
        Outage(from: try local(from, zone), to: try local(to, zone))
    }

    private func window(_ from: String, _ to: String, _ zone: String = zone, announced: String? = nil) throws
        -> MaintenanceWindow
    {
        let start = try local(from, zone)
        let at = try announced.map { try local($0, zone) } ?? start.advanced(by: -10 * 86_400)
        return MaintenanceWindow(
            start: start, end: try local(to, zone), announcements: [Announcement(channel: "mail", at: try #require(at))]
        )
    }

    private func figure(_ outages: [Outage], _ windows: [MaintenanceWindow] = []) throws -> AvailabilityFigure {
        ServiceMinutes(try month(), ServiceLedger(outages: outages, windows: windows), AvailabilityPolicy()).total
    }

    private func expect(
        _ figure: AvailabilityFigure, _ downtime: Int, _ planned: Int, _ availability: String?, _ isMet: Bool?
    ) throws {
        #expect(figure.downtime == downtime && figure.plannedDowntime == planned)
        #expect(figure.availability == availability)
        #expect(figure.isMet(try #require(AvailabilityTarget("99.3"))) == isMet)
    }

    @Test func `the worked examples of the page`() throws {
        let down302 = try outage("2025-11-10T00:00", "2025-11-10T05:02")
        try expect(try figure([down302]), 302, 0, "99.3009", true)
        try expect(try figure([outage("2025-11-10T00:00", "2025-11-10T05:03")]), 303, 0, "99.2986", false)
        let planned = try outage("2025-11-20T02:00", "2025-11-20T04:00")
        try expect(
            try figure([down302, planned], [window("2025-11-20T02:00", "2025-11-20T04:00")]), 302, 120, "99.2989", false
        )
        try expect(
            try figure(
                [outage("2025-11-10T00:00", "2025-11-10T05:01"), outage("2025-11-20T02:00", "2025-11-20T05:23")],
                [window("2025-11-20T02:00", "2025-11-20T05:23")]), 301, 203, "99.2999", false)
        let night = try window("2025-11-20T02:00", "2025-11-20T04:00")
        try expect(try figure([outage("2025-11-20T01:30", "2025-11-20T03:00")], [night]), 30, 60, "99.9304", true)
        try expect(try figure([outage("2025-11-20T02:00", "2025-11-20T04:45")], [night]), 45, 120, "99.8955", true)
        let hour = try outage("2025-11-20T02:00", "2025-11-20T03:00")
        let late = try window("2025-11-20T02:00", "2025-11-20T04:00", announced: "2025-11-18T02:01")
        try expect(try figure([hour], [late]), 60, 0, "99.8611", true)
        let inTime = try window("2025-11-20T02:00", "2025-11-20T04:00", announced: "2025-11-18T02:00")
        try expect(try figure([hour], [inTime]), 0, 60, "100.0000", true)
    }

    @Test func `a month has the minutes that its clock shows`() throws {
        let march = try month(tijuana, 2025, 3)
        let outage = try outage("2025-03-09T01:30", "2025-03-09T03:30", tijuana)
        let minutes = ServiceMinutes(march, ServiceLedger(outages: [outage]), AvailabilityPolicy())
        #expect(minutes.total.totalTime == 44_580)
        try expect(minutes.total, 60, 0, "99.8654", true)
        #expect(minutes.rows.map(\.figure.totalTime).filter { $0 != 1440 } == [1380])
        #expect(try month(tijuana, 2025, 11).minutes.count == 43_260)
    }

    @Test func `before the contract there is no figure rather than a hundred`() throws {
        let before = try #require(
            AvailabilityMonth(
                zone: try Zones.rules(zone), year: 2025, month: 11, contractFrom: instant("2026-01-01T00:00:00Z")))
        let figure = ServiceMinutes(before, ServiceLedger(), AvailabilityPolicy()).total
        #expect(figure.totalTime == 0 && figure.availability == nil && figure.coverage == nil)
        #expect(figure.isMet(try #require(AvailabilityTarget("99.3"))) == nil)
    }

    @Test func `a window says everything that keeps it from counting`() throws {
        var window = try window("2025-11-20T02:00", "2025-11-20T04:00", announced: "2025-11-18T08:00")
        window.kind = .urgent
        window.impact = .degraded
        window.isCancelled = true
        let going = try outage("2025-11-18T07:00", "2025-11-20T03:00")
        let policy = AvailabilityPolicy(maintenanceCounts: true)
        #expect(
            window.ineligibility(policy, outages: [going], openEnd: .latest) == [
                .maintenanceCounts, .urgent, .impactIsNoOutage, .cancelled, .announcedLate(missingSeconds: 6 * 3600),
                .announcedDuringOutage,
            ])
    }

    @Test func `a window counts only once every mandatory channel had it`() throws {
        var window = try window("2025-11-20T02:00", "2025-11-20T04:00", announced: "2025-11-10T00:00")
        let policy = AvailabilityPolicy(mandatoryChannels: ["mail", "banner"])
        #expect(window.ineligibility(policy, outages: [], openEnd: .latest) == [.notAnnounced])
        window.announcements.append(Announcement(channel: "banner", at: try local("2025-11-19T02:00", zone)))
        #expect(
            window.ineligibility(policy, outages: [], openEnd: .latest) == [.announcedLate(missingSeconds: 86_400)])
        window.announcements.append(Announcement(channel: "banner", at: try local("2025-11-15T02:00", zone)))
        #expect(window.ineligibility(policy, outages: [], openEnd: .latest).isEmpty)
    }

    @Test(arguments: [
        "", ".", "99.", ".5", "101", "100.1", "-1", "99,3", "99.3.1", "1e2", "99.123456789", "999999999999",
    ])
    func `a target that is no percentage is refused`(text: String) {
        #expect(AvailabilityTarget(text) == nil)
    }

    @Test func `minutes left are what the promise still allows`() throws {
        let target = try #require(AvailabilityTarget("99.3"))
        let figure = AvailabilityFigure(totalTime: 43_200, downtime: 100)
        #expect(figure.minutesLeft(target) == 202)
        #expect(figure.adding(planned: 120, overrun: 30).minutesLeft(target) == 171)
        #expect(AvailabilityFigure(totalTime: 43_200, downtime: 303).minutesLeft(target) == -1)
        for downtime in 290...310 {
            let figure = AvailabilityFigure(totalTime: 43_200, downtime: downtime)
            #expect((figure.minutesLeft(target) >= 0) == figure.isMet(target))
        }
    }

    @Test func `a group needs k of its n units, and a critical unit needs itself`() {
        let service = ServiceComposition(
            critical: ["database"], groups: [.init(members: ["web1", "web2", "web3"], needed: 2)])
        let state = service.state([
            "database": IntervalSet([0..<10]), "web1": IntervalSet([100..<200]), "web2": IntervalSet([150..<250]),
            "web3": IntervalSet([400..<410, 190..<195]), "elsewhere": IntervalSet([0..<1_000]),
        ])
        #expect(state.down.ranges == [0..<10, 150..<200])
        #expect(state.degraded.ranges == [100..<150, 200..<250, 400..<410])
    }

    @Test func `a contract is down when any critical service is, and planned when all that are down are covered`()
        throws
    {
        let month = try month()
        let policy = AvailabilityPolicy(excludedCauses: [.thirdParty])
        let first = ServiceMinutes(
            month,
            ServiceLedger(
                outages: [outageAt(10, 0, 60)], windows: [try window("2025-11-10T00:00", "2025-11-10T01:00")]), policy)
        let second = ServiceMinutes(
            month, ServiceLedger(outages: [outageAt(10, 30, 40), outageAt(12, 0, 5, .thirdParty)]), policy)
        let both = ServiceMinutes(month, critical: [first, second]).total
        #expect(first.total.plannedDowntime == 60 && second.total.downtime == 10 && second.total.excluded == 5)
        #expect(both.downtime == 10 && both.plannedDowntime == 50 && both.excluded == 5)
    }

    private func outageAt(_ day: Int, _ from: Int, _ to: Int, _ cause: Cause = .provider) -> Outage {
        let midnight = instant("2025-11-\(day)T06:00:00Z")
        return Outage(
            from: Instant(clamping: midnight.seconds + from * 60), to: midnight.advanced(by: to * 60), cause: cause)
    }

    @Test func `windows that recur keep their local start and their real duration`() throws {
        let nights = RecurringWindow(weekdays: [.sunday], startMinute: 150, durationMinutes: 120)
        let laid = nights.instances(
            from: date("2026-03-01"), through: date("2026-03-15"), in: try Zones.rules(tijuana))
        #expect(
            laid.map(\.start) == [
                instant("2026-03-01T10:30:00Z"), instant("2026-03-08T10:00:00Z"), instant("2026-03-15T09:30:00Z"),
            ])
        #expect(laid.allSatisfy { $0.start.distance(to: $0.end) == 7200 })
    }

    @Test func `complaints find their outage, move its start, or suspect one`() throws {
        let outage = try outage("2025-11-10T10:00", "2025-11-10T11:00")
        let known = try window("2025-11-20T02:00", "2025-11-20T04:00")
        func match(_ at: String, lastGood: String? = nil) throws -> Complaint.Match {
            let lastGood = try lastGood.map { try local($0, zone) }
            return Complaint(customer: "Ana", at: try local(at, zone)).match(
                outages: [outage], windows: [known]
            ) { _ in lastGood }
        }
        #expect(try match("2025-11-10T10:30") == .outage(0, startsAt: nil))
        #expect(try match("2025-11-10T11:14") == .outage(0, startsAt: nil))
        #expect(try match("2025-11-10T09:50") == .outage(0, startsAt: local("2025-11-10T09:50", zone)))
        #expect(
            try match("2025-11-10T09:50", lastGood: "2025-11-10T09:58")
                == .outage(0, startsAt: local("2025-11-10T09:58", zone)))
        #expect(try match("2025-11-10T09:00") == .unmatched)
        #expect(try match("2025-11-20T03:00") == .maintenance(0))
        let complaints = try [("Ana", "10:00"), ("Ana", "10:01"), ("Luis", "10:14"), ("Eva", "10:15")].map {
            Complaint(customer: $0.0, at: try local("2025-11-12T\($0.1)", zone))
        }
        #expect(try Complaint.suspicion(complaints) == local("2025-11-12T10:15", zone))
        #expect(Complaint.suspicion(Array(complaints.prefix(3))) == nil)
    }
}
