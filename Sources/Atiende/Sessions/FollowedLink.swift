// A one-time link that somebody followed: whose it is, and the page for one that leads nowhere any more.

internal import HTTP
internal import Markup
internal import SQL

struct FollowedLink: Sendable {
    let token: SecretToken
    let link: OneTimeLink
    let person: Person
}

extension Visit {
    /// Nil for a link that was used, replaced, has expired, is another tenant's or none at all. It is not used up.
    func follow(_ text: String?, _ purposes: Set<OneTimeLink.Purpose>) throws(Refusal) -> FollowedLink? {
        guard let token = text.flatMap(SecretToken.init) else { return nil }
        return try tenantDesk().read { connection in
            guard let (link, person) = try connection.bearer(of: token.hash, purposes, at: now) else { return nil }
            return FollowedLink(token: token, link: link, person: person)
        }
    }

    /// One answer for every link that leads nowhere, so that nobody learns why.
    func deadLink() -> Response {
        let page = NoticePage(
            heading: words.text("password.dead.heading"), lead: words.text("password.dead.lead"),
            action: words.text("password.dead.action"), href: link("/password/forgot"))
        return show(page, site.pages.notice, title: words.text("password.dead.title"), status: .notFound)
    }
}

extension Connection {
    /// The link of that hash and its person, while it can be used for one of these purposes.
    func bearer(
        of hash: [UInt8], _ purposes: Set<OneTimeLink.Purpose>, at now: Int
    ) throws(SQLError) -> (OneTimeLink, Person)? {
        guard let link = try link(hash, at: now), purposes.contains(link.purpose),
            let person = try person(link.person), person.state != .deactivated
        else { return nil }
        return (link, person)
    }

    /// Uses the link up, within the write of what it allows; nil where somebody was faster.
    func useUp(_ followed: FollowedLink, at now: Int) throws(SQLError) -> Person? {
        guard let (link, person) = try bearer(of: followed.token.hash, [followed.link.purpose], at: now),
            try useLink(link)
        else { return nil }
        return person
    }
}

extension Faults {
    /// What the work of a form throws whose link leads nowhere any more.
    static let deadLink = Faults.one("token", "")
}

/// A page that says one thing and leads to one place.
struct NoticePage: Page {
    let heading: String
    let lead: String
    let action: String
    let href: String

    static let template: StaticString = "sessions/notice.html"
    static let fields: [Field<NoticePage>] = [
        .text("heading") { $0.heading },
        .text("lead") { $0.lead },
        .text("action") { $0.action },
        .text("href") { $0.href },
    ]
}
