// The hours of a week in words, as pages and agreements say them.

internal import Markup
internal import SLA

extension Language {
    /// `9:00`, `20:35`, `24:00`.
    func time(minute: Int) -> String {
        let minutes = minute % 60
        return "\(minute / 60):\(minutes < 10 ? "0" : "")\(minutes)"
    }

    func weekday(_ day: Weekday) -> String {
        switch self {
        case .es: ["lunes", "martes", "miércoles", "jueves", "viernes", "sábado", "domingo"][day.rawValue]
        case .en: ["Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday"][day.rawValue]
        }
    }

    /// `lunes a viernes de 9:00 a 21:00, sábado de 9:00 a 14:00`, or that it is always open; nothing for no hours.
    func hours(_ openings: [Provider.Opening]) -> String {
        var runs: [(first: Int, last: Int, hours: [String])] = []
        for day in 1...7 {
            let hours = openings.filter { $0.weekday == day }.map(interval)
            guard !hours.isEmpty else { continue }
            if let run = runs.last, run.last == day - 1, run.hours == hours {
                runs[runs.count - 1].last = day
            } else {
                runs.append((day, day, hours))
            }
        }
        if runs.count == 1, runs[0].first == 1, runs[0].last == 7,
            openings.allSatisfy({ $0.opens == 0 && $0.closes == 1440 })
        {
            return self == .es ? "todos los días, a toda hora" : "every day, around the clock"
        }
        let and = self == .es ? " y " : " and "
        return runs.map { days($0.first, $0.last) + " " + $0.hours.joined(separator: and) }.joined(separator: ", ")
    }

    private func interval(_ opening: Provider.Opening) -> String {
        let opens = time(minute: opening.opens)
        let closes = time(minute: opening.closes)
        return self == .es ? "de \(opens) a \(closes)" : "\(opens) to \(closes)"
    }

    private func days(_ first: Int, _ last: Int) -> String {
        let names = [first, last].compactMap { Weekday(rawValue: $0 - 1) }.map(weekday)
        if first == last { return names[0] }
        // Two days are no stretch: `sábado y domingo`.
        let isPair = last == first + 1
        return names.joined(separator: self == .es ? (isPair ? " y " : " a ") : (isPair ? " and " : " to "))
    }
}
