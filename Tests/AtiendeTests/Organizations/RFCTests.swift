// Mexican tax numbers: published ones are read, and each fault says what is wrong.

import Testing

@testable import Atiende

@Suite struct RFCTests {
    @Test(arguments: [
        "SAT970701NN3", "PME380607P35", "CSS160330CP7", "CFE370814QI0", "IMS421231I45", "TME840315KT6",
        "RDI841003QJ4", "NWM9709244W4", "CCO8605231N4", "BBA830831LJ2", "BNM840515VB1", "UNA2907227Y5",
        "INE140404NI0", "EKU9003173C9", "H&E951128469",
    ])
    func `published numbers of companies and authorities are read`(_ text: String) throws {
        let rfc = try RFC(text)
        #expect(rfc.text == text)
        #expect(!rfc.isPerson)
    }

    @Test(arguments: ["FUNK671228PH6", "CACX7605101P8", "KAHO641101B39", "WATM640917J45"])
    func `numbers of the authority's invented persons are read`(_ text: String) throws {
        #expect(try RFC(text).isPerson)
        #expect(try RFC(text).text == text)
    }

    @Test(arguments: [
        "sat970701nn3", "  SAT970701NN3\n", "SAT-970701-NN3", "SAT 970701 NN3", "Sat\u{A0}970701\u{2013}nn3",
        "s-a-t-9-7-0-7-0-1-n-n-3",
    ])
    func `case, separators and surrounding space do not matter`(_ text: String) throws {
        #expect(try RFC(text).text == "SAT970701NN3")
    }

    @Test(arguments: ["aÑe000229ab7", "AñE000229AB7", "AN\u{303}E000229AB7", "an\u{303}e000229ab7"])
    func `Ñ has its value, however it is composed`(_ text: String) throws {
        #expect(Array(try RFC(text).text.unicodeScalars) == Array("A\u{D1}E000229AB7".unicodeScalars))
    }

    @Test(arguments: [
        ("ABC000229AJ0", true), ("ABC000229AEA", true), ("ABC000229AI2", true), ("ABC960229AA0", true),
        ("ABC010229AA0", false), ("ABC990229AA0", false), ("ABC000230AA0", false), ("ABC001301AA0", false),
        ("ABC000001AA0", false), ("ABC000100AA0", false), ("ABC000431AA0", false), ("ABC991231AA0", true),
    ])
    func `the date exists in this century or the last`(_ text: String, _ exists: Bool) throws {
        do throws(TaxIDFault) {
            _ = try RFC(text)
            #expect(exists)
        } catch {
            if case .badDate(let digits) = error {
                #expect(!exists)
                #expect(text.contains(digits))
            } else if case .checkDigit = error {
                #expect(exists)
            } else {
                Issue.record("\(error)")
            }
        }
    }

    @Test(
        arguments: [
            ("", .empty(.mexico)),
            (" - ", .empty(.mexico)),
            ("SAT97070NN3", .tooShort(.companyRFC, has: 11)),
            ("SAT", .tooShort(.companyRFC, has: 3)),
            ("S", .tooShort(.companyRFC, has: 1)),
            ("SAT9707011NN3", .tooLong(.companyRFC, has: 13)),
            ("FUNK671228PH", .tooShort(.personRFC, has: 12)),
            ("FUNK671228PH66", .tooLong(.personRFC, has: 14)),
            ("SATO70701NN3", .badCharacter("O", position: 4, expected: .digit)),
            ("1AT970701NN3", .badCharacter("1", position: 1, expected: .letter)),
            ("FU1K671228PH6", .badCharacter("1", position: 3, expected: .letter)),
            ("SAT9707O1NN3", .badCharacter("O", position: 8, expected: .digit)),
            ("SÁT970701NN3", .badCharacter("Á", position: 2, expected: .letterOrDigit)),
            ("SAT970701N&3", .badCharacter("&", position: 11, expected: .letterOrDigit)),
            ("SAT970701NNB", .badCharacter("B", position: 12, expected: .digitOrA)),
            ("SAT970701NN\u{202E}3", .badCharacter("\u{202E}", position: 12, expected: .letterOrDigit)),
            ("SAT970701NN３", .badCharacter("３", position: 12, expected: .letterOrDigit)),
            ("SAT970701NNß", .badCharacter("ß", position: 12, expected: .letterOrDigit)),
            ("SAT971301NN3", .badDate("971301")),
            ("SAT970701NN4", .checkDigit(.mexico, shouldBe: "3")),
            ("TAS970701NN3", .checkDigit(.mexico, shouldBe: "1")),
            ("ABC000229AE1", .checkDigit(.mexico, shouldBe: "A")),
            ("CFE370814QIA", .checkDigit(.mexico, shouldBe: "0")),
            ("xaxx-010101-000", .generic("XAXX010101000")),
            ("XEXX010101000", .generic("XEXX010101000")),
        ] as [(String, TaxIDFault)])
    func `each fault is told as what it is`(_ text: String, _ fault: TaxIDFault) {
        #expect(throws: fault) { try RFC(text) }
    }

    @Test func `a change of any one character of the table is seen`() throws {
        let good = Array("SAT970701NN3")
        for index in [0, 1, 2, 9, 10] {
            for letter in "ABCDEFGHIJKLMNOPQRSTUVWXYZ" where letter != good[index] {
                var changed = good
                changed[index] = letter
                // Weights and values: two letters whose values differ by 11 have the same remainder.
                guard RFC.checkCharacter(for: changed.dropLast()) != "3" else { continue }
                #expect(throws: TaxIDFault.self) { try RFC(String(changed)) }
            }
        }
    }

    @Test func `endless text is refused`() {
        #expect(throws: TaxIDFault.tooLong(.personRFC, has: 1_000_000)) {
            try RFC(String(repeating: "A", count: 1_000_000))
        }
    }
}
