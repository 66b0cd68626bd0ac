// When somebody of the staff is there on one weekday, as people type it: `09:00-13:00, 14:00-18:00`.

internal import Markup

struct PresenceHours: Hashable, Sendable {
    struct Stretch: Hashable, Sendable {
        /// Minutes of the local day; the end may be 24:00.
        let opens: Int
        let closes: Int
    }

    /// In order; none overlap. Empty for a day off.
    let stretches: [Stretch]

    static let most = 6

    init(_ stretches: [Stretch]) { self.stretches = stretches.sorted { $0.opens < $1.opens } }

    /// Hyphens of every kind, `a` and `to` stand between two times; commas, semicolons and `y` between two stretches.
    init(typed text: String) throws(PresenceFault) {
        var stretches: [Stretch] = []
        for part in Self.parts(text) {
            let times = part.split { $0.isHyphen }.map { Self.trimmed($0) }
            guard times.count == 2 else { throw .form(part) }
            guard let opens = Self.minute(times[0]) else { throw .time(times[0]) }
            guard let closes = Self.minute(times[1]) else { throw .time(times[1]) }
            guard opens < closes else { throw .order(part) }
            stretches.append(Stretch(opens: opens, closes: closes))
            guard stretches.count <= Self.most else { throw .many }
        }
        self.init(stretches)
        for (one, next) in zip(self.stretches, self.stretches.dropFirst()) where next.opens < one.closes {
            throw .overlap
        }
    }

    /// As the field shows it again.
    func text(_ words: Words) -> String {
        stretches.map { "\(words.time(minute: $0.opens))-\(words.time(minute: $0.closes))" }.joined(separator: ", ")
    }

    private static func parts(_ text: String) -> [String] {
        let words = text.split(separator: " ").map { word in
            switch word.lowercased() {
            case "a", "to": "-"
            case "y", "and": ","
            default: String(word)
            }
        }
        return words.joined(separator: " ").split { $0 == "," || $0 == ";" }.map { trimmed($0) }
            .filter { !$0.isEmpty }
    }

    private static func trimmed(_ text: Substring) -> String {
        text.split(separator: " ").joined(separator: " ")
    }

    /// `9`, `9:00`, `09:00`, `24:00`.
    private static func minute(_ text: String) -> Int? {
        let parts = text.split(separator: ":", omittingEmptySubsequences: false)
        guard (1...2).contains(parts.count),
            parts.allSatisfy({ (1...2).contains($0.utf8.count) && $0.utf8.allSatisfy { 0x30...0x39 ~= $0 } }),
            let hour = Int(parts[0]), let minutes = parts.count == 2 ? Int(parts[1]) : 0,
            parts.count == 1 || parts[1].utf8.count == 2, minutes < 60, hour * 60 + minutes <= 1440
        else { return nil }
        return hour * 60 + minutes
    }
}

/// What is wrong with hours that were typed.
enum PresenceFault: Error, Hashable, Sendable {
    case form(String)
    case time(String)
    /// It ends before it begins.
    case order(String)
    case overlap
    case many

    func sentence(in words: Words) -> String {
        switch self {
        case .form(let part): words.text("profile.fault.hours.form", ["text": .text(part)])
        case .time(let time): words.text("profile.fault.hours.time", ["text": .text(time)])
        case .order(let part): words.text("profile.fault.hours.order", ["text": .text(part)])
        case .overlap: words.text("profile.fault.hours.overlap")
        case .many: words.text("profile.fault.hours.many", ["most": .number(PresenceHours.most)])
        }
    }
}
