// Drafts of pages: kept, offered, never another's, never too large, forgotten after 30 days.

import SQL
import Testing

@testable import Atiende
@testable import HTTP

@Suite struct DraftTests {
    private let site: TestSite
    private static let fields = #"[["0","body","Mensaje","Hola\n<b>¿qué tal?</b>"],["0","tag","","x"]]"#

    init() throws {
        site = try TestSite()
        try site.add("adriana@ceiba.example")
        try site.add("bruno@ceiba.example")
    }

    private func count() throws -> Int {
        try site.desk("proware").read { try $0.first("SELECT count(*) FROM draft") { $0.int(0) } ?? 0 }
    }

    private func save(
        _ browser: Browser, _ path: String = "/t/proware/profile", _ fields: String = DraftTests.fields
    ) throws -> Answer {
        try browser.post("/drafts", ["path": path, "title": "Mi perfil", "fields": fields])
    }

    private func id(_ answer: Answer) throws -> Int {
        let json = try JSON(parsing: answer.text)
        guard case .int(let id)? = json["id"] else { throw Faults.one("id", answer.text) }
        return id
    }

    @Test func `a draft is offered on its page, shown in the list as it was typed, and goes when discarded`() throws {
        let browser = try Browser(site, "proware", as: "adriana@ceiba.example")
        let id = try id(save(browser))
        let offer = try JSON(parsing: browser.get("/drafts?path=/t/proware/profile").text)
        #expect(offer["draft"]?["offer"]?.text == "Recuperar lo que escribió a las 10:00")
        #expect(offer["draft"]?["fields"] == (try JSON(parsing: Self.fields)))
        site.clock.now += 86_400
        let later = try Browser(site, "proware", as: "adriana@ceiba.example")
        #expect(
            try later.get("/drafts?path=/t/proware/profile").text.contains(
                "Recuperar lo que escribió: lun 16 nov, 10:00"))
        let list = try later.get("/drafts").text
        #expect(list.contains("&lt;b>") || list.contains("&lt;b&gt;"))
        #expect(!list.contains("<b>¿qué"))
        #expect(list.matches(of: /<dt>/).count == 1, "what was picked from a list is no text")
        #expect(list.contains("href=\"/t/proware/profile\"") && list.contains("Mensaje"))
        #expect(try later.post("/drafts/\(id)/discard").status == 303)
        #expect(try later.get("/drafts?path=/t/proware/profile").text == #"{"draft":null}"#)
        #expect(try later.post("/drafts/\(id)/discard").status == 404)
        #expect(try later.get("/drafts").text.contains("No hay borradores"))
    }

    @Test func `marks of direction and controls are no part of a draft`() throws {
        let browser = try Browser(site, "proware", as: "adriana@ceiba.example")
        let fields = #"[["0","body","Men\u202esaje","fdp\u202e.exe\u0007\nfin"]]"#
        let form = ["path": "/t/proware/profile", "title": "Mi \u{202E}perfil", "fields": fields]
        #expect(try browser.post("/drafts", form.map { ($0.key, $0.value) }).status == 200)
        let list = try browser.get("/drafts").text
        #expect(list.contains("Mi perfil") && list.contains("Mensaje") && list.contains("fdp.exe\nfin"))
        #expect(!list.contains("\u{202E}") && !list.contains("\u{7}"))
    }

    @Test func `a page has one draft, the last`() throws {
        let browser = try Browser(site, "proware", as: "adriana@ceiba.example")
        let first = try id(save(browser))
        let second = try id(save(browser, "/t/proware/profile", #"[["0","body","","otra"]]"#))
        #expect(first == second)
        #expect(try count() == 1)
        #expect(try browser.get("/drafts?path=/t/proware/profile").text.contains("otra"))
    }

    @Test func `nobody sees, replaces or discards a draft of somebody else`() throws {
        let adriana = try Browser(site, "proware", as: "adriana@ceiba.example")
        let bruno = try Browser(site, "proware", as: "bruno@ceiba.example")
        let id = try id(save(adriana))
        #expect(try bruno.get("/drafts?path=/t/proware/profile").text == #"{"draft":null}"#)
        #expect(!(try bruno.get("/drafts").text.contains("Mensaje")))
        #expect(try bruno.post("/drafts/\(id)/discard").status == 404)
        _ = try save(bruno)
        #expect(try count() == 2)
        #expect(try Browser(site, "proware").get("/drafts?path=/t/proware/profile").status == 303)
    }

    @Test(arguments: [
        "", "[]", "{}", "null", "[[]]", #"[["0","a","b"]]"#, #"[["0","a","b",1]]"#, #"[["0","a","b","c"]"#, "[1]",
        "[" + Array(repeating: #"["0","a","","b"]"#, count: 501).joined(separator: ",") + "]",
        String(repeating: "[", count: 5000),
    ])
    func `what is no draft is refused`(_ fields: String) throws {
        let browser = try Browser(site, "proware", as: "adriana@ceiba.example")
        #expect(try save(browser, "/t/proware/profile", fields).status == 422)
        #expect(try count() == 0)
    }

    @Test func `64 KB are kept, one byte more is refused`() throws {
        let browser = try Browser(site, "proware", as: "adriana@ceiba.example")
        let frame = #"[["0","a","",""]]"#.utf8.count
        let most = String(repeating: "a", count: 64 * 1024 - frame)
        #expect(try save(browser, "/t/proware/profile", #"[["0","a","","\#(most)a"]]"#).status == 413)
        #expect(try count() == 0)
        #expect(try save(browser, "/t/proware/profile", #"[["0","a","","\#(most)"]]"#).status == 200)
        #expect(try browser.get("/drafts?path=/t/proware/profile").text.contains(most))
    }

    @Test(arguments: [
        "", "/", "/t/seres/profile", "profile", "//evil.example", "https://evil.example/", "/t/proware//evil.example",
        "/t/proware", "/t/proware/\\evil", "/t/proware/" + String(repeating: "a", count: 1024), "/t/proware/a b",
    ])
    func `a path that is not of this tenant is refused`(_ path: String) throws {
        let browser = try Browser(site, "proware", as: "adriana@ceiba.example")
        #expect(try save(browser, path).status == 403)
        #expect(try count() == 0)
    }

    @Test func `drafts are forgotten after 30 days, and beyond 50 the oldest go`() throws {
        let browser = try Browser(site, "proware", as: "adriana@ceiba.example")
        for number in 1...51 {
            site.clock.now += 1
            #expect(try save(browser, "/t/proware/tickets/\(number)").status == 200)
        }
        #expect(try count() == 50)
        #expect(try browser.get("/drafts?path=/t/proware/tickets/1").text == #"{"draft":null}"#)
        #expect(try browser.get("/drafts?path=/t/proware/tickets/2").text != #"{"draft":null}"#)
        site.clock.now += 30 * 86_400
        let later = try Browser(site, "proware", as: "adriana@ceiba.example")
        #expect(try later.get("/drafts?path=/t/proware/tickets/51").text != #"{"draft":null}"#)
        #expect(try later.get("/drafts?path=/t/proware/tickets/50").text == #"{"draft":null}"#)
        site.clock.now += 1
        #expect(try later.get("/drafts").text.contains("No hay borradores"))
        _ = try save(later)
        _ = try save(later)
        #expect(try count() == 1, "old ones are removed, whosever they are")
    }

    @Test func `what a page keeps by itself does not prolong the session`() throws {
        try site.add("carlos@seres.example", to: "seres")
        let carlos = try Browser(site, "seres", as: "carlos@seres.example")
        site.clock.now += 480
        #expect(
            try carlos.post("/drafts", ["path": "/t/seres/profile", "fields": Self.fields]).status == 200)
        site.clock.now += 120
        #expect(try carlos.get("/drafts").status == 303)
    }
}
