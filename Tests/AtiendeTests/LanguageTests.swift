// In which language a page comes, and how a choice is kept.

import Testing

@testable import Atiende
@testable import HTTP

private let shared = Result { try TestSite() }

@Suite struct LanguageTests {
    private let site: TestSite

    init() throws { site = try shared.get() }

    @Test(
        arguments: [
            (nil, "es"), ("", "es"), ("es", "es"), ("en", "en"), ("EN-us", "en"), ("es-419", "es"),
            ("es-MX,en;q=0.9", "es"),
            ("en;q=0.9,es;q=0.8", "en"), ("en;q=0.8,es;q=0.9", "es"), ("en,es", "en"), ("es,en", "es"), ("de,fr", "es"),
            ("de,en;q=0.1", "en"), ("en;q=0", "es"), ("en;q=0,es;q=0", "es"), ("*", "es"), ("*,en;q=0.5", "en"),
            ("en;q=1.000", "en"), ("en;q=2", "es"), ("en;q=-1", "es"), ("en;q=x", "es"), (";;;,,,q=", "es"),
            ("english", "es"), ("e", "es"), ("enx", "es"), ("en_US", "es"), ("en; q=0.7, es; q=0.3", "en"),
            (String(repeating: "de,", count: 4000) + "en", "en"),
        ] as [(String?, String)])
    func `the browser's languages choose`(_ accepted: String?, _ language: String) throws {
        for path in ["/", "/t/proware/", "/nowhere", "/t/nobody/", "/t/proware/nowhere"] {
            let answer =
                if let accepted { try site.get(path, ["Accept-Language": accepted]) } else { try site.get(path) }
            #expect(answer.language?.prefix(2) == language[...], "\(path)")
            #expect(answer.fields("Set-Cookie") == [])
        }
    }

    @Test(arguments: ["/", "/t/proware/", "/nowhere", "/t/proware/nowhere", "/t/nobody/"])
    func `a choice is kept in a cookie, once, also on a page that says that there is none`(_ path: String) throws {
        let chosen = try site.get(path + "?lang=en", ["Accept-Language": "es"])
        #expect(chosen.language == "en")
        #expect(chosen.fields("Set-Cookie") == ["lang=en; Path=/; Max-Age=31536000; HttpOnly; SameSite=Lax"])
        let again = try site.get(path + "?lang=en", ["Cookie": "lang=en"])
        #expect(again.language == "en" && again.fields("Set-Cookie") == [])
        let changed = try site.get(path + "?lang=es", ["Cookie": "lang=en"])
        #expect(changed.language?.prefix(2) == "es" && changed.fields("Set-Cookie").count == 1)
    }

    @Test(arguments: [
        ("lang=en", "es", "en"), ("lang=es", "en", "es"), ("other=1; lang=en", "es", "en"), ("lang=de", "en", "en"),
        ("lang=", "en", "en"), ("lang=EN", "es", "es"), ("lang=en%00", "es", "es"), ("xlang=en", "es", "es"),
        ("lang=en; lang=es", "es", "en"), ("lang=\"en\"", "es", "es"), ("lang", "en", "en"),
    ])
    func `what was chosen before wins over the browser`(_ cookie: String, _ accepted: String, _ language: String) throws
    {
        let answer = try site.get("/t/seres/", ["Cookie": cookie, "Accept-Language": accepted])
        #expect(answer.language?.prefix(2) == language[...])
    }

    @Test(arguments: ["lang=de", "lang=", "lang", "lang=EN", "lang=en%00", "lang=%C3", "LANG=en", "x=1&y=lang", "&&=&"])
    func `a choice that is none changes nothing`(_ query: String) throws {
        let answer = try site.get("/?" + query, ["Accept-Language": "es"])
        #expect(answer.language == "es" && answer.fields("Set-Cookie") == [])
    }

    @Test func `the cookie is for TLS alone where the visitor came by TLS`() throws {
        let proxied = try TestSite(trusting: "192.0.2.7")
        let answer = try proxied.get("/?lang=en", ["X-Forwarded-Proto": "https"])
        #expect(answer.field("Set-Cookie")?.contains("; Secure") == true)
        let liar = try site.get("/?lang=en", ["X-Forwarded-Proto": "https"])
        #expect(liar.field("Set-Cookie")?.contains("Secure") == false)
    }

    @Test(arguments: [
        ("/t/proware/", "/t/proware/?lang=en"), ("/t/proware/?a=1&lang=es&b=2", "/t/proware/?a=1&amp;b=2&amp;lang=en"),
        ("/nowhere", "/nowhere?lang=en"), ("//evil.example/", "/?lang=en"), ("//evil.example//", "/?lang=en"),
        ("/\\evil.example", "/?lang=en"), ("///evil.example/a", "/?lang=en"),
        ("/?\"><script>", "/?&quot;&gt;&lt;script&gt;&amp;lang=en"), ("/?langs=1", "/?langs=1&amp;lang=en"),
    ])
    func `the link to the other language leads to this page, never to another host`(
        _ target: String, _ link: String
    ) throws {
        guard let answer = try? site.get(target) else {
            // Refused before it comes in: a target with such bytes is none.
            return
        }
        let href = answer.text.firstMatch(of: /class="speak" href="([^"]*)"/).map { String($0.1) }
        #expect(href == link)
    }
}
