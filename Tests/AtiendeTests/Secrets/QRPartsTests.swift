// The parts of a QR code against known values.

import Testing

@testable import Atiende

@Suite("Parts of QR codes")
struct QRPartsTests {
    /// Bytes that fit at M with a header of mode and count alone, as tables of the standard give them.
    static let capacities = [
        14, 26, 42, 62, 84, 106, 122, 152, 180, 213, 251, 287, 331, 362, 412, 450, 504, 560, 624, 666, 711, 779, 857,
        911, 997,
    ]

    @Test(arguments: zip(1...25, capacities))
    func `A version holds what the standard says, and one byte more takes the next`(number: Int, capacity: Int) throws {
        let version = try #require(QRVersion.all.first { $0.number == number })
        #expect(version.dataCount - (version.countBits + 4 + 7) / 8 == capacity)
        #expect(QRData.encode(String(repeating: "x", count: capacity))?.version == version)
        #expect(
            QRData.encode(String(repeating: "x", count: capacity + 1))?.version.number
                == (number == 25 ? nil : number + 1))
    }

    @Test(
        arguments: [
            (1, []), (2, [6, 18]), (6, [6, 34]), (7, [6, 22, 38]), (13, [6, 34, 62]), (14, [6, 26, 46, 66]),
            (15, [6, 26, 48, 70]), (16, [6, 26, 50, 74]), (18, [6, 30, 56, 82]), (21, [6, 28, 50, 72, 94]),
            (22, [6, 26, 50, 74, 98]), (24, [6, 28, 54, 80, 106]), (25, [6, 32, 58, 84, 110]),
        ] as [(Int, [Int])])
    func `Alignment patterns stand where annex E says`(number: Int, centres: [Int]) {
        #expect(QRVersion.all[number - 1].alignmentCentres == centres)
    }

    @Test func `What patterns leave free is what the formula says`() {
        for version in QRVersion.all {
            var matrix = QRMatrix(version: version)
            let before = matrix.modules
            matrix.place([UInt8](repeating: 255, count: version.codewordCount))
            let placed = zip(before, matrix.modules).count { $0 != $1 }
            #expect(placed == 8 * version.codewordCount, "version \(version.number)")
            matrix.place([UInt8](repeating: 255, count: version.codewordCount + 1))
            #expect(zip(before, matrix.modules).count { $0 != $1 } < 8 * version.codewordCount + 8)
        }
    }

    @Test func `Corrections are those of a known block`() {
        let data: [UInt8] = [32, 91, 11, 120, 209, 114, 220, 77, 67, 64, 236, 17, 236, 17, 236, 17]
        #expect(ReedSolomon(degree: 10).remainder(of: data) == [196, 35, 39, 119, 235, 215, 231, 226, 93, 23])
    }

    @Test func `Format and version information are those of the standard's tables`() {
        let formats = [0x5412, 0x5125, 0x5E7C, 0x5B4B, 0x45F9, 0x40CE, 0x4F97, 0x4AA0]
        #expect((0..<8).map(QRInformation.format) == formats)
        #expect(QRInformation.version(7) == 0x07C94)
        #expect(QRInformation.version(21) == 0x15683)
    }

    @Test func `Penalties are counted as the standard counts them`() {
        func line(_ text: String) -> [Bool] { text.map { $0 == "1" } }
        #expect(QRPenalty.runs(line("0000")) == 0)
        #expect(QRPenalty.runs(line("10000011111110")) == 3 + 5)
        #expect(QRPenalty.finderLike(line("10111010000")) == 40)
        #expect(QRPenalty.finderLike(line("000010111010000")) == 80)
        #expect(QRPenalty.finderLike(line("00010111010001")) == 0)
        #expect(QRPenalty.squares([line("000"), line("000"), line("011")]) == 6)
        #expect(QRPenalty.imbalance([line("11111111111000000000")]) == 10)
        #expect(QRPenalty.imbalance([line("1010")]) == 0)
        #expect(QRPenalty.imbalance([line("1111")]) == 100)
    }

    @Test func `Of the eight masks the one with the lowest penalty is taken`() throws {
        let text = "otpauth://totp/Luna:ana"
        let (version, data) = try #require(QRData.encode(text))
        var matrix = QRMatrix(version: version)
        matrix.place(QRBlocks.interleaved(data, version: version))
        let points = (0..<8).map { QRPenalty(of: matrix.masked($0)).points }
        let best = try #require(points.indices.min { points[$0] < points[$1] })
        let (chosen, named) = try (#require(QRCode(text)), #require(QRCode(text, mask: best)))
        #expect(Set(points).count > 1)
        #expect(QRDrawing(chosen).path == QRDrawing(named).path)
    }

    @Test func `A text too long is none`() {
        #expect(QRCode("")?.side == 21)
        #expect(QRCode(String(repeating: "x", count: 997)) != nil)
        #expect(QRCode(String(repeating: "x", count: 998)) == nil)
        // Beyond ASCII the header is 12 bits longer.
        #expect(QRCode(String(repeating: "ñ", count: 498)) != nil)
        #expect(QRCode(String(repeating: "ñ", count: 498) + "x") == nil)
        #expect(QRCode(String(repeating: "x", count: 1_000_000)) == nil)
    }
}
