// A tax number of either country, and what its refusals say.

import Markup
import SLA
import Testing

@testable import Atiende

@Suite struct TaxIDTests {
    @Test func `the country decides which number it is`() throws {
        let rfc = try TaxID("sat-970701-nn3", country: .mexico)
        #expect(rfc == .rfc(try RFC("SAT970701NN3")))
        #expect(rfc.country == .mexico && rfc.normal == "SAT970701NN3" && rfc.display == "SAT970701NN3")
        let nit = try TaxID("8999990681", country: .colombia)
        #expect(nit == .nit(try NIT("899999068-1")))
        #expect(nit.country == .colombia && nit.normal == "899999068-1" && nit.display == "899.999.068-1")
        #expect(throws: TaxIDFault.self) { try TaxID("SAT970701NN3", country: .colombia) }
        #expect(throws: TaxIDFault.self) { try TaxID("899999068-1", country: .mexico) }
    }

    @Test(
        arguments: [
            (.empty(.mexico), "Escriba el RFC", "Enter the RFC"),
            (.empty(.colombia), "Escriba el NIT", "Enter the NIT"),
            (
                .tooShort(.companyRFC, has: 11), "El RFC de una empresa tiene 12 caracteres; este tiene 11",
                "A company RFC has 12 characters; this one has 11"
            ),
            (
                .tooLong(.personRFC, has: 14), "El RFC de una persona tiene 13 caracteres; este tiene 14",
                "A person's RFC has 13 characters; this one has 14"
            ),
            (
                .tooShort(.nit, has: 8), "El NIT de una empresa tiene 10 dígitos con el de verificación; este tiene 8",
                "A company NIT has 10 digits with its check digit; this one has 8"
            ),
            (
                .badCharacter("O", position: 4, expected: .digit), "El carácter 4 debería ser un número; es O",
                "Character 4 should be a digit; it is O"
            ),
            (
                .badCharacter("1", position: 2, expected: .letter), "El carácter 2 debería ser una letra; es 1",
                "Character 2 should be a letter; it is 1"
            ),
            (
                .badCharacter("\u{202E}", position: 2, expected: .letterOrDigit),
                "El carácter 2 debería ser una letra sin acento o un número; es una marca de dirección del texto",
                "Character 2 should be a letter without accent or a digit; it is a mark of text direction"
            ),
            (
                .badCharacter("B", position: 12, expected: .digitOrA),
                "El último carácter, el 12, debería ser un número o la letra A; es B",
                "The last character, number 12, should be a digit or the letter A; it is B"
            ),
            (
                .badDate("971301"), "La fecha 971301 no existe: son dos números del año, dos del mes y dos del día",
                "There is no date 971301: two digits are the year, two the month and two the day"
            ),
            (
                .checkDigit(.mexico, shouldBe: "A"), "El último carácter no corresponde: debería ser A",
                "The last character does not match: it should be A"
            ),
            (
                .checkDigit(.colombia, shouldBe: "3"), "El dígito de verificación debería ser 3",
                "The check digit should be 3"
            ),
            (
                .missingCheckDigit(complete: "899.999.068-1"),
                "Escriba el dígito de verificación después de un guion: 899.999.068-1",
                "Enter the check digit after a hyphen: 899.999.068-1"
            ),
            (
                .leadingZero, "El NIT no empieza con 0: escríbalo sin los ceros de la izquierda",
                "A NIT does not begin with 0: leave out the zeros at its left"
            ),
            (
                .generic("XAXX010101000"),
                "XAXX010101000 es el RFC genérico, que muchos comparten: escriba el propio",
                "XAXX010101000 is the generic RFC, which many share: enter your own"
            ),
        ] as [(TaxIDFault, String, String)])
    func `each fault has its sentence`(_ fault: TaxIDFault, _ spanish: String, _ english: String) throws {
        #expect(try fault.sentence(in: TestWords.read(.es)) == spanish)
        #expect(try fault.sentence(in: TestWords.read(.en)) == english)
    }

    @Test(
        arguments: [
            ("a", "a"), ("Ñ", "Ñ"), ("\u{202E}", "U+202E"), ("\n", "U+000A"), ("\u{301}", "U+0301"),
            ("\u{E0041}", "U+E0041"),
            ("a\u{301}\u{301}\u{301}", "a"), ("\u{A0}", "U+00A0"), ("🙂", "🙂"), ("\u{2800}", "U+2800"),
        ] as [(Character, String)])
    func `a character is named so that it is seen and moves nothing`(_ character: Character, _ shown: String) {
        #expect(character.shown == shown)
    }

    @Test(
        arguments: [
            (" ", "un espacio", "a space"), ("\u{2003}", "un espacio", "a space"),
            ("\u{A0}", "un espacio que no separa líneas", "a no-break space"), ("\t", "un tabulador", "a tab"),
            ("\n", "un salto de línea", "a line break"), ("\r\n", "un salto de línea", "a line break"),
            ("\u{2028}", "un salto de línea", "a line break"),
            ("\u{200B}", "un espacio sin ancho", "a space without width"),
            ("\u{FEFF}", "un espacio sin ancho", "a space without width"),
            ("\u{200D}", "una marca que une o separa letras", "a mark that joins or parts letters"),
            ("\u{AD}", "un guion que no se ve", "a hyphen that is not seen"),
            ("\u{202E}", "una marca de dirección del texto", "a mark of text direction"),
            ("ñ", "ñ", "ñ"), ("/", "/", "/"), ("\u{0}", "U+0000", "U+0000"), ("\u{301}", "U+0301", "U+0301"),
        ] as [(Character, String, String)])
    func `what people type or paste unseen has a name in words`(
        _ character: Character, _ spanish: String, _ english: String
    ) throws {
        #expect(try character.shown(in: TestWords.read(.es)) == spanish)
        #expect(try character.shown(in: TestWords.read(.en)) == english)
    }
}
