// How far a ticket is, as a line of dots with their times: the stages that its contract wants recorded (IN-8).

internal import Markup
internal import SLA

/// What `tickets/stages` shows of one.
struct TicketStage: Item, Equatable {
    /// `done`, `here` or `todo`.
    let state: String
    let name: String
    /// RFC 3339; empty for what did not happen.
    let at: String
    let when: String

    static let fields: [Field<TicketStage>] = [
        .text("stageState") { $0.state },
        .flag("isHere") { $0.state == "here" },
        .flag("isDone") { $0.state == "done" },
        .text("stageName") { $0.name },
        .text("stageAt") { $0.at },
        .text("stageWhen") { $0.when },
    ]
}

extension Visit {
    func stages(
        of ticket: Ticket, _ entries: [TicketEntry], _ moments: Moments
    ) throws(Refusal) -> [TicketStage] {
        let contract = try tenantDesk().ticketRules?.contract
        let named = contract?.stages.map { (fact: $0.fact, name: $0.name.text(in: words.language)) } ?? []
        let line = TicketStageLine(ticket: ticket, entries: entries, moments: moments)
        // One or two would be no line.
        guard named.count < 3 else { return line.stages(named) }
        return line.stages(TicketStageLine.usual.map { ($0, words.text("stages.\($0.rawValue)")) })
    }
}

private struct TicketStageLine {
    let ticket: Ticket
    let entries: [TicketEntry]
    let moments: Moments

    /// Where the contract names no stages.
    static let usual: [Stage.Fact] = [.acknowledged, .diagnosed, .inDevelopment, .answered, .resolved, .closed]

    func stages(_ line: [(fact: Stage.Fact, name: String)]) -> [TicketStage] {
        // Not every ticket is diagnosed or developed: what others passed by is left out.
        let shown = line.enumerated().filter { index, stage in
            let isPassed = line.dropFirst(index + 1).contains { time(of: $0.fact) != nil }
            return time(of: stage.fact) != nil || !isPassed && stage.fact != .inDevelopment
        }.map(\.element)
        let next = shown.first { time(of: $0.fact) == nil }?.fact
        return shown.map { stage in
            let at = time(of: stage.fact)
            let state = isHere(stage.fact, next) ? "here" : at == nil ? "todo" : "done"
            return TicketStage(
                state: state, name: stage.name, at: at.map { "\(Instant(clamping: $0))" } ?? "",
                when: at.map(moments.short) ?? "")
        }
    }

    private func isHere(_ fact: Stage.Fact, _ next: Stage.Fact?) -> Bool {
        if ticket.status == .inDevelopment { return fact == .inDevelopment }
        return fact == next && fact != .inDevelopment && ticket.status != .closed
    }

    private func time(of fact: Stage.Fact) -> Int? {
        switch fact {
        case .acknowledged: ticket.openedAt
        case .diagnosed: first { if case .diagnosis = $0 { true } else { false } }
        case .inDevelopment: first { $0 == .status(.inDevelopment) }
        case .answered: ticket.answeredAt
        case .resolved: standing([.resolved, .closed])
        case .closed: standing([.closed])
        case .surveyed: first { if case .surveyed = $0 { true } else { false } }
        }
    }

    private func first(_ isIt: (TicketFact.Kind) -> Bool) -> Int? {
        entries.first { isIt($0.fact.kind) }?.fact.at
    }

    /// The last time that it came there, while it has not left it again.
    private func standing(_ statuses: Set<TicketStatus>) -> Int? {
        guard statuses.contains(ticket.status) else { return nil }
        return entries.last {
            if case .status(let status) = $0.fact.kind { statuses.contains(status) } else { false }
        }?.fact.at
    }
}
