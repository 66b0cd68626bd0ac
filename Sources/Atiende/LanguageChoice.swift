// The language of a page: what the visitor chose on this page (`?lang=en`), or chose before (a cookie), or what the
// browser prefers; else the tenant's first. Whoever is in and chose one in the profile gets that. What the tenant does
// not offer counts as not chosen.

internal import HTTP
internal import Markup

struct LanguageChoice {
    let language: Language
    /// Whether this request chose: then the choice is kept in a cookie.
    let isNew: Bool

    private static let cookieName: StaticString = "lang"

    init(_ request: Request, _ person: Person? = nil, among offered: OfferedLanguages = .both) {
        func known(_ name: String?) -> Language? { name.flatMap(Language.init(rawValue:)).flatMap(offered.having) }
        if let query = request.query, let form = try? Form.parse(urlencoded: request.head[query]),
            let chosen = known(form["lang"])
        {
            language = chosen
            isNew = request.cookie(Self.cookieName) != chosen.rawValue
            return
        }
        isNew = false
        if let own = known(person?.language) {
            language = own
        } else if let kept = known(request.cookie(Self.cookieName)) {
            language = kept
        } else {
            let preferred = request.preferredLanguage(among: ["es", "en"]).map { $0 == 1 ? Language.en : .es }
            language = preferred.flatMap(offered.having) ?? offered.first
        }
    }

    /// Kept for a year. It holds a preference, not an identity.
    static func cookie(_ language: Language, _ request: Request) -> SetCookie? {
        SetCookie(
            name: "\(cookieName)", value: language.rawValue, maxAge: 31_536_000, secure: request.origin.secure)
    }
}

/// The languages that a tenant's pages come in: one or both.
struct OfferedLanguages: Sendable, Equatable {
    /// For whoever prefers none of them.
    let first: Language
    let hasBoth: Bool

    static let both = OfferedLanguages(first: .es, hasBoth: true)

    func having(_ language: Language) -> Language? { hasBoth || language == first ? language : nil }
}
