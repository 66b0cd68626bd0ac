// How long an agreement runs: its first term, its renewals, and what a notice does (FP-11).

internal import SLA

/// Terms are counted in calendar months from the first day, so that one of the 31st, or of 29 February, does not creep:
/// where a month is too short, that term begins on its last day and the next one on the 31st again.
struct AgreementTerm: Sendable, Equatable {
    let startsOn: CivilDate
    /// 1 to 120.
    let months: Int
    let renews: Bool
    /// When a side told in writing that it ends.
    var noticeOn: CivilDate?

    /// Notice is due so many months before a term ends.
    static let noticeMonths = 1

    /// One term, both days included.
    struct Span: Sendable, Equatable {
        let starts: CivilDate
        let ends: CivilDate
        /// The last day on which a notice ends the agreement with this term.
        let noticeBy: CivilDate
    }

    enum Standing: Sendable, Equatable {
        /// In its current term, which is the first one also before it begins. `isLast`: it ends with it.
        case running(Span, isLast: Bool)
        case ended(CivilDate)
    }

    /// The last day; nil while it goes on until somebody gives notice.
    var endsOn: CivilDate? { lastTerm.flatMap(span)?.ends }

    func standing(on today: CivilDate) -> Standing {
        if let endsOn, endsOn < today { return .ended(endsOn) }
        let index = term(at: today)
        // Beyond the year 9999 no term ends.
        guard let span = span(index) else { return .ended(.latest) }
        return .running(span, isLast: index == lastTerm)
    }

    /// The number of the last term, from 0: that of the first day of notice that is not too late for it.
    private var lastTerm: Int? {
        guard renews else { return 0 }
        guard let noticeOn else { return nil }
        var index = max(0, term(at: noticeOn) - 1)
        while let span = span(index), span.noticeBy < noticeOn { index += 1 }
        return index
    }

    /// Which term a day lies in; the first one for the days before it.
    private func term(at day: CivilDate) -> Int {
        let (from, to) = (startsOn.parts, day.parts)
        var index = max(0, ((to.year - from.year) * 12 + to.month - from.month) / months)
        while index > 0, let span = span(index), span.starts > day { index -= 1 }
        while let span = span(index), span.ends < day { index += 1 }
        return index
    }

    private func span(_ index: Int) -> Span? {
        let (offset, overflow) = index.multipliedReportingOverflow(by: months)
        guard !overflow, let starts = startsOn.advanced(byMonths: offset),
            let next = startsOn.advanced(byMonths: offset + months), let ends = next.advanced(by: -1),
            let noticeBy = ends.advanced(byMonths: -Self.noticeMonths)
        else { return nil }
        return Span(starts: starts, ends: ends, noticeBy: noticeBy)
    }
}

extension CivilDate {
    /// The same day of another month, or its last where it has no such day; nil beyond the years 1 to 9999.
    func advanced(byMonths months: Int) -> CivilDate? {
        guard -120_000...120_000 ~= months else { return nil }
        let (year, month, day) = parts
        let count = year * 12 + month - 1 + months
        guard count >= 12 else { return nil }
        let (newYear, newMonth) = (count / 12, count % 12 + 1)
        return CivilDate(
            year: newYear, month: newMonth, day: min(day, CivilDate.days(inMonth: newMonth, year: newYear)))
    }
}
