// What is bound comes back as it was.

import SQL
import Testing

@Suite struct ValueTests {
    let scratch = Scratch()

    static let texts: [String] = [
        "", "\0", "a\0b", "ñandú", "\u{FFFF}", "\u{1F468}\u{200D}\u{1F469}", "'; DROP TABLE ticket; --",
        String(repeating: "x", count: 1 << 20), String(repeating: "é", count: 15),
    ]

    @Test(arguments: texts)
    func `text comes back byte for byte`(_ text: String) throws {
        let connection = try scratch.connection()
        let found = try connection.first("SELECT ?, length(CAST(?1 AS BLOB)), typeof(?1)", text) {
            ($0.text(0), $0.int(1), $0.text(2), $0.withTextBytes(0) { [UInt8]($0) })
        }
        #expect(found?.0 == text)
        #expect(found?.1 == text.utf8.count)
        #expect(found?.2 == "text")
        #expect(found?.3 == [UInt8](text.utf8))
    }

    @Test(arguments: [0, 1, -1, Int.max, Int.min, 1 << 32, -(1 << 31) - 1])
    func `integers keep all 64 bits`(_ number: Int) throws {
        let connection = try scratch.connection()
        let found = try connection.first("SELECT ?, ?", number, Int64(number)) { ($0.int(0), $0.optionalInt(1)) }
        #expect(found?.0 == number)
        #expect(found?.1 == number)
    }

    @Test(arguments: [0.0, -0.5, .greatestFiniteMagnitude, .leastNonzeroMagnitude, .infinity])
    func `doubles come back exactly`(_ number: Double) throws {
        let connection = try scratch.connection()
        #expect(try connection.first("SELECT ?", number) { $0.double(0) } == number)
    }

    @Test func `not a number is stored as NULL`() throws {
        let connection = try scratch.connection()
        #expect(try connection.first("SELECT ?", Double.nan) { $0.isNull(0) } == true)
    }

    @Test(arguments: [[], [0], [0xFF, 0xFE, 0, 1], [UInt8](repeating: 7, count: 1 << 20)])
    func `blobs come back byte for byte`(_ blob: [UInt8]) throws {
        let connection = try scratch.connection()
        let found = try connection.first("SELECT ?, typeof(?1)", blob) {
            ($0.blob(0), $0.text(1), $0.withBlobBytes(0) { $0.count })
        }
        #expect(found?.0 == blob)
        #expect(found?.1 == "blob")
        #expect(found?.2 == blob.count)
    }

    @Test func `an empty blob and an empty text are not NULL`() throws {
        let connection = try scratch.connection()
        let found = try connection.first("SELECT ?, ?, ?", [UInt8](), "", nil) {
            ($0.optionalBlob(0), $0.optionalText(1), $0.optionalText(2), $0.optionalBlob(2), $0.optionalInt(2))
        }
        #expect(found?.0 == [])
        #expect(found?.1 == "")
        #expect(found?.2 == nil)
        #expect(found?.3 == nil)
        #expect(found?.4 == nil)
    }

    @Test func `optionals bind their value or NULL`() throws {
        let connection = try scratch.connection()
        let text: String? = "hola"
        let number: Int? = nil
        let found = try connection.first("SELECT ?, ?, ?", text, number, true) {
            ($0.optionalText(0), $0.optionalInt(1), $0.bool(2))
        }
        #expect(found?.0 == "hola")
        #expect(found?.1 == nil)
        #expect(found?.2 == true)
    }

    @Test func `a raw-valued type binds its raw value`() throws {
        struct TicketID: RawRepresentable, SQLValue { var rawValue: Int }
        enum Status: String, SQLValue { case open, closed }
        let connection = try scratch.connection()
        let found = try connection.first("SELECT ?, ?", TicketID(rawValue: 7), Status.closed) {
            ($0.int(0), $0.text(1))
        }
        #expect(found?.0 == 7)
        #expect(found?.1 == "closed")
    }

    @Test func `text that is not UTF-8 is repaired and its bytes can still be had`() throws {
        let connection = try scratch.connection()
        let found = try connection.first("SELECT CAST(x'61FF62' AS TEXT)") {
            ($0.text(0), $0.withTextBytes(0) { [UInt8]($0) })
        }
        #expect(found?.0 == "a\u{FFFD}b")
        #expect(found?.1 == [0x61, 0xFF, 0x62])
    }

    @Test func `NULL reads as nothing where no optional is asked for`() throws {
        let connection = try scratch.connection()
        let found = try connection.first("SELECT NULL") {
            ($0.int(0), $0.text(0), $0.blob(0), $0.double(0), $0.bool(0))
        }
        #expect(found! == (0, "", [], 0, false))
    }

    @Test func `a value longer than 64 MB is refused`() throws {
        let connection = try scratch.connection()
        let error = sqlError { try connection.execute("SELECT zeroblob(?)", 65 << 20) }
        #expect(error?.code == .tooBig)
    }
}
