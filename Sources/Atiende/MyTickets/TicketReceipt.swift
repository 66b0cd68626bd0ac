// The page that confirms the receipt of a ticket: its folio, what was promised, the severity cases of the contract (IN-2).

internal import HTTP
internal import Markup
internal import SLA
internal import SQL

struct TicketReceiptPage: Page {
    struct Promise: Item {
        let clock: String
        let text: String

        static let fields: [Field<Promise>] = [
            .text("promiseClock") { $0.clock },
            .text("promiseText") { $0.text },
        ]
    }

    let folio: String
    let subject: String
    let lead: String
    /// Where the same is in a letter; empty for who wants none.
    let mail: String
    let promises: [Promise]
    let plan: String
    let severities: [SeverityCase]
    let href: String
    let listHref: String

    static let template: StaticString = "mytickets/receipt.html"
    static let fields: [Field<TicketReceiptPage>] = [
        .text("folio") { $0.folio },
        .text("subject") { $0.subject },
        .text("lead") { $0.lead },
        .text("mail") { $0.mail },
        .list("promises") { $0.promises },
        .text("plan") { $0.plan },
        .list("severities") { $0.severities },
        .text("href") { $0.href },
        .text("listHref") { $0.listHref },
    ]
}

/// A severity of the contract with its definition.
struct SeverityCase: Item {
    /// 1 for the gravest, to 4.
    let rank: String
    let name: String
    let definition: String
    /// Whether it is the one that was chosen.
    let isChosen: Bool

    static let fields: [Field<SeverityCase>] = [
        .text("caseRank") { $0.rank },
        .text("caseName") { $0.name },
        .text("caseDefinition") { $0.definition },
        .flag("isChosen") { $0.isChosen },
    ]

    static func all(_ contract: Contract, chosen: Severity, in language: Language) -> [SeverityCase] {
        contract.severities.enumerated().map { index, definition in
            SeverityCase(
                rank: String(min(index + 1, 4)), name: definition.name.text(in: language),
                definition: definition.definition.text(in: language), isChosen: definition.severity == chosen)
        }
    }
}

enum TicketReceipt {
    static func show(_ visit: Visit, _ request: Request) throws(Refusal) -> Response {
        let desk = try visit.tenantDesk()
        guard let rules = desk.ticketRules else { throw .notFound }
        let scope = try visit.ticketScope()
        let person = try visit.signedIn().person
        let (ticket, clocks, reader) = try desk.read { connection in
            let ticket = try connection.ticket(visit.parameters["folio"], in: scope)
            return (ticket, try connection.clocks(of: ticket.id), try connection.newsReader(person.id))
        }
        let isMailed = ticket.requester == person.id && reader?.notices != Profile.Notices.none
        let words = visit.words
        let moments = Moments(words: words, zone: try visit.zone(), now: visit.now)
        let promise = PromiseWords(moments: moments, contract: rules.contract)
        let names = ClockWords(moments: moments, isForStaff: false)
        let page = TicketReceiptPage(
            folio: "\(ticket.folio)", subject: ticket.subject,
            lead: words.text("report.receipt.lead", ["when": .text(moments.on(ticket.openedAt))]),
            mail: isMailed ? words.text("report.receipt.mail", ["email": .text(person.email)]) : "",
            promises: clocks.filter { $0.clock != .acknowledge }.compactMap { clock in
                clock.dueAt.map { due in
                    TicketReceiptPage.Promise(
                        clock: names.name(clock.clock, level: clock.level),
                        text: promise.deadline(due, isStrict: clock.breaksAt == due).capitalizedFirst)
                }
            },
            plan: rules.contract.plans.first { $0.key == ticket.plan.key }?.name.text(in: visit.language) ?? "",
            severities: SeverityCase.all(rules.contract, chosen: ticket.severity, in: visit.language),
            href: visit.link("/tickets/\(ticket.folio)"), listHref: visit.link("/tickets"))
        return visit.show(
            page, visit.site.pages.ticketReceipt,
            title: words.text("report.receipt.title", ["folio": .text("\(ticket.folio)")]))
    }
}
