// Every route of every feature, a line each: the map of the product.

public import HTTP

enum Routes {
    /// At the root of the server.
    static let site: [Route] = [
        .get("/", SiteHome.show),
        .get("/healthz", Health.show),
        .get("/readyz", on: .worker, Health.ready),
        .get("/metrics", on: .worker, Metrics.show),
    ]

    /// At the root of a server on which pages are being built.
    static let development: [Route] = [
        .get("/styleguide", Styleguide.show)
    ]

    /// Under a tenant: `/t/{slug}`, or the root of its own host.
    static let tenant: [Route] = [
        .get("/", Portal.show)
    ]
}

/// A path with what it takes, where it runs and who answers.
public struct Route: Sendable {
    public typealias Handler = @Sendable (Visit, Request) throws(Refusal) -> Response
    public typealias FormHandler = @Sendable (Visit, Request) throws(Refusal) -> Submission

    let method: HTTP.Method
    let pattern: StaticString
    let body: Body
    let place: Place
    let action: Action

    /// What a form may bring.
    public enum Body: Sendable {
        case none
        case form
        /// Files too, which are kept with the tenant's while they arrive.
        case upload
    }

    enum Action: Sendable {
        case show(Handler)
        case submit(FormHandler)
    }

    /// A page. On the loop when it was measured to be short; what reads much says `on: .worker`.
    public static func get(_ pattern: StaticString, on place: Place = .loop, _ handler: @escaping Handler) -> Route {
        Route(method: .get, pattern: pattern, body: .none, place: place, action: .show(handler))
    }

    /// A form. Its handler only reads what was sent; the work is done by the desk's writer, and no thread waits for the
    /// commit. A handler that blocks by itself (a password's hash, a file to be moved) says `on: .worker`.
    public static func post(
        _ pattern: StaticString, taking body: Body = .form, on place: Place = .loop, _ handler: @escaping FormHandler
    ) -> Route {
        Route(method: .post, pattern: pattern, body: body, place: place, action: .submit(handler))
    }
}

/// Routes by their paths.
struct RouteMap: Sendable {
    private let routes: [Route]
    private let router: Router

    init(_ routes: [Route]) {
        var router = Router()
        for (index, route) in routes.enumerated() { router.add(route.method, "\(route.pattern)", route: index) }
        self.routes = routes
        self.router = router
    }

    enum Match {
        case found(Route, PathParameters)
        case wrongMethod(allowed: [HTTP.Method])
        case none
    }

    func match(_ method: HTTP.Method, _ path: ArraySlice<UInt8>) -> Match {
        switch router.match(method, path) {
        case .found(let index, let parameters): .found(routes[index], parameters)
        case .wrongMethod(let allowed): .wrongMethod(allowed: allowed)
        case .none: .none
        }
    }
}
