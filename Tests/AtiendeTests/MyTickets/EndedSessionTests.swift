// A form that is sent after its session ended: whoever logs in again goes on where he was, with all that he typed and all
// that he sent with it.

import SQL
import Testing

@testable import Atiende
@testable import HTTP

@Suite struct EndedSessionTests {
    /// The browser whose session is over, as it still shows its form.
    private func late(_ reporter: Reporter) -> Browser {
        reporter.site.clock.now += 13 * 3600
        return reporter.browser
    }

    /// The log-in as its page has it: the cookie of the session that is over seals nothing any more.
    private func logIn(
        _ browser: Browser, _ page: Answer, email: String = "ana@ceiba.example", password: String = Browser.password
    ) throws -> Answer {
        #expect(page.text.contains("lo que escribió sigue aquí"))
        let hidden = page.text.matches(of: /<input type="hidden" name="(next|csrf|carried)" value="([^"]*)"/)
        var form = [("email", email), ("password", password)]
        for field in hidden where !form.contains(where: { $0.0 == String(field.1) }) {
            form.append((String(field.1), String(field.2).unescaped))
        }
        return try browser.post("/login", form)
    }

    private func comeBack(_ browser: Browser, _ location: String) throws -> String {
        try #require(try logIn(browser, try browser.get(location)).field("Location"))
    }

    @Test func `a report that is sent too late is there again after the log-in, and can be sent`() throws {
        let reporter = try Reporter()
        let browser = late(reporter)
        let answer = try reporter.report(["environment": "Chrome en producción", "isPrivate": "on"])
        let location = try #require(answer.field("Location"))
        #expect(answer.status == 303 && location.contains("/login?next="))
        #expect(try reporter.tickets().isEmpty)
        let text = try browser.get(try comeBack(browser, location)).text
        for kept in [
            "value=\"No suena el timbre\"", "Desde ayer.", "value=\"support\" checked", "value=\"critical\" checked",
            "value=\"Chrome en producción\"", "name=\"isPrivate\" value=\"on\" checked",
        ] {
            #expect(text.contains(kept), "\(kept)")
        }
        #expect(try reporter.report().status == 303)
        #expect(try reporter.tickets().count == 1)
    }

    @Test func `so are the files that came with it for the first time`() throws {
        let reporter = try Reporter()
        let browser = late(reporter)
        let files: [(name: String, bytes: [UInt8])] = [("captura.png", Sample.png()), ("vacio.txt", [])]
        let answer = try browser.upload("/tickets/new", reporter.form(), files: files)
        let place = try comeBack(browser, try #require(answer.field("Location")))
        let page = try browser.get(place).text
        #expect(page.contains("captura.png") && page.contains("value=\"No suena el timbre\""))
        #expect(page.contains("vacio.txt no se guardó cuando se cerró su sesión; elíjalo otra vez"))
        let token = try #require(page.firstMatch(of: /name="kept" value="([^"]*)"/)).1
        #expect(try browser.post("/tickets/new", reporter.form() + [("kept", String(token))]).status == 303)
        #expect(try reporter.site.lines("SELECT name FROM attachment WHERE ticket IS NOT NULL") == ["captura.png"])
    }

    @Test func `so is what was to be said on a ticket, with its files`() throws {
        let reporter = try Reporter()
        let folio = try reporter.folio()
        let browser = late(reporter)
        let answer = try browser.upload(
            "/tickets/\(folio)/messages", [("body", "Ya suena en todos")], files: [("foto.txt", [1])])
        let location = try #require(answer.field("Location"))
        let place = try comeBack(browser, location)
        #expect(place.contains("/tickets/\(folio)?draft="))
        let page = try browser.get(place).text
        #expect(page.contains("Ya suena en todos</textarea>") && page.contains("foto.txt"))
        #expect(try reporter.status(folio) == .new)
        let token = try #require(page.firstMatch(of: /name="kept" value="([^"]*)"/)).1
        let form = [("body", "Ya suena en todos"), ("kept", String(token))]
        #expect(try browser.post("/tickets/\(folio)/messages", form).status == 303)
        #expect(try browser.get("/tickets/\(folio)").text.contains("foto.txt</a>"))
        #expect(try reporter.site.lines("SELECT count(*) FROM draft") == ["0"], "a draft goes with its form")
    }

    @Test func `it is known for a week whose a session was, and no longer`() throws {
        for (days, isKept) in [(6, true), (8, false)] {
            let reporter = try Reporter()
            reporter.site.clock.now += days * 86_400
            // Somebody else comes in meanwhile.
            _ = try Browser(reporter.site, "proware", as: "elena@proware.example")
            _ = try reporter.browser.upload("/tickets/new", reporter.form(), files: [("a.txt", [1])])
            #expect(try reporter.site.lines("SELECT count(*) FROM draft") == [isKept ? "1" : "0"])
            #expect(try reporter.site.lines("SELECT count(*) FROM attachment") == [isKept ? "1" : "0"])
        }
    }

    // MARK: Of nobody that is known

    @Test func `after going out in another window what was typed goes along in the log-in, and nothing is stored`()
        throws
    {
        let reporter = try Reporter()
        let browser = reporter.browser
        let form = reporter.form(["description": "Con \"comillas\" y <b>ñ</b>\r\nen dos renglones"])
        let sealed = form + [("csrf", try browser.csrf())]
        #expect(try browser.post("/logout").status == 303)
        browser.cookies = [:]
        let answer = try browser.upload("/tickets/new", sealed, files: [("captura.png", Sample.png())])
        #expect(answer.field("Location") == "/t/proware/login", "a browser that says nothing of where it was sent from")
        let page = try browser.post("/tickets/new", sealed, ["Sec-Fetch-Site": "same-origin"])
        #expect(page.status == 403 && page.text.contains("action=\"/t/proware/login\""))
        #expect(!page.text.contains("<b>ñ"))
        #expect(try reporter.site.lines("SELECT count(*) FROM draft") == ["0"])
        // A wrong password loses nothing either.
        let again = try logIn(browser, page, password: "otra cosa")
        #expect(again.status == 422)
        let hidden = try #require(again.text.firstMatch(of: /name="carried" value="([^"]*)"/)).1
        let before = try #require(page.text.firstMatch(of: /name="carried" value="([^"]*)"/)).1
        #expect(before == hidden)
        let place = try #require(try logIn(browser, page).field("Location"))
        let back = try browser.get(place).text
        #expect(back.contains("Con &quot;comillas&quot; y &lt;b>ñ") || back.contains("y &lt;b&gt;ñ"))
        #expect(back.contains("value=\"No suena el timbre\""))
    }

    @Test func `files of nobody never reach the disk, and their names come back to be chosen again`() throws {
        let reporter = try Reporter()
        let stranger = Browser(reporter.site, "proware")
        _ = try stranger.get("/login")
        let seal = try stranger.csrf()
        let answer = try stranger.upload(
            "/tickets/new", reporter.form() + [("csrf", seal)], files: [("captura.png", Sample.png())],
            fields: ["Sec-Fetch-Site": "same-origin"])
        #expect(answer.status == 403 && answer.text.contains("name=\"carried\""))
        #expect(try reporter.site.lines("SELECT count(*) FROM attachment") == ["0"])
        let place = try #require(try logIn(stranger, answer).field("Location"))
        #expect(try stranger.get(place).text.contains("captura.png no se guardó cuando se cerró su sesión"))
    }

    @Test(arguments: [
        "", "[]", "{}", "[[],[]]", #"["/tickets/new"]"#, #"["/tickets/new",[]]"#, #"["//evil.example",[["a","b"]]]"#,
        #"["/admin/people/new",[["name","x"]]]"#, #"["/tickets/PRW-2026-000001",[["a","b"]]]"#,
        #"["/tickets/../admin",[["a","b"]]]"#, #"["/tickets/new",[["a"]]]"#, #"["/desk/new",[["organization","1"]]]"#,
        String(repeating: "[", count: 10_000),
    ])
    func `what a log-in carries that is no form of a ticket, or not of whoever comes in, is nothing`(_ carried: String)
        throws
    {
        let reporter = try Reporter()
        let browser = Browser(reporter.site, "proware")
        let form = [("email", "ana@ceiba.example"), ("password", Browser.password), ("carried", carried)]
        let answer = try browser.post("/login", form)
        #expect(answer.status == 303 && answer.field("Location") == "/t/proware/")
        #expect(try reporter.site.lines("SELECT count(*) FROM draft") == ["0"])
    }

    @Test func `what is not sealed by that session, or of no session at all, is kept for nobody`() throws {
        let reporter = try Reporter()
        let browser = late(reporter)
        let forged = reporter.form() + [("csrf", "00")]
        #expect(try browser.post("/tickets/new", forged).field("Location") == "/t/proware/login")
        let stranger = Browser(reporter.site, "proware")
        #expect(try stranger.post("/tickets/new", reporter.form()).field("Location") == "/t/proware/login")
        #expect(try stranger.post("/tickets/new", reporter.form(), ["Sec-Fetch-Site": "cross-site"]).status == 403)
        #expect(try reporter.site.lines("SELECT count(*) FROM draft") == ["0"])
    }

    @Test func `who may not come in any more has nothing kept for him`() throws {
        let reporter = try Reporter()
        try reporter.site.desk("proware").write {
            try $0.execute("UPDATE person SET state = 'deactivated', deactivated_at = 1 WHERE role = 'customer'")
        }
        let answer = try reporter.browser.upload("/tickets/new", reporter.form(), files: [("a.txt", [1])])
        #expect(answer.field("Location") == "/t/proware/login")
        #expect(
            try reporter.site.lines("SELECT (SELECT count(*) FROM draft) + (SELECT count(*) FROM attachment)") == ["0"])
    }

    // MARK: In again meanwhile

    @Test func `a page from before one came in again loses nothing, and does nothing by itself`() throws {
        let reporter = try Reporter()
        let old = try reporter.browser.csrf()
        #expect(
            try reporter.browser.post("/login", ["email": "ana@ceiba.example", "password": Browser.password]).status
                == 303)
        let browser = reporter.browser
        let other = try Browser(reporter.site, "proware", as: "ana@ceiba.example")
        let sealed = reporter.form() + [("csrf", try other.csrf())]
        #expect(try browser.post("/tickets/new", sealed).status == 403)
        let answer = try browser.upload(
            "/tickets/new", sealed, files: [("captura.png", Sample.png())], fields: ["Sec-Fetch-Site": "same-origin"])
        #expect(answer.status == 303 && !old.isEmpty)
        #expect(try reporter.tickets().isEmpty)
        let page = try browser.get(try #require(answer.field("Location"))).text
        #expect(page.contains("value=\"No suena el timbre\"") && page.contains("captura.png"))
        #expect(page.contains("Revise lo que escribió y envíelo"))
    }
}

extension String {
    /// As a browser reads an attribute's value.
    var unescaped: String {
        replacing("&quot;", with: "\"").replacing("&#39;", with: "'").replacing("&lt;", with: "<")
            .replacing("&gt;", with: ">").replacing("&amp;", with: "&")
    }
}
