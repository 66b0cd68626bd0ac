// Tables as they are written, and that what is written is read again.

import Testing

@testable import Atiende

@Suite struct CSVWriterTests {
    @Test(arguments: [
        (["a", "b"], "a,b"), (["día", "ñ"], "día,ñ"), (["", ""], ","), ([""], "\"\""),
        (["a,b", "a;b", "a\tb"], "\"a,b\",\"a;b\",\"a\tb\""), (["a\"b"], "\"a\"\"b\""),
        (["a\r\nb", "a\nb", "a\rb"], "\"a\r\nb\",\"a\nb\",\"a\rb\""), ([" a "], " a "),
        (["=1+1", "+52 55", "-1", "@x"], "'=1+1,'+52 55,'-1,'@x"), (["\t1", "\r1"], "\"'\t1\",\"'\r1\""),
        (["=\"a\""], "\"'=\"\"a\"\"\""), (["'=1", "''-", "'", "'a"], "''=1,'''-,','a"), (["1=2", "a@b"], "1=2,a@b"),
    ])
    func `fields are quoted and formulas disarmed`(_ fields: [String], _ line: String) {
        var writer = CSVWriter()
        writer.append(fields)
        #expect(writer.bytes == CSV.byteOrderMark + Array((line + "\r\n").utf8))
    }

    @Test func `what was taken is not written again, and the mark stands once`() {
        var writer = CSVWriter()
        writer.append(["a"])
        #expect(writer.take() == CSV.byteOrderMark + Array("a\r\n".utf8))
        writer.append(["1"])
        #expect(writer.take() == Array("1\r\n".utf8))
        #expect(writer.take().isEmpty)
    }

    @Test(arguments: 0..<8 as Range<UInt64>)
    func `random tables come back as they were, in pieces of any size`(_ seed: UInt64) throws {
        var random = SmallRandom(seed)
        for _ in 0..<150 {
            let columns = Int.random(in: 1...5, using: &random)
            let table = (0..<Int.random(in: 1...6, using: &random)).map { _ in
                (0..<columns).map { _ in Self.field(&random) }
            }
            var writer = CSVWriter()
            for row in table { writer.append(row) }
            let bytes = writer.bytes
            var reader = CSVReader()
            var rows: [CSV.Row] = []
            var start = 0
            while start < bytes.count {
                let end = min(bytes.count, start + Int.random(in: 1...9, using: &random))
                rows += try reader.read(bytes[start..<end])
                start = end
            }
            rows += try reader.finish()
            #expect(rows.map { $0.fields.map { Array($0.utf8) } } == table.map { $0.map { Array($0.utf8) } })
            #expect(rows.map(\.number) == Array(1...table.count))
            #expect(reader.encoding == .utf8)
        }
    }

    @Test(arguments: 0..<8 as Range<UInt64>)
    func `random bytes are read or refused with a place`(_ seed: UInt64) {
        var random = SmallRandom(seed)
        let limits = CSV.Limits(rows: 5, columns: 4, field: 8)
        let alphabet = Array("a,;\t\"\r\n'=é".utf8) + [0x00, 0x80, 0x81, 0xEF, 0xBB, 0xBF, 0xFF]
        for _ in 0..<2000 {
            let bytes = (0..<Int.random(in: 0...40, using: &random)).compactMap { _ in
                alphabet.randomElement(using: &random)
            }
            do throws(CSVFault) {
                let (rows, _) = try CSVReader.rows(of: bytes, limits: limits)
                #expect(1...6 ~= rows.count && Set(rows.map(\.fields.count)).count == 1)
            } catch {
                #expect(error.row >= 1 && 1...5 ~= error.column)
            }
        }
    }

    private static func field(_ random: inout SmallRandom) -> String {
        let pieces = [
            "", "a", "1", ",", ";", "\t", "\"", "'", "=", "+", "-", "@", "\r", "\n", "\r\n", " ", "é", "🙂", "\u{FEFF}",
            "e\u{301}",
        ]
        return (0..<Int.random(in: 0...5, using: &random)).map { _ in
            pieces.randomElement(using: &random) ?? ""
        }.joined()
    }
}

/// The same numbers in every run (SplitMix64).
private struct SmallRandom: RandomNumberGenerator {
    private var state: UInt64

    init(_ seed: UInt64) { state = seed }

    mutating func next() -> UInt64 {
        state &+= 0x9E37_79B9_7F4A_7C15
        var value = state
        value = (value ^ (value >> 30)) &* 0xBF58_476D_1CE4_E5B9
        value = (value ^ (value >> 27)) &* 0x94D0_49BB_1331_11EB
        return value ^ (value >> 31)
    }
}
