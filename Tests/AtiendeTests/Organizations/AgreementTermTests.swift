// How long agreements run, by civil dates.

import SLA
import Testing

@testable import Atiende

@Suite struct AgreementTermTests {
    private func term(_ start: String, _ months: Int, renews: Bool = true, notice: String? = nil) throws
        -> AgreementTerm
    {
        AgreementTerm(
            startsOn: try #require(CivilDate(start)), months: months, renews: renews,
            noticeOn: try notice.map { try #require(CivilDate($0)) })
    }

    /// `from..to, notice by`, with `last` for the last term; `ended on`.
    private func words(_ standing: AgreementTerm.Standing) -> String {
        switch standing {
        case .running(let span, let isLast):
            "\(span.starts)..\(span.ends), \(span.noticeBy)" + (isLast ? ", last" : "")
        case .ended(let day): "ended \(day)"
        }
    }

    @Test(arguments: [
        // Start, months, on the day, what is so.
        ("2026-01-15", 12, "2026-01-15", "2026-01-15..2027-01-14, 2026-12-14"),
        ("2026-01-15", 12, "2027-01-14", "2026-01-15..2027-01-14, 2026-12-14"),
        ("2026-01-15", 12, "2027-01-15", "2027-01-15..2028-01-14, 2027-12-14"),
        // Before it begins.
        ("2026-01-15", 12, "2025-06-01", "2026-01-15..2027-01-14, 2026-12-14"),
        // The 31st: short months do not move the terms after them.
        ("2026-01-31", 1, "2026-02-27", "2026-01-31..2026-02-27, 2026-01-27"),
        ("2026-01-31", 1, "2026-02-28", "2026-02-28..2026-03-30, 2026-02-28"),
        ("2026-01-31", 1, "2026-03-31", "2026-03-31..2026-04-29, 2026-03-29"),
        ("2026-08-31", 6, "2027-02-27", "2026-08-31..2027-02-27, 2027-01-27"),
        ("2026-08-31", 6, "2027-08-31", "2027-08-31..2028-02-28, 2028-01-28"),
        // 29 February: a year later on the 28th, four years later on the 29th.
        ("2024-02-29", 12, "2025-02-27", "2024-02-29..2025-02-27, 2025-01-27"),
        ("2024-02-29", 12, "2025-02-28", "2025-02-28..2026-02-27, 2026-01-27"),
        ("2024-02-29", 12, "2028-02-28", "2027-02-28..2028-02-28, 2028-01-28"),
        ("2024-02-29", 12, "2028-02-29", "2028-02-29..2029-02-27, 2029-01-27"),
        // A month before the 31st of March is the last of February.
        ("2026-04-01", 12, "2026-05-01", "2026-04-01..2027-03-31, 2027-02-28"),
        ("2023-04-01", 12, "2023-05-01", "2023-04-01..2024-03-31, 2024-02-29"),
        ("2000-01-01", 120, "2026-11-20", "2020-01-01..2029-12-31, 2029-11-30"),
        // A month's term: its notice is due before it begins.
        ("2026-05-01", 1, "2026-05-20", "2026-05-01..2026-05-31, 2026-04-30"),
    ])
    func `the current term`(_ start: String, _ months: Int, _ day: String, _ expected: String) throws {
        let today = try #require(CivilDate(day))
        #expect(words(try term(start, months).standing(on: today)) == expected)
    }

    @Test(arguments: [
        // Notice on, on the day, what is so: from 2026-01-15 by twelve months.
        ("2026-12-14", "2026-12-20", "2026-01-15..2027-01-14, 2026-12-14, last"),
        ("2026-12-14", "2027-01-14", "2026-01-15..2027-01-14, 2026-12-14, last"),
        ("2026-12-14", "2027-01-15", "ended 2027-01-14"),
        // A day late: the term that follows is the last one.
        ("2026-12-15", "2026-12-20", "2026-01-15..2027-01-14, 2026-12-14"),
        ("2026-12-15", "2027-01-15", "2027-01-15..2028-01-14, 2027-12-14, last"),
        ("2026-12-15", "2028-01-15", "ended 2028-01-14"),
        // Before the first day.
        ("2025-12-01", "2026-02-01", "2026-01-15..2027-01-14, 2026-12-14, last"),
        ("2030-03-01", "2030-04-01", "2030-01-15..2031-01-14, 2030-12-14, last"),
    ])
    func `a notice ends it with the term for which it is not too late`(
        _ notice: String, _ day: String, _ expected: String
    ) throws {
        let today = try #require(CivilDate(day))
        #expect(words(try term("2026-01-15", 12, notice: notice).standing(on: today)) == expected)
    }

    @Test func `a notice within a term of one month ends the next one`() throws {
        let term = try term("2026-05-01", 1, notice: "2026-05-20")
        #expect(term.endsOn == CivilDate("2026-06-30"))
    }

    @Test func `what does not renew ends with its first term, notice or none`() throws {
        for notice in [nil, "2026-03-01", "2027-01-10"] {
            let term = try term("2026-01-15", 12, renews: false, notice: notice)
            #expect(term.endsOn == CivilDate("2027-01-14"))
            let after = try #require(CivilDate("2027-01-15"))
            #expect(words(term.standing(on: after)) == "ended 2027-01-14")
        }
    }

    @Test func `what renews has no end until somebody gives notice`() throws {
        #expect(try term("2026-01-15", 12).endsOn == nil)
    }

    @Test func `the ends of the calendar trap nobody`() throws {
        let late = try term("9999-12-01", 120)
        #expect(words(late.standing(on: .latest)) == "ended 9999-12-31")
        #expect(try term("9999-12-01", 1, notice: "9999-12-31").endsOn == nil)
        #expect(words(late.standing(on: .earliest)) == "ended 9999-12-31")
        #expect(words(try term("0001-01-01", 1).standing(on: .latest)) == "ended 9999-12-31")
        #expect(CivilDate.earliest.advanced(byMonths: -1) == nil && CivilDate.latest.advanced(byMonths: 1) == nil)
        #expect(CivilDate.latest.advanced(byMonths: .max) == nil)
    }

    /// Every day of five years lies in exactly one term, and terms follow each other without a gap.
    @Test(arguments: ["2023-01-31", "2024-02-29", "2023-08-30", "2023-12-31"], [1, 2, 3, 12])
    func `terms follow each other`(_ start: String, _ months: Int) throws {
        let term = try term(start, months)
        var before: AgreementTerm.Span?
        for offset in 0..<1_900 {
            let day = try #require(term.startsOn.advanced(by: offset))
            guard case .running(let span, false) = term.standing(on: day) else {
                Issue.record("not running on \(day)")
                return
            }
            #expect(span.starts <= day && day <= span.ends)
            if let before, before != span { #expect(before.ends.advanced(by: 1) == span.starts) }
            before = span
        }
    }
}
