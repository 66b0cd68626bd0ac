// What is asked of a company: each field is read, refused with what is wrong, and kept in its normal form.

import Markup
import SLA
import SQL
import Testing

@testable import Atiende
@testable import HTTP

/// Invented companies whose tax numbers are right.
enum Company {
    static let rfc = "AAB010101I33"
    static let nit = "900.123.456-8"

    static func form(_ changes: [String: String] = [:]) -> [(String, String)] {
        let form = [
            "country": "CO", "taxID": nit, "legalName": "Ferretería Ñandú S. A. S.", "street": "Calle 93 11-28, piso 4",
            "neighborhood": "Chicó", "city": "Bogotá", "region": "Cundinamarca", "postalCode": "110221",
            "companyEmail": "Contacto@Nandu.example", "companyPhone": "601 555 0123",
            "companyOtherPhone": "+52 55 5555 0101",
        ].merging(changes) { $1 }
        return form.sorted { $0.key < $1.key }.map { ($0.key, $0.value) }
    }

    /// A number of nine digits with its check digit.
    static func nit(_ number: Int) -> String {
        let body = String(900_000_000 + number)
        return body + "-" + String(NIT.checkDigit(for: body))
    }

    static func details(_ number: Int, _ name: String) throws -> OrganizationDetails {
        OrganizationDetails(
            legalName: name, country: .colombia, taxID: try TaxID(nit(number), country: .colombia), street: "Calle 1",
            city: "Cali", region: "Valle", postalCode: "760001", email: "a@b.example", phone: "+576015550123")
    }
}

@Suite struct OrganizationFormTests {
    private func read(_ changes: [String: String], _ language: Language = .es) throws -> (OrganizationDetails?, Faults)
    {
        let words = try TestWords.read(language)
        let text = Company.form(changes).map {
            PercentCoding.encode(queryComponent: $0.0) + "=" + PercentCoding.encode(queryComponent: $0.1)
        }.joined(separator: "&")
        var sent = SentForm(
            try Form.parse(urlencoded: Array(text.utf8)[...]), OrganizationForm.fields, words)
        let details = OrganizationForm.read(&sent, words)
        return (details, sent.faults)
    }

    @Test func `a company is kept in normal forms`() throws {
        let (found, faults) = try read([:])
        let details = try #require(found, "\(faults)")
        #expect(details.taxID?.normal == "900123456-8")
        #expect(details.email == "contacto@nandu.example")
        #expect(details.phone == "+576015550123" && details.otherPhone == "+525555550101")
        #expect(details.postalCode == "110221" && details.neighborhood == "Chicó")
    }

    @Test(arguments: [
        ("taxID", "900.123.456-1", "El dígito de verificación debería ser 8"),
        ("taxID", "", "Escriba el RFC o NIT"), ("legalName", " ", "Escriba la razón social"),
        ("legalName", "---", "Escriba la razón social con letras"),
        ("legalName", "\u{200B}", "Escriba la razón social con letras"),
        (
            "legalName", String(repeating: "ñ", count: 201),
            "La razón social puede tener hasta 200 caracteres; tiene 201"
        ),
        ("postalCode", "11022", "El código postal tiene 6 números"),
        ("postalCode", "١١٠٢٢١", "El código postal tiene 6 números"),
        ("companyEmail", "a@@b.example", "Un correo tiene una sola @; este tiene 2"),
        ("companyPhone", "12345678", "El teléfono debe tener 10 dígitos; tiene 8"),
        ("companyOtherPhone", "0000000000", "Un teléfono de 10 dígitos no empieza con 0"),
        ("country", "", "Elija el país"), ("country", "US", "Elija el país"),
        ("street", "", "Escriba la calle y el número"), ("city", "", "Escriba la ciudad o el municipio"),
    ])
    func `what is wrong is told beside its field`(_ field: String, _ value: String, _ sentence: String) throws {
        let (details, faults) = try read([field: value])
        #expect(details == nil)
        #expect(faults.list == [Faults.Fault(field: field, text: sentence)])
    }

    @Test func `the tax number is that of the country, the postal code too`() throws {
        let (mexican, _) = try read(["country": "MX", "taxID": "sat-970701-nn3", "postalCode": "06300"])
        #expect(mexican?.taxID?.normal == "SAT970701NN3" && mexican?.postalCode == "06300")
        let (none, faults) = try read(["country": "MX"])
        #expect(none == nil && faults.list.map(\.field) == ["taxID", "postalCode"])
    }

    @Test func `both phones and the neighborhood of none are empty`() throws {
        let (details, _) = try read(["companyOtherPhone": "", "neighborhood": ""])
        #expect(details?.otherPhone == "" && details?.neighborhood == "")
    }

    @Test func `what is kept fills the form so that it reads back the same`() throws {
        let details = try #require(try read([:]).0)
        #expect(try read(OrganizationForm.values(details)).0 == details)
    }

    @Test func `the words of the form are there in English`() throws {
        let (_, faults) = try read(["postalCode": "1"], .en)
        #expect(faults["postalCode"] == "The postal code has 6 digits")
    }
}

@Suite struct OrganizationStoreTests {
    private let site: TestSite

    init() throws { site = try TestSite() }

    @Test func `an organization is found again as it was written`() throws {
        let details = try Company.details(1, "Ferretería Ñandú")
        let desk = try site.desk("proware")
        let id = try desk.write { try $0.insert(details, state: .active, at: 7) }
        let kept = try desk.read { try $0.organization(id) }
        #expect(
            kept
                == OrganizationRecord(
                    id: id, details: details, state: .active, distributor: nil, mergedInto: nil, createdAt: 7,
                    changedAt: 7))
        let taxID = try #require(details.taxID)
        #expect(try desk.read { try $0.organization(taxID: taxID)?.id } == id)
        #expect(try site.desk("seres").read { try $0.organization(id) } == nil)
    }

    @Test func `two changes in one second are two`() throws {
        let desk = try site.desk("proware")
        var details = try Company.details(1, "Uno")
        let id = try desk.write { [details] in try $0.insert(details, state: .active, at: 7) }
        details.legalName = "Otro"
        try desk.write { [details] in
            try $0.update(id, details, at: 7)
            try $0.update(id, details, at: 7)
        }
        let kept = try desk.read { try $0.organization(id) }
        #expect(kept?.changedAt == 9 && kept?.details.legalName == "Otro")
    }

    @Test func `of two that bring one tax number at once, one hears of it beside the field`() throws {
        let desk = try site.desk("proware")
        let words = try TestWords.read(.es)
        let details = try Company.details(1, "Uno")
        func add() throws(Refusal) -> Organization.ID {
            try desk.write { connection in
                try OrganizationForm.refusingKnownTaxID(words) {
                    try connection.insert(details, state: .active, at: 7)
                }
            }
        }
        _ = try add()
        let refusal = #expect(throws: Refusal.self) { _ = try add() }
        #expect(refusal?.faults?["taxID"] == "Ya hay una organización con ese número")
        // Nothing of the second one stayed behind.
        let count = try desk.read { try $0.first("SELECT count(*) FROM organization_search") { $0.int(0) } }
        #expect(count == 1)
    }

    @Test func `without a tax number there may be many`() throws {
        let desk = try site.desk("proware")
        let details = OrganizationDetails(legalName: "Sin número", country: .mexico)
        for _ in 0..<2 { _ = try desk.write { try $0.insert(details, state: .active, at: 7) } }
    }
}
