// One request as a handler sees it: whose desk, who is in, in which language, at what instant.

public import HTTP
internal import Markup
internal import SLA

public struct Visit: Sendable {
    public let site: Site
    /// The open desk of the tenant; nil at the root of the server.
    public let desk: Desk?
    let address: Address
    /// Who is in; nil for everybody else.
    let session: Session?
    /// For the hidden fields of forms; nil at the root of the server, where there are none.
    let seal: FormSeal?
    /// What the form before this page did, to be told once; empty for nothing.
    let said: String
    /// What followed `?`, as it was sent.
    let query: String?
    let language: Language
    /// Whether the visitor just chose the language: then it is remembered.
    let languageIsNew: Bool
    public let parameters: PathParameters
    let requestNumber: UInt64
    /// Where the visitor comes from, in words.
    let clientAddress: String
    /// Seconds since 1970: the one reading of the clock for this request.
    public let now: Int

    /// The words of the visitor's language.
    var words: Words { site.templates.words(in: language) }

    /// The open desk; not found at the root of the server, where there is none.
    public func tenantDesk() throws(Refusal) -> Desk {
        guard let desk else { throw .notFound }
        return desk
    }

    /// Who is in. The gate lets nobody else through to a route that is not for anyone.
    func signedIn() throws(Refusal) -> Session {
        guard let session else { throw .notFound }
        return session
    }

    /// The organization that a customer is here for.
    func membership() throws(Refusal) -> Session.Membership {
        guard let membership = session?.membership else { throw .notFound }
        return membership
    }

    /// A path of the tenant, or of the site at its root: `/tickets` becomes `/t/proware/tickets`.
    public func link(_ path: String) -> String { address.base + path }

    /// This page again, in another language.
    func link(to language: Language) -> String {
        let others = query?.split(separator: "&").filter { $0 != "lang" && !$0.hasPrefix("lang=") } ?? []
        return address.text + "?" + (others + ["lang=\(language.rawValue)"]).joined(separator: "&")
    }

    /// The zone in which times are shown: the reader's own, else the tenant's.
    func zone() throws(Refusal) -> TimeZoneRules {
        if let name = session?.person.timeZone, let zone = try? site.installation.zones.rules(name) { return zone }
        return try tenantDesk().zone
    }

    /// Whether what is made now is kept for others as well, and filled in for each (`OpenMarkup`).
    private(set) var isOpen = false

    /// The same visit, for making what is kept for others as well.
    var opened: Visit {
        var visit = self
        visit.isOpen = true
        return visit
    }

    /// What a form of this page carries unseen.
    func formKeys() -> FormKeys {
        isOpen ? OpenMarkup.keys : FormKeys(csrf: seal?.text ?? "", key: (try? Random.identifier()) ?? "")
    }

    /// A field of the query; nil where it is absent or the query is malformed.
    func asked(_ name: String) -> String? {
        guard let query, let form = try? Form.parse(urlencoded: Array(query.utf8)[...]) else { return nil }
        return form[name]
    }
}
