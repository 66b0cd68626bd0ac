// The queues of a desk: which tickets each shows, and in which order.

enum QueueView: Hashable, Sendable {
    case all
    case mine
    case unassigned
    case breached
    /// Little is left of the clock that is due first.
    case soon
    case waiting
    case level(Int)
    /// The work of somebody.
    case assigned(Person.ID)
    case resolved
    /// Closed, or merged into another.
    case closed

    /// The last part of its path; empty for all that is open.
    var name: String {
        switch self {
        case .all: ""
        case .mine: "mine"
        case .unassigned: "unassigned"
        case .breached: "breached"
        case .soon: "soon"
        case .waiting: "waiting"
        case .level(let level): "level-\(level)"
        case .assigned(let person): "assigned-\(person)"
        case .resolved: "resolved"
        case .closed: "closed"
        }
    }

    /// Under which its count is told.
    var key: String { self == .all ? "all" : name }

    var path: String { name.isEmpty ? "/queue" : "/queue/" + name }

    init?(_ name: String) {
        let simple: [QueueView] = [.mine, .unassigned, .breached, .soon, .waiting, .resolved, .closed]
        if let view = simple.first(where: { $0.name == name }) {
            self = view
        } else if name.hasPrefix("level-"), let level = (1...3).first(where: { "level-\($0)" == name }) {
            self = .level(level)
        } else if name.hasPrefix("assigned-"), let person = Person.ID(String(name.dropFirst(9))) {
            self = .assigned(person)
        } else {
            return nil
        }
    }

    /// Whether its tickets are cut into bands that say when they are due.
    var hasBands: Bool {
        switch self {
        case .breached, .resolved, .closed: false
        default: true
        }
    }

    var isOfOpen: Bool { self != .resolved && self != .closed }
}

/// By which column a queue is in order.
struct QueueSort: Hashable, Sendable {
    enum Column: String, CaseIterable, Sendable {
        case due
        case subject
        case severity
        case level
        case assignee
        case said
    }

    var column = Column.due
    var isReversed = false

    /// `severity`, `-said`
    init?(_ text: String) {
        isReversed = text.hasPrefix("-")
        guard let column = Column(rawValue: isReversed ? String(text.dropFirst()) : text) else { return nil }
        self.column = column
    }

    init() {}

    var text: String { (isReversed ? "-" : "") + column.rawValue }
    var isUsual: Bool { self == QueueSort() }
}
