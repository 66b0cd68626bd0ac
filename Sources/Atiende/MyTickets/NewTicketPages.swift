// What the page of a new ticket shows.

internal import Markup
internal import SLA

struct NewTicketPage: Page {
    let action: String
    let keys: FormKeys
    let parent: FollowedTicket?
    let faults: [FormFault]
    let offer: DraftOffer?
    let closed: ClosedHours?
    let notices: [PlanNotice]
    let fields: [FormField]
    let more: [FormField]
    let files: AttachmentField
    let isMoreOpen: Bool
    /// No ticket is left of this month: it can be kept, not sent.
    let isUsedUp: Bool
    /// Who reports.
    let facts: [FactItem]
    let profileHref: String

    static let template: StaticString = "mytickets/new.html"
    static let fields: [Field<NewTicketPage>] = [
        .text("action") { $0.action },
        .part("keys") { $0.keys },
        .part("parent") { $0.parent },
        .list("faults") { $0.faults },
        .number("faultCount") { $0.faults.count },
        .part("offer") { $0.offer },
        .part("closed") { $0.closed },
        .list("notices") { $0.notices },
        .list("fields") { $0.fields },
        .list("more") { $0.more },
        .part("files") { $0.files },
        .flag("isMoreOpen") { $0.isMoreOpen },
        .flag("isUsedUp") { $0.isUsedUp },
        .list("facts") { $0.facts },
        .text("profileHref") { $0.profileHref },
    ]
}

/// A report that was kept unfinished.
struct DraftOffer: Item {
    let text: String
    let href: String
    let discardHref: String
    let keys: FormKeys

    static let fields: [Field<DraftOffer>] = [
        .text("offerText") { $0.text },
        .text("offerHref") { $0.href },
        .text("discardHref") { $0.discardHref },
        .part("discardKeys") { $0.keys },
    ]
}

/// That nobody attends now, and from when it counts.
struct ClosedHours: Item {
    let text: String
    let hours: String
    let ruler: DayRuler

    static let fields: [Field<ClosedHours>] = [
        .text("closedText") { $0.text },
        .text("closedHours") { $0.hours },
        .part("ruler") { $0.ruler },
    ]

    /// Nil while the plan's hours run.
    init?(_ terms: ServiceTerms, _ moments: Moments) {
        guard !terms.isOpen(at: moments.now), let start = terms.counts(from: moments.now) else { return nil }
        let words = moments.words
        text = words.text("report.closed.text", ["when": .text(moments.on(start))])
        hours =
            PromiseWords(moments: moments, contract: terms.rules.contract).hours(terms) + " "
            + words.zoneLine(terms.calendar.zone, at: Instant(clamping: moments.now))
        ruler = DayRuler(terms.calendar, at: moments.now)
    }
}

/// What the plan lacks, and what is possible instead.
struct PlanNotice: Item {
    let title: String
    let text: String

    static let fields: [Field<PlanNotice>] = [
        .text("noticeTitle") { $0.title },
        .text("noticeText") { $0.text },
    ]

    static func all(_ terms: ServiceTerms, _ visit: Visit, _ moments: Moments) -> [PlanNotice] {
        let words = visit.words
        let plan = terms.plan
        let name: Words.Value = .text(plan.name.text(in: visit.language))
        var notices: [PlanNotice] = []
        if terms.isUsedUp {
            notices.append(
                PlanNotice(
                    title: words.text("report.cap.title"), text: (try? usedUp(terms, visit)) ?? ""))
        } else if let most = plan.monthlyTickets, let used = terms.used {
            notices.append(
                PlanNotice(
                    title: words.text("report.left.title", ["count": .number(most - used)]),
                    text: words.text("report.left.text", ["plan": name, "most": .number(most)])))
        }
        func named(_ channels: [Channel]) -> String {
            words.list(
                terms.rules.contract.channels.filter { channels.contains($0.channel) }
                    .map { $0.name.text(in: visit.language).lowercased() }.unique)
        }
        let offered = terms.rules.contract.channels.map(\.channel)
        // Whoever reads this writes here already.
        let lacking = offered.filter { $0 != .portal && !plan.channels.contains($0) }
        if !lacking.isEmpty {
            notices.append(
                PlanNotice(
                    title: words.text("report.lacks.title", ["plan": name, "channels": .text(named(lacking))]),
                    text: words.text("report.lacks.text", ["answers": .text(named(plan.answersBy))])))
        }
        return notices
    }

    /// `Su plan incluye 10 tickets al mes y ya los usó. Puede pedir uno más por correo o esperar al 1 de diciembre.`
    static func usedUp(_ terms: ServiceTerms, _ visit: Visit) throws(Refusal) -> String {
        let next = ServiceTerms.month(of: visit.now, in: terms.rules.zone).next
        let day = visit.words.day(terms.rules.zone.wallTime(at: Instant(clamping: next)).date)
        let address = terms.rules.contract.channels.first { $0.channel == .mail }.map(\.address) ?? ""
        let known = try visit.tenantDesk().provider.channels.first { $0.kind == .mail }?.address
        return visit.words.text(
            "report.cap.text",
            ["most": .number(terms.plan.monthlyTickets ?? 0), "address": .text(known ?? address), "day": .text(day)])
    }
}

extension Words {
    /// `1 de diciembre`, `1 December`: a day of this year or of the one that comes.
    func day(_ day: CivilDate) -> String {
        let whole = date(day)
        let year = (language == .es ? " de " : " ") + String(day.parts.year)
        return whole.hasSuffix(year) ? String(whole.dropLast(year.count)) : whole
    }

    /// `correo, chat y teléfono`
    func list(_ parts: [String]) -> String {
        guard let last = parts.last, parts.count > 1 else { return parts.first ?? "" }
        // `e` before the sound of i.
        let isSoft = last.folded.hasPrefix("i") || last.folded.hasPrefix("hi")
        let and = language == .es ? (isSoft ? " e " : " y ") : " and "
        return parts.dropLast().joined(separator: ", ") + and + last
    }
}

extension Array where Element: Equatable {
    /// Each once, where it stood first.
    var unique: [Element] { reduce(into: []) { if !$0.contains($1) { $0.append($1) } } }
}
