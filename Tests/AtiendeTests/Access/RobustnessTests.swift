// Requests that no page makes: no answer is a fault of the server, and none stops it.

import SQL
import Testing

@testable import Atiende
@testable import HTTP

@Suite struct RobustnessTests {
    private static let populated = Result { try PopulatedSite() }

    private static let queries: [String] = {
        let names = [
            "page", "from", "to", "level", "role", "role%5B%5D", "state", "sort", "q", "into", "path", "token", "next",
            "lang", "act", "person", "organization", "outcome", "paper", "plan", "months", "startsOn", "hue", "country",
            "kind", "category", "skill", "step", "email", "on", "notice", "endsOn", "draft", "face", "parent",
            "requester",
            "of", "status", "severity", "version", "leaving", "words", "due", "tag", "view", "carried",
        ]
        let values = [
            "99999999999999999999", "-1", "0", "1e9", "9223372036854775807", "-9223372036854775808", "9999-99-99",
            "9999-12-31", "0000-00-00", "-271821-04-20", "2026-02-30", "%00", "%C0%AF", "%ED%A0%80", "%FF", "%",
            "%zz", "a%0D%0AX-Evil:1", "%3Cscript%3E", "'", "%D9%A1", "null", "NaN",
        ]
        return values.map { value in names.map { "\($0)=\(value)" }.joined(separator: "&") }
            + names.map { "\($0)&\($0)=&\($0)=1&\($0)=2" }
            + [
                "page=2", "page=100000", "from=9999-12-31", "to=0001-01-01", "from=2026-01-02&to=2026-01-01", "&&&",
                "===", "?",
            ]
    }()

    /// Where the parameters are numbers that exist; a ticket is one that everybody may see who is asked for it here.
    private static func path(_ route: Route, _ number: String) -> String {
        "\(route.pattern)".replacing("{folio}", with: "PRW-2026-000001").replacing(/\{[^}]*\}/, with: number)
    }

    @Test(arguments: Routes.tenant.filter { $0.method == .get })
    func `no query makes a page fail`(_ route: Route) throws {
        let populated = try Self.populated.get()
        let kinds: [PopulatedSite.Kind] = [.admin, .manager]
        for browser in try kinds.map({ try populated.browser($0) }) + [Browser(populated.site, "proware")] {
            let path = Self.path(route, "1")
            for query in Self.queries {
                // What the reader of requests refuses never gets to a handler.
                guard let answer = try? browser.get("\(path)?\(query)") else { continue }
                #expect(answer.status < 500, "\(path)?\(query): \(answer.status)")
                #expect(!answer.head.contains { $0.contains("\n") })
            }
        }
    }

    @Test(arguments: Routes.tenant)
    func `no number in a path makes a page fail`(_ route: Route) throws {
        guard "\(route.pattern)".contains("{") else { return }
        let admin = try Self.populated.get().browser(.admin)
        for value in [
            "0", "-1", "+1", "01", "9223372036854775807", "9223372036854775808", "99999999999999999999", "1.0", "%00",
            "%20", "1%00", "%D9%A1", "%C0%AF", "..", "%2e%2e", "1'", "new", String(repeating: "9", count: 2000),
        ] {
            let path = "\(route.pattern)".replacing(/\{[^}]*\}/, with: value)
            // `.` and `..` are no path of a client's; the reader of requests refuses some of these before.
            guard let answer = try? route.method == .get ? admin.get(path) : admin.post(path) else { continue }
            #expect(answer.status < 500, "\(value): \(answer.status)")
            #expect(answer.status != 200 || value == "new", "\(path)")
        }
    }

    // MARK: Forms

    /// The names of all fields that any page shows.
    private static let fields: Result<[String], any Error> = Result {
        let populated = try PopulatedSite()
        var names: Set<String> = ["token", "step", "back", "company", "confirm", "remove"]
        for kind in [PopulatedSite.Kind.admin, .manager, .founder] {
            let browser = try populated.browser(kind)
            for route in Routes.tenant where route.method == .get {
                for path in PopulatedSite.paths(route) {
                    for match in try browser.get(path).text.matches(
                        of: /<(?:input|select|textarea|button)[^>]* name="([^"]+)"/)
                    {
                        names.insert(String(match.1))
                    }
                }
            }
        }
        // What a form remembers of before comes back as it was sent, in a hidden field, to the sender alone.
        return names.subtracting(["csrf", "key"]).sorted()
    }

    /// Sends a body as it stands, after the hidden fields.
    private func send(_ browser: Browser, _ path: String, _ body: String) throws -> Answer? {
        let cookies = browser.cookies.map { "\($0.key)=\($0.value)" }.joined(separator: "; ")
        let form = "csrf=\(try browser.csrf())&key=\(try Random.identifier())" + (body.isEmpty ? "" : "&" + body)
        // What the reader of bodies refuses (too many fields, no UTF-8) never gets to a handler.
        return try? browser.site.send(
            "POST", "/t/proware\(path)", fields: [("Cookie", cookies)], form: form)
    }

    private static func bodies(_ fields: [String]) -> [String] {
        func all(_ value: String) -> String { fields.map { "\($0)=\(value)" }.joined(separator: "&") }
        return ["", "=&&", all(""), all("a") + "&" + all("b"), all(String(repeating: "%3C", count: 700))]
            + [
                "%00", "%0D%0AX-Evil:1", "%E2%80%AE", "%ED%A0%80", "%C0%AF", "99999999999999999999", "-1",
                "9223372036854775807", "9999-12-31", "9999-99-99", "25:99", "%3D1%2B1", "on", "1", "a%40b.example",
            ].map(all)
            + [
                (0..<10_000).map { "f\($0)=1" }.joined(separator: "&"),
                "name=" + String(repeating: "%3C", count: 200_000),
                "fields=" + String(repeating: "[", count: 30_000) + "&path=/t/proware/profile",
                "fields=%5B%5B%22%5Cud800%22%2C%22%22%2C%22%22%2C%22%22%5D%5D&path=/t/proware/profile",
            ]
    }

    @Test func `no form makes a handler fail`() throws {
        let populated = try PopulatedSite()
        let fields = try Self.fields.get()
        #expect(fields.count > 60)
        let bodies = Self.bodies(fields)
        for kind in [PopulatedSite.Kind.admin, .manager] {
            var browser = try populated.browser(kind)
            for route in Routes.tenant where route.method == .post && route.admission != .leaving {
                let path = Self.path(route, "2")
                for (number, body) in bodies.enumerated() {
                    guard let answer = try send(browser, path, body) else { continue }
                    #expect(answer.status < 500, "\(kind) \(path) \(number): \(answer.status)")
                    #expect(!answer.head.contains { $0.contains("\n") || $0.contains("\r") }, "\(path) \(number)")
                    #expect(!answer.text.contains("\u{202E}") && !answer.text.contains("\0"), "\(path) \(number)")
                }
                // What these forms change may end the session, or ask for something first.
                if try browser.get("/profile").status != 200, let again = try? populated.browser(kind) {
                    browser = again
                }
            }
        }
        // So many wrong passwords have to be waited for.
        populated.site.clock.now += 86_400
        let admin = try populated.browser(.admin)
        for page in ["/", "/people", "/organizations", "/admin", "/admin/audit", "/admin/mail", "/profile"] {
            #expect(try admin.get(page).status < 500, "\(page)")
        }
    }

    // MARK: Methods

    @Test(arguments: Routes.tenant)
    func `only the method of a route works, and a field or a head field changes none`(_ route: Route) throws {
        let admin = try Self.populated.get().browser(.admin)
        let path = "/t/proware" + "\(route.pattern)".replacing(/\{[^}]*\}/, with: "99")
        let cookies = admin.cookies.map { "\($0.key)=\($0.value)" }.joined(separator: "; ")
        for method in ["PUT", "DELETE"] {
            let answer = try admin.site.send(method, path, fields: [("Cookie", cookies)])
            #expect([404, 405, 403].contains(answer.status), "\(method): \(answer.status)")
        }
        let options = try admin.site.send("OPTIONS", path, fields: [("Cookie", cookies)])
        #expect(options.status == 204 && options.text.isEmpty && options.fields("Access-Control-Allow-Origin").isEmpty)
        guard route.method == .get else { return }
        let head = try admin.site.send("HEAD", path, fields: [("Cookie", cookies)])
        let get = try admin.site.send("GET", path, fields: [("Cookie", cookies)])
        #expect(head.status == get.status)
        let overridden = try admin.site.send(
            "GET", path + "?_method=POST", fields: [("Cookie", cookies), ("X-HTTP-Method-Override", "POST")])
        #expect(overridden.status == get.status)
    }

    @Test func `looking at everything as everybody changes nothing where everything is there`() throws {
        let populated = try PopulatedSite()
        let before = try populated.contents("proware")
        let elsewhere = try populated.contents("seres")
        for kind in PopulatedSite.Kind.allCases {
            let browser = try populated.browser(kind)
            for route in Routes.tenant where route.method == .get {
                for path in PopulatedSite.paths(route) { #expect(try browser.get(path).status < 500) }
            }
        }
        #expect(try populated.contents("proware") == before)
        #expect(try populated.contents("seres") == elsewhere)
    }
}
