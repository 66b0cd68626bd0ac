// What is asked of the trail, and one page of what it answers.

internal import SLA

/// The rows that are wanted. Nil stands for any.
struct AuditQuestion: Sendable, Equatable {
    var act: AuditEntry.Act?
    var actor: Person.ID?
    var organization: Organization.ID?
    var isDone: Bool?
    /// From this instant on.
    var from: Int?
    /// Before this instant.
    var until: Int?
    /// Only what people of the provider did.
    var isByStaff = false

    /// The index that the rows are found by: the one that leaves the fewest.
    enum Lead: CaseIterable {
        case actor
        case organization
        case act
        case refusal
        case time
    }

    var lead: Lead {
        if actor != nil { return .actor }
        if organization != nil { return .organization }
        if act != nil { return .act }
        return isDone == false ? .refusal : .time
    }
}

/// A row's place in the order of the trail.
struct AuditPlace: Sendable, Equatable {
    let at: Int
    let id: Int

    /// Above every row.
    static let end = AuditPlace(at: Int.max, id: Int.max)

    init(at: Int, id: Int) {
        self.at = at
        self.id = id
    }

    /// As a link carries it: `1794841200-17`.
    init?(_ text: String) {
        let parts = text.split(separator: "-", omittingEmptySubsequences: false)
        guard parts.count == 2, parts.allSatisfy({ (1...15).contains($0.utf8.count) }),
            parts.allSatisfy({ $0.utf8.allSatisfy { 0x30...0x39 ~= $0 } }), let at = Int(parts[0]),
            let id = Int(parts[1])
        else { return nil }
        self.init(at: at, id: id)
    }

    var text: String { "\(at)-\(id)" }
}

/// A row of the trail with the names of those whom it speaks of.
struct AuditRow: Sendable {
    let place: AuditPlace
    let act: String
    let subject: String
    /// The name of the person or organization that the subject is; empty for other subjects.
    let subjectName: String
    let isDone: Bool
    let address: String
    let before: String
    let after: String
    /// Both empty for somebody who was not in.
    let actorName: String
    let actorEmail: String
    let organization: String
}

struct AuditPage: Sendable {
    let rows: [AuditRow]
    /// Where older rows begin; nil where there are none.
    let older: AuditPlace?
}
