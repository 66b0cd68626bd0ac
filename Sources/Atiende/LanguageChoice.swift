// The language of a page: what the visitor chose on this page (`?lang=en`), or chose before (a cookie), or what the
// browser prefers; else Spanish. Whoever is in and chose one in the profile gets that.

internal import HTTP
internal import Markup

struct LanguageChoice {
    let language: Language
    /// Whether this request chose: then the choice is kept in a cookie.
    let isNew: Bool

    private static let cookieName: StaticString = "lang"

    init(_ request: Request, _ person: Person? = nil) {
        if let query = request.query, let form = try? Form.parse(urlencoded: request.head[query]),
            let chosen = form["lang"].flatMap(Language.init(rawValue:))
        {
            language = chosen
            isNew = request.cookie(Self.cookieName) != chosen.rawValue
            return
        }
        isNew = false
        if let own = person?.language.flatMap(Language.init(rawValue:)) {
            language = own
        } else if let kept = request.cookie(Self.cookieName).flatMap(Language.init(rawValue:)) {
            language = kept
        } else {
            language = request.preferredLanguage(among: ["es", "en"]) == 1 ? .en : .es
        }
    }

    /// Kept for a year. It holds a preference, not an identity.
    static func cookie(_ language: Language, _ request: Request) -> SetCookie? {
        SetCookie(
            name: "\(cookieName)", value: language.rawValue, maxAge: 31_536_000, secure: request.origin.secure)
    }
}
