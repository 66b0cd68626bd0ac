// The sizes of QR codes and what fits into each at error correction M.

struct QRVersion: Sendable, Equatable {
    let number: Int

    static let all = (1...25).map { QRVersion(number: $0) }

    private init(number: Int) { self.number = number }

    var side: Int { 17 + 4 * number }

    /// Table 9, level M: error correction codewords of a block, and how many blocks, by version.
    private static let corrections = [
        10, 16, 26, 18, 24, 16, 18, 22, 22, 26, 30, 22, 22, 24, 24, 28, 28, 26, 26, 26, 26, 28, 28, 28, 28,
    ]
    private static let blocks = [1, 1, 1, 2, 2, 4, 4, 4, 5, 5, 5, 8, 9, 9, 10, 10, 11, 13, 14, 16, 17, 17, 18, 20, 21]

    var correctionPerBlock: Int { Self.corrections[number - 1] }
    var blockCount: Int { Self.blocks[number - 1] }
    var hasVersionInformation: Bool { number >= 7 }

    /// Rows, and columns, of the centres of alignment patterns (annex E): first and last are fixed, the others stand at
    /// even distances back from the last one. (From version 32 on the standard's table is no longer that regular.)
    var alignmentCentres: [Int] {
        guard number > 1 else { return [] }
        let gaps = number / 7 + 1
        let (first, last) = (6, side - 7)
        let halves = (last - first + 2 * gaps - 1) / (2 * gaps)
        return [first] + (0..<gaps).reversed().map { last - $0 * 2 * halves }
    }

    /// All codewords: what patterns and information leave free, in whole bytes.
    var codewordCount: Int {
        let centres = alignmentCentres.count
        let finders = 3 * 64
        let timing = 2 * (side - 16)
        let format = 31
        // Three corners have none; those on a timing pattern share five modules with it.
        let alignment = centres == 0 ? 0 : 25 * (centres * centres - 3) - 2 * 5 * (centres - 2)
        let information = hasVersionInformation ? 36 : 0
        return (side * side - finders - timing - format - alignment - information) / 8
    }

    var dataCount: Int { codewordCount - correctionPerBlock * blockCount }

    /// Bits of the field that says how many bytes follow (table 3, byte mode).
    var countBits: Int { number < 10 ? 8 : 16 }
}
