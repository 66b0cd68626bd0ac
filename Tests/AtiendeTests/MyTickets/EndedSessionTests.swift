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

    private func comeBack(_ browser: Browser, _ location: String) throws -> String {
        let page = try browser.get(location)
        #expect(page.text.contains("lo que escribió sigue aquí"))
        let next = try #require(page.text.firstMatch(of: /name="next" value="([^"]*)"/)).1
        // As the page has it: the cookie of the session that is over seals nothing any more.
        let csrf = try #require(page.text.firstMatch(of: /name="csrf" value="([^"]*)"/)).1
        let form = [
            ("email", "ana@ceiba.example"), ("password", Browser.password), ("next", String(next)),
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
