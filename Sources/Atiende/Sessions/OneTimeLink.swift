// A link that does one thing once, for one person: set a password, recover one, confirm an address.

internal import SQL

struct OneTimeLink: Sendable {
    enum Purpose: String, Sendable, CaseIterable, SQLValue {
        /// The first password.
        case set
        /// A new password for one that was forgotten.
        case recover
        /// Another e-mail address.
        case address

        /// Long enough to read one's mail, short enough to be of no use to whoever finds it later.
        var seconds: Int {
            switch self {
            case .set: 72 * 3600
            case .recover, .address: 3600
            }
        }
    }

    let hash: [UInt8]
    let person: Person.ID
    let purpose: Purpose
    /// The address to be confirmed.
    let address: String?
}

extension String {
    /// The same with a mark in the place of every link's secret.
    var withoutTokens: String { replacing(/token=[0-9a-f]{64}/, with: "token=…") }
}
