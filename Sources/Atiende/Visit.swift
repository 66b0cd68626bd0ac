// One request as a handler sees it: whose desk, in which language, at what instant.

public import HTTP
internal import Markup

public struct Visit: Sendable {
    public let site: Site
    /// The open desk of the tenant; nil at the root of the server.
    public let desk: Desk?
    let address: Address
    /// What followed `?`, as it was sent.
    let query: String?
    let language: Language
    /// Whether the visitor just chose the language: then it is remembered.
    let languageIsNew: Bool
    public let parameters: PathParameters
    let requestNumber: UInt64
    /// Seconds since 1970: the one reading of the clock for this request.
    public let now: Int

    /// The words of the visitor's language.
    var words: Words { site.templates.words(in: language) }

    /// The open desk; not found at the root of the server, where there is none.
    public func tenantDesk() throws(Refusal) -> Desk {
        guard let desk else { throw .notFound }
        return desk
    }

    /// A path of the tenant, or of the site at its root: `/tickets` becomes `/t/proware/tickets`.
    public func link(_ path: String) -> String { address.base + path }

    /// This page again, in another language.
    func link(to language: Language) -> String {
        let others = query?.split(separator: "&").filter { $0 != "lang" && !$0.hasPrefix("lang=") } ?? []
        return address.text + "?" + (others + ["lang=\(language.rawValue)"]).joined(separator: "&")
    }
}
