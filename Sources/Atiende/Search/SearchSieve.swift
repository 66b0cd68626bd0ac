// What a ticket must be, in the terms of its columns.

internal import SLA

struct SearchSieve: Sendable {
    var state: SearchFilter.State?
    var due: SearchFilter.Due?
    var severity: Severity?
    var level: Int?
    var kind: String?
    var tag: String?
    /// Opened at that instant or later, and before the other.
    var from: Int?
    var before: Int?
    var isUnassigned = false
    var organizations: [Organization.ID]?
    var assignees: [Person.ID]?

    init(_ search: Search, _ zone: TimeZoneRules) {
        for filter in search.filters {
            switch filter {
            case .state(let wanted): state = wanted
            case .due(let wanted): due = wanted
            case .severity(let wanted): severity = wanted
            case .level(let wanted): level = wanted
            case .kind(let wanted): kind = wanted
            case .tag(let wanted): tag = wanted
            case .from(let date): from = Self.midnight(date, zone)
            case .upTo(let date): before = date.advanced(by: 1).flatMap { Self.midnight($0, zone) }
            case .assignee(.nobody): isUnassigned = true
            case .assignee, .organization: break
            }
        }
    }

    private static func midnight(_ date: CivilDate, _ zone: TimeZoneRules) -> Int? {
        WallTime(date: date, hour: 0, minute: 0).map { zone.resolve($0).earliest.seconds }
    }

    var onlyOrganization: Organization.ID? { organizations?.count == 1 ? organizations?.first : nil }

    var isOpen: Bool? {
        switch state {
        case nil, .resolved, .closed, .merged: nil
        default: true
        }
    }

    /// Of a ticket that was not merged.
    var status: TicketStatus? {
        switch state {
        case nil, .open, .merged: nil
        case .new: .new
        case .working: .open
        case .waitingCustomer: .waitingCustomer
        case .waitingThirdParty: .waitingThirdParty
        case .inDevelopment: .inDevelopment
        case .resolved: .resolved
        case .closed: .closed
        }
    }

    var isMerged: Bool? { state == .merged ? true : nil }

    /// `,3,17,`
    var organizationList: String? { organizations.map { Self.list($0.map(\.rawValue)) } }

    /// 0 for nobody.
    var assigneeList: String? {
        isUnassigned
            ? Self.list([0] + (assignees ?? []).map(\.rawValue)) : assignees.map { Self.list($0.map(\.rawValue)) }
    }

    private static func list(_ numbers: [Int]) -> String { "," + numbers.map(String.init).joined(separator: ",") + "," }
}
