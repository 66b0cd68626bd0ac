// Paths and their routes, hostile paths included.

import HTTP
import Testing

@Suite struct RouterTests {
    private static let patterns: [(HTTP.Method, String)] = [
        (.get, "/"), (.get, "/t/{slug}/"), (.get, "/t/{slug}/tickets"), (.post, "/t/{slug}/tickets"),
        (.get, "/t/{slug}/tickets/new"), (.get, "/t/{slug}/tickets/{folio}"), (.delete, "/t/{slug}/tickets/{folio}"),
        (.get, "/t/{slug}/tickets/{folio}/files/{file}"), (.get, "/a//b"), (.get, "/x/{one}/end"), (.get, "/x/y/{two}"),
    ]

    private static let router: Router = {
        var router = Router()
        for (index, (method, pattern)) in patterns.enumerated() { router.add(method, pattern, route: index) }
        return router
    }()

    /// `METHOD pattern name=value…`, or why there is none.
    private static func outcome(_ method: HTTP.Method, _ path: String, _ names: [String] = []) -> String {
        switch router.match(method, Array(path.utf8)[...]) {
        case .found(let route, let parameters):
            (["\(patterns[route].0.name) \(patterns[route].1)"] + names.map { "\($0)=\(parameters[$0])" })
                .joined(separator: " ")
        case .wrongMethod(let allowed): "allowed: " + allowed.map { "\($0.name)" }.joined(separator: ", ")
        case .none: "none"
        }
    }

    static let rows: [(String, [String], String)] = [
        ("/", [], "GET /"), ("", [], "none"), ("*", [], "none"), ("t/a/", [], "none"), ("//", [], "none"),
        ("/t/acme/", ["slug"], "GET /t/{slug}/ slug=acme"), ("/t/acme", [], "none"), ("/t//", [], "none"),
        ("/t/acme//", [], "none"), ("/t/acme/tickets", ["slug"], "GET /t/{slug}/tickets slug=acme"),
        ("/t/acme/tickets/", [], "none"), ("/t/acme/tickets/new", [], "GET /t/{slug}/tickets/new"),
        ("/t/acme/tickets/12", ["slug", "folio"], "GET /t/{slug}/tickets/{folio} slug=acme folio=12"),
        (
            "/t/a/tickets/1/files/f.pdf", ["file", "folio"],
            "GET /t/{slug}/tickets/{folio}/files/{file} file=f.pdf folio=1"
        ),
        // Parameters are decoded, literals are compared as they come.
        ("/t/%C3%B1/", ["slug"], "GET /t/{slug}/ slug=ñ"), ("/t/a%2Fb/", ["slug"], "GET /t/{slug}/ slug=a/b"),
        ("/t/%2e%2e/", ["slug"], "GET /t/{slug}/ slug=.."), ("/t/a+b/", ["slug"], "GET /t/{slug}/ slug=a+b"),
        ("/%74/acme/", [], "none"), ("/T/acme/", [], "none"),
        // What is no clean text belongs to no route.
        ("/t/%00/", [], "none"), ("/t/%FF/", [], "none"), ("/t/%C3/", [], "none"), ("/t/%0A/", [], "none"),
        ("/t/%/", [], "none"), ("/t/%zz/", [], "none"),
        ("/a//b", [], "GET /a//b"), ("/a/b", [], "none"), ("/a///b", [], "none"),
        // The literal way is tried first, and left where it leads nowhere.
        ("/x/y/end", [], "GET /x/y/{two}"), ("/x/y/other", ["two"], "GET /x/y/{two} two=other"),
        ("/x/z/end", ["one", "two"], "GET /x/{one}/end one=z two="),
    ]

    @Test(arguments: rows)
    func `a path has its route`(_ path: String, _ names: [String], _ expected: String) {
        #expect(Self.outcome(.get, path, names) == expected)
    }

    static let methods: [(HTTP.Method, String, String)] = [
        (.head, "/", "GET /"), (.post, "/t/a/tickets", "POST /t/{slug}/tickets"),
        (.put, "/t/a/tickets", "allowed: GET, POST, HEAD, OPTIONS"), (.options, "/", "allowed: GET, HEAD, OPTIONS"),
        (.delete, "/t/a/tickets/1", "DELETE /t/{slug}/tickets/{folio}"),
        (.head, "/t/a/tickets/1", "GET /t/{slug}/tickets/{folio}"), (.post, "/nowhere", "none"),
    ]

    @Test(arguments: methods)
    func `a path has its methods`(_ method: HTTP.Method, _ path: String, _ expected: String) {
        #expect(Self.outcome(method, path) == expected)
    }

    @Test func `no path is deep enough to exhaust the stack or the clock`() {
        let slashes = String(repeating: "/", count: 8000)
        let steps = String(repeating: "/t", count: 4000)
        let parameters = String(repeating: "/t/a", count: 2000)
        for path in [slashes, "/t" + slashes, "/t/a" + slashes, steps, parameters, "/a" + slashes + "b"] {
            #expect(Self.outcome(.get, path) == "none")
        }
        var deep = Router()
        // The worst table: at each step a literal and a parameter that both go on.
        for depth in 1...12 {
            deep.add(.get, String(repeating: "/a", count: depth) + "/end", route: depth)
            deep.add(.get, String(repeating: "/{x}", count: depth) + "/end", route: depth)
        }
        let path = Array((String(repeating: "/a", count: 4000)).utf8)
        guard case .none = deep.match(.get, path[...]) else { return #expect(Bool(false)) }
    }

    @Test func `a name that a pattern does not have is empty`() {
        #expect(PathParameters()["slug"] == "")
    }
}
