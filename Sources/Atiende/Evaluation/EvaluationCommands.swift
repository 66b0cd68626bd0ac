// The commands that show what the engine computes: for scripts, for acceptance checks, and for whoever doubts a date.

internal import SLA

enum EvaluationCommands {
    static let slaEvaluate = Command(
        ["sla", "eval"], [], [], "answers questions about calendars and tickets: JSON lines in, JSON lines out",
        .filter { _, lines throws(CommandFault) in try answer(lines, CaseEvaluator(.sla)) })

    static let slaExplain = Command(
        ["sla", "explain"], [], [], "reads a ticket's case as JSON and tells stretch by stretch why its clocks say so",
        .filter { _, lines throws(CommandFault) in
            let bytes = try lines.all(atMost: JSON.longestDocument)
            try lines.write(Array(try explain(bytes).utf8))
        })

    static let uptimeEvaluate = Command(
        ["uptime", "eval"], [], [], "computes the availability of months: JSON lines in, JSON lines out",
        .filter { _, lines throws(CommandFault) in try answer(lines, CaseEvaluator(.uptime)) })

    static let holidays = Command(
        ["holidays"],
        [
            .init("COUNTRY", "MX or CO"),
            .init("YEAR", "\(Country.years.lowerBound) to \(Country.years.upperBound)"),
        ], [], "lists the public holidays of a country, a line each",
        .alone { invocation throws(CommandFault) in
            try holidays(invocation.operands[0], invocation.operands[1])
        })

    private static func answer(_ lines: LineStream, _ evaluator: CaseEvaluator) throws(CommandFault) {
        while let line = try lines.next(atMost: JSON.longestDocument) {
            try lines.write(evaluator.answer(line).bytes() + [0x0A])
        }
    }

    private static func explain(_ bytes: [UInt8]) throws(CommandFault) -> String {
        do {
            let document = try JSON(parsing: bytes)
            let plans = CompiledPlans(CompiledCalendars(zones: Zones()))
            let ticket = try JSONReader.read(document) { reader in
                reader.allow("id", "op", "expect", "plan", "events", "at")
                _ = reader["op"].ifPresent?.word(["ticket"])
                return TicketCase(reader, plans)
            }
            return try ExplanationTable(ticket).text()
        } catch { throw .failed("\(error)") }
    }

    private static func holidays(_ code: String, _ year: String) throws(CommandFault) -> String {
        guard let country = Country(rawValue: code.uppercased()) else {
            let known = Country.allCases.map(\.rawValue).joined(separator: " and ")
            throw .usage("unknown country \(code); there are \(known)")
        }
        guard let holidays = Int(year).flatMap({ country.holidays(in: $0) }) else {
            throw .usage("the year must be between \(Country.years.lowerBound) and \(Country.years.upperBound)")
        }
        return holidays.map { "\($0.date) \($0.name)\n" }.joined()
    }
}
