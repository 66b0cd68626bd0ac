// Cases that cannot be answered: one clear sentence each, with the path to the fault, and the next line goes on.

import Atiende
import Testing

private let office = #"{"timeZone":"America/Mexico_City","week":{"mon":[["09:00","18:00"]]}}"#

private func ticket(
    targets: String = #"[{"clock":"resolution","severity":"1","amount":8,"unit":"hours","calendar":"main"}]"#,
    steps: String = "[]",
    events: String = #"[{"type":"opened","at":"2026-03-02T15:00:00Z","severity":"1","channel":"web","level":1}]"#
) -> String {
    #"{"id":1,"op":"ticket","plan":{"calendars":{"main":\#(office)},"targets":\#(targets),"steps":\#(steps)},"#
        + #""events":\#(events),"at":"2026-03-02T16:00:00Z"}"#
}

private func add(_ calendar: String = office, _ operands: String = #""from":"2026-03-02T15:00:00Z","seconds":60"#)
    -> String
{
    #"{"id":1,"op":"add","calendar":\#(calendar),\#(operands)}"#
}

private let slaCases: [(String, String)] = [
    (#"{"id":1}"#, "op: is missing"),
    ("[1]", "the document must be an object, not a list"),
    (
        #"{"id":1,"op":"ad"}"#,
        "op: must be one of isOpen, between, add, nextOpen, addBusinessDays, addCalendarDays, ticket; did you mean add?"
    ),
    (
        add(office, #""from":"2026-03-02T15:00:00Z","secconds":60"#),
        "secconds: is not known; did you mean seconds? (and 1 more fault)"
    ),
    (add(office, #""from":"2026-03-02T15:00:00Z","seconds":-1"#), "seconds: must be between 0 and 3155760000"),
    (add(office, #""from":"2026-03-02T15:00:00Z","seconds":3155760001"#), "seconds: must be between 0 and 3155760000"),
    (
        add(office, #""from":"2026-03-02T15:00:00Z","seconds":99999999999999999999"#),
        "seconds: must be a whole number of at most eighteen digits"
    ),
    (
        add(office, #""from":"2026-02-30T15:00:00Z","seconds":1"#),
        "from: must be an instant like 2026-03-02T09:00:00-06:00 or …Z"
    ),
    (add(office, #""from":"2026-03-02","seconds":1"#), "from: must be an instant like 2026-03-02T09:00:00-06:00 or …Z"),
    (add("7"), "calendar: must be an object, not a number"),
    (add(#"{"timeZone":"America/Mexico_City"}"#), "calendar.week: is missing"),
    (add(#"{"week":{}}"#), "calendar.timeZone: is missing"),
    (add(#"{"timeZone":"America/Mexcio_City","week":{}}"#), "calendar.timeZone: unknown time zone America/Mexcio_City"),
    (add(#"{"timeZone":"../../etc/passwd","week":{}}"#), "calendar.timeZone: unknown time zone ../../etc/passwd"),
    (add(#"{"timeZone":"tzdata.zi","week":{}}"#), "calendar.timeZone: unknown time zone tzdata.zi"),
    (
        add(#"{"timeZone":"UTC","week":{"mon":[["09:00","25:00"]]}}"#),
        "calendar.week.mon[0][1]: must be a time like 18:00, at most 24:00"
    ),
    (
        add(#"{"timeZone":"UTC","week":{"mon":[["24:00","09:00"]]}}"#), "calendar.week.mon[0][0]: must be before 24:00"
    ),
    (
        add(#"{"timeZone":"UTC","week":{"mon":[["9:00","18:00"]]}}"#),
        "calendar.week.mon[0][0]: must be a time like 09:00"
    ),
    (
        add(#"{"timeZone":"UTC","week":{"mon":[["09:00"]]}}"#),
        "calendar.week.mon[0]: must have at least 2 elements"
    ),
    (add(#"{"timeZone":"UTC","week":{"mo":[]}}"#), "calendar.week.mo: is not known; did you mean mon?"),
    (
        add(#"{"timeZone":"UTC","week":{},"holidays":["2026-02-29"]}"#),
        "calendar.holidays[0]: must be a date that exists, like 2026-12-24"
    ),
    (
        add(#"{"timeZone":"UTC","week":{},"holidays":[{"date":"2026-13-01"}]}"#),
        "calendar.holidays[0].date: must be a date that exists, like 2026-12-24"
    ),
    (
        add(#"{"timeZone":"UTC","week":{},"exceptions":{"2026-04-31":[]}}"#),
        "calendar.exceptions.2026-04-31: must have a date like 2026-12-24 as its key"
    ),
    (
        add(#"{"timeZone":"UTC","week":{}}"#),
        "calendar \"calendar\" has no open second in the 3660 days after 2026-03-02T15:00:00Z"
    ),
    (
        #"{"id":1,"op":"addBusinessDays","calendar":\#(office),"from":"2026-03-02T15:00:00Z","days":0}"#,
        "days: must be at least 1"
    ),
    (
        #"{"id":1,"op":"addBusinessDays","calendar":\#(office),"from":"2026-03-02T15:00:00Z","days":36526}"#,
        "days: must be between 1 and 36525"
    ),
    (
        #"{"id":1,"op":"addCalendarDays","calendar":\#(office),"from":"9999-12-30T15:00:00Z","days":36525}"#,
        "calendar \"calendar\" has no answer before the year 10000"
    ),
    (
        ticket(targets: #"[{"clock":"resolution","severity":"1","amount":0,"unit":"hours","calendar":"main"}]"#),
        "plan.targets[0].amount: must be at least 1"
    ),
    (
        ticket(
            targets:
                #"[{"clock":"resolution","severity":"1","amount":876601,"unit":"businessHours","calendar":"main"}]"#),
        "plan.targets[0].amount: must be between 1 and 876600"
    ),
    (
        ticket(targets: #"[{"clock":"resolution","severity":"1","amount":1,"unit":"hours","calendar":"mian"}]"#),
        "plan.targets[0].calendar: there is no calendar mian; did you mean main?"
    ),
    (
        ticket(
            targets:
                #"[{"clock":"resolution","severity":"1","amount":1,"unit":"hours","calendar":"main","pausedBy":["waiting"]}]"#
        ),
        "plan.targets[0].pausedBy[0]: must be one of new, open, waitingCustomer, waitingThirdParty, inDevelopment, resolved, closed"
    ),
    (ticket(steps: #"[{"clock":"resolution","percent":1001}]"#), "plan.steps[0].percent: must be between 1 and 1000"),
    (
        ticket(
            steps: "[" + Array(repeating: #"{"clock":"resolution","percent":50}"#, count: 65).joined(separator: ",")
                + "]"),
        "plan: steps[64]: a clock has at most 64 steps"
    ),
    (ticket(events: "[]"), "events: must not be empty"),
    (
        ticket(events: #"[{"type":"status","at":"2026-03-02T15:00:00Z","status":"open"}]"#),
        "the first event must be \"opened\""
    ),
    (
        ticket(events: #"[{"type":"staffMessage","at":"2026-03-02T15:00:00Z","status":"open"}]"#),
        "events[0].status: is not known (and 1 more fault)"
    ),
]

private func uptime(_ changes: String) -> String {
    #"{"id":1,"timeZone":"UTC","month":"2026-03","target":"99.3","outages":[],"windows":[]\#(changes)}"#
}

private let uptimeCases: [(String, String)] = [
    (#"{"id":1}"#, "timeZone: is missing (and 2 more faults)"),
    (#"{"id":1,"timeZone":"UTC","month":"2026-13","target":"99.3"}"#, "month: must be a month like 2026-03"),
    (
        #"{"id":1,"timeZone":"UTC","month":"2026-03","target":"101"}"#,
        "target: must be a percentage like \"99.3\", of 0 to 100"
    ),
    (
        #"{"id":1,"timeZone":"UTC","month":"2026-03","target":99.3}"#,
        "target: must be a percentage like \"99.3\", of 0 to 100, not a number"
    ),
    (uptime(#","noticeMinute":60"#), "noticeMinute: is not known; did you mean noticeMinutes?"),
    (uptime(#","noticeMinutes":-1"#), "noticeMinutes: must be between 0 and 52596000"),
    (
        uptime(#","policy":{"maintenance":"exclude"}"#),
        "policy.maintenance: must be one of excluded, counts; did you mean excluded?"
    ),
    (uptime(#","policy":"counts""#), "policy: must be an object, not a text"),
    (uptime(#","serviceHours":{"timeZone":"UTC","week":{}}"#), "serviceHours.timeZone: is not known"),
    (uptime(#","asOf":"yesterday""#), "asOf: must be an instant like 2026-03-02T09:00:00-06:00 or …Z"),
]

@Suite struct BadCaseTests {
    @Test(arguments: slaCases)
    func `a case that is wrong is told why`(line: String, error: String) {
        check(.sla, line, error)
    }

    @Test(arguments: uptimeCases)
    func `a month that is wrong is told why`(line: String, error: String) {
        check(.uptime, line, error)
    }

    private func check(_ kind: CaseEvaluator.Kind, _ line: String, _ error: String) {
        let answer = CaseEvaluator(kind).answer(Array(line.utf8))
        #expect(answer["error"]?.text == error)
        #expect(answer["result"] == nil)
        #expect(answer["id"] == (line.hasPrefix("{\"id\":1") ? 1 : .null))
    }

    @Test(arguments: [
        ("", "column 1: the document ends too soon"), ("{\"id\":3", "column 8: the document ends too soon"),
        ("hello", "column 1: a value is expected"),
        (String(repeating: "[", count: 100_000), "column 65: nested more than 64 deep"),
    ])
    func `a line that is no JSON has no id`(line: String, error: String) {
        #expect(CaseEvaluator(.sla).answer(Array(line.utf8)) == ["id": .null, "error": .string(error)])
    }

    @Test(
        arguments: [(#""a""#, "a"), ("7", 7), ("7.5", .decimal("7.5")), ("null", .null), ("[1]", .null)]
            as [(String, JSON)])
    func `an id is given back as it came`(id: String, expected: JSON) {
        #expect(CaseEvaluator(.sla).answer(Array("{\"id\":\(id)}".utf8))["id"] == expected)
    }

    @Test func `a long line is answered too`() {
        let name = String(repeating: "a", count: 200)
        let holidays = (1000..<2500).map { #"{"date":"\#($0)-12-25","name":"\#(name)"}"# }
        let calendar =
            #"{"timeZone":"UTC","week":{"mon":[["00:00","24:00"]]},"holidays":[\#(holidays.joined(separator: ","))]}"#
        let answer = CaseEvaluator(.sla).answer(Array(add(calendar).utf8))
        #expect(answer == ["id": 1, "result": "2026-03-02T15:01:00Z"])
    }
}
