// The pages of a sign-up: what is asked, what is wrong beside its field, and that nothing typed is lost or run.

import SQL
import Testing

@testable import Atiende
@testable import HTTP

@Suite struct SignUpFormTests {
    private let site: TestSite
    private let browser: Browser

    init() throws {
        site = try TestSite(tenants: ["proware", "seres"])
        browser = Browser(site, "proware")
    }

    /// Whether the page still has what was typed, in view or unseen.
    private func holds(_ page: String, _ field: String, _ value: String) -> Bool {
        let value = value.replacing("&", with: "&amp;").replacing("<", with: "&lt;").replacing(">", with: "&gt;")
            .replacing("\"", with: "&quot;").replacing("'", with: "&#39;")
        let isTyped = page.matches(of: /name="([a-zA-Z]+)"[^>]* value="([^"]*)"/).contains {
            $0.1 == field && $0.2 == value
        }
        return isTyped || page.contains("name=\"\(field)\"") && page.contains("<option value=\"\(value)\" selected>")
    }

    private func expectAll(_ page: String, _ form: [(String, String)]) {
        for (field, value) in form where field != "step" && field != "back" && !value.isEmpty {
            #expect(holds(page, field, value), "\(field) lost \(value)")
        }
    }

    @Test(arguments: [("proware", "CO", "MX"), ("seres", "MX", "CO")])
    func `the provider's country comes first and is chosen`(_ tenant: String, _ first: String, _ second: String) throws
    {
        let page = try Browser(site, tenant).get("/signup").text
        let chosen = try #require(page.firstRange(of: "<option value=\"\(first)\" selected>"))
        let other = try #require(page.firstRange(of: "<option value=\"\(second)\">"))
        #expect(chosen.lowerBound < other.lowerBound)
        #expect(page.contains("Ya tengo cuenta") && page.contains("/t/\(tenant)/login"))
    }

    @Test func `what may stay empty says so, and nothing else may`() throws {
        let pages = [
            try browser.get("/signup").text, try browser.post("/signup", Applicant.firstStep()).text,
        ]
        let labels = pages.joined().matches(of: /<label for="([a-zA-Z]+)">[^<]* <span class="opt">/).map {
            String($0.1)
        }
        #expect(labels == ["neighborhood", "companyOtherPhone", "phone"])
        let empty = Browser(site, "proware")
        for (field, _) in Company.form() + [("name", ""), ("email", ""), ("language", "")] {
            let answer = try empty.post("/signup", Applicant.form([field: ""]))
            #expect((answer.status == 422) == !labels.contains(field), "\(field): \(answer.status)")
        }
    }

    @Test func `the first step leads to the second, which carries all of it unseen`() throws {
        let answer = try browser.post("/signup", Applicant.firstStep())
        #expect(answer.status == 200 && answer.text.contains("paso 2 de 2"))
        expectAll(answer.text, Applicant.firstStep())
        #expect(answer.text.contains("Ferretería Ñandú S. A. S. · 900.123.456-8"))
        #expect(!answer.text.contains("class=\"faults\""), "what was not asked yet is not wrong yet")
        #expect(try site.count("person") == 0 && site.count("organization") == 0 && site.count("outbox") == 0)
    }

    @Test func `the second step begins in the visitor's language`() throws {
        let first = Company.form() + [("step", "company")]
        #expect(try browser.post("/signup", first).text.contains("<option value=\"es\" selected>"))
        let english = try browser.post("/signup", first, ["Accept-Language": "en"])
        #expect(english.text.contains("<option value=\"en\" selected>") && english.text.contains("step 2 of 2"))
    }

    @Test func `the way back keeps both steps, also what is wrong in the second`() throws {
        let form = Applicant.form(["back": "on", "email": "no es un correo", "name": "", "taxID": "900.123.456-1"])
        let answer = try browser.post("/signup", form)
        #expect(answer.status == 200 && answer.text.contains("paso 1 de 2"))
        #expect(!answer.text.contains("class=\"faults\""))
        expectAll(answer.text, form)
    }

    @Test(arguments: [
        ("taxID", "900.123.456-1", "El dígito de verificación debería ser 8"), ("taxID", "", "Escriba el RFC o NIT"),
        ("country", "US", "Elija el país"),
        ("legalName", "", "Escriba la razón social"), ("street", "", "Escriba la calle y el número"),
        ("city", "", "Escriba la ciudad o el municipio"), ("region", "", "Escriba el estado o departamento"),
        ("postalCode", "123", "El código postal tiene 6 números"),
        ("companyEmail", "a@@b", "Un correo tiene una sola @"),
        ("companyPhone", "123", "El teléfono debe tener 10 dígitos; tiene 3"),
        ("companyOtherPhone", "601 555#0123", "no va en un teléfono"),
    ])
    func `SE-1: a fault of the company stands beside its field in either step`(
        _ field: String, _ value: String, _ words: String
    ) throws {
        for form in [Applicant.firstStep([field: value]), Applicant.form([field: value])] {
            let answer = try browser.post("/signup", form)
            #expect(answer.status == 422 && answer.text.contains("paso 1 de 2"))
            #expect(answer.text.contains(words), "\(field)")
            #expect(answer.text.contains("href=\"#\(field)\"") && answer.text.contains("id=\"\(field)-error\""))
            expectAll(answer.text, form.filter { !($0.0 == "country" && $0.1 == "US") })
        }
        #expect(try site.count("person") == 0 && site.count("attempt") == 0)
    }

    @Test(arguments: [
        ("name", "", "Escriba su nombre y apellidos"), ("name", "12345", "Escriba el nombre con letras"),
        ("name", "Soporte Proware", "Con ese nombre contesta el equipo de soporte"),
        ("name", "ＰｒｏＷａｒｅ", "Con ese nombre contesta"), ("name", "Ana\u{200B}Ruiz", "un carácter que no se ve"),
        ("name", String(repeating: "ñ", count: 121), "hasta 120 caracteres; tiene 121"),
        ("email", "", "Escriba su correo"), ("email", "ana", "Escriba un correo como"),
        ("email", "a@b.example\r\nBcc: c@d.example", "El carácter 12 no va en un correo"),
        ("email", "ana@[192.0.2.1]", "no va en un correo"),
        ("phone", "12", "El teléfono debe tener 10 dígitos; tiene 2"), ("language", "", "Elija el idioma"),
        ("language", "fr", "Elija el idioma"),
    ])
    func `a fault of the person stands beside its field`(_ field: String, _ value: String, _ words: String) throws {
        let form = Applicant.form([field: value])
        let answer = try browser.post("/signup", form)
        #expect(answer.status == 422 && answer.text.contains("paso 2 de 2"))
        #expect(answer.text.contains(words))
        #expect(answer.text.contains("href=\"#\(field)\"") && answer.text.contains("id=\"\(field)-error\""))
        expectAll(answer.text, form.filter { $0.0 != "language" && !$0.1.contains("\r") })
        #expect(try site.count("person") == 0 && site.count("organization") == 0 && site.count("outbox") == 0)
    }

    @Test func `a company that is known needs its number alone, and keeps what else was typed`() throws {
        let bare = [("country", "CO"), ("taxID", Company.nit), ("isKnown", "on"), ("step", "company")]
        let second = try browser.post("/signup", bare)
        #expect(second.status == 200 && second.text.contains("paso 2 de 2"))
        expectAll(second.text, bare)
        let form = Applicant.form(["isKnown": "on", "postalCode": "x", "back": "on"])
        let back = try browser.post("/signup", form).text
        expectAll(back, form.filter { $0.0 != "isKnown" })
        #expect(back.contains("name=\"isKnown\" value=\"on\" checked"))
        let wrong = try browser.post("/signup", bare.map { ($0.0, $0.0 == "taxID" ? "900.123.456-1" : $0.1) })
        #expect(wrong.status == 422 && wrong.text.contains("debería ser 8"))
    }

    @Test(arguments: [
        "<script>alert(1)</script>", "\"><img src=x onerror=alert(1)>", "'><svg onload=alert(1)>",
        "</title><script>alert(1)</script>", "{{7*7}} ${7*7}", "</textarea><script>alert(1)</script>",
    ])
    func `what is typed in any field is text on every page`(_ vector: String) throws {
        for (field, _) in Applicant.form() where field != "step" {
            for extra in [[:], ["step": "company"], ["back": "on"]] {
                let page = try browser.post("/signup", Applicant.form([field: vector].merging(extra) { $1 })).text
                #expect(!page.contains("<script>alert") && !page.contains("<img src=x"), "\(field)")
                #expect(!page.contains("<svg onload") && !page.contains("49 49"), "\(field)")
            }
        }
        let sent = try browser.get("/signup/sent?to=" + PercentCoding.encode(queryComponent: vector)).text
        #expect(sent.contains("su correo") && !sent.contains("alert(1)"))
    }

    @Test func `whoever is in has an account`() throws {
        try site.add("eva@ceiba.example")
        let eva = try Browser(site, "proware", as: "eva@ceiba.example")
        #expect(try eva.get("/signup").field("Location") == "/t/proware/")
        #expect(try eva.post("/signup", Applicant.form()).field("Location") == "/t/proware/")
        #expect(try site.count("person") == 1)
    }

    @Test func `a form without its seal, or without its fields, does nothing`() throws {
        #expect(try browser.post("/signup", Applicant.form(["csrf": "x"])).status == 403)
        #expect(try browser.post("/signup", [("key", "x")] + Applicant.form()).status == 403)
        #expect(try browser.post("/signup").status == 422)
        #expect(try site.count("person") == 0)
    }
}
