// Somebody who may come in: a customer, a technician, an admin.

internal import Markup
public import SQL

public struct Person: Sendable, Equatable {
    public typealias ID = Identifier<Person>

    public let id: ID
    public var email: String
    public var name: String
    public var role: Role
    public var isLead = false
    public var state: State
    public var phone = ""
    /// Nil: as the browser prefers.
    public var language: String?
    /// Nil: the tenant's.
    public var timeZone: String?
    /// `light`, `dark`, or empty: as the system says.
    public var theme = ""

    public enum Role: Sendable, Hashable {
        case customer
        /// Of level 1, 2 or 3 (BZ-1).
        case technician(level: Int)
        case admin

        public var isStaff: Bool { self != .customer }

        /// As the table keeps it.
        public var name: String {
            switch self {
            case .customer: "customer"
            case .technician: "technician"
            case .admin: "admin"
            }
        }

        public var level: Int? {
            if case .technician(let level) = self { level } else { nil }
        }

        /// Nil for a name that is none, and for a level that does not belong to it.
        public init?(_ name: String, level: Int?) {
            switch (name, level) {
            case ("customer", nil): self = .customer
            case ("technician", .some(1...3)): self = .technician(level: level ?? 1)
            case ("admin", nil): self = .admin
            default: return nil
            }
        }
    }

    public enum State: String, Sendable, CaseIterable, SQLValue {
        /// Signed up; waits for an approval.
        case pending
        /// Has a link with which to set a password.
        case invited
        case active
        /// Never comes in again; what he did keeps his name.
        case deactivated
    }
}
