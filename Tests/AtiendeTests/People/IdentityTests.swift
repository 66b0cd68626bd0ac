// The question with which technicians know who calls.

import SQL
import Testing

@testable import Atiende
@testable import HTTP

@Suite struct IdentityTests {
    private let site: TestSite
    private let ana: Person.ID

    init() throws {
        site = try TestSite()
        ana = try site.add("ana@ceiba.example", name: "Ana Quintero")
        try site.add("tomas@proware.example", as: .technician(level: 1))
    }

    private func choose(
        _ question: String, _ own: String = "", answer: String = "Ñandú Gris", current: String = Browser.password
    ) throws -> Answer {
        try Browser(site, "proware", as: "ana@ceiba.example").post(
            "/profile/identity",
            ["question": question, "ownQuestion": own, "answer": answer, "current": current])
    }

    private func trail() throws -> [String] {
        try site.desk("proware").read {
            try $0.query("SELECT outcome, subject, before, after FROM audit WHERE act = 'identity.ask'") {
                "\($0.text(0)) \($0.text(1)) \($0.text(2))\($0.text(3))"
            }
        }
    }

    @Test func `SE-3: a technician learns whether the answer is right, and nothing of it`() throws {
        #expect(try choose("pet").status == 303)
        let tomas = try Browser(site, "proware", as: "tomas@proware.example")
        let path = "/people/\(ana)/identity"
        let page = try tomas.get(path)
        #expect(page.status == 200 && page.text.contains("¿Cómo se llamaba su primera mascota?"))
        let wrong = try tomas.post(path, ["said": "nandu negro"])
        #expect(wrong.status == 422 && wrong.text.contains("No coincide"))
        #expect(wrong.text.contains("value=\"nandu negro\"") && !wrong.text.lowercased().contains("gris"))
        let right = try tomas.post(path, ["said": "  NANDU   gris "])
        #expect(right.status == 303)
        #expect(try tomas.get(path).text.contains("Coincide: la respuesta es la que esa persona guardó."))
        #expect(try trail() == ["refused person:\(ana) ", "done person:\(ana) "])
        #expect(!site.log.text.lowercased().contains("gris"))
        #expect(try site.count("session") == 2, "it opens nothing")
    }

    @Test func `who guesses answers has to wait`() throws {
        #expect(try choose("pet").status == 303)
        let tomas = try Browser(site, "proware", as: "tomas@proware.example")
        for number in 0..<5 { _ = try tomas.post("/people/\(ana)/identity", ["said": "nombre \(number)"]) }
        let late = try tomas.post("/people/\(ana)/identity", ["said": "Ñandú Gris"])
        #expect(late.status == 429 && late.field("Retry-After") == "1")
        #expect(try trail().count == 5)
    }

    @Test func `customers do not see it, and nobody sees who is not there`() throws {
        let path = "/people/\(ana)/identity"
        #expect(try Browser(site, "proware", as: "ana@ceiba.example").get(path).status == 404)
        #expect(try site.get("/t/proware" + path).status == 303)
        let tomas = try Browser(site, "proware", as: "tomas@proware.example")
        for id in ["999", "0", "-1", "01", "x", "9999999999999999"] {
            #expect(try tomas.get("/people/\(id)/identity").status == 404)
        }
        #expect(try tomas.get(path).text.contains("todavía no ha elegido una pregunta"))
        #expect(try tomas.post(path, ["said": "algo"]).status == 409)
    }

    @Test(arguments: [
        ("own", "", "Ñandú", Browser.password, "Escriba su pregunta"),
        ("nothing", "", "Ñandú", Browser.password, "Elija la pregunta"),
        ("pet", "", " ñ ", Browser.password, "Escriba una respuesta de 2 caracteres o más"),
        ("pet", "", String(repeating: "ab", count: 65), Browser.password, "Escriba una respuesta más corta"),
        ("pet", "", "", Browser.password, "Escriba la respuesta"),
        ("pet", "", "Ñandú", "no-es-esta", "La contraseña actual no coincide"),
    ])
    func `what will not do is told beside its field`(
        _ question: String, _ own: String, _ answer: String, _ current: String, _ words: String
    ) throws {
        let page = try choose(question, own, answer: answer, current: current)
        #expect(page.status == 422 && page.text.contains(words))
        #expect(try site.desk("proware").read { try $0.identity(of: ana) } == nil)
    }

    @Test func `SE-3: a question in one's own words is kept, and the answer only as a hash`() throws {
        #expect(try choose("own", "¿Qué río cruza <b>mi</b> pueblo?").status == 303)
        let kept = try #require(try site.desk("proware").read { try $0.identity(of: ana) })
        #expect(kept.question == "¿Qué río cruza <b>mi</b> pueblo?" && kept.answer.matches("nandu gris"))
        let page = try Browser(site, "proware", as: "tomas@proware.example").get("/people/\(ana)/identity").text
        #expect(page.contains("&lt;b&gt;mi&lt;/b&gt;"))
    }

    @Test(arguments: [
        ("Ñandú Gris", "ñandú gris"), ("  nandu\tGRIS\u{A0}", "nandu gris"), ("n\u{303}andu\u{301} gris", "Ñandú Gris"),
    ])
    func `answers that sound alike are the same`(_ one: String, _ other: String) {
        #expect(IdentityProof.normal(one) == IdentityProof.normal(other))
    }
}
