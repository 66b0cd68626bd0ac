// A word that comes when its ticket takes none any more: it is not lost.

import SQL
import Testing

@testable import Atiende
@testable import HTTP

@Suite struct LateWordTests {
    @Test(arguments: [("closure", "body"), ("reopening", "failing"), ("survey", "comment")])
    func `what was typed into a form of a ticket that was closed meanwhile comes back`(
        _ noun: String, _ field: String
    ) throws {
        let work = try WorkSite()
        let folio = try work.ticket(.resolved)
        let (ana, lucia) = (try work.browser("ana"), try work.browser("lucia"))
        let closing = [("statusTo", "closed"), ("statusReason", "Sin respuesta")]
        #expect(try lucia.post("/desk/\(folio)/status", closing).status == 303)
        if noun == "survey" { #expect(try ana.post("/tickets/\(folio)/survey", ["face": "good"]).status == 303) }
        let answer = try ana.post("/tickets/\(folio)/\(noun)", [(field, "Aún <no> suena"), ("face", "bad")])
        #expect(answer.status == 409, "\(noun): \(answer.status)")
        #expect(
            answer.text.contains("Aún &lt;no> suena</textarea>") || answer.text.contains("Aún &lt;no&gt; suena</text"))
        #expect(answer.text.contains("\(folio) ya está cerrado"))
        #expect(answer.text.contains("name=\"parent\" value=\"\(folio)\""))
    }

    @Test func `so does what was typed to open one again that is open already`() throws {
        let work = try WorkSite()
        let folio = try work.ticket(.resolved)
        let (ana, lucia) = (try work.browser("ana"), try work.browser("lucia"))
        #expect(try lucia.post("/desk/\(folio)/status", ["statusTo": "open"]).status == 303)
        let answer = try ana.post("/tickets/\(folio)/reopening", ["failing": "Aún no suena"])
        #expect(answer.status == 409)
        #expect(answer.text.contains("Aún no suena</textarea>"))
        #expect(answer.text.contains("action=\"/t/proware/tickets/\(folio)/messages\""))
    }
}
