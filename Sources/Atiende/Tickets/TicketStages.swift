// The stages that a contract wants recorded (IN-8), as a line of dots with their times.

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
        .text("stageName") { $0.name },
        .text("stageAt") { $0.at },
        .text("stageWhen") { $0.when },
    ]

    /// Empty for a contract without stages. What happened more than once shows its last time, but for the first answer.
    static func line(_ entries: [TicketEntry], _ contract: Contract, _ moments: Moments) -> [TicketStage] {
        let times = contract.stages.map { stage in
            let found = entries.filter { stage.fact.isReached(by: $0.fact.kind) }
            return (stage.fact.isOnce ? found.first : found.last)?.fact.at
        }
        let last = times.lastIndex { $0 != nil }
        return zip(contract.stages, times).enumerated().map { index, pair in
            let (stage, time) = pair
            return TicketStage(
                state: time == nil ? "todo" : index == last ? "here" : "done",
                name: stage.name.text(in: moments.words.language),
                at: time.map { "\(Instant(clamping: $0))" } ?? "", when: time.map(moments.short) ?? "")
        }
    }
}

extension Visit {
    /// Empty where the contract names less than two: one is no line.
    func ticketStages(_ entries: [TicketEntry], _ moments: Moments) -> [TicketStage] {
        guard let contract = desk?.ticketRules?.contract, contract.stages.count > 1 else { return [] }
        return TicketStage.line(entries, contract, moments)
    }
}

extension Stage.Fact {
    fileprivate var isOnce: Bool { self == .acknowledged || self == .answered || self == .diagnosed }

    fileprivate func isReached(by kind: TicketFact.Kind) -> Bool {
        switch (self, kind) {
        case (.acknowledged, .acknowledged), (.diagnosed, .diagnosis), (.answered, .staffMessage),
            (.surveyed, .surveyed), (.inDevelopment, .status(.inDevelopment)), (.resolved, .status(.resolved)),
            (.closed, .status(.closed)):
            true
        default: false
        }
    }
}
