// What somebody without an account reports (PW-2).

internal import Markup

struct StrangerReport: Sendable, Equatable {
    let email: EmailAddress
    let name: String
    let company: String
    let subject: String
    let description: String
    /// A key of the contract's kinds.
    let kind: String
    let language: Language

    /// How much strangers may cause.
    enum Limits {
        /// Letters to one address in a day, whoever has them sent.
        static let letters = 3
        static let letterSeconds = 86_400
        /// Within which the address has to be confirmed.
        static let seconds = 86_400
        /// Reports that wait, of all strangers together.
        static let waiting = 500
        static let forgottenAtOnce = 16
    }
}
