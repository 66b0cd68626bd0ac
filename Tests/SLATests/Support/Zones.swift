// The time zones of the machine's tzdata, read once each.

import Foundation
import SLA
import Testing

enum Zones {
    private static let lock = NSLock()
    nonisolated(unsafe) private static var read: [String: TimeZoneRules] = [:]  // guarded by `lock`

    static func bytes(_ name: String) throws -> [UInt8] {
        [UInt8](try Data(contentsOf: URL(fileURLWithPath: "/usr/share/zoneinfo/\(name)")))
    }

    static func rules(_ name: String) throws -> TimeZoneRules {
        lock.lock()
        defer { lock.unlock() }
        if let known = read[name] { return known }
        let rules = try TimeZoneRules(name: name, tzif: bytes(name))
        read[name] = rules
        return rules
    }
}

/// An instant written in a test; a slip of the pen stops the run.
func instant(_ text: String) -> Instant {
    guard let instant = Instant(text) else { preconditionFailure("\(text) is no instant") }
    return instant
}

/// A date written in a test; a slip of the pen stops the run.
func date(_ text: String) -> CivilDate {
    guard let date = CivilDate(text) else { preconditionFailure("\(text) is no date") }
    return date
}

/// The instant at which the clock of a zone shows `YYYY-MM-DDTHH:MM`, the first one if it shows it twice.
func local(_ text: String, _ zone: String) throws -> Instant {
    let clock = text.dropFirst(11).split(separator: ":").compactMap { Int($0) }
    let time = WallTime(date: date(String(text.prefix(10))), hour: clock[0], minute: clock[1])
    return try Zones.rules(zone).resolve(try #require(time)).earliest
}
