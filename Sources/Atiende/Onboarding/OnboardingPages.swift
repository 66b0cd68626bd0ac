// What the pages of new accounts show.

internal import Markup
internal import SLA

/// How far an account is on its way into operation. An organization's page shows it with
/// `{{#with onboarding}}{{> organizations/onboarding}}{{/with}}`.
struct OnboardingCard: Item {
    /// The form of whoever may say that the account is in operation.
    struct Finish: Item {
        let keys: FormKeys
        let action: String
        /// Where it is shown: there it goes on.
        let next: String

        static let fields: [Field<Finish>] = [
            .part("keys") { $0.keys },
            .text("action") { $0.action },
            .text("next") { $0.next },
        ]
    }

    let folio: String
    /// `Alta de la cuenta: en operación antes del`
    let lead: String
    /// `mar 17 nov, 20:35`; empty where there is no promise.
    let when: String
    /// RFC 3339.
    let at: String
    let clock: ClockBadge?
    let finish: Finish?

    static let fields: [Field<OnboardingCard>] = [
        .text("folio") { $0.folio },
        .text("lead") { $0.lead },
        .text("when") { $0.when },
        .text("at") { $0.at },
        .part("clock") { $0.clock },
        .part("finish") { $0.finish },
    ]
}

struct OnboardingPage: Page {
    let name: String
    let listHref: String
    let card: OnboardingCard

    static let template: StaticString = "onboarding/show.html"
    static let fields: [Field<OnboardingPage>] = [
        .text("name") { $0.name },
        .text("listHref") { $0.listHref },
        .part("onboarding") { $0.card },
    ]
}

struct OnboardingListPage: Page {
    struct Row: Item {
        let href: String
        let name: String
        let folio: String
        let openedAt: String
        let opened: String
        let dueAt: String
        /// Empty where there is no promise.
        let due: String
        let clock: ClockBadge?

        static let fields: [Field<Row>] = [
            .text("href") { $0.href },
            .text("name") { $0.name },
            .text("folio") { $0.folio },
            .text("openedAt") { $0.openedAt },
            .text("opened") { $0.opened },
            .text("dueAt") { $0.dueAt },
            .text("due") { $0.due },
            .part("clock") { $0.clock },
        ]
    }

    let rows: [Row]
    let emptyText: String
    let pager: Pager?

    static let template: StaticString = "onboarding/index.html"
    static let fields: [Field<OnboardingListPage>] = [
        .list("rows") { $0.rows },
        .text("emptyText") { $0.emptyText },
        .part("pager") { $0.pager },
    ]
}

// MARK: Words

/// Makes finished words of tickets of new accounts.
struct OnboardingWriter {
    private let visit: Visit
    private let moments: Moments
    private let clocks: ClockWords
    private let calendars: [String: CalendarHistory]
    private let isForStaff: Bool

    init(_ visit: Visit) throws(Refusal) {
        self.visit = visit
        isForStaff = visit.session?.person.role.isStaff == true
        moments = Moments(words: visit.words, zone: try visit.zone(), now: visit.now)
        clocks = ClockWords(moments: moments, isForStaff: isForStaff)
        calendars = try visit.tenantDesk().ticketRules?.calendars ?? [:]
    }

    private func badge(_ clock: TicketClock?) -> ClockBadge? {
        guard let clock else { return clocks.badge(.none, of: .resolution) }
        return clocks.badge(clock.standing(at: visit.now, calendars), of: clock.clock)
    }

    /// A customer's badge of a clock that runs would say again what the card's head says.
    private func cardBadge(_ clock: TicketClock?) -> ClockBadge? {
        if !isForStaff, let clock {
            switch clock.standing(at: visit.now, calendars) {
            case .onTime, .soon: return nil
            default: break
            }
        }
        return badge(clock)
    }

    func card(_ ticket: Ticket, _ clock: TicketClock?) -> OnboardingCard {
        let (key, when, instant): (String, String, Int?) =
            if let doneAt = ticket.doneAt {
                ("onboarding.since", moments.since(doneAt), doneAt)
            } else if let dueAt = ticket.dueAt {
                (moments.isDated(dueAt) ? "onboarding.beforeDate" : "onboarding.before", moments.before(dueAt), dueAt)
            } else {
                ("onboarding.pending", "", nil)
            }
        return OnboardingCard(
            folio: "\(ticket.folio)", lead: visit.words.text(key), when: when,
            at: instant.map { "\(Instant(clamping: $0))" } ?? "", clock: cardBadge(clock),
            finish: isForStaff && ticket.doneAt == nil ? finish(ticket.organization) : nil)
    }

    private func finish(_ organization: Organization.ID) -> OnboardingCard.Finish {
        OnboardingCard.Finish(
            keys: visit.formKeys(), action: visit.link("/organizations/\(organization)/onboarding"),
            next: String(decoding: visit.address.path, as: UTF8.self))
    }

    func row(_ open: OpenOnboarding, _ clock: TicketClock?, href: String) -> OnboardingListPage.Row {
        let ticket = open.ticket
        return OnboardingListPage.Row(
            href: href, name: open.name, folio: "\(ticket.folio)",
            openedAt: "\(Instant(clamping: ticket.openedAt))", opened: moments.short(ticket.openedAt),
            dueAt: ticket.dueAt.map { "\(Instant(clamping: $0))" } ?? "",
            due: ticket.dueAt.map { moments.short($0) } ?? "", clock: badge(clock))
    }
}
