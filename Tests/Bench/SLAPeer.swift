// The same additions by businesstimedelta, a Python package that does what `add` does, in the same run.

import SLA

extension SLAFigures {
    private static let peerCount = 2_000

    static func peer() -> [Figure] {
        let name = "sla-peer: add 7 h 30 min of office hours, beside businesstimedelta"
        let lines = output(of: ["sh", "Tests/Bench/Tools/business_time.sh", "\(peerCount)"]).split(separator: "\n")
        guard lines.count == peerCount + 1, let rate = lines.first.flatMap({ Double($0) }) else {
            return [
                Figure(
                    name: name, reached: "skipped", against: lines.last.map(String.init) ?? "no answer", passed: true)
            ]
        }
        guard let zone = zone("America/Tijuana") else { return [] }
        let calendar = Calendar(officeHours(zone), years: 2016...2035)
        let starts = starts(1_000_000)
        var answers: [Int] = []
        answers.reserveCapacity(starts.count)
        let began = seconds()
        for start in starts { answers.append(((try? calendar.add(start, 27_000)) ?? start).seconds) }
        let ours = Double(starts.count) / (seconds() - began)
        let alike = zip(answers, lines.dropFirst()).filter { String($0) == $1 }.count
        return [
            Figure(
                name: name,
                reached: "\(Int(ours))/s, \(Int(ours / rate)) times as many; \(alike) of \(peerCount) answers alike",
                against: "at least 100 times \(Int(rate))/s", passed: ours >= 100 * rate && alike == peerCount)
        ]
    }
}
