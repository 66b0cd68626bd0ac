// Canned answers: their variables, their pages, and how they get into an answer.

import SQL
import Testing

@testable import Atiende
@testable import HTTP

@Suite struct CannedAnswerTests {
    @Test(arguments: [
        ("Hola, {cliente}.", [AnswerVariable.Part.text("Hola, "), .variable(.customer), .text(".")]),
        ("{FOLIO}{Técnico}", [.variable(.folio), .variable(.technician)]),
        ("{organizacion} {organization}", [.variable(.organization), .text(" "), .variable(.organization)]),
        ("{nadie}", [.unknown("nadie")]), ("{}", [.unknown("")]),
        ("a { b } c", [.text("a "), .unknown(" b "), .text(" c")]),
        ("if (a) {\n}", [.text("if (a) {\n}")]), ("{", [.text("{")]), ("}", [.text("}")]),
        ("{{cliente}}", [.text("{"), .variable(.customer), .text("}")]), ("", []),
    ])
    func `variables are found, and braces that are none stay`(_ text: String, _ parts: [AnswerVariable.Part]) {
        #expect(AnswerVariable.parts(of: text) == parts)
    }

    @Test func `what people wrote is not read for variables again`() {
        let answer = CannedAnswer(id: CannedAnswer.ID(rawValue: 1), name: "x", body: "{cliente}: {asunto}")
        #expect(answer.text([.customer: "{folio}", .subject: "{cliente}"]) == "{folio}: {cliente}")
    }

    @Test func `an admin keeps them, and they are inserted without a script and with one`() throws {
        let work = try WorkSite()
        let natalia = try work.browser("natalia")
        let text = "Hola, {cliente}. Sobre {folio}: le escribe {técnico}."
        #expect(try natalia.post("/admin/answers/new", ["name": "Saludo", "text": text]).status == 303)
        #expect(try natalia.post("/admin/answers/new", ["name": "SALUDO", "text": text]).status == 422)
        let unknown = try natalia.post("/admin/answers/new", ["name": "Otro", "text": "Hola, {nadie}"])
        #expect(unknown.status == 422 && unknown.text.contains("{nadie}"))
        #expect(try natalia.get("/admin/answers").text.contains("Saludo"))
        let folio = try work.ticket()
        let lucia = try work.browser("lucia")
        let filled = "Hola, Ana Ríos. Sobre \(folio): le escribe Lucía Arango."
        let inserted = try lucia.post(
            "/tickets/\(folio)/messages", ["body": "Antes", "canned": "1", "insert": "1", "visibility": "public"])
        #expect(inserted.status == 200 && inserted.text.contains("Antes\n\n" + filled))
        #expect(try lucia.get("/desk/\(folio)/answers/1").text == filled)
        #expect(try lucia.get("/desk/\(folio)/answers/2").status == 404)
        #expect(try lucia.get("/admin/answers").status == 404)
        #expect(try natalia.post("/admin/answers/1", ["name": "Saludo", "text": "Hola"]).status == 303)
        #expect(try natalia.post("/admin/answers/1/removal").status == 303)
        #expect(try natalia.get("/admin/answers/1").status == 404)
    }
}
