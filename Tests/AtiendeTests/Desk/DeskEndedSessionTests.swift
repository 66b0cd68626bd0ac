// What the staff typed into a form whose session was over is there again after the log-in, without a script.

import SQL
import Testing

@testable import Atiende
@testable import HTTP

@Suite struct DeskEndedSessionTests {
    /// The form's path below the ticket's, what it sends, what of it the page shows again.
    private static let forms: [(String, [(String, String)], [String])] = [
        (
            "level", [("level", "2"), ("levelReason", "Supera <lo> nuestro"), ("levelDiagnosis", "Revisado")],
            ["Supera &lt;lo", "Revisado</textarea>"]
        ),
        (
            "severity", [("severity", "low"), ("severityReason", "Solo le pasa a uno")],
            ["Solo le pasa a uno</textarea>"]
        ),
        ("recovery", [("recovery", "Reiniciar el servicio")], ["Reiniciar el servicio</textarea>"]),
        ("links", [("link", "related"), ("linked", "PRW-2026-000009")], ["value=\"PRW-2026-000009\""]),
        ("properties", [("subject", "Otro asunto"), ("kind", "support")], ["value=\"Otro asunto\""]),
    ]

    private func comeBack(_ lucia: Browser, _ answer: Answer, to path: String) throws -> String {
        let location = try #require(answer.field("Location"))
        #expect(location.contains("/login?next="))
        let next = try #require(location.split(separator: "=", maxSplits: 1).last?.removingPercentEncoding)
        lucia.cookies = [:]
        let form = ["email": "lucia@proware.example", "password": Browser.password, "next": next]
        let entered = try lucia.post("/login", form.map { ($0.key, $0.value) })
        let place = try #require(entered.field("Location"))
        #expect(place.hasPrefix("/t/proware" + path), "\(place)")
        return try lucia.get(place).text
    }

    @Test(arguments: forms)
    func `a form of a ticket comes back open and filled in`(
        _ name: String, _ sent: [(String, String)], _ shown: [String]
    ) throws {
        let work = try WorkSite()
        let folio = try work.ticket()
        let lucia = try work.browser("lucia")
        work.site.clock.now += 13 * 3600
        let answer = try lucia.post("/desk/\(folio)/\(name)", sent)
        let text = try comeBack(lucia, answer, to: "/desk/\(folio)?draft=")
        #expect(text.contains("id=\"form-\(name)\" open"))
        for part in shown { #expect(text.contains(part), "\(part)") }
        #expect(
            try work.facts(folio).count == work.facts(folio).filter { $0.at < work.site.clock.now - 12 * 3600 }.count)
    }

    @Test func `an answer comes back with its files, as a note where it was one`() throws {
        let work = try WorkSite()
        let folio = try work.ticket()
        let lucia = try work.browser("lucia")
        work.site.clock.now += 13 * 3600
        let answer = try lucia.upload(
            "/tickets/\(folio)/messages",
            [("body", "Solo para <b>nosotros"), ("visibility", "internal"), ("status", "waitingThirdParty")],
            files: [("bitacora.txt", [1, 2])])
        let text = try comeBack(lucia, answer, to: "/desk/\(folio)?draft=")
        #expect(text.contains("nosotros</textarea>") && text.contains("bitacora.txt"))
        #expect(text.contains("Solo para &lt;b"))
        #expect(text.contains("id=\"visibility-internal\" value=\"internal\" checked"))
        #expect(text.contains("value=\"waitingThirdParty\" selected"))
    }

    @Test func `a call that was written down comes back for its organization`() throws {
        let work = try WorkSite()
        let lucia = try work.browser("lucia")
        work.site.clock.now += 13 * 3600
        let sent = [
            ("organization", "\(work.tickets.organization)"), ("subject", "Llamó por el tablero"),
            ("description", "No carga"), ("channel", "phone"), ("requester", "\(work.ana)"),
        ]
        let text = try comeBack(
            lucia, try lucia.upload("/desk/new", sent, files: [("tablero.log", [1])]), to: "/desk/new?organization=")
        #expect(text.contains("value=\"Llamó por el tablero\"") && text.contains("No carga</textarea>"))
        #expect(text.contains("tablero.log"))
        #expect(try work.site.lines("SELECT path FROM draft") == ["/desk/new"])
    }

    @Test func `a customer gets nothing of the staff's forms, nor the staff of a customer's`() throws {
        let work = try WorkSite()
        let folio = try work.ticket()
        let ana = try work.browser("ana")
        work.site.clock.now += 13 * 3600
        _ = try ana.post("/desk/\(folio)/level", ["levelReason": "x"])
        #expect(try work.site.lines("SELECT count(*) FROM draft") == ["0"])
    }
}
