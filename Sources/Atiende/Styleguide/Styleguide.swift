// Every component on one page, for whoever builds pages. Only a server for development has it.

internal import HTTP
internal import Markup
internal import SLA

struct StyleguidePage: Page {
    let pager: Pager?
    let staffClocks: ClockStrip?
    let customerClocks: ClockStrip?

    static let template: StaticString = "styleguide/index.html"
    static let fields: [Field<StyleguidePage>] = [
        .part("pager") { $0.pager },
        .part("staffClocks") { $0.staffClocks },
        .part("customerClocks") { $0.customerClocks },
    ]
}

enum Styleguide {
    static func show(_ visit: Visit, _ request: Request) throws(Refusal) -> Response {
        let title = visit.words.text("styleguide.title")
        let page = StyleguidePage(
            pager: visit.pager(Paging(number: 2, total: 3812)), staffClocks: try clocks(visit, isForStaff: true),
            customerClocks: try clocks(visit, isForStaff: false))
        return visit.show(page, visit.site.pages.styleguide, title: title)
    }

    /// A ticket that waited for its customer over a night, and was closed on a Sunday and a holiday.
    private static func clocks(_ visit: Visit, isForStaff: Bool) throws(Refusal) -> ClockStrip {
        let contract = Contract.proware
        let zone = try visit.site.installation.zones.rules(contract.timeZone)
        let rules = try TicketRules(contract, in: zone)
        // Friday 13 November 2026, 14:10 in Bogotá.
        let opened = 1_794_597_000
        let plan = PlanReference(key: "empresarial", version: contract.version)
        let opening = TicketFact.Opening(severity: "high", channel: .portal, level: 1, plan: plan)
        let after: [(minutes: Int, kind: TicketFact.Kind)] = [
            (0, .opened(opening)), (27, .staffMessage(level: 1)), (27, .status(.open)), (175, .staffMessage(level: 1)),
            (175, .status(.waitingCustomer)), (1280, .customerMessage), (1280, .status(.open)),
        ]
        let facts = after.map { TicketFact(at: opened + $0.minutes * 60, actor: nil, kind: $0.kind) }
        let moments = Moments(words: visit.words, zone: zone, now: opened + 5970 * 60)
        return try Refusal.catching {
            let course = try TicketCourse(facts, rules, at: moments.now)
            let writing = WhyWords(course: course, facts: facts, moments: moments, isForStaff: isForStaff)
            return try ClockStripMaking(writing: writing).strip()
        }
    }
}
