// The cookies of a tenant: one for who is in, one for whoever fills in a form without being in. Their names carry the
// tenant, so that one browser can be in at several providers and each keeps its own.

internal import HTTP

enum SessionCookie {
    /// Lasts as long as the browser; the server ends it earlier.
    static func set(_ token: String, of slug: Slug, _ request: Request) -> SetCookie? {
        SetCookie(name: name("sid", slug, request), value: token, secure: request.origin.secure)
    }

    static func clear(of slug: Slug, _ request: Request) -> SetCookie? {
        SetCookie(name: name("sid", slug, request), value: "", maxAge: 0, secure: request.origin.secure)
    }

    static func token(of slug: Slug, _ request: Request) -> SecretToken? {
        request.cookie(named: name("sid", slug, request)).flatMap(SecretToken.init)
    }

    // MARK: Without a session

    static func setVisitor(_ secret: String, of slug: Slug, _ request: Request) -> SetCookie? {
        SetCookie(name: name("form", slug, request), value: secret, secure: request.origin.secure)
    }

    static func visitor(of slug: Slug, _ request: Request) -> String? {
        request.cookie(named: name("form", slug, request)).flatMap { SecretToken($0)?.text }
    }

    // MARK: What was done

    static func setSaid(_ key: String, of slug: Slug, _ request: Request) -> SetCookie? {
        SetCookie(name: name("said", slug, request), value: key, maxAge: 60, secure: request.origin.secure)
    }

    static func said(of slug: Slug, _ request: Request) -> String? {
        request.cookie(named: name("said", slug, request)).flatMap { $0.isEmpty ? nil : $0 }
    }

    static func clearSaid(of slug: Slug, _ request: Request) -> SetCookie? {
        SetCookie(name: name("said", slug, request), value: "", maxAge: 0, secure: request.origin.secure)
    }

    /// Over TLS browsers themselves see to it that nobody but this very host sets the cookie (RFC 6265bis §4.1.3.2).
    private static func name(_ purpose: String, _ slug: Slug, _ request: Request) -> String {
        (request.origin.secure ? "__Host-" : "") + purpose + "-" + slug.rawValue
    }
}
