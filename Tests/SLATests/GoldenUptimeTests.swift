// Every golden vector about availability, as a month and as the sum of its days.

import Foundation
import SLA
import Testing

extension JSON {
    func month() throws -> AvailabilityMonth {
        let zone = try text("timeZone")
        let month = try #require(AvailabilityMonth.parse(text("month")))
        let hours = try (self["serviceHours"] as? JSON)?.calendar(zone: zone)
        return try #require(
            try AvailabilityMonth(
                zone: Zones.rules(zone), year: month.year, month: month.month,
                contractFrom: optionalInstant("contractFrom"), contractTo: optionalInstant("contractTo"),
                serviceHours: hours.map { SLA.Calendar($0, years: month.year...month.year) }))
    }

    func policy() throws -> AvailabilityPolicy {
        let policy = self["policy"] as? JSON ?? [:]
        return AvailabilityPolicy(
            maintenanceCounts: policy["maintenance"] as? String == "counts",
            excludedCauses: Set((policy["excludedCauses"] as? [String] ?? []).map(Cause.init(rawValue:))),
            noticeMinutes: self["noticeMinutes"] as? Int ?? AvailabilityPolicy.defaultNoticeMinutes)
    }

    func ledger() throws -> ServiceLedger {
        ServiceLedger(
            outages: try list("outages").map {
                Outage(
                    from: try $0.instant("from"), to: try $0.optionalInstant("to"),
                    cause: ($0["cause"] as? String).map(Cause.init(rawValue:)) ?? .provider)
            },
            windows: try list("windows").map {
                MaintenanceWindow(
                    start: try $0.instant("start"), end: try $0.instant("end"),
                    announcements: [Announcement(channel: "mail", at: try $0.instant("announcedAt"))],
                    kind: try #require(MaintenanceWindow.Kind(rawValue: $0.text("kind"))),
                    impact: try #require(MaintenanceWindow.Impact(rawValue: $0.text("impact"))),
                    isCancelled: $0["cancelled"] as? Bool ?? false,
                    actualStart: try $0.optionalInstant("actualStart"),
                    actualEnd: try $0.optionalInstant("actualEnd"))
            })
    }
}

@Suite struct GoldenUptimeTests {
    @Test(arguments: ["uptime.jsonl", "edge-uptime.jsonl"])
    func `every vector gets its figure, and its days add up to it`(file: String) throws {
        var wrong: [String] = []
        for vector in try Golden.cases(file) {
            let minutes = ServiceMinutes(
                try vector.month(), try vector.ledger(), try vector.policy(), asOf: try vector.optionalInstant("asOf"))
            let figure = minutes.total
            let target = try #require(AvailabilityTarget(vector.text("target")))
            let expected = try vector.json("expect")
            let isRight =
                try figure.totalTime == expected.number("tt") && figure.downtime == expected.number("tfo")
                && figure.plannedDowntime == expected.number("tpfo") && figure.excluded == expected.number("excluded")
                && figure.availability == expected["availability"] as? String
                && figure.isMet(target) == expected["met"] as? Bool
            if !isRight { wrong.append("\(try vector.text("id")): \(figure), not \(expected)") }
            if minutes.rows.sum != figure { wrong.append("\(try vector.text("id")): the days do not add up") }
        }
        #expect(wrong == [])
    }
}
