// What is typed into the box of a search is read: filters in two languages, words, and what means nothing.

import Markup
import SLA
import Testing

@testable import Atiende

@Suite struct SearchReaderTests {
    private static let reader = SearchReader(contract: .proware)

    static let typed: [(String, [SearchFilter], [String])] = [
        ("", [], []),
        ("factura", [], ["factura"]),
        ("  dos   palabras ", [], ["dos", "palabras"]),
        ("\"no timbra\" hoy", [], ["no timbra", "hoy"]),
        ("\"sin cerrar", [], ["sin cerrar"]),
        ("estado:abierto severidad:1", [.state(.open), .severity("critical")], []),
        ("status:open severity:Critical", [.state(.open), .severity("critical")], []),
        ("ESTADO:Resuelto", [.state(.resolved)], []),
        ("estado:\"Esperando al cliente\"", [.state(.waitingCustomer)], []),
        ("estado:en-desarrollo status:third-party", [.state(.inDevelopment), .state(.waitingThirdParty)], []),
        ("severidad:crítica severidad:2", [.severity("critical"), .severity("high")], []),
        ("organización:\"La Ceiba\"", [.organization("La Ceiba")], []),
        ("organizacion:ceiba customer:roble", [.organization("ceiba"), .organization("roble")], []),
        ("asignado:yo assigned:nobody", [.assignee(.me), .assignee(.nobody)], []),
        ("responsable:óscar", [.assignee(.named("óscar"))], []),
        ("nivel:2 level:n3", [.level(2), .level(3)], []),
        ("tipo:support kind:\"Desarrollo a la medida\"", [.kind("support"), .kind("development")], []),
        ("etiqueta:VPN", [.tag("vpn")], []),
        ("plazo:vencido due:soon plazo:en-pausa", [.due(.breached), .due(.soon), .due(.paused)], []),
        ("desde:2026-11-01 hasta:30/11/2026", [.from(day(1)), .upTo(day(30))], []),
        ("nivel:2 nivel:2 tablero", [.level(2)], ["tablero"]),
        ("PRW-2026-000123", [], ["PRW-2026-000123"]),
        ("*", [], []), ("\"\"", [], []), (":", [], []), ("--- \" \" ¿?", [], []),
        ("https://falcon.example/a", [], ["https //falcon.example/a"]),
    ]

    private static func day(_ day: Int) -> CivilDate {
        guard let date = CivilDate("2026-11-" + (day < 10 ? "0" : "") + "\(day)") else { fatalError("\(day)") }
        return date
    }

    @Test(arguments: typed)
    func `filters are known by their names, the rest is words`(
        _ text: String, _ filters: [SearchFilter], _ words: [String]
    ) {
        let search = Self.reader.read(text)
        #expect(search.filters == filters)
        #expect(search.words == words)
        #expect(search.faults.isEmpty)
    }

    static let wrong: [(String, [SearchFault])] = [
        ("estdo:abierto", [.unknownKey("estdo")]),
        ("severidad:9", [.unknownValue(.severity, "9")]),
        ("severidad:0", [.unknownValue(.severity, "0")]),
        ("nivel:4 nivel:dos", [.unknownValue(.level, "4"), .unknownValue(.level, "dos")]),
        ("desde:2026-02-30", [.unknownValue(.from, "2026-02-30")]),
        ("hasta:ayer", [.unknownValue(.upTo, "ayer")]),
        ("estado: abierto", [.noValue(.state)]),
        ("estado:\"\"", [.noValue(.state)]),
        ("tipo:99999999999999999999", [.unknownValue(.kind, "99999999999999999999")]),
        ("severidad:99999999999999999999", [.unknownValue(.severity, "99999999999999999999")]),
        (String(repeating: "a ", count: 200), [.tooLong]),
    ]

    @Test(arguments: wrong)
    func `what means nothing is told, and the rest is searched`(_ text: String, _ faults: [SearchFault]) {
        #expect(Self.reader.read(text).faults == faults)
    }

    @Test(arguments: [
        ("factura", "\"factura\""), ("a\"b", "\"a\" AND \"b\""), ("NEAR(a b)", "\"NEAR(a\" AND \"b)\""),
        ("uno OR dos*", "\"uno\" AND \"OR\" AND \"dos*\""), ("123", "(\"123\" OR \"000123\")"),
    ])
    func `nothing that is typed is an operator`(_ text: String, _ match: String) {
        #expect(Self.reader.read(text).terms().joined(separator: " AND ") == match)
    }

    @Test(arguments: [
        ("factu", "factu"), ("FACTUR nó", ""), ("no Timbró", "timbro"), ("error-conex", "conex"), ("\"factu\"", ""),
        ("factu nivel:2", "factu"), ("factu \"no timbra\"", ""), ("fa", ""), ("2026", ""), ("factu,", ""), ("", ""),
    ])
    func `the last word may be the beginning of one`(_ text: String, _ beginning: String) {
        #expect(Self.reader.read(text).beginning ?? "" == beginning)
    }

    @Test func `a beginning goes on with the words that tickets have`() {
        let terms = Self.reader.read("tablero error-conex").terms(["conex", "conexion"])
        #expect(terms == ["\"tablero\"", "(\"error-conex\" OR \"error-conexion\")"])
    }

    @Test(arguments: typed.map(\.0), Language.allCases)
    func `a search is written as it can be read again`(_ text: String, _ language: Language) throws {
        let site = try TestSite(tenants: [])
        let search = Self.reader.read(text)
        let words = SearchWords(words: site.site.templates.words(in: language), contract: .proware)
        let again = Self.reader.read(words.text(search))
        #expect(again.filters == search.filters)
        #expect(again.faults.isEmpty)
        for filter in search.filters { #expect(!words.label(filter).contains("search.")) }
    }

    @Test(arguments: wrong.flatMap(\.1) + [.unknownValue(.organization, "x"), .unknownValue(.assignee, "x")])
    func `every fault has its words`(_ fault: SearchFault) throws {
        let site = try TestSite(tenants: [])
        for language in Language.allCases {
            let words = SearchWords(words: site.site.templates.words(in: language), contract: .proware)
            let text = words.text(fault)
            #expect(!text.contains("search.") && !text.contains("{"), "\(text)")
        }
    }
}
