// Whom the gate lets through: finds the session, asks the route's declaration, and looks at the seal of forms.

internal import HTTP
internal import SQL

extension Gate {
    /// Who comes with this request. Nil for nobody, and for a session that is over.
    func session(_ desk: Desk, _ request: Request, at now: Int) throws(Refusal) -> Session? {
        guard let token = SessionCookie.token(of: desk.tenant.slug, request) else { return nil }
        let policy = desk.policy
        guard let session = try desk.read({ try $0.session(token.hash, policy, at: now) }) else { return nil }
        if now - session.usedAt >= policy.touchSeconds {
            // Nobody waits for it: lost, it shortens a session by a minute.
            desk.database.write({ try $0.touchSession(session.hash, at: now) }, completion: { _ in })
        }
        return session
    }

    /// Throws, or answers in the route's place, unless the visitor may use it.
    func turnAway(_ visit: Visit, _ route: Route, _ request: Request) throws(Refusal) -> Response? {
        guard visit.desk != nil else { return nil }
        if route.admission != .anyone {
            guard let session = visit.session else {
                if request.method == .post, let kept = try keepForm(visit, request) { return kept }
                return .seeOther(Self.login(visit, request))
            }
            switch route.admission.verdict(on: session) {
            case .admitted: break
            case .elsewhere(let path): return .seeOther(visit.link(path))
            case .nothing:
                visit.trace(visit.entry(.turnedAway, "\(route.pattern)", isDone: false))
                throw .notFound
            }
        }
        return request.method == .post ? try checkSeal(visit, route, request) : nil
    }

    private func checkSeal(_ visit: Visit, _ route: Route, _ request: Request) throws(Refusal) -> Response? {
        if case .form(let form) = request.body, let sent = form[FormSeal.field], let seal = visit.seal,
            seal.matches(sent)
        {
            return nil
        }
        guard let session = visit.session else { throw .forbidden }
        visit.trace(visit.entry(.turnedAway, "\(route.pattern)", isDone: false))
        guard route.admission != .anyone, let kept = try keepForm(visit, of: session, request) else { throw .forbidden }
        return kept
    }

    /// The log-in, with the way back to a page; a form's page is asked for again.
    private static func login(_ visit: Visit, _ request: Request) -> String {
        let path = String(decoding: visit.address.path, as: UTF8.self)
        guard request.method != .post, path != "/" else { return visit.link("/login") }
        let target = path + (visit.query.map { "?" + $0 } ?? "")
        guard target.utf8.count <= WayBack.longest else { return visit.link("/login") }
        return visit.link("/login?next=" + PercentCoding.encode(queryComponent: target))
    }
}

/// Where somebody wanted to go before he had to log in: a path of this tenant, nothing else.
enum WayBack {
    static let longest = 1024

    /// Technicians who wanted to go nowhere else begin with what is to be done.
    static func home(_ path: String, for role: Person.Role?) -> String {
        if path == "/", case .technician = role { "/queue" } else { path }
    }

    /// The path, or the tenant's home for anything that could lead elsewhere: another host (`//`, `/\`, `https:`), or
    /// a control character that a browser drops before it looks.
    static func path(_ sent: String?) -> String {
        guard let sent, (1...longest).contains(sent.utf8.count), sent.utf8.first == 0x2F,
            sent.utf8.allSatisfy({ 0x21...0x7E ~= $0 && $0 != 0x5C }), sent.utf8.dropFirst().first != 0x2F
        else { return "/" }
        return sent
    }
}
