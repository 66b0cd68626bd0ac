// The question of `atiende uptime eval`: the availability of a month.

internal import SLA

struct UptimeQuestion {
    private let month: AvailabilityMonth
    private let target: AvailabilityTarget
    private let policy: AvailabilityPolicy
    private let ledger: ServiceLedger
    private let asOf: Instant?

    /// Every operand is read before any is missed, so that each fault is noted.
    init?(_ reader: JSONReader, _ calendars: CompiledCalendars) {
        reader.allow(
            "id", "op", "expect", "timeZone", "month", "target", "contractFrom", "contractTo", "serviceHours",
            "noticeMinutes", "policy", "outages", "windows", "asOf")
        _ = reader["op"].ifPresent?.word(["uptime"])
        let zone = reader["timeZone"].zone(calendars.zones)
        let month = reader["month"].text("a month like 2026-03", AvailabilityMonth.parse)
        let target = reader["target"].text("a percentage like \"99.3\", of 0 to 100", AvailabilityTarget.init)
        let contractFrom = reader["contractFrom"].ifPresent?.instant()
        let contractTo = reader["contractTo"].ifPresent?.instant()
        let serviceHours = zone.flatMap { zone in
            reader["serviceHours"].ifPresent.flatMap { calendars.calendar($0, name: "serviceHours", zone: zone) }
        }
        policy = reader.policy()
        ledger = reader.ledger()
        asOf = reader["asOf"].ifPresent?.instant()
        guard let zone, let month, let target,
            let month = AvailabilityMonth(
                zone: zone, year: month.year, month: month.month, contractFrom: contractFrom, contractTo: contractTo,
                serviceHours: serviceHours)
        else { return nil }
        self.month = month
        self.target = target
    }

    func answer() -> JSON {
        let figure = ServiceMinutes(month, ledger, policy, asOf: asOf).total
        return [
            "tt": .int(figure.totalTime), "tfo": .int(figure.downtime), "tpfo": .int(figure.plannedDowntime),
            "excluded": .int(figure.excluded), "availability": .optional(figure.availability),
            "met": figure.isMet(target).map(JSON.bool) ?? .null,
        ]
    }
}

extension JSONReader {
    private enum Maintenance: String, CaseIterable {
        case excluded
        case counts
    }

    fileprivate func policy() -> AvailabilityPolicy {
        // A hundred years, like every amount.
        let notice = self["noticeMinutes"].ifPresent?.int(in: 0...52_596_000)
        var policy = AvailabilityPolicy(noticeMinutes: notice ?? AvailabilityPolicy.defaultNoticeMinutes)
        guard let document = self["policy"].ifPresent else { return policy }
        document.allow("maintenance", "excludedCauses")
        policy.maintenanceCounts = document["maintenance"].ifPresent?.word(Maintenance.self) == .counts
        let causes = document["excludedCauses"].ifPresent?.list(atMost: 100).compactMap { $0.name() } ?? []
        policy.excludedCauses = Set(causes.map(Cause.init(rawValue:)))
        return policy
    }

    fileprivate func ledger() -> ServiceLedger {
        ServiceLedger(
            outages: self["outages"].ifPresent?.list().compactMap { $0.outage() } ?? [],
            windows: self["windows"].ifPresent?.list().compactMap { $0.window() } ?? [])
    }

    private func outage() -> Outage? {
        allow("from", "to", "cause")
        let from = self["from"].instant()
        let to = self["to"].ifPresent?.instant()
        let cause = self["cause"].ifPresent?.name()
        return from.map { Outage(from: $0, to: to, cause: cause.map(Cause.init(rawValue:)) ?? .provider) }
    }

    private func window() -> MaintenanceWindow? {
        allow("start", "end", "announcedAt", "kind", "impact", "cancelled", "actualStart", "actualEnd")
        let start = self["start"].instant()
        let end = self["end"].instant()
        let announcedAt = self["announcedAt"].ifPresent?.instant()
        let kind = self["kind"].word(MaintenanceWindow.Kind.self)
        let impact = self["impact"].word(MaintenanceWindow.Impact.self)
        let isCancelled = self["cancelled"].ifPresent?.bool()
        let actualStart = self["actualStart"].ifPresent?.instant()
        let actualEnd = self["actualEnd"].ifPresent?.instant()
        guard let start, let end, let kind, let impact else { return nil }
        return MaintenanceWindow(
            start: start, end: end, announcements: announcedAt.map { [Announcement(channel: "", at: $0)] } ?? [],
            kind: kind, impact: impact, isCancelled: isCancelled ?? false, actualStart: actualStart,
            actualEnd: actualEnd)
    }
}
