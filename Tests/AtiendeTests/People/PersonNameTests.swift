// Names of people: what is kept, what is refused, and who may not be called like the staff.

import Testing

@testable import Atiende

@Suite struct PersonNameTests {
    @Test(arguments: [
        ("Lucía Arango", "Lucía Arango"), ("  Lucía \u{A0}\u{2003} Arango\n", "Lucía Arango"), ("Ñ", "Ñ"),
        ("D'Ángelo-Peña, Jr. (3.º)", "D'Ángelo-Peña, Jr. (3.º)"), ("王小明", "王小明"), ("אבי", "אבי"),
        ("<b>Iván</b>", "<b>Iván</b>"),
    ])
    func `names keep their letters and lose surplus space`(_ text: String, _ kept: String) throws {
        #expect(try PersonName(text).text == kept)
        #expect(try PersonName(kept).text == kept)
    }

    @Test(
        arguments: [
            ("", .empty), (" \n\t ", .empty), ("\u{2003}", .empty),
            ("Lucía\nArango", .lineBreak), ("Lucía\r\nArango", .lineBreak), ("Lucía\u{2028}Arango", .lineBreak),
            ("Lucía\tArango", .hidden("\t")), ("Lucía\0", .hidden("\0")), ("\u{1B}[2J", .hidden("\u{1B}")),
            ("Lucía\u{85}Arango", .lineBreak),
            ("Lucía\u{7F}", .hidden("\u{7F}")),
            ("Lucía\u{202A}", .hidden("\u{202A}")), ("Lucía\u{202E}x", .hidden("\u{202E}")),
            ("Lucía\u{2066}x", .hidden("\u{2066}")), ("Lucía\u{2069}x", .hidden("\u{2069}")),
            ("Lu\u{200B}cía", .hidden("\u{200B}")), ("Lu\u{200D}cía", .hidden("\u{200D}")),
            ("\u{FEFF}Lucía", .hidden("\u{FEFF}")), ("Lu\u{AD}cía", .hidden("\u{AD}")),
            ("Lucía\u{E0041}", .hidden("\u{E0041}")), ("\u{3164}", .hidden("\u{3164}")),
            ("\u{2800}", .hidden("\u{2800}")), ("Lucía\u{E000}", .hidden("\u{E000}")),
            ("...", .noLetter), ("123", .noLetter), ("🙂", .noLetter),
        ] as [(String, PersonNameFault)])
    func `each fault is told as what it is`(_ text: String, _ fault: PersonNameFault) {
        #expect(throws: fault) { try PersonName(text) }
    }

    @Test func `the limit is exact, and piles of accents count`() throws {
        let longest = String(repeating: "ñ", count: 120)
        #expect(try PersonName(longest).text == longest)
        #expect(throws: PersonNameFault.tooLong(has: 121)) { try PersonName(longest + "o") }
        #expect(throws: PersonNameFault.tooLong(has: 1001)) {
            try PersonName("a" + String(repeating: "\u{301}", count: 1000))
        }
    }

    @Test(arguments: [
        "Soporte", "soporte", "SOPÓRTE", "Soporte Atiende", "  Soporte   atiende ", "Admin", "Administrador",
        "Administradora", "A d m i n", "Sopo\u{301}rte", "Soporte.", "«Soporte»", "Ｓｏｐｏｒｔｅ", "Sоporte", "𝐒𝐨𝐩𝐨𝐫𝐭𝐞",
        "Support", "Peñón Software", "PENON SOFTWARE", "Soporte Peñón Software", "Peñón-Software",
    ])
    func `customers do not pass for the staff`(_ name: String) throws {
        #expect(throws: PersonNameFault.reserved) { try PersonName(name, ofCustomerOf: "Peñón Software") }
        #expect(throws: Never.self) { try PersonName(name) }
    }

    @Test(arguments: ["Lucía Arango", "Sopo Rtega", "Adminda Ruiz", "Peñón", "王小明", "Soportes del Norte"])
    func `other names are theirs`(_ name: String) throws {
        #expect(try PersonName(name, ofCustomerOf: "Peñón Software").text == name)
    }

    @Test func `a provider's name without letters reserves nothing`() throws {
        #expect(try PersonName("Lucía", ofCustomerOf: "¡!").text == "Lucía")
        #expect(throws: PersonNameFault.empty) { try PersonName("", ofCustomerOf: "¡!") }
    }

    @Test(
        arguments: [
            (.empty, "Escriba el nombre", "Enter the name"),
            (
                .tooLong(has: 131), "El nombre puede tener hasta 120 caracteres; tiene 131",
                "The name can have up to 120 characters; it has 131"
            ),
            (.lineBreak, "Escriba el nombre en una sola línea", "Enter the name on one line"),
            (
                .hidden("\u{202E}"),
                "El nombre tiene un carácter que no se ve (una marca de dirección del texto): bórrelo todo y escríbalo de nuevo",
                "The name has a character that cannot be seen (a mark of text direction): delete it all and type it again"
            ),
            (.noLetter, "Escriba el nombre con letras", "Enter the name in letters"),
            (
                .reserved, "Con ese nombre contesta el equipo de soporte: escriba el suyo",
                "The support team answers under that name: enter your own"
            ),
        ] as [(PersonNameFault, String, String)])
    func `each fault has its sentence`(_ fault: PersonNameFault, _ spanish: String, _ english: String) throws {
        #expect(try fault.sentence(in: TestWords.read(.es)) == spanish)
        #expect(try fault.sentence(in: TestWords.read(.en)) == english)
    }
}
