// Reads the golden vectors: JSON lines with a case and its answer, in the shapes that the command line reads too.

import Foundation
import SLA
import Testing

typealias JSON = [String: Any]

struct MalformedVector: Error {
    let what: String
}

enum Golden {
    /// The cases of a file, in order.
    static func cases(_ file: String) throws -> [JSON] {
        let folder = URL(fileURLWithPath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
        let text = try String(contentsOf: folder.appendingPathComponent("Golden/\(file)"), encoding: .utf8)
        return try text.split(separator: "\n").map {
            try #require(try JSONSerialization.jsonObject(with: Data($0.utf8)) as? JSON)
        }
    }
}

extension JSON {
    func text(_ key: String) throws -> String { try value(key) }

    func json(_ key: String) throws -> JSON { try value(key) }

    func list(_ key: String) throws -> [JSON] { try value(key) }

    func number(_ key: String) throws -> Int { (try value(key) as NSNumber).intValue }

    func instant(_ key: String) throws -> Instant {
        guard let instant = try optionalInstant(key) else { throw MalformedVector(what: key) }
        return instant
    }

    func optionalInstant(_ key: String) throws -> Instant? {
        guard let text = self[key] as? String else { return nil }
        guard let instant = Instant(text) else { throw MalformedVector(what: text) }
        return instant
    }

    private func value<Kind>(_ key: String) throws -> Kind {
        guard let value = self[key] as? Kind else { throw MalformedVector(what: key) }
        return value
    }

    func calendar(name: String = "calendar", zone: String? = nil) throws -> CalendarDefinition {
        let zone = try Zones.rules(self["timeZone"] as? String ?? zone ?? "UTC")
        var definition = CalendarDefinition(name: name, zone: zone, isAlwaysOpen: self["alwaysOpen"] as? Bool ?? false)
        let days: [(String, Weekday)] = [
            ("mon", .monday), ("tue", .tuesday), ("wed", .wednesday), ("thu", .thursday), ("fri", .friday),
            ("sat", .saturday), ("sun", .sunday),
        ]
        let week = self["week"] as? [String: [[String]]] ?? [:]
        for (key, day) in days { definition.week[day] = try intervals(week[key] ?? []) }
        for holiday in self["holidays"] as? [Any] ?? [] {
            let named = holiday as? JSON
            let text = try #require((holiday as? String) ?? (named?["date"] as? String))
            definition.holidays[try #require(CivilDate(text))] = named?["name"] as? String ?? ""
        }
        for (text, hours) in self["exceptions"] as? [String: [[String]]] ?? [:] {
            definition.exceptions[try #require(CivilDate(text))] = try intervals(hours)
        }
        return definition
    }

    private func intervals(_ pairs: [[String]]) throws -> [DayInterval] {
        try pairs.map { try #require(DayInterval($0[0], $0[1])) }
    }
}
