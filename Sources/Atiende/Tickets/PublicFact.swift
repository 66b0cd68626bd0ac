// What customers may hear of a ticket. Whatever is written for them is made of these and of nothing else.

/// There is none of what only staff may hear of.
struct PublicFact: Sendable, Equatable {
    let entry: TicketEntry

    init?(_ entry: TicketEntry) {
        var fact = entry.fact
        guard !fact.kind.isInternal else { return nil }
        if fact.kind.keepsReasonInternal { fact.body = "" }
        if case .edited(let edits) = fact.kind {
            let told = edits.filter { !$0.property.isInternal }
            guard !told.isEmpty else { return nil }
            fact = TicketFact(at: fact.at, actor: fact.actor, kind: .edited(told), body: fact.body)
        }
        self.entry = TicketEntry(id: entry.id, recordedAt: entry.recordedAt, fact: fact)
    }
}

extension TicketFact.Kind {
    /// Whether what was written with it is for staff only, though customers hear that it happened: why a ticket moves
    /// between levels.
    var keepsReasonInternal: Bool {
        if case .level = self { true } else { false }
    }
}

extension TicketProperty {
    /// By tags the staff sorts its work.
    var isInternal: Bool { self == .tags }
}
