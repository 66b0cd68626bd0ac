// Every component on one page, for whoever builds pages. Only a server for development has it.

internal import HTTP
internal import Markup
internal import SLA

struct StyleguidePage: Page {
    let pager: Pager?
    let staffClocks: ClockStrip?
    let customerClocks: ClockStrip?
    let files: AttachmentField?

    static let template: StaticString = "styleguide/index.html"
    static let fields: [Field<StyleguidePage>] = [
        .part("pager") { $0.pager },
        .part("staffClocks") { $0.staffClocks },
        .part("customerClocks") { $0.customerClocks },
        .part("files") { $0.files },
    ]
}

enum Styleguide {
    static func show(_ visit: Visit, _ request: Request) throws(Refusal) -> Response {
        let title = visit.words.text("styleguide.title")
        let page = StyleguidePage(
            pager: visit.pager(Paging(number: 2, total: 3812)), staffClocks: try clocks(visit, isForStaff: true),
            customerClocks: try clocks(visit, isForStaff: false), files: files(visit))
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
            return try ClockStripMaking(writing: writing, tellsNow: String(moments.now)).strip()
        }
    }

    /// Two files that are kept, and one that is too large.
    private static func files(_ visit: Visit) -> AttachmentField {
        let picture = sample("exportar-detenido.png", 364_544, Attachment.Dimensions(width: 1280, height: 720))
        let large = AttachmentField.Refused(
            name: "grabacion-lunes.mov", text: "grabacion-lunes.mov pesa 48 MB; el máximo es 30 MB")
        return AttachmentField(
            kept: [picture, sample("consola-supervisor.log", 90_112, nil)], refused: [large], fault: large.text,
            visit.numbers)
    }

    private static func sample(_ name: String, _ size: Int, _ dimensions: Attachment.Dimensions?) -> Attachment {
        Attachment(
            id: Attachment.ID(rawValue: 1), token: "sample", event: nil, name: name, type: "application/octet-stream",
            size: size, sha256: "", dimensions: dimensions, at: 0)
    }
}
