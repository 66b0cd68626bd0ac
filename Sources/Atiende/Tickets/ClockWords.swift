// Clocks in words: badges for whoever works on a ticket and for whoever waits for it.

internal import Markup
internal import SLA

/// What `shared/clock` shows.
struct ClockBadge: Item, Equatable {
    /// Its class.
    let state: String
    let icon: String
    /// The clock's name; empty in lists, which say it elsewhere.
    let label: String
    let text: String

    static let fields: [Field<ClockBadge>] = [
        .text("state") { $0.state },
        .text("icon") { $0.icon },
        .text("label") { $0.label },
        .text("text") { $0.text },
    ]
}

/// What is needed to say how a clock stands: a language, a zone, now, and who reads it.
struct ClockWords: Sendable {
    let moments: Moments
    let isForStaff: Bool

    private var words: Words { moments.words }

    /// `Primera respuesta`, `Atención de nivel 2`
    func name(_ clock: ClockKind, level: Int? = nil) -> String {
        words.text("clocks.name.\(clock.rawValue)", ["level": .number(level ?? 1)])
    }

    /// Nil where there is nothing to tell this reader.
    /// - Parameter isNamed: With the clock's name and all there is to say, as in a ticket; without, as in a list.
    func badge(_ standing: ClockStanding, of clock: ClockKind, level: Int? = nil, isNamed: Bool = false) -> ClockBadge?
    {
        if !isForStaff, standing == .none { return nil }
        let name = name(clock, level: level)
        let (state, icon) = Self.look(standing)
        let text =
            isForStaff ? staffText(standing, isNamed: isNamed) : customerText(standing, name: name)
        // A promise to a customer begins with the clock's name by itself.
        let isInText = !isForStaff && (state == "on-time" || state == "soon")
        return ClockBadge(state: state, icon: icon, label: isNamed && !isInText ? name : "", text: text)
    }

    private static func look(_ standing: ClockStanding) -> (state: String, icon: String) {
        switch standing {
        case .onTime: ("on-time", "clock")
        case .soon: ("soon", "hourglass")
        case .late: ("late", "late")
        case .paused: ("paused", "pause")
        case .pausedLate: ("paused-late", "pause")
        case .closed: ("closed", "moon")
        case .met: ("met", "met")
        case .missed: ("missed", "missed")
        case .none: ("none", "calendar")
        }
    }

    private func staffText(_ standing: ClockStanding, isNamed: Bool) -> String {
        switch standing {
        case .onTime(let left, _): return leftText("clocks.left", left)
        case .soon(let left, _): return words.text("clocks.soon", ["time": .text(words.duration(left))])
        case .late(let by, _): return words.text("clocks.late", ["time": .text(words.duration(by))])
        case .paused(let left):
            guard isNamed else { return words.text("clocks.paused") }
            // `queda 1 h`, `quedan 81 h`
            let count = [0, 1, 60].contains(left / 60) ? 1 : 2
            return words.text("clocks.pausedLeft", ["count": .number(count), "time": .text(words.service(left))])
        case .pausedLate: return words.text("clocks.pausedLate")
        case .closed(let resumes): return isNamed ? resumesText(resumes) : words.text("clocks.closed")
        case .met(let taken): return words.text("clocks.met", ["time": .text(words.service(taken))])
        case .missed(let by): return words.text("clocks.missed", ["time": .text(words.service(by))])
        case .none: return words.text("clocks.none")
        }
    }

    private func customerText(_ standing: ClockStanding, name: String) -> String {
        switch standing {
        case .onTime(_, let due), .soon(_, let due): return name + " " + moments.on(due)
        case .late(_, let due): return words.text("clocks.lateSince", ["when": .text(moments.since(due))])
        case .paused: return words.text("clocks.pausedForYou")
        case .pausedLate: return words.text("clocks.pausedLateForYou")
        case .closed(let resumes): return resumesText(resumes)
        case .met(let taken): return words.text("clocks.met", ["time": .text(words.service(taken))])
        case .missed(let by): return words.text("clocks.missedForYou", ["time": .text(words.service(by))])
        case .none: return ""
        }
    }

    /// What a customer reads under the clock's name: when it is due, without saying its name again.
    func promise(_ standing: ClockStanding) -> String? {
        switch standing {
        case .onTime(_, let due), .soon(_, let due): moments.on(due).capitalizedFirst
        default: nil
        }
    }

    private func resumesText(_ instant: Int) -> String {
        words.text("clocks.resumes", ["when": .text(moments.on(instant))])
    }

    /// `Queda 1 h`, `Quedan 6 h`: as many as the first unit says where it stands alone.
    private func leftText(_ key: String, _ seconds: Int) -> String {
        let parts = Words.parts(of: seconds)
        let count = parts.count == 1 ? parts[0].amount : parts.isEmpty ? 1 : 2
        return words.text(key, ["count": .number(count), "time": .text(words.duration(seconds))])
    }
}

extension Words {
    /// Seconds of a clock's calendar: `81 h 15 min`, `45 min`, `menos de 1 min`. Nine hours a day are no day of 24.
    func service(_ seconds: Int) -> String { seconds < 60 ? text("clocks.lessThanMinute") : span(seconds) }

    /// `2 h 55 min`, `1 d 16 h`, `45 min`, `menos de 1 min`: two units at most, rounded down.
    func duration(_ seconds: Int) -> String {
        let parts = Self.parts(of: seconds)
        guard !parts.isEmpty else { return text("clocks.lessThanMinute") }
        return parts.map { "\($0.digits) \($0.unit)" }.joined(separator: " ")
    }

    /// A unit of a duration. Minutes after hours have two digits.
    fileprivate struct DurationPart {
        let amount: Int
        let unit: String
        var digits = ""

        init(_ amount: Int, _ unit: String, isTwoDigits: Bool = false) {
            self.amount = amount
            self.unit = unit
            digits = (isTwoDigits && amount < 10 ? "0" : "") + String(amount)
        }
    }

    /// The greatest unit and the one below it, without those of which there are none.
    fileprivate static func parts(of seconds: Int) -> [DurationPart] {
        let minutes = max(0, seconds) / 60
        let (days, hours) = (minutes / 1440, minutes / 60 % 24)
        let parts =
            if days > 0 {
                [DurationPart(days, "d"), DurationPart(hours, "h")]
            } else {
                [DurationPart(hours, "h"), DurationPart(minutes % 60, "min", isTwoDigits: hours > 0)]
            }
        return parts.filter { $0.amount > 0 }
    }
}
