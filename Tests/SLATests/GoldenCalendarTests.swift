// Every golden vector about calendars, inside the compiled years and outside them.

import SLA
import Testing

@Suite struct GoldenCalendarTests {
    @Test(arguments: ["calendar.jsonl", "edge.jsonl"], [2024...2028, 2026...2026, 1950...1950])
    func `every vector gets its answer, whatever years are compiled`(file: String, years: ClosedRange<Int>) throws {
        var wrong: [String] = []
        for vector in try Golden.cases(file) where vector["calendar"] != nil {
            let calendar = SLA.Calendar(try vector.json("calendar").calendar(), years: years)
            let answer: String
            do {
                answer = try self.answer(vector, calendar)
            } catch let error as SLAError {
                #expect(error.description.contains("calendar"))
                answer = "error"
            }
            let expected = vector["expect"] is JSON ? "error" : text(vector["expect"])
            if answer != expected { wrong.append("\(try vector.text("id")): \(answer), not \(expected)") }
        }
        #expect(wrong == [])
    }

    private func text(_ value: Any?) -> String {
        if let text = value as? String { return text }
        return value.map { "\($0)" } ?? "nothing"
    }

    private func answer(_ vector: JSON, _ calendar: SLA.Calendar) throws -> String {
        switch try vector.text("op") {
        case "isOpen": calendar.isOpen(try vector.instant("at")) ? "1" : "0"
        case "between": "\(calendar.between(try vector.instant("from"), try vector.instant("to")))"
        case "add": try calendar.add(try vector.instant("from"), try vector.number("seconds")).description
        case "nextOpen": try calendar.nextOpen(try vector.instant("at")).description
        case "addCalendarDays":
            try calendar.addCalendarDays(try vector.instant("from"), try vector.number("days")).description
        case "addBusinessDays":
            try calendar.addBusinessDays(
                try vector.instant("from"), try vector.number("days"),
                vector["dayRule"] as? String == "endOfDay" ? .endOfDay : .sameTime
            ).description
        default: throw MalformedVector(what: "op")
        }
    }
}
