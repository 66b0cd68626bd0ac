// Colombian tax numbers: published ones are read and shown, and each fault says what is wrong.

import Testing

@testable import Atiende

@Suite struct NITTests {
    @Test(arguments: [
        "899.999.068-1", "860.034.313-7", "890.903.938-8", "800.197.268-4", "899.999.034-1", "860.002.964-4",
        "890.900.608-9", "899.999.001-7", "830.095.213-0", "800.153.993-7", "899.999.090-2", "860.007.738-9",
    ])
    func `published numbers of companies and authorities are read and shown alike`(_ text: String) throws {
        let nit = try NIT(text)
        #expect(nit.display == text)
        #expect(nit.normal == text.filter { $0 != "." })
        #expect(try NIT(nit.normal) == nit)
    }

    @Test(arguments: [
        "8999990681", " 899 999 068 1 ", "899999068-1", "899.999.068\u{2013}1", "899-999-068-1", "899.999.0681\n",
        "899\u{A0}999\u{A0}068 - 1",
    ])
    func `dots, spaces and hyphens do not matter`(_ text: String) throws {
        #expect(try NIT(text).normal == "899999068-1")
    }

    @Test(arguments: [
        ("12345678-8", "12.345.678-8"), ("123456788", "12.345.678-8"), ("79.123.456-0", "79.123.456-0"),
        ("80123456-4", "80.123.456-4"), ("1020304050-8", "1.020.304.050-8"), ("1.012.345.678-9", "1.012.345.678-9"),
        ("10203040508", "1.020.304.050-8"),
    ])
    func `a person's is the card's number with a check digit`(_ text: String, _ display: String) throws {
        #expect(try NIT(text).display == display)
    }

    @Test(
        arguments: [
            ("", .empty(.colombia)),
            (" .-", .empty(.colombia)),
            ("1234567", .tooShort(.nit, has: 7)),
            ("12345678", .tooShort(.nit, has: 8)),
            ("89999906812", .tooLong(.nit, has: 11)),
            ("10203040508-8", .tooLong(.nit, has: 12)),
            ("899.999.068-A", .badCharacter("A", position: 10, expected: .digit)),
            ("NIT 899.999.068-1", .badCharacter("N", position: 1, expected: .digit)),
            ("٨99999068-1", .badCharacter("٨", position: 1, expected: .digit)),
            ("899,999,068-1", .badCharacter(",", position: 4, expected: .digit)),
            ("899999068-2", .checkDigit(.colombia, shouldBe: "1")),
            ("900000008-1", .checkDigit(.colombia, shouldBe: "3")),
            ("900000009-1", .checkDigit(.colombia, shouldBe: "0")),
            ("899.999.068", .missingCheckDigit(complete: "899.999.068-1")),
            ("899-999-068", .missingCheckDigit(complete: "899.999.068-1")),
            ("899999068-", .missingCheckDigit(complete: "899.999.068-1")),
            ("1020304050", .missingCheckDigit(complete: "1.020.304.050-8")),
            ("12345678-", .missingCheckDigit(complete: "12.345.678-8")),
            ("0899999068-1", .leadingZero),
            ("0", .leadingZero),
        ] as [(String, TaxIDFault)])
    func `each fault is told as what it is`(_ text: String, _ fault: TaxIDFault) {
        #expect(throws: fault) { try NIT(text) }
    }

    @Test func `of the ten last digits one is right`() {
        for body in 900_000_000..<900_000_200 {
            let right = (0...9).filter { (try? NIT("\(body)-\($0)")) != nil }
            #expect(right.count == 1)
        }
    }
}
