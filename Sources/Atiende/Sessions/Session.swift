// Somebody who is in: who, since when, and for which organization.

struct Session: Sendable {
    let person: Person
    /// Under which it is kept: the SHA-256 of the cookie's value.
    let hash: [UInt8]
    let standing: Standing
    let startedAt: Int
    let usedAt: Int
    /// The organization for which a customer is here; nil for staff, and for a customer of none.
    let membership: Membership?
    /// The customer could be here for another organization too.
    let hasOtherOrganizations: Bool
    /// Organizations ask the customer to belong to them.
    let hasOffers: Bool

    /// What still has to be done before anything else is shown.
    enum Standing: Sendable, Equatable {
        case complete
        /// The password was right; the code of the second step is missing.
        case needsCode
        /// The password is older than the tenant allows (SE-5).
        case needsPassword
        /// The tenant asks people of this role for a second step, and none is set up.
        case needsTwoStep

        /// Where that is done.
        var path: String {
            switch self {
            case .complete: "/"
            case .needsCode: "/login/code"
            case .needsPassword: "/profile/password"
            case .needsTwoStep: "/profile/two-step"
            }
        }
    }

    struct Membership: Sendable, Equatable {
        let organization: Organization.ID
        let name: String
        let isManager: Bool
    }
}
