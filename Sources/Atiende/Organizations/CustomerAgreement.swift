// The agreement of the organization that a customer is here for: what it promises, until when, accepted or not (SE-13).

internal import HTTP
internal import Markup
internal import SLA

enum CustomerAgreement {
    static func show(_ visit: Visit, _ request: Request) throws(Refusal) -> Response {
        let desk = try visit.tenantDesk()
        let membership = try visit.membership()
        let agreement = try desk.read { try $0.agreement(of: membership.organization) }
        return try page(visit, desk, membership, agreement, Faults())
    }

    /// What is accepted is what was seen: the form names the agreement.
    static func accept(_ visit: Visit, _ request: Request) throws(Refusal) -> Submission {
        guard case .form(let form) = request.body else { throw .forbidden }
        let desk = try visit.tenantDesk()
        let membership = try visit.membership()
        let person = try visit.signedIn().person.id
        let number = form["agreement"].flatMap { Identifier<AgreementRecord>($0) }?.rawValue ?? 0
        let words = visit.words
        let today = try visit.today()
        return try .file(
            form, said: "organizations.said.accepted",
            otherwise: { faults in
                let agreement = try? desk.read { try $0.agreement(of: membership.organization) }
                return try? page(visit, desk, membership, agreement ?? nil, faults)
            }
        ) { connection in
            guard try connection.colleague(person, in: membership.organization)?.isManager == true else {
                throw Refusal.notFound
            }
            guard let current = try connection.agreement(of: membership.organization), current.id == number,
                current.term.standing(on: today).isRunning,
                try connection.accept(number, of: membership.organization, by: person, at: visit.now)
            else { throw Faults.one("agreement", words.text("organizations.fault.notCurrent")) }
            try connection.record(
                visit.entry(
                    .agreementAccepted, OrganizationView.subject(membership.organization),
                    of: membership.organization, after: "\(current.plan) \(current.planVersion)"))
            return visit.link("/organization/agreement")
        }
    }

    static func file(_ visit: Visit, _ request: Request) throws(Refusal) -> Response {
        try AgreementRoutes.document(visit, of: try visit.membership().organization)
    }

    private static func page(
        _ visit: Visit, _ desk: Desk, _ membership: Session.Membership, _ agreement: AgreementRecord?,
        _ faults: Faults
    ) throws(Refusal) -> Response {
        let words = visit.words
        let wording = AgreementWording(visit: visit, desk: desk, today: try visit.today())
        let awaits = agreement.map { $0.acceptedAt == nil && $0.term.standing(on: wording.today).isRunning } ?? false
        let page = CustomerAgreementPage(
            organization: membership.name,
            panel: try agreement.map { agreement throws(Refusal) in
                try wording.panel(agreement, file: "/organization/agreement/file")
            },
            promises: agreement.map { promises($0, desk) } ?? [],
            number: awaits && membership.isManager ? String(agreement?.id ?? 0) : "",
            awaits: awaits && !membership.isManager ? words.text("organizations.agreement.managerAccepts") : "",
            keys: visit.formKeys(), faults: FormDraft().with(faults).faultLines)
        return visit.showForm(
            page, visit.site.pages.customerAgreement, title: words.text("organizations.agreement.title"), faults)
    }

    /// The promises of the plan, where the contract is still of the version that was signed; else the document has them.
    private static func promises(_ agreement: AgreementRecord, _ desk: Desk) -> [AgreementBlockItem] {
        guard var contract = Contract.named(desk.provider.contract), contract.version == agreement.planVersion,
            let plan = contract.plans.first(where: { $0.key == agreement.plan })
        else { return [] }
        contract.plans = [plan]
        let writer = AgreementWriter(contract: contract, year: agreement.term.startsOn.year)
        return (writer.plans + writer.promises).map { AgreementBlockItem($0) }
    }
}

extension AgreementTerm.Standing {
    var isRunning: Bool {
        if case .running = self { true } else { false }
    }
}

struct CustomerAgreementPage: Page {
    let organization: String
    let panel: AgreementPanel?
    let promises: [AgreementBlockItem]
    /// What the form accepts; empty where there is nothing to accept, or not for this person.
    let number: String
    /// Who could accept it; empty where nothing waits.
    let awaits: String
    let keys: FormKeys
    let faults: [FormFault]

    static let template: StaticString = "organizations/agreement.html"
    static let fields: [Field<CustomerAgreementPage>] = [
        .text("organization") { $0.organization },
        .part("panel") { $0.panel },
        .list("promises") { $0.promises },
        .text("number") { $0.number },
        .text("awaits") { $0.awaits },
        .part("keys") { $0.keys },
        .list("faults") { $0.faults },
        .number("faultCount") { $0.faults.count },
    ]
}

/// A block of an agreement: exactly one of its parts is not empty.
struct AgreementBlockItem: Item {
    struct Cell: Item {
        let text: String
        /// The head of its column, for narrow screens.
        let head: String

        static let fields: [Field<Cell>] = [.text("cell") { $0.text }, .text("cellHead") { $0.head }]
    }

    struct Row: Item {
        let first: String
        let rest: [Cell]

        static let fields: [Field<Row>] = [.text("rowHead") { $0.first }, .list("rowCells") { $0.rest }]
    }

    var heading = ""
    var subheading = ""
    var paragraph = ""
    var lines: [Cell] = []
    var columns: [Cell] = []
    var rows: [Row] = []

    init(_ block: Agreement.Block) {
        switch block {
        case .heading(let text): heading = text
        case .subheading(let text): subheading = text
        case .paragraph(let text), .formula(let text): paragraph = text
        case .list(let items): lines = items.map { Cell(text: $0, head: "") }
        case .table(let table):
            columns = table.header.map { Cell(text: $0, head: "") }
            rows = table.rows.map { row in
                let cells = zip(row, table.header).map { Cell(text: $0, head: $1) }
                return Row(first: row.first ?? "", rest: Array(cells.dropFirst()))
            }
        }
    }

    static let fields: [Field<AgreementBlockItem>] = [
        .text("blockHeading") { $0.heading },
        .text("blockSubheading") { $0.subheading },
        .text("blockParagraph") { $0.paragraph },
        .list("blockLines") { $0.lines },
        .list("blockColumns") { $0.columns },
        .list("blockRows") { $0.rows },
    ]
}
