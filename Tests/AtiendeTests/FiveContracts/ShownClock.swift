// What a page shows of a clock, as it is read and as a reader of the contract expects it. The words of days are made here
// anew, with Foundation's calendar: nothing of the product computes what the product is compared with.

import Foundation
import Testing

@testable import Atiende

/// A place's clock without summer time: Mexico City and Bogotá have none.
struct FixedZone {
    let hours: Int

    /// `2026-11-13 16:20` or with seconds.
    func at(_ text: String) throws -> Int {
        let formatter = DateFormatter()
        formatter.locale = Locale(identifier: "en_US_POSIX")
        formatter.timeZone = TimeZone(secondsFromGMT: hours * 3600)
        formatter.dateFormat = text.count > 16 ? "yyyy-MM-dd HH:mm:ss" : "yyyy-MM-dd HH:mm"
        return Int(try #require(formatter.date(from: text), "\(text)").timeIntervalSince1970)
    }

    /// As `<time datetime>` carries it.
    func program(_ text: String) throws -> String {
        Date(timeIntervalSince1970: TimeInterval(try at(text))).ISO8601Format()
    }

    private func day(_ text: String) throws -> Int { Int((Double(try at(text)) / 3600 + Double(hours)) / 24) }

    /// `20:35`, `9:00`
    private func time(_ text: String) -> String {
        let clock = text.dropFirst(11).prefix(5)
        return String(clock.hasPrefix("0") ? clock.dropFirst() : clock)
    }

    /// `las 20:35`, `la 1:30`
    private func spoken(_ text: String) -> String { (time(text).hasPrefix("1:") ? "la " : "las ") + time(text) }

    /// `mar 17 nov, 20:35`
    private func dated(_ text: String) throws -> String {
        // The first of January 1970 was a Thursday.
        let weekday = ["jue", "vie", "sáb", "dom", "lun", "mar", "mié"][try day(text) % 7]
        let months = ["ene", "feb", "mar", "abr", "may", "jun", "jul", "ago", "sep", "oct", "nov", "dic"]
        let parts = text.prefix(10).split(separator: "-").compactMap { Int($0) }
        return "\(weekday) \(parts[2]) \(months[parts[1] - 1]), \(time(text))"
    }

    /// `hoy a las 20:35`, `ayer a las 20:35`, `el mar 17 nov, 20:35`
    func on(_ text: String, now: String) throws -> String {
        switch try day(text) - day(now) {
        case -1: "ayer a " + spoken(text)
        case 0: "hoy a " + spoken(text)
        case 1: "mañana a " + spoken(text)
        default: "el " + (try dated(text))
        }
    }

    /// After `desde`: `las 20:35`, `ayer a las 20:35`, `el mar 17 nov, 20:35`
    func since(_ text: String, now: String) throws -> String {
        try day(text) == day(now) ? spoken(text) : on(text, now: now)
    }

    /// `Hoy 20:35`, `Mañana 9:00`, `Mar 17 nov, 20:35`
    func short(_ text: String, now: String) throws -> String {
        switch try day(text) - day(now) {
        case 0: return "Hoy " + time(text)
        case 1: return "Mañana " + time(text)
        default:
            return try dated(text).startingSentence
        }
    }
}

/// Where a clock stands, by the reader of the contract; instants are local ones.
enum Shown {
    /// It counts now, and is due then.
    case due(String)
    /// Out of hours: when it goes on, and when it is due.
    case closed(resumes: String, due: String)
    case late(since: String)
    /// What is left, in hours of its calendar.
    case paused(left: String)
    case pausedLate
    case met(String, in: String)
    case missed(String, by: String)
    /// It no longer counts. Customers are not shown it.
    case gone

    var due: String? {
        switch self {
        case .due(let due), .closed(_, let due): due
        default: nil
        }
    }

    /// What lists go by: what is due first, also where it was due already. Instants of one zone sort as their texts do.
    var nearest: String? {
        if case .late(let since) = self { return since }
        return due
    }

    func staffLine(_ zone: FixedZone, now: String) throws -> String {
        func at(_ instant: String) throws -> String {
            "\(try zone.program(instant)) \(try zone.short(instant, now: now))"
        }
        return switch self {
        case .due(let due): "counts | \(try at(due))"
        case .closed(let resumes, let due): "Sigue \(try zone.on(resumes, now: now)) | \(try at(due))"
        case .late(let since): "Venció | \(try at(since))"
        case .paused(let left): "En pausa · \(left)"
        case .pausedLate: "Vencido, en pausa"
        case .met(let stop, let span): "Cumplido en \(span) | \(try at(stop))"
        case .missed(let stop, let span): "Incumplido por \(span) | \(try at(stop))"
        case .gone: "Sin plazo"
        }
    }

    /// - Parameter isInList: Where nothing else says which clock it is.
    func customerLine(_ name: String, _ zone: FixedZone, now: String, isInList: Bool = false) throws -> String? {
        func at(_ instant: String) throws -> String {
            "\(try zone.program(instant)) \(try zone.short(instant, now: now))"
        }
        return switch self {
        case .due(let due):
            isInList ? "\(name) \(try zone.on(due, now: now))" : try zone.on(due, now: now).startingSentence
        case .closed(let resumes, let due): "Sigue \(try zone.on(resumes, now: now)) | \(try at(due))"
        case .late(let since): "Fuera de plazo desde \(try zone.since(since, now: now))"
        case .paused: "En pausa: esperamos su respuesta"
        case .pausedLate: "Fuera de plazo, en pausa"
        case .met(let stop, let span): "Cumplido en \(span) | \(try at(stop))"
        case .missed(let stop, let span): "Llegamos \(span) tarde | \(try at(stop))"
        case .gone: nil
        }
    }
}

/// The clocks as a page has them: a line each by the name of the clock.
struct ShownClocks {
    let page: String

    /// Of the staff's page: what counts says so, for its words change with each minute.
    func ofStaff() -> [String: String] {
        lines("<div class=\"clockline\">") { part in
            guard let name = part.between("<h2>", "</h2>") else { return nil }
            let state = part.between("<span class=\"clock ", "\"") ?? ""
            let badge = part.between("<b>", "</b>") ?? ""
            let line = part.between("<span class=\"clock", "</div>") ?? ""
            let words =
                switch state {
                case "on-time", "soon": "counts"
                case "late": badge.hasPrefix("Venció hace ") ? "Venció" : badge
                default: badge
                }
            return (name, words + Self.moment(line))
        }
    }

    /// When the last step of each clock that is still to come is announced: the whole of its budget.
    func lastSteps() -> [String: String] {
        lines("<div class=\"clockline\">") { part in
            guard let name = part.between("<h2>", "</h2>"), let step = part.between("<b>100\u{A0}%</b>", "</li>"),
                let at = step.between("datetime=\"", "\"")
            else { return nil }
            return (name, at)
        }
    }

    func ofCustomer() -> [String: String] {
        guard let promise = page.between("<section class=\"promise\"", "</section>") else { return [:] }
        return ShownClocks(page: promise).lines("<div><p class=\"soft small\">") { part in
            guard let name = part.between("", "</p>"), part.contains("<b>"), name != "Horario de su plan" else {
                return nil
            }
            return (name, (part.between("<b>", "</b>") ?? "") + Self.moment(part))
        }
    }

    /// ` | 2026-11-17T15:00:00Z Mar 17 nov, 9:00`; empty without an instant.
    private static func moment(_ part: String) -> String {
        guard let time = part.between("<time", "</time>"), let at = time.between("datetime=\"", "\""),
            let words = time.split(separator: ">").last
        else { return "" }
        return " | \(at) \(words)"
    }

    private func lines(_ start: String, _ read: (String) -> (String, String)?) -> [String: String] {
        let parts = page.components(separatedBy: start).dropFirst().compactMap(read)
        return Dictionary(parts, uniquingKeysWith: { "\($0) and \($1)" })
    }
}

extension String {
    fileprivate var startingSentence: String { prefix(1).uppercased() + dropFirst() }

    /// What stands between two texts, the first time.
    func between(_ start: String, _ end: String) -> String? {
        let from = start.isEmpty ? startIndex : range(of: start)?.upperBound
        guard let from, let to = range(of: end, range: from..<endIndex) else { return nil }
        return String(self[from..<to.lowerBound])
    }
}
