// A form that is sent after its session ended: whoever logs in again goes on where he was, with all that he typed.

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

    private func comeBack(
        _ browser: Browser, _ location: String, as email: String = "ana@ceiba.example"
    ) throws -> String {
        let page = try browser.get(location)
        #expect(page.text.contains("lo que escribió sigue aquí"))
        let next = try #require(page.text.firstMatch(of: /name="next" value="([^"]*)"/)).1
        // As the page has it: the cookie of the session that is over seals nothing any more.
        let csrf = try #require(page.text.firstMatch(of: /name="csrf" value="([^"]*)"/)).1
        let form = [
            ("email", email), ("password", Browser.password), ("next", String(next)),
            ("csrf", String(csrf)),
        ]
        let entered = try browser.post("/login", form)
        return try #require(entered.field("Location"))
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

    @Test func `so is what was to be said on a ticket`() throws {
        let reporter = try Reporter()
        let folio = try reporter.folio()
        let browser = late(reporter)
        let answer = try browser.post("/tickets/\(folio)/closure", ["body": "Ya suena en todos"])
        let location = try #require(answer.field("Location"))
        let place = try comeBack(browser, location)
        #expect(place.contains("/tickets/\(folio)?draft="))
        #expect(try browser.get(place).text.contains("Ya suena en todos</textarea>"))
        #expect(try reporter.status(folio) == .new)
    }

    @Test func `and its files`() throws {
        let reporter = try Reporter()
        let folio = try reporter.folio()
        let browser = late(reporter)
        let answer = try browser.upload(
            "/tickets/\(folio)/messages", [("body", "Adjunto la grabación")],
            files: [("timbre.log", Array("sin sonido".utf8))])
        let place = try comeBack(browser, try #require(answer.field("Location")))
        let page = try browser.get(place).text
        #expect(page.contains("Adjunto la grabación</textarea>"))
        let token = try #require(page.firstMatch(of: /name="kept" value="([^"]*)"/)).1
        #expect(page.contains("timbre.log"))
        _ = try browser.upload(
            "/tickets/\(folio)/messages", [("body", "Adjunto la grabación"), ("kept", String(token))], files: [])
        let sent = try browser.get("/tickets/\(folio)").text
        #expect(sent.contains("timbre.log</a>"))
        #expect(try reporter.site.lines("SELECT count(*) FROM draft") == ["0"])
    }

    @Test func `the staff goes on with what was to be said, and with any form of a ticket`() throws {
        let work = try WorkSite()
        let folio = try work.ticket()
        let lucia = try work.browser("lucia")
        func late(_ path: String, _ form: [(String, String)]) throws -> String {
            work.site.clock.now += 13 * 3600
            let answer = try lucia.upload(path, form, files: [])
            let place = try comeBack(lucia, try #require(answer.field("Location")), as: "lucia@proware.example")
            #expect(place.contains("/desk/\(folio)?draft="))
            return try lucia.get(place).text
        }
        let note = try late(
            "/tickets/\(folio)/messages",
            [("body", "Ya <b>casi</b>"), ("visibility", "internal"), ("status", "waitingThirdParty")])
        #expect(note.contains("Ya &lt;b"))
        #expect(note.contains("id=\"visibility-internal\" value=\"internal\" checked"))
        #expect(note.contains("value=\"waitingThirdParty\" selected"))
        let severity = try late(
            "/desk/\(folio)/severity", [("severity", "low"), ("severityReason", "Solo le pasa a uno")])
        #expect(severity.contains("<details class=\"ask\" id=\"form-severity\" open>"))
        #expect(severity.contains("Solo le pasa a uno</textarea>"))
        #expect(try work.facts(folio).allSatisfy { $0.body != "Ya <b>casi</b>" })
    }

    @Test func `what is not sealed by that session, or of no session at all, is kept for nobody`() throws {
        let reporter = try Reporter()
        let browser = late(reporter)
        let forged = reporter.form() + [("csrf", "00")]
        #expect(try browser.post("/tickets/new", forged).field("Location") == "/t/proware/login")
        let stranger = Browser(reporter.site, "proware")
        #expect(try stranger.post("/tickets/new", reporter.form()).field("Location") == "/t/proware/login")
        #expect(try reporter.site.lines("SELECT count(*) FROM draft") == ["0"])
    }
}
