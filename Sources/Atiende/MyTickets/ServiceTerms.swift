// What the organization of a customer may expect of support now: its plan, the plan's hours, what is left of its tickets.

internal import Markup
internal import SLA
internal import SQL

struct ServiceTerms: Sendable {
    let rules: TicketRules
    let reference: PlanReference
    let plan: ContractPlan
    /// Its support hours as the engine has them.
    let calendar: Calendar
    let hours: ContractCalendar
    /// How many of its tickets of this month are used; nil without a cap (SE-11).
    let used: Int?

    /// Of the organization that the visitor is here for.
    static func find(_ visit: Visit) throws(Refusal) -> ServiceTerms {
        let organization = try visit.membership().organization
        let desk = try visit.tenantDesk()
        guard let rules = desk.ticketRules else { throw .broken("the desk has no contract") }
        return try desk.read { try $0.serviceTerms(of: organization, rules, at: visit.now) }
    }

    var isUsedUp: Bool {
        guard let used, let most = plan.monthlyTickets else { return false }
        return used >= most
    }

    func isOpen(at now: Int) -> Bool { calendar.isOpen(Instant(clamping: now)) }

    /// When the clocks of what is sent now begin to count; nil where they never would.
    func counts(from now: Int) -> Int? { (try? calendar.nextOpen(Instant(clamping: now)))?.seconds }

    /// The kinds of request that customers choose from: the others the program opens by itself.
    var kinds: [RequestKind] { rules.contract.kinds.filter { $0.severity == nil } }

    /// The severities that a request may be given.
    var severities: [SeverityDefinition] {
        let own = Set(rules.contract.kinds.compactMap(\.severity))
        return rules.contract.severities.filter { !own.contains($0.severity) }
    }

    /// What would be promised to a request if it were sent at an instant, as its clocks would begin.
    func promises(_ severity: Severity, level: Int = 1, at now: Int) throws(Refusal) -> [TicketClock] {
        let opening = TicketFact.Opening(severity: severity, channel: .portal, level: level, plan: reference)
        let fact = TicketFact(at: now, actor: nil, kind: .opened(opening))
        return try Refusal.catching { try rules.read([fact]).clocks }
    }

    /// The first second of the tenant's month, and of the next one.
    static func month(of now: Int, in zone: TimeZoneRules) -> (start: Int, next: Int) {
        let parts = zone.wallTime(at: Instant(clamping: now)).date.parts
        func start(_ year: Int, _ month: Int) -> Int {
            CivilDate(year: year, month: month, day: 1).map { zone.start(of: $0).seconds } ?? now
        }
        let next = parts.month == 12 ? (parts.year + 1, 1) : (parts.year, parts.month + 1)
        return (start(parts.year, parts.month), start(next.0, next.1))
    }
}

extension Connection {
    func serviceTerms(of organization: Organization.ID, _ rules: TicketRules, at now: Int) throws -> ServiceTerms {
        guard let reference = try presentPlan(of: organization, rules),
            let plan = rules.contract.plans.first(where: { $0.key == reference.key }),
            let hours = rules.contract.calendar(plan.hours),
            let calendar = rules.calendars[plan.hours]?.version(at: Instant(clamping: now))
        else { throw Refusal.broken("contract \(rules.contract.key) has no plan with hours") }
        let month = ServiceTerms.month(of: now, in: rules.zone)
        let used =
            plan.monthlyTickets == nil ? nil : try requestCount(of: organization, from: month.start, to: month.next)
        return ServiceTerms(
            rules: rules, reference: reference, plan: plan, calendar: calendar, hours: hours, used: used)
    }
}

// MARK: In words

/// What plans promise, in a customer's words.
struct PromiseWords: Sendable {
    let moments: Moments
    let contract: Contract

    private var words: Words { moments.words }

    /// The clocks that customers are told of before they begin.
    private static let told: [ClockKind] = [.firstResponse, .levelResponse, .recovery, .resolution]

    /// `Primera respuesta antes de hoy a las 13:00, solución a más tardar el mar 17 nov, 20:35`; empty without a promise.
    func sentence(_ clocks: [TicketClock]) -> String {
        let parts = Self.told.compactMap { kind in clocks.first { $0.clock == kind } }.compactMap(line)
        guard let first = parts.first else { return "" }
        let rest = parts.dropFirst().map { $0.prefix(1).lowercased() + $0.dropFirst() }
        return ([first] + rest).joined(separator: ", ") + "."
    }

    /// `Primera respuesta antes de hoy a las 13:00`; nil for a clock that is not due.
    func line(_ clock: TicketClock) -> String? {
        guard let due = clock.dueAt else { return nil }
        return ClockWords(moments: moments, isForStaff: false).name(clock.clock, level: clock.level) + " "
            + deadline(due, isStrict: clock.breaksAt == due)
    }

    /// `antes de hoy a las 13:00` where reaching it exactly is too late, else `a más tardar hoy a las 13:00`.
    func deadline(_ due: Int, isStrict: Bool) -> String {
        guard isStrict else { return words.text("report.promise.by", ["when": .text(moments.on(due))]) }
        let key = moments.isDated(due) ? "report.promise.beforeDated" : "report.promise.before"
        return words.text(key, ["when": .text(moments.before(due))])
    }

    /// `Plan Emprendedor: lunes a viernes de 9:00 a 17:00, sin festivos.`
    func hours(_ terms: ServiceTerms) -> String {
        let text = words.hours(terms.hours.openings)
        return words.text(
            terms.hours.publicHolidays == nil ? "report.hours" : "report.hoursNoHolidays",
            ["plan": .text(terms.plan.name.text(in: words.language)), "hours": .text(text)])
    }
}

/// A local day drawn as a ruler: open hours, and now.
struct DayRuler: Item {
    struct Piece: Item {
        let x: String
        let width: String

        static let fields: [Field<Piece>] = [
            .text("x") { $0.x },
            .text("width") { $0.width },
        ]
    }

    let pieces: [Piece]
    let nowX: String

    static let fields: [Field<DayRuler>] = [
        .list("pieces") { $0.pieces },
        .text("nowX") { $0.nowX },
    ]

    init(_ calendar: Calendar, at now: Int) {
        let local = calendar.zone.wallTime(at: Instant(clamping: now))
        pieces = calendar.hours(of: local.date).map { opens, closes in
            Piece(x: Self.share(opens), width: Self.share(closes - opens))
        }
        nowX = Self.share(local.second / 60)
    }

    /// A number of a day's minutes in per cent of it, with two digits after the point.
    static func share(_ minutes: Int) -> String {
        let hundredths = minutes * 10_000 / 1440
        let fraction = hundredths % 100
        return "\(hundredths / 100).\(fraction < 10 ? "0" : "")\(fraction)%"
    }
}
