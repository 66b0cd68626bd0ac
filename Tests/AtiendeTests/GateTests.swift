// Where a request goes, and what it is told that goes nowhere.

import Testing

@testable import Atiende
@testable import HTTP

private let shared = Result {
    try TestSite(
        siteRoutes: [.post("/echo", for: .anyone, echoForm)],
        tenantRoutes: [
            .post("/echo", for: .anyone, echoForm), .post("/files", for: .anyone, taking: .upload, echoForm),
            .get("/slow", for: .anyone, on: .worker, echo),
        ])
}

private let echo: Route.Handler = { visit, request throws(Refusal) in
    let word: String
    if case .form(let form) = request.body { word = form["word"] ?? "no word" } else { word = "no form" }
    return Response.text(.ok, "\(visit.desk?.tenant.slug.rawValue ?? "-") \(word)")
}

private let echoForm: Route.FormHandler = { visit, request throws(Refusal) in .answer(try echo(visit, request)) }

@Suite struct GateTests {
    private let site: TestSite

    init() throws { site = try shared.get() }

    @Test(arguments: [
        "/nowhere", "/t", "/t/", "/t//", "/t//proware/", "/t/nobody/", "/t/Proware/", "/t/%70roware/", "/%74/proware/",
        "/t/proware%2F", "/t/proware/%2e%2e/seres/", "/t/proware/../seres/", "/t/./proware/", "/t/proware//",
        "/t/proware/nowhere", "/t/proware/nowhere/", "//t/proware/", "//", "/t/proware/index.html", "/T/proware/",
        "/t/proware;x=1/", "/t/proware\u{7E}/", "/assets/", "/assets/../Templates/layout.html", "/assets/%2e%2e/x",
        "/healthz/", "/metrics/x", "/styleguide", "/t/proware/metrics", "/t/proware/healthz", "/robots.txt/",
        "/t/" + String(repeating: "a", count: 7000) + "/",
    ])
    func `what is not there is not found, on a page in words`(_ path: String) throws {
        for method in ["GET", "HEAD", "POST", "PUT", "DELETE", "OPTIONS"] {
            let answer = try site.send(method, path)
            #expect(answer.status == 404, "\(method)")
            #expect(answer.text.contains("No encontramos esta página"))
            #expect(answer.field("Cache-Control") == "no-store")
            #expect(answer.place == nil, "it is answered before a body is taken")
        }
    }

    @Test func `a page that is not there speaks as the tenant, with its own way home`() throws {
        let answer = try site.get("/t/seres/nowhere", ["Accept-Language": "en"])
        #expect(answer.text.contains("<title>We could not find this page · SERES</title>"))
        #expect(answer.text.contains("href=\"/t/seres/\""))
        #expect(!answer.text.contains("Proware"))
        #expect(try site.get("/nowhere").text.contains("· Atiende</title>"))
    }

    @Test(arguments: [
        ("/t/proware", "/t/proware/"), ("/t/proware?a=1&b=%20", "/t/proware/?a=1&b=%20"),
        ("/t/proware?", "/t/proware/?"),
    ])
    func `a path that lacks its final slash is shown the way, with its query`(_ target: String, _ place: String) throws
    {
        for method in ["GET", "HEAD"] {
            let answer = try site.send(method, target)
            #expect(answer.status == 301 && answer.field("Location") == place)
        }
        #expect(try site.send("POST", target).status == 404)
    }

    @Test(arguments: [
        "//evil.example", "//evil.example/", "/\\evil.example", "//evil.example/..", "/t/proware//evil.example",
        "///evil.example", "//evil.example?", "/%2F/evil.example", "//t/proware", "/.//evil.example",
    ])
    func `nobody is sent to another host`(_ target: String) throws {
        guard let answer = try? site.get(target) else { return }
        #expect(answer.status == 404 && answer.field("Location") == nil)
        #expect(!answer.text.contains("href=\"//") && !answer.text.contains("href=\"/\\"))
    }

    @Test(arguments: [
        ("POST", "/", "GET, HEAD, OPTIONS"), ("DELETE", "/t/proware/", "GET, HEAD, OPTIONS"),
        ("PUT", "/healthz", "GET, HEAD, OPTIONS"), ("GET", "/t/proware/echo", "POST, OPTIONS"),
        ("HEAD", "/echo", "POST, OPTIONS"),
    ])
    func `a method that a page does not take is told which it takes`(
        _ method: String, _ path: String, _ allowed: String
    ) throws {
        let answer = try site.send(method, path, ["Accept-Language": "en"])
        #expect(answer.status == 405 && answer.field("Allow") == allowed)
        #expect(answer.text.contains("This page is not used that way"))
        let options = try site.send("OPTIONS", path)
        #expect(options.status == 204 && options.field("Allow") == allowed && options.text == "")
    }

    @Test func `a server is asked what it can do at all`() throws {
        let answer = try site.send("OPTIONS", "*")
        #expect(answer.status == 204 && answer.field("Allow") == "GET, HEAD, POST, PUT, DELETE, OPTIONS")
    }

    @Test(arguments: ["/", "/t/proware/", "/healthz"])
    func `HEAD is what GET is`(_ path: String) throws {
        let (get, head) = try (site.get(path), site.send("HEAD", path))
        #expect(get.status == 200 && head.status == 200)
        #expect(get.response.fields.map { "\($0)" } == head.response.fields.map { "\($0)" })
    }

    @Test func `the absolute form of a target is the same page`() throws {
        let answer = try site.get("http://atiende.example/t/proware/")
        #expect(answer.status == 200 && answer.text.contains("Proware"))
        #expect(try site.get("http://atiende.example").status == 200)
    }

    @Test func `a form reaches its handler with the desk of its tenant alone`() throws {
        #expect(try site.post("/t/proware/echo", ["word": "más & mejor"]).text == "proware más & mejor")
        #expect(try site.post("/t/seres/echo", ["word": "x"]).text == "seres x")
        #expect(try site.post("/echo", ["word": "x"]).text == "- x")
        #expect(try site.post("/t/proware/echo").place == .loop, "reading a form is short; its work is the writer's")
    }

    @Test func `a page of a desk that is open runs on the loop, one that must open on a worker`() throws {
        let own = try TestSite()
        #expect(try own.get("/t/proware/").place == .worker)
        #expect(try own.get("/t/proware/").place == .loop)
        #expect(try own.get("/t/seres/").place == .worker)
        #expect(try own.get("/").place == .loop)
    }

    @Test func `the styleguide is for development`() throws {
        let development = try TestSite(isForDevelopment: true)
        let page = try development.get("/styleguide")
        #expect(page.status == 200 && page.text.contains("<title>Componentes</title>"))
    }

    @Test(arguments: ["/favicon.ico", "/robots.txt", "/apple-touch-icon.png"])
    func `what browsers ask for at the root is there or is not found`(_ path: String) throws {
        let status = try site.get(path).status
        #expect(status == 200 || status == 404)
        #expect(try site.send("POST", path).status == 404)
    }
}

@Suite struct CrossSiteTests {
    private let site: TestSite

    init() throws { site = try shared.get() }

    private static let proxied = Result {
        try TestSite(trusting: "192.0.2.7", tenantRoutes: [.post("/echo", for: .anyone, echoForm)])
    }

    @Test(
        arguments: [
            ([:], true), (["Sec-Fetch-Site": "same-origin"], true), (["Sec-Fetch-Site": "none"], true),
            (["Sec-Fetch-Site": "cross-site"], false), (["Sec-Fetch-Site": "same-site"], false),
            (["Sec-Fetch-Site": ""], false), (["Sec-Fetch-Site": "CROSS-SITE"], false),
            (["Sec-Fetch-Site": "same-origin, cross-site"], false),
            (["Sec-Fetch-Site": "cross-site", "Origin": "http://atiende.example"], false),
            (["Origin": "http://atiende.example"], true), (["Origin": "HTTP://Atiende.Example"], true),
            (["Origin": "https://atiende.example"], false), (["Origin": "http://evil.example"], false),
            (["Origin": "null"], false), (["Origin": ""], false),
            (["Origin": "http://atiende.example.evil.example"], false),
            (["Origin": "http://atiende.example:8080"], false), (["Origin": "http://atiende.example/"], false),
            (["Host": "atiende.example:8080", "Origin": "http://atiende.example:8080"], true),
            (["Host": "atiende.example:80", "Origin": "http://atiende.example"], true),
            (["Host": "[::1]:8080", "Origin": "http://[::1]:8080"], true),
            // Nobody trusts these fields here.
            (["X-Forwarded-Proto": "https", "Origin": "https://atiende.example"], false),
            (["X-Forwarded-Host": "evil.example", "Origin": "http://evil.example"], false),
        ] as [(KeyValuePairs<String, String>, Bool)])
    func `a form from another site's page is refused`(_ fields: KeyValuePairs<String, String>, _ comesIn: Bool) throws {
        let answer = try site.post("/t/proware/echo", ["word": "x"], fields)
        #expect(answer.status == (comesIn ? 200 : 403))
        guard !comesIn else { return }
        #expect(answer.place == nil, "before its body is taken")
        #expect(answer.text.contains("No pudimos confirmar"))
    }

    @Test(
        arguments: [
            (["X-Forwarded-Proto": "https", "Origin": "https://atiende.example"], true),
            (["X-Forwarded-Proto": "https", "Host": "atiende.example:443", "Origin": "https://atiende.example"], true),
            (["X-Forwarded-Proto": "https", "Origin": "http://atiende.example"], false),
            (
                [
                    "X-Forwarded-Proto": "https", "X-Forwarded-Host": "ayuda.example", "Host": "10.0.0.1:8080",
                    "Origin": "https://ayuda.example",
                ], true
            ),
            (["X-Forwarded-Host": "ayuda.example", "Origin": "http://atiende.example"], false),
        ] as [(KeyValuePairs<String, String>, Bool)])
    func `behind a trusted proxy the visitor's own origin counts`(
        _ fields: KeyValuePairs<String, String>, _ comesIn: Bool
    ) throws {
        #expect(try Self.proxied.get().post("/t/proware/echo", ["word": "x"], fields).status == (comesIn ? 200 : 403))
    }

    @Test func `reading a page is nobody's harm, wherever its link stands`() throws {
        #expect(try site.get("/t/proware/", ["Sec-Fetch-Site": "cross-site"]).status == 200)
    }
}

@Suite struct HostTests {
    @Test(arguments: [
        ("ayuda.proware.example", "Proware"), ("AYUDA.Proware.EXAMPLE", "Proware"),
        ("ayuda.proware.example:8443", "Proware"), ("ayuda.proware.example.", "Proware"),
        ("ayuda.proware.example.:443", "Proware"), ("ayuda.seres.example", "SERES"), ("[::1]:8080", "SERES"),
    ])
    func `a tenant's own host is its root`(_ host: String, _ name: String) throws {
        let own = try mapped()
        let answer = try own.get("/", ["Host": host])
        #expect(answer.status == 200 && answer.text.contains("<title>Centro de ayuda de \(name)</title>"))
        #expect(answer.text.contains("class=\"brand\" href=\"/\""), "links are built from the host's root")
        #expect(!answer.text.contains("/t/"))
        #expect(try own.get("/t/seres/", ["Host": host]).status == 404, "no other tenant shows below it")
        #expect(try own.get("/metrics", ["Host": host]).status == 404)
    }

    @Test(arguments: [
        "other.example", "proware.example", "x.ayuda.proware.example", "ayuda.proware.example.evil", "[::2]",
    ])
    func `an unknown host is the site`(_ host: String) throws {
        let answer = try mapped().get("/", ["Host": host])
        #expect(answer.text.contains("<title>Centros de ayuda</title>"))
    }

    @Test func `a host that a stranger forwards is not heeded`() throws {
        let answer = try mapped().get("/", ["X-Forwarded-Host": "ayuda.proware.example"])
        #expect(answer.text.contains("<title>Centros de ayuda</title>"))
    }

    private func mapped() throws -> TestSite {
        let own = try TestSite()
        let directory = own.installation.directory
        try directory.map(host: "ayuda.proware.example", to: own.tenant("proware").slug)
        try directory.map(host: "ayuda.seres.example", to: own.tenant("seres").slug)
        try directory.map(host: "[::1]", to: own.tenant("seres").slug)
        return own
    }
}

@Suite struct PlaceTests {
    @Test func `a tenant on its way is asked for again in a moment`() throws {
        let own = try TestSite(tenantRoutes: [.post("/files", for: .anyone, taking: .upload, echoForm)])
        try own.installation.directory.place(Slug(rawValue: "proware")!, at: .moving)
        for answer in try [own.get("/t/proware/"), own.post("/t/proware/files", ["word": "x"])] {
            #expect(answer.status == 503 && answer.field("Retry-After") == "2")
            #expect(answer.place == nil, "no worker waits, no body is taken")
            #expect(answer.text.contains("Proware"))
        }
        #expect(try own.get("/t/seres/").status == 200)
        try own.installation.directory.place(Slug(rawValue: "proware")!, at: .here)
        #expect(try own.get("/t/proware/").status == 200)
    }

    @Test(arguments: ["https://b.example", "https://b.example/"])
    func `a tenant elsewhere is sent there, with path and query`(_ base: String) throws {
        let own = try TestSite(tenantRoutes: [
            .post("/files", for: .anyone, taking: .upload, echoForm), .get("/a/{b}", for: .anyone, echo),
        ])
        let proware = Slug(rawValue: "proware")!
        try own.installation.directory.map(host: "ayuda.example", to: proware)
        try own.installation.directory.place(proware, at: .elsewhere(base))
        for (answer, place) in try [
            (own.get("/t/proware/"), "https://b.example/t/proware/"),
            (own.get("/t/proware/a/%C3%B1?q=1&r=%20"), "https://b.example/t/proware/a/%C3%B1?q=1&r=%20"),
            (own.get("/?q=1", ["Host": "ayuda.example"]), "https://b.example/t/proware/?q=1"),
            (own.post("/t/proware/files", ["word": "x"]), "https://b.example/t/proware/files"),
        ] {
            #expect(answer.status == 307 && answer.field("Location") == place && answer.place == nil)
        }
        #expect(try own.get("/t/seres/").status == 200)
        #expect(!own.log.text.contains("event=refused"), "nothing failed")
    }
}
