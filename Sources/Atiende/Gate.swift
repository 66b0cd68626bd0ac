// Where every request comes in: finds the tenant and the route, asks where the tenant is, turns away what comes from
// another site, and turns whatever a handler answers, or refuses, into a response.

public import HTTP
internal import Markup

public struct Gate: Application {
    let site: Site
    private let siteRoutes: RouteMap
    let tenantRoutes: RouteMap

    public init(_ site: Site, siteRoutes: [Route] = [], tenantRoutes: [Route] = []) {
        self.site = site
        self.siteRoutes = RouteMap(Routes.site + (site.isForDevelopment ? Routes.development : []) + siteRoutes)
        self.tenantRoutes = RouteMap(Routes.tenant + tenantRoutes)
    }

    public func receive(_ request: Request) -> Reception {
        guard request.form != .asterisk else { return .answer(Self.options(HTTP.Method.allCases)) }
        if request.method == .get || request.method == .head,
            let asset = site.asset(for: request)
        {
            var response = Response(.ok, body: .asset(asset))
            response.route = "/assets/{name}"
            return .answer(response)
        }
        let address: Address
        do throws(Refusal) {
            address = try Address(of: request, in: site.installation.directory)
        } catch {
            return .answer(refuse(error, request, nil))
        }
        let map = address.tenant == nil ? siteRoutes : tenantRoutes
        switch map.match(request.method, address.path) {
        case .found(let route, let parameters): return admit(request, address, route, parameters)
        case .wrongMethod(let allowed): return .answer(wrongMethod(allowed, request, address))
        case .none: return .answer(lost(request, address, map))
        }
    }

    // MARK: Going in

    private func admit(_ request: Request, _ address: Address, _ route: Route, _ parameters: PathParameters)
        -> Reception
    {
        if request.method == .post || request.method == .put || request.method == .delete, request.isFromAnotherSite {
            return .answer(refuse(.forbidden, request, address))
        }
        // Before the body is taken, which may be large.
        do throws(Refusal) {
            try address.tenant?.requireHere()
        } catch {
            return .answer(refuse(error, request, address))
        }
        let ready = address.tenant.flatMap { site.installation.desks.ready($0.slug) }
        let rule: BodyRule
        switch route.body {
        case .none: rule = .none
        case .form: rule = .form
        case .upload:
            guard let tenant = address.tenant else { return .answer(refuse(.notFound, request, address)) }
            rule =
                isKnown(request, at: ready, of: tenant, route)
                ? .upload(directory: site.installation.incoming(of: tenant)) : .uploadWithoutFiles
        }
        // A tenant that is not open yet opens on a worker: the loop must not wait for its disk.
        let place = address.tenant != nil && ready == nil ? Place.worker : route.place
        return .serve(rule, place) { request in
            answer(request, address, route, parameters, ready)
        }
    }

    /// Whether a form may bring files before its session is looked at: strangers fill nobody's disk. A tenant that is not
    /// open yet cannot be asked here.
    private func isKnown(_ request: Request, at desk: Desk?, of tenant: Tenant, _ route: Route) -> Bool {
        guard route.admission != .anyone else { return true }
        guard let token = SessionCookie.token(of: tenant.slug, request) else { return false }
        guard let desk else { return true }
        let now = site.clock()
        do throws(Refusal) { return try desk.read { try $0.author(ofSession: token.hash, at: now) } != nil } catch {
            return true
        }
    }

    private func answer(
        _ request: Request, _ address: Address, _ route: Route, _ parameters: PathParameters, _ ready: Desk?
    ) -> Response {
        var response: Response
        var desk = ready
        var seen: Visit?
        do throws(Refusal) {
            if desk == nil { desk = try address.tenant.map(site.installation.desk(of:)) }
            let (visit, newcomer) = try visit(request, address, desk, parameters, route)
            seen = visit
            if let elsewhere = try turnAway(visit, route, request) {
                response = elsewhere
            } else {
                switch route.action {
                case .show(let handler): response = try handler(visit, request)
                case .submit(let handler): response = try submit(handler(visit, request), visit, request)
                }
            }
            remember(visit, newcomer, request: request, in: &response)
        } catch {
            response = refuse(error, request, address, desk, seen)
        }
        response.route = route.pattern
        response.tenant = address.tenant?.slug.rawValue
        return response
    }

    /// Hands the work of a form to the desk's writer; the response comes once it is on the disk.
    private func submit(
        _ submission: Submission, _ visit: Visit, _ request: Request
    ) throws(Refusal) -> Response {
        switch submission {
        case .answer(let response): return response
        case .file(let filing):
            let desk = try visit.tenantDesk()
            return .later { answer in
                desk.submit(filing.key, at: visit.now, filing.work) { result in
                    switch result {
                    case .success(let location):
                        filing.afterwards()
                        site.postman.nudge(desk.tenant.slug)
                        answer(Response.seeOther(location).saying(filing.said, visit, request))
                    case .failure(let refusal):
                        answer(again(refusal, filing, visit, request, desk))
                    }
                }
            }
        }
    }

    /// The form with what is wrong with it; or, where the disk took nothing, with all that was typed and what to do.
    private func again(
        _ refusal: Refusal, _ filing: Filing, _ visit: Visit, _ request: Request, _ desk: Desk
    ) -> Response {
        if let faults = refusal.faults, let again = filing.otherwise(faults) { return again }
        let page = refuse(refusal, request, visit.address, desk, visit)
        guard let faults = visit.notKept(refusal), var again = filing.otherwise(faults) else { return page }
        again.status = page.status
        return again.adding("Retry-After", "30")
    }

    /// The visit, and the cookie for somebody who is not in and sees a form for the first time.
    private func visit(
        _ request: Request, _ address: Address, _ desk: Desk?, _ parameters: PathParameters, _ route: Route
    ) throws(Refusal) -> (Visit, newcomer: SetCookie?) {
        guard let desk else { return (visit(request, address, nil, parameters), nil) }
        let now = site.clock()
        let slug = desk.tenant.slug
        if let session = try session(desk, request, at: now), let token = SessionCookie.token(of: slug, request) {
            let seal = try FormSeal(secret: token.text)
            return (visit(request, address, desk, parameters, at: now, session, seal), nil)
        }
        if let secret = SessionCookie.visitor(of: slug, request) {
            return (visit(request, address, desk, parameters, at: now, nil, try FormSeal(secret: secret)), nil)
        }
        guard tenantRoutes.showsForm(route) else { return (visit(request, address, desk, parameters, at: now), nil) }
        let secret = try SecretToken.make().text
        let visit = visit(request, address, desk, parameters, at: now, nil, try FormSeal(secret: secret))
        return (visit, SessionCookie.setVisitor(secret, of: slug, request))
    }

    private func visit(
        _ request: Request, _ address: Address, _ desk: Desk?, _ parameters: PathParameters, at now: Int? = nil,
        _ session: Session? = nil, _ seal: FormSeal? = nil
    ) -> Visit {
        let choice = LanguageChoice(request, session?.person, among: desk?.languages ?? .both)
        let said = request.method == .get ? desk.flatMap { SessionCookie.said(of: $0.tenant.slug, request) } : nil
        return Visit(
            site: site, desk: desk, address: address, session: session, seal: seal, said: said ?? "",
            query: request.queryText, language: choice.language, languageIsNew: choice.isNew, parameters: parameters,
            requestNumber: request.id, clientAddress: request.origin.address, now: now ?? site.clock())
    }

    private func remember(
        _ visit: Visit, _ newcomer: SetCookie? = nil, request: Request, in response: inout Response
    ) {
        if let newcomer { response.add(newcomer) }
        if !visit.said.isEmpty, let slug = visit.desk?.tenant.slug,
            let cookie = SessionCookie.clearSaid(of: slug, request)
        {
            response.add(cookie)
        }
        guard visit.languageIsNew, let cookie = LanguageChoice.cookie(visit.language, request) else { return }
        response.add(cookie)
    }

    // MARK: Staying out

    private func refuse(
        _ refusal: Refusal, _ request: Request, _ address: Address?, _ desk: Desk? = nil, _ visit: Visit? = nil
    ) -> Response {
        if refusal.isDamage, let desk { site.installation.desks.discard(desk) }
        if case .elsewhere(let base) = refusal, let address, let tenant = address.tenant {
            var response = Response(.temporaryRedirect)
            response.add("Location", Self.location(of: tenant, at: base, address, request))
            response.tenant = tenant.slug.rawValue
            return response
        }
        if refusal.isFault {
            site.installation.log.write(
                .error, "refused",
                [
                    ("tenant", address?.tenant?.slug.rawValue ?? "-"), ("id", hexadecimal(request.id)),
                    ("why", refusal.why),
                ])
        }
        return errorPage(request, address, visit) { ErrorPage.response(to: refusal, $0) }
    }

    /// The same place of the tenant on the machine where it is.
    private static func location(
        of tenant: Tenant, at base: String, _ address: Address, _ request: Request
    ) -> String {
        let machine = base.hasSuffix("/") ? String(base.dropLast()) : base
        let path = String(decoding: address.path, as: UTF8.self)
        return "\(machine)/t/\(tenant.slug)\(path)" + (request.queryText.map { "?" + $0 } ?? "")
    }

    /// In the frame of the tenant where the request named one, even if it cannot be opened.
    private func errorPage(
        _ request: Request, _ address: Address?, _ visit: Visit? = nil, _ make: (Visit) -> Response
    ) -> Response {
        let visit = visit ?? stranger(request, address)
        var response = make(visit)
        remember(visit, request: request, in: &response)
        response.tenant = address?.tenant?.slug.rawValue
        return response
    }

    /// The visit of a request that did not get as far as a handler. Who is in is told where that is known without waiting
    /// for a disk.
    private func stranger(_ request: Request, _ address: Address?) -> Visit {
        guard let address, let tenant = address.tenant, let desk = site.installation.desks.ready(tenant.slug) else {
            return visit(request, address ?? .root, nil, PathParameters())
        }
        let now = site.clock()
        let session = try? session(desk, request, at: now)
        let token = SessionCookie.token(of: tenant.slug, request)
        let seal = token.flatMap { try? FormSeal(secret: $0.text) }
        return visit(request, address, desk, PathParameters(), at: now, session, seal)
    }

    /// No route: a path that lacks only its final slash is shown the way.
    private func lost(_ request: Request, _ address: Address, _ map: RouteMap) -> Response {
        if request.method == .get || request.method == .head, address.path.last != 0x2F,
            case .found = map.match(request.method, address.path + [0x2F])
        {
            let query = request.queryText.map { "?" + $0 } ?? ""
            return Response(.movedPermanently).adding("Location", address.text + "/" + query)
        }
        return refuse(.notFound, request, address)
    }

    private func wrongMethod(_ allowed: [HTTP.Method], _ request: Request, _ address: Address) -> Response {
        if request.method == .options { return Self.options(allowed) }
        return errorPage(request, address) { ErrorPage.response(.methodNotAllowed, $0) }
            .adding("Allow", Self.list(allowed))
    }

    private static func options(_ allowed: [HTTP.Method]) -> Response {
        Response(.noContent).adding("Allow", list(allowed))
    }

    private static func list(_ methods: [HTTP.Method]) -> String {
        methods.map { "\($0.name)" }.joined(separator: ", ")
    }
}

extension Request {
    /// A form that another site's page sent: browsers say so (Fetch Metadata), older ones name its origin. Another name
    /// of the same domain is another site here: a tenant's own host is nobody else's.
    fileprivate var isFromAnotherSite: Bool {
        if let site = field("Sec-Fetch-Site") { return site != "same-origin" && site != "none" }
        return field("Origin") != nil && !isOfOwnOrigin
    }

    /// Whether the browser says that a page of this very site sent it.
    var isFromThisSite: Bool { field("Sec-Fetch-Site").map { $0 == "same-origin" } ?? isOfOwnOrigin }

    private var isOfOwnOrigin: Bool {
        guard let origin = field("Origin") else { return false }
        let (scheme, port) = self.origin.secure ? ("https://", ":443") : ("http://", ":80")
        let host = hostText.lowercased()
        return origin.lowercased() == scheme + (host.hasSuffix(port) ? String(host.dropLast(port.count)) : host)
    }
}
