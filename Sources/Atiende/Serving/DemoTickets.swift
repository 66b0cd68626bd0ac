// The tickets of the demo: what a desk has of a working week, told through the functions that the pages use.

internal import SLA
internal import SQL

/// A company of the demo with those who write for it.
struct DemoCustomer: Sendable {
    let organization: Organization.ID
    let name: String
    let plan: PlanReference
    let people: [Member]

    struct Member: Sendable {
        let id: Person.ID
        let name: String
        let email: String
    }
}

/// How far a ticket has come.
enum DemoCourse: Sendable {
    case new, taken, answered, waiting, replied, escalated, inDevelopment, thirdParty, resolved, closed, expired,
        reopened

    /// Each with how many hours ago it was opened: as many of a sort as a desk has on a usual day.
    static let all: [(course: DemoCourse, hours: Double)] = [
        (.expired, 700), (.closed, 610), (.closed, 450), (.closed, 360), (.inDevelopment, 320), (.closed, 260),
        (.closed, 220), (.inDevelopment, 190), (.closed, 170), (.thirdParty, 130), (.waiting, 120), (.escalated, 100),
        (.replied, 96), (.resolved, 90), (.reopened, 80), (.waiting, 75), (.resolved, 72), (.answered, 70),
        (.escalated, 60), (.thirdParty, 55), (.waiting, 50), (.replied, 49), (.answered, 47), (.resolved, 40),
        (.escalated, 33), (.answered, 30), (.waiting, 28), (.taken, 26), (.replied, 24), (.answered, 22), (.new, 20),
        (.escalated, 10), (.replied, 8), (.answered, 6), (.new, 5.5), (.waiting, 5), (.new, 3.2), (.replied, 3),
        (.answered, 2), (.taken, 1.6), (.new, 0.8), (.new, 0.3), (.new, 0.07),
    ]
}

struct DemoTickets {
    let connection: Connection
    let rules: TicketRules
    let hours: Calendar
    /// Of level 1, 2 and 3.
    let technicians: [Person.ID]
    let customers: [DemoCustomer]
    let now: Int

    /// The oldest first, as they came in.
    func make(_ texts: DemoTexts) throws {
        let kinds = rules.contract.kinds.filter { $0.key != RequestKind.newAccount }
        let severities = rules.contract.severities.map(\.severity)
        guard !kinds.isEmpty, !severities.isEmpty, !customers.isEmpty, technicians.count == 3 else { return }
        for (number, entry) in DemoCourse.all.enumerated() {
            let customer = customers[number % customers.count]
            let kind = kinds[number % 5 == 3 ? number % kinds.count : 0]
            let story = texts.story(number)
            let opened = now - Int(entry.hours * 3600)
            let person = customer.people[number % customer.people.count]
            // The graver, the fewer.
            let chosen = severities[min(severities.count - 1, [1, 2, 0, 2, 1, 3, 2, 1][number % 8])]
            var draft = TicketDraft(
                organization: customer.organization, requester: person.id, kind: kind.key, subject: story.subject,
                channel: [.portal, .mail, .portal, .phone][number % 4], severity: kind.severity ?? chosen,
                level: kind.level, plan: customer.plan, openedAt: opened)
            draft.author = person.id
            draft.description = story.text
            draft.isAcknowledged = true
            draft.names = [person.name, person.email, customer.name]
            let folio = try connection.openTicket(draft, rules, at: opened)
            try DemoStory(self, folio, person.id, number, opened, texts).follow(entry.course)
        }
    }
}

/// One ticket's way from its opening on.
private struct DemoStory {
    let desk: DemoTickets
    let folio: Folio
    let customer: Person.ID
    let number: Int
    let opened: Int
    let texts: DemoTexts

    init(_ desk: DemoTickets, _ folio: Folio, _ customer: Person.ID, _ number: Int, _ opened: Int, _ texts: DemoTexts) {
        self.desk = desk
        self.folio = folio
        self.customer = customer
        self.number = number
        self.opened = opened
        self.texts = texts
    }

    /// A share of the time since it was opened, in thousandths; when somebody is there, for what the staff does.
    private func moment(_ share: Int, isOfStaff: Bool = true) -> Int {
        let then = opened + (desk.now - opened) * share / 1000
        guard isOfStaff, let open = try? desk.hours.nextOpen(Instant(clamping: then)).seconds else { return then }
        return open < desk.now ? open : then
    }

    private func staff(_ level: Int, at instant: Int, _ body: (inout TicketWork) throws -> Void) throws {
        try work(.staff(desk.technicians[level - 1], level: level), at: instant, body)
    }

    private func work(_ party: TicketParty, at instant: Int, _ body: (inout TicketWork) throws -> Void) throws {
        guard let ticket = try desk.connection.ticket(folio) else { return }
        var work = TicketWork(on: ticket, by: party, desk.rules, at: instant, in: desk.connection)
        try body(&work)
    }

    private func answer(_ share: Int, _ status: TicketStatus? = nil, level: Int = 1, _ text: String? = nil) throws {
        try staff(level, at: moment(share)) {
            try $0.answer(text ?? texts.answer(number), by: number % 5 == 4 ? .phone : .portal, status: status)
        }
    }

    private func reply(_ share: Int) throws {
        try work(.customer(customer), at: moment(share, isOfStaff: false)) { try $0.hear(texts.reply(number)) }
    }

    /// Where the contract has that level, and the ticket did not begin there.
    private func escalate(to level: Int, _ share: Int) throws {
        guard let ticket = try desk.connection.ticket(folio), ticket.level < level,
            desk.rules.contract.levels.contains(where: { $0.level == level })
        else { return }
        try staff(level - 1, at: moment(share)) {
            try $0.move(to: level, why: texts.reason(number), diagnosis: texts.diagnosis(number))
        }
        try staff(level, at: moment(share + 40)) { try $0.assign(to: desk.technicians[level - 1]) }
    }

    func follow(_ course: DemoCourse) throws {
        switch course {
        case .new: break
        case .taken: try staff(number % 2 + 1, at: moment(300)) { try $0.assign(to: desk.technicians[number % 2]) }
        case .answered: try answer(120)
        case .waiting: try answer(150, .waitingCustomer, texts.question(number))
        case .replied:
            try answer(100, .waitingCustomer, texts.question(number))
            try reply(800)
        case .escalated:
            try answer(80)
            try staff(1, at: moment(200)) { try $0.note(texts.note(number)) }
            try escalate(to: 2, 300)
        case .inDevelopment: try develop()
        case .thirdParty:
            try answer(80)
            try escalate(to: 2, 200)
            try answer(300, .waitingThirdParty, level: 2)
        case .resolved: try solve(700)
        case .closed:
            try solve(400)
            try work(.customer(customer), at: moment(500, isOfStaff: false)) { try $0.confirm() }
            guard number % 3 > 0 else { return }
            try work(.customer(customer), at: moment(510, isOfStaff: false)) {
                try $0.rate(number % 4 == 1 ? .acceptable : .good, number % 2 == 0 ? "Gracias por la ayuda." : "")
            }
        case .expired:
            try solve(300)
            try work(.program, at: moment(700, isOfStaff: false)) { try $0.expire() }
        case .reopened:
            try solve(300)
            try reply(900)
        }
    }

    private func answer(_ share: Int, _ status: TicketStatus, _ text: String) throws {
        try answer(share, status, level: 1, text)
    }

    private func solve(_ share: Int) throws {
        try answer(share / 4)
        try reply(share / 2)
        try answer(share, .resolved, texts.solution(number))
    }

    private func develop() throws {
        try answer(60)
        try escalate(to: 2, 120)
        try staff(2, at: moment(200)) { try $0.note(texts.note(number)) }
        try escalate(to: 3, 300)
        try answer(400, .inDevelopment, level: 3)
        let today = desk.rules.zone.wallTime(at: Instant(clamping: desk.now)).date
        try staff(3, at: moment(420)) { try $0.agree(on: today.advanced(by: 12 + number % 9), why: texts.agreement) }
    }
}
