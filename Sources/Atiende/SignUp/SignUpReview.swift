// What the home says to a customer who cannot do everything yet: that he, or his organization, still waits.

internal import Markup
internal import SQL

struct SignUpReview: Item, Equatable {
    let title: String
    let text: String

    static let fields: [Field<SignUpReview>] = [
        .text("title") { $0.title },
        .text("text") { $0.text },
    ]

    /// Nil for everybody who does not wait for anything.
    static func find(_ visit: Visit) throws(Refusal) -> SignUpReview? {
        guard let session = visit.session, session.standing == .complete, session.person.role == .customer else {
            return nil
        }
        let desk = try visit.tenantDesk()
        guard let membership = session.membership else {
            let isWaiting = try desk.read { try $0.isWaiting(session.person.id) }
            return SignUpReview(isWaiting ? "person" : "none", visit.words)
        }
        let state = try desk.read { try $0.state(of: membership.organization) }
        return state == .pending ? SignUpReview("organization", visit.words) : nil
    }

    private init(_ key: String, _ words: Words) {
        title = words.text("signup.review.\(key).title")
        text = words.text("signup.review.\(key).text")
    }
}
