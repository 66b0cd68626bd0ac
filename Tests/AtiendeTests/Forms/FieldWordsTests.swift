// A field that was left empty says so in a sentence with its own name, in both languages.

import Foundation
import Markup
import Testing

@testable import Atiende
@testable import HTTP

private let shared = Result { try TestSite(tenants: []) }

/// A field as it is described somewhere in the sources; of a key with a number in it, the first.
private struct DescribedField: CustomTestStringConvertible, Sendable {
    let file: String
    let words: String

    var testDescription: String { "\(file): \(words)" }

    static let all: [DescribedField] = {
        let root = TestSite.resources + "/Sources/Atiende"
        let paths = FileManager.default.enumerator(atPath: root)?.compactMap { $0 as? String } ?? []
        let kind = "line|mail|phone|number|date|secret|text|select|choice|choices"
        return paths.filter { $0.hasSuffix(".swift") && !$0.hasPrefix("Forms/") }.sorted().flatMap { path in
            let source = (try? String(contentsOfFile: root + "/" + path, encoding: .utf8)) ?? ""
            guard let field = try? Regex("\\.(?:\(kind))\\(\\s*(?:\"[^\"]*\"|\\w+), \"([^\"]+\\.[^\"]+)\"") else {
                return [DescribedField]()
            }
            return source.matches(of: field).compactMap { match in
                match.output[1].substring.map { key in
                    DescribedField(file: path, words: String(key.replacing(/\\\(\w+\)/, with: "1")))
                }
            }
        }
    }()
}

@Suite struct FieldWordsTests {
    private let es: Words
    private let en: Words

    init() throws {
        let site = try shared.get()
        es = site.site.templates.words(in: .es)
        en = site.site.templates.words(in: .en)
    }

    private func form(_ value: String?) -> Form {
        var form = Form()
        if let value { form.fields = [("x", value)] }
        return form
    }

    @Test func `every field has a name that stands in a sentence, in both languages`() {
        #expect(DescribedField.all.count > 60)
        for field in DescribedField.all {
            for words in [es, en] {
                let key = field.words + ".named"
                let name = words.text(key)
                #expect(name != key, "\(field.testDescription)")
                #expect(name.first?.isLowercase == true && name.last != ".", "\(field.testDescription): \(name)")
            }
        }
    }

    @Test(arguments: [
        (FieldSpec.line("x", "organizations.legalName"), "Escriba la razón social", "Enter the legal name"),
        (.line("x", "organizations.street"), "Escriba la calle y el número", "Enter the street and number"),
        (.mail("x", "login.email"), "Escriba su correo", "Enter your e-mail"),
        (
            .secret("x", "password.current", autocomplete: ""), "Escriba la contraseña actual",
            "Enter the current password"
        ),
        (.text("x", "organizations.note", upTo: 9), "Escriba la nota", "Enter the note"),
        (.date("x", "organizations.notice.day"), "Escriba la fecha del aviso", "Enter the date of the notice"),
        (.select("x", "organizations.country"), "Elija el país", "Choose the country"),
        (.choice("x", "organizations.notice.side"), "Elija quién avisa", "Choose who gives notice"),
    ])
    func `what is mandatory and empty is asked for by its name`(_ spec: FieldSpec, _ spanish: String, _ english: String)
    {
        for value in [nil, "", spec.kind == .secret ? "" : "  "] {
            #expect(SentForm(form(value), [spec], es).faults == .one("x", spanish))
            #expect(SentForm(form(value), [spec], en).faults == .one("x", english))
        }
    }

    @Test func `what is too long is told by its name, at the head of the sentence`() {
        let spec = FieldSpec.line("x", "organizations.city", upTo: 3, isOptional: true)
        #expect(
            SentForm(form("Mérida"), [spec], es).faults
                == .one("x", "La ciudad o el municipio puede tener hasta 3 caracteres; tiene 6"))
        #expect(
            SentForm(form("Mérida"), [spec], en).faults
                == .one("x", "The city or municipality can have up to 3 characters; it has 6"))
    }

    @Test func `an answer that no page offers is asked for as an empty one, and a tick that none sends is none`() {
        let tick = FieldSpec.tick("x", "signup.isKnown")
        let sent = SentForm(form(String(repeating: "o", count: 201)), [tick], es)
        #expect(sent.faults.isEmpty && !sent.isTicked("x"))
        var picked = SentForm(form("US"), [.select("x", "organizations.country")], es)
        #expect(picked.faults.isEmpty)
        picked.faultEmpty("x")
        #expect(picked.faults == .one("x", "Elija el país"))
    }
}
