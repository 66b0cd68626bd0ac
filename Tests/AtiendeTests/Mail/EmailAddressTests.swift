// Which addresses are taken, in which form, and why others are not.

import Testing

@testable import Atiende

@Suite struct EmailAddressTests {
    private static let sixtyThree = String(repeating: "d", count: 63)

    @Test(arguments: [
        ("lucia@proware.example", "lucia@proware.example"),
        ("  Lucia.Arango@Proware.Example ", "lucia.arango@proware.example"),
        ("a@b.co", "a@b.co"),
        ("O'Brien+mesa_1@sub-1.empresa.example", "o'brien+mesa_1@sub-1.empresa.example"),
        ("!#$%&'*+-/=?^_`{|}~@empresa.example", "!#$%&'*+-/=?^_`{|}~@empresa.example"),
        ("x@xn--caf-dma.example", "x@xn--caf-dma.example"),
        ("1@2.3a", "1@2.3a"),
        ("-a@b.example", "-a@b.example"),
    ])
    func `practical addresses are read in lower case`(_ text: String, _ normal: String) {
        #expect(EmailAddress(text)?.text == normal)
        #expect(EmailAddress(normal)?.text == normal)
    }

    @Test(
        arguments: [
            ("", .noAddress), (" ", .noAddress), ("lucia", .noAddress), ("@", .noAddress), ("lucia@", .noAddress),
            ("@empresa.example", .noAddress),
            ("a@b@c.example", .manyAts(2)),
            ("a@@c.example", .manyAts(2)), ("a@b.example,c@d.example", .badCharacter(",", position: 12)),
            ("a@b.example>", .badCharacter(">", position: 12)),
            ("a b@c.example", .badCharacter(" ", position: 2)),
            ("\"a\"@c.example", .badCharacter("\"", position: 1)),
            ("a@c.example(x)", .badCharacter("(", position: 12)),
            ("<a@c.example>", .badCharacter("<", position: 1)),
            ("a@[192.0.2.1]", .badCharacter("[", position: 3)),
            ("a,b@c.example", .badCharacter(",", position: 2)),
            ("a@c.example\r\nBcc: x@y.example", .badCharacter("\r\n", position: 12)),
            ("a@c.example\n", .badCharacter("\n", position: 12)),
            ("\ta@c.example", .badCharacter("\t", position: 1)),
            ("a\u{0}@c.example", .badCharacter("\u{0}", position: 2)),
            ("a\u{7F}@c.example", .badCharacter("\u{7F}", position: 2)),
            ("a\u{202E}@c.example", .badCharacter("\u{202E}", position: 2)),
            ("lucía@c.example", .notASCII("í", position: 4)),
            ("lucia@peña.example", .notASCII("ñ", position: 9)),
            ("а@c.example", .notASCII("а", position: 1)),
            ("a＠c.example", .badCharacter("＠", position: 2)),
            (".a@c.example", .dots), ("a.@c.example", .dots), ("a..b@c.example", .dots),
            ("a@c", .badDomain("c")), ("a@c.", .badDomain("c.")), ("a@.c", .badDomain(".c")),
            ("a@b..c", .badDomain("b..c")), ("a@-b.c", .badDomain("-b.c")), ("a@b-.c", .badDomain("b-.c")),
            ("a@192.0.2.1", .badDomain("192.0.2.1")), ("a@b_c.example", .badDomain("b_c.example")),
            ("a@b.c/d", .badDomain("b.c/d")),
            (sixtyThree + "aa@c.example", .localTooLong(has: 65)),
            ("a@d\(sixtyThree).example", .badDomain("d\(sixtyThree).example")),
        ] as [(String, EmailFault)])
    func `each fault is told as what it is`(_ text: String, _ fault: EmailFault) {
        #expect(throws: fault) { try EmailAddress(reading: text) }
        #expect(EmailAddress(text) == nil)
    }

    @Test func `the limits are exact`() {
        let local = Self.sixtyThree + "a"
        #expect(EmailAddress(local + "@c.example") != nil)
        #expect(EmailAddress("a@\(Self.sixtyThree).example") != nil)
        // 63 + 1 + 63 + 1 + 61 = 189 octets of domain with 64 and the @ before them: 254.
        let domain = "\(Self.sixtyThree).\(Self.sixtyThree).\(String(repeating: "e", count: 61))"
        #expect(EmailAddress(local + "@" + domain)?.text.utf8.count == 254)
        #expect(throws: EmailFault.tooLong(has: 255)) { try EmailAddress(reading: local + "@" + domain + "e") }
        let long = Array(repeating: Self.sixtyThree, count: 4).joined(separator: ".")
        #expect(throws: EmailFault.tooLong(has: 257)) { try EmailAddress(reading: "a@" + long) }
        #expect(throws: EmailFault.localTooLong(has: 1_000_000)) {
            try EmailAddress(reading: String(repeating: "a", count: 1_000_000) + "@c.example")
        }
    }

    @Test func `the domain is what stands after the @`() {
        #expect(EmailAddress("a@Empresa.Example")?.domain == "empresa.example")
    }

    @Test(
        arguments: [
            (
                .noAddress, "Escriba un correo como nombre@empresa.example",
                "Enter an e-mail like name@company.example"
            ),
            (.manyAts(2), "Un correo tiene una sola @; este tiene 2", "An e-mail has one @; this one has 2"),
            (
                .badCharacter(" ", position: 3), "El carácter 3 no va en un correo; es un espacio",
                "Character 3 cannot stand in an e-mail; it is a space"
            ),
            (
                .notASCII("ñ", position: 4), "Escriba el correo sin acentos ni ñ; el carácter 4 es ñ",
                "Enter the e-mail without accents or ñ; character 4 is ñ"
            ),
            (
                .localTooLong(has: 65), "Antes de la @ puede haber hasta 64 caracteres; hay 65",
                "Before the @ there can be up to 64 characters; there are 65"
            ),
            (
                .tooLong(has: 255), "El correo puede tener hasta 254 caracteres; tiene 255",
                "The e-mail can have up to 254 characters; it has 255"
            ),
            (
                .dots, "Antes de la @, un punto va solo y entre dos letras o números",
                "Before the @, a dot stands alone and between two letters or digits"
            ),
            (
                .badDomain("c"), "Revise lo que va después de la @: debería ser como empresa.example",
                "Check what follows the @: it should be like company.example"
            ),
        ] as [(EmailFault, String, String)])
    func `each fault has its sentence`(_ fault: EmailFault, _ spanish: String, _ english: String) throws {
        #expect(try fault.sentence(in: TestWords.read(.es)) == spanish)
        #expect(try fault.sentence(in: TestWords.read(.en)) == english)
    }
}
