// Tables of organizations: read like the form, row by row, and taken in as a whole or not at all.

import SQL
import Testing

@testable import Atiende
@testable import HTTP

@Suite struct OrganizationImportTests {
    private let desk: OrganizationDesk
    private static let header =
        "Razón social,PAÍS,RFC o NIT,Calle y número,Ciudad o municipio,Estado o departamento,Código postal,"
        + "Correo de la empresa,Teléfono de la empresa"

    init() throws { desk = try OrganizationDesk() }

    private func row(_ name: String, _ country: String = "Colombia", _ taxID: String = Company.nit(50)) -> String {
        "\(name),\(country),\(taxID),Calle 1,Cali,Valle,760001,a@b.example,6015550123"
    }

    /// The table as it is after it was sent.
    private func keep(_ table: String) throws -> String {
        let now = desk.site.clock.now
        let bytes = Array(table.utf8)
        let owner = try #require(try desk.site.desk("proware").read { try $0.person(email: "elena@proware.example") })
            .id
        let id = try desk.site.desk("proware").write {
            try $0.keepImport(of: .organizations, bytes, [1], name: "<b>lista.csv", by: owner, at: now)
        }
        return "/admin/organizations/imports/\(id)"
    }

    @Test func `what was exported is read again`() throws {
        guard case .bytes(let bytes, _) = try desk.admin.get("/admin/organizations/export").response.body else {
            throw Refusal.notFound
        }
        let table = String(decoding: bytes, as: UTF8.self)
            .replacing("900.000.001-" + Company.nit(1).suffix(1), with: Company.nit(71))
            .replacing("900.000.002-" + Company.nit(2).suffix(1), with: Company.nit(72))
        let path = try keep(table)
        #expect(try desk.admin.get(path).text.contains("¿Cargar 2 organizaciones?"))
        #expect(try desk.admin.post(path).status == 303)
        #expect(try desk.count("SELECT count(*) FROM organization") == 4)
    }

    @Test func `a table is shown, then taken in once`() throws {
        let path = try keep(Self.header + "\r\n" + row("Uno") + "\r\n" + row("Dos", "co", Company.nit(51)) + "\r\n")
        let page = try desk.admin.get(path)
        #expect(page.text.contains("¿Cargar 2 organizaciones?") && page.text.contains("&lt;b&gt;lista.csv"))
        #expect(try desk.count("SELECT count(*) FROM organization") == 2)
        #expect(try desk.admin.post(path).status == 303)
        #expect(try desk.admin.get("/organizations?q=dos").text.contains("Dos</a>"))
        #expect(try desk.count("SELECT count(*) FROM audit WHERE act IN ('import', 'organization.add')") == 3)
        #expect(try desk.admin.post(path).status == 404)
    }

    @Test func `every wrong value is told with its row, and nothing is taken in`() throws {
        let known = row("Conocida", "Colombia", Company.nit(1))
        let rows = [row("Uno"), row("Dos"), row("", "Perú", "1"), known, row("<script>", "Colombia", "x")]
        let path = try keep(([Self.header] + rows).joined(separator: "\n"))
        for answer in [try desk.admin.get(path), try desk.admin.post(path)] {
            #expect(answer.status == 422 && !answer.text.contains("<script>"))
            for words in [
                "Ese número ya está en la fila 2", "Elija el país", "Escriba la razón social",
                "Ya hay una organización con ese número", "No se cargó nada",
            ] { #expect(answer.text.contains(words), "\(words)") }
        }
        #expect(try desk.count("SELECT count(*) FROM organization") == 2)
    }

    @Test(arguments: [
        ("", "Revise 1 dato del archivo"), (header, "El archivo no tiene organizaciones"),
        ("Razón social\nUno", "Falta esta columna"),
        (header + ",Otra\n", "No se conoce esta columna"), (header + ",país\n", "Esta columna está dos veces"),
        (header + "\nuno,dos\n", "Revise 1 dato del archivo"), (header + "\n\"uno", "Revise 1 dato del archivo"),
    ])
    func `a table of another shape is told`(_ table: String, _ words: String) throws {
        let answer = try desk.admin.get(try keep(table))
        #expect(answer.status == 422 && answer.text.contains(words))
    }

    @Test func `a number that somebody takes meanwhile takes all of it back`() throws {
        let path = try keep(Self.header + "\n" + row("Uno", "Colombia", Company.nit(60)) + "\n" + row("Dos"))
        #expect(try desk.admin.get(path).status == 200)
        #expect(try desk.admin.post("/admin/organizations/new", Company.form(["taxID": Company.nit(50)])).status == 303)
        #expect(try desk.admin.post(path).status == 422)
        #expect(try desk.count("SELECT count(*) FROM organization") == 3)
    }

    @Test func `nobody else sees it, and it goes after an hour`() throws {
        try desk.site.add("eva@proware.example", as: .admin)
        let path = try keep(Self.header + "\n" + row("Uno"))
        #expect(try Browser(desk.site, "proware", as: "eva@proware.example").get(path).status == 404)
        #expect(try desk.technician.get(path).status == 404)
        // Nor does it come in as something else.
        #expect(try desk.admin.get(path.replacing("organizations", with: "people")).status == 404)
        #expect(try desk.technician.get("/admin/organizations/import").status == 404)
        desk.site.clock.now += 3600
        #expect(try desk.admin.get(path).status == 404)
    }

    @Test func `without a file the form says so`() throws {
        #expect(try desk.admin.get("/admin/organizations/import").text.contains("multipart/form-data"))
        #expect(try desk.admin.post("/admin/organizations/import").text.contains("Elija un archivo con datos"))
    }
}
