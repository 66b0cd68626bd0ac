// An agreement in finished words.

internal import HTTP
internal import Markup
internal import SLA

struct AgreementWording {
    let visit: Visit
    let desk: Desk
    let today: CivilDate

    private var words: Words { visit.words }

    func panel(_ agreement: AgreementRecord, file: String) throws(Refusal) -> AgreementPanel {
        AgreementPanel(
            badge: badge(agreement), facts: try facts(agreement), notice: notice(agreement),
            fileHref: visit.link(file))
    }

    private func badge(_ agreement: AgreementRecord) -> BadgeItem {
        switch agreement.term.standing(on: today) {
        case .ended: BadgeItem(label: words.text("organizations.agreement.over"), kind: "", icon: "lock")
        case .running(_, true):
            BadgeItem(label: words.text("organizations.agreement.ends"), kind: "act", icon: "calendar")
        case .running(let span, false):
            if span.starts > today {
                BadgeItem(label: words.text("organizations.agreement.toCome"), kind: "", icon: "calendar")
            } else {
                BadgeItem(label: words.text("organizations.agreement.runs"), kind: "good", icon: "ok")
            }
        }
    }

    private func facts(_ agreement: AgreementRecord) throws(Refusal) -> [FactItem] {
        let plan = words.text(
            "organizations.agreement.planVersion",
            ["plan": .text(visit.planName(agreement.plan, desk)), "version": .number(agreement.planVersion)])
        var facts = [
            fact("plan", plan), fact("start", words.date(agreement.term.startsOn)),
            fact("months", words.text("organizations.agreement.count", ["count": .number(agreement.term.months)])),
            fact("renews", words.text(agreement.term.renews ? "organizations.yes" : "organizations.no")),
        ]
        switch agreement.term.standing(on: today) {
        case .ended(let day): facts.append(fact("endedOn", words.date(day)))
        case .running(let span, let isLast):
            facts.append(fact(isLast ? "lastDay" : "termEnd", words.date(span.ends)))
            if !isLast { facts.append(fact("noticeBy", words.date(span.noticeBy))) }
        }
        if let noticeOn = agreement.term.noticeOn, let side = agreement.noticeBy {
            let text = words.text(
                "organizations.side.\(side.rawValue).on", ["date": .text(words.date(noticeOn))])
            facts.append(fact("noticeGiven", text))
        }
        facts.append(fact("accepted", try acceptance(agreement)))
        facts.append(fact("seal", hexadecimal(agreement.sha256)))
        return facts
    }

    private func fact(_ key: String, _ value: String) -> FactItem {
        FactItem(label: words.text("organizations.agreement.\(key)"), value: value)
    }

    private func acceptance(_ agreement: AgreementRecord) throws(Refusal) -> String {
        guard let acceptedAt = agreement.acceptedAt else { return words.text("organizations.agreement.notYet") }
        return words.text(
            "organizations.agreement.by",
            ["name": .text(agreement.acceptedBy), "when": .text(try visit.moment(acceptedAt))])
    }

    /// What the reader should not miss: the end, or the last day for a notice, when it is near (FP-11).
    func notice(_ agreement: AgreementRecord) -> String {
        guard case .running(let span, let isLast) = agreement.term.standing(on: today),
            OrganizationList.isSoon(span.noticeBy, today: today)
        else { return "" }
        let ends = words.date(span.ends)
        if isLast { return words.text("organizations.agreement.endsSoon", ["date": .text(ends)]) }
        let isLate = span.noticeBy < today
        return words.text(
            isLate ? "organizations.agreement.renewsSoon" : "organizations.agreement.noticeSoon",
            ["date": .text(ends), "notice": .text(words.date(span.noticeBy))])
    }

    private func hexadecimal(_ bytes: [UInt8]) -> String {
        let digits = Array("0123456789abcdef")
        return String(bytes.flatMap { [digits[Int($0 >> 4)], digits[Int($0 & 15)]] })
    }
}
