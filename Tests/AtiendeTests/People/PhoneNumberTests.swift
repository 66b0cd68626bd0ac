// Telephone numbers as people type them, as they are kept and as they are shown.

import SLA
import Testing

@testable import Atiende

@Suite struct PhoneNumberTests {
    @Test(
        arguments: [
            ("5512345678", .mexico, "+525512345678", "+52 55 1234 5678"),
            ("(55) 1234-5678", .mexico, "+525512345678", "+52 55 1234 5678"),
            ("+52 55 1234 5678", .mexico, "+525512345678", "+52 55 1234 5678"),
            ("+52 1 55 1234 5678", .mexico, "+525512345678", "+52 55 1234 5678"),
            ("52 55 1234 5678", .mexico, "+525512345678", "+52 55 1234 5678"),
            ("521 55 1234 5678", .mexico, "+525512345678", "+52 55 1234 5678"),
            ("+52 55 1234 5678", .colombia, "+525512345678", "+52 55 1234 5678"),
            ("442.123.4567", .mexico, "+524421234567", "+52 442 123 4567"),
            ("33 1234 5678", .mexico, "+523312345678", "+52 33 1234 5678"),
            ("5212345678", .mexico, "+525212345678", "+52 521 234 5678"),
            ("3001234567", .colombia, "+573001234567", "+57 300 123 4567"),
            ("601 123 4567", .colombia, "+576011234567", "+57 601 123 4567"),
            ("+57 (300) 123\u{2011}4567", .mexico, "+573001234567", "+57 300 123 4567"),
            ("57 300 123 4567", .colombia, "+573001234567", "+57 300 123 4567"),
            ("5512345678 ext. 12", .mexico, "+525512345678;ext=12", "+52 55 1234 5678 ext. 12"),
            ("5512345678 EXT 007", .mexico, "+525512345678;ext=007", "+52 55 1234 5678 ext. 007"),
            ("5512345678x9", .mexico, "+525512345678;ext=9", "+52 55 1234 5678 ext. 9"),
            ("5512345678, extensión: 123456", .mexico, "+525512345678;ext=123456", "+52 55 1234 5678 ext. 123456"),
            ("+1 (415) 555-0123", .mexico, "+14155550123", "+14155550123"),
            ("+44 20 7946 0958 ext 5", .colombia, "+442079460958;ext=5", "+442079460958 ext. 5"),
            ("+12345678", .mexico, "+12345678", "+12345678"),
            ("+123456789012345", .mexico, "+123456789012345", "+123456789012345"),
            ("\u{A0}55 1234\u{A0}5678 ", .mexico, "+525512345678", "+52 55 1234 5678"),
        ] as [(String, Country, String, String)])
    func `numbers are read, kept and shown`(
        _ text: String, _ home: Country, _ normal: String, _ display: String
    ) throws {
        let phone = try PhoneNumber(text, in: home)
        #expect(phone.normal == normal)
        #expect(phone.display == display)
        for again in [normal, display] {
            for home in Country.allCases { #expect(try PhoneNumber(again, in: home) == phone) }
        }
    }

    @Test(
        arguments: [
            ("", .mexico, .empty), ("   ", .colombia, .empty),
            ("12345678", .mexico, .digits(has: 8)),
            ("1234567", .colombia, .digits(has: 7)),
            ("()", .mexico, .digits(has: 0)),
            ("01 55 1234 5678", .mexico, .digits(has: 12)),
            ("15512345678", .mexico, .digits(has: 11)),
            ("5215512345678", .colombia, .digits(has: 13)),
            ("+52 55 1234 567", .mexico, .digits(has: 9)),
            ("+57 1 300 123 4567", .colombia, .digits(has: 11)),
            ("+52 2 55 1234 5678", .mexico, .digits(has: 11)),
            ("0512345678", .mexico, .badStart("0")),
            ("1300123456", .colombia, .badStart("1")),
            ("+1234567", .mexico, .international(has: 7)),
            ("+1234567890123456", .mexico, .international(has: 16)),
            ("+0123456789", .mexico, .international(has: 10)),
            ("+", .mexico, .international(has: 0)),
            ("55+12345678", .mexico, .badCharacter("+", position: 3)),
            ("++525512345678", .mexico, .badCharacter("+", position: 2)),
            ("55/1234/5678", .mexico, .badCharacter("/", position: 3)),
            ("5512345678\n", .mexico, .badCharacter("\n", position: 11)),
            ("55123\u{200B}45678", .mexico, .badCharacter("\u{200B}", position: 6)),
            ("٥٥١٢٣٤٥٦٧٨", .mexico, .badCharacter("٥", position: 1)),
            ("5512345678 casa", .mexico, .badCharacter("c", position: 12)),
            ("llame al 5512345678", .mexico, .badCharacter("l", position: 1)),
            ("5512345678 ext.", .mexico, .badExtension),
            ("5512345678 ext. 1234567", .mexico, .badExtension),
            ("5512345678 ext. 12 o 13", .mexico, .badExtension),
            ("5512345678 x", .mexico, .badExtension),
        ] as [(String, Country, PhoneFault)])
    func `each fault is told as what it is`(_ text: String, _ home: Country, _ fault: PhoneFault) {
        #expect(throws: fault) { try PhoneNumber(text, in: home) }
    }

    @Test func `endless digits are refused`() {
        #expect(throws: PhoneFault.digits(has: 100_000)) {
            try PhoneNumber(String(repeating: "5", count: 100_000), in: .mexico)
        }
    }

    @Test(
        arguments: [
            (.empty, "Escriba el teléfono", "Enter the phone number"),
            (
                .digits(has: 8), "El teléfono debe tener 10 dígitos; tiene 8",
                "The phone number must have 10 digits; it has 8"
            ),
            (
                .international(has: 7),
                "Un teléfono de otro país tiene de 8 a 15 dígitos después del +, con el código del país; este tiene 7",
                "A phone number of another country has 8 to 15 digits after the +, with the country's code; this one has 7"
            ),
            (
                .badStart("0"), "Un teléfono de 10 dígitos no empieza con 0",
                "A phone number of 10 digits does not begin with 0"
            ),
            (
                .badCharacter("/", position: 3), "El carácter 3 no va en un teléfono; es /",
                "Character 3 cannot stand in a phone number; it is /"
            ),
            (
                .badExtension, "Escriba la extensión con 1 a 6 números, como ext. 123",
                "Enter the extension with 1 to 6 digits, like ext. 123"
            ),
        ] as [(PhoneFault, String, String)])
    func `each fault has its sentence`(_ fault: PhoneFault, _ spanish: String, _ english: String) throws {
        #expect(try fault.sentence(in: TestWords.read(.es)) == spanish)
        #expect(try fault.sentence(in: TestWords.read(.en)) == english)
    }
}
