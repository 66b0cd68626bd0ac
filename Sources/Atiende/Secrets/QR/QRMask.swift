// The masks of a QR code, what is written about them, and which of them reads best (§7.8 to §7.10).

enum QRMask {
    static let count = 8

    /// Table 10.
    static func inverts(_ row: Int, _ column: Int, _ mask: Int) -> Bool {
        switch mask {
        case 0: (row + column) % 2 == 0
        case 1: row % 2 == 0
        case 2: column % 3 == 0
        case 3: (row + column) % 3 == 0
        case 4: (row / 2 + column / 3) % 2 == 0
        case 5: row * column % 2 + row * column % 3 == 0
        case 6: (row * column % 2 + row * column % 3) % 2 == 0
        default: ((row + column) % 2 + row * column % 3) % 2 == 0
        }
    }
}

enum QRInformation {
    /// Five bits (level M is 00, then the mask), ten of their BCH code, all against the standard's pattern.
    static func format(mask: Int) -> Int {
        (mask << 10 | remainder(mask, bits: 10, generator: 0b101_0011_0111)) ^ 0b101_0100_0001_0010
    }

    /// Six bits and twelve of their BCH code.
    static func version(_ number: Int) -> Int {
        number << 12 | remainder(number, bits: 12, generator: 0b1_1111_0010_0101)
    }

    private static func remainder(_ value: Int, bits: Int, generator: Int) -> Int {
        var rest = value << bits
        for shift in (0..<8).reversed() where rest >> (bits + shift) & 1 == 1 { rest ^= generator << shift }
        return rest
    }
}

/// How badly a masked square reads (§7.8.3): the fewer points the better.
struct QRPenalty {
    let points: Int

    init(of matrix: QRMatrix) {
        let rows = (0..<matrix.side).map { row in (0..<matrix.side).map { matrix[row, $0] } }
        let columns = (0..<matrix.side).map { column in (0..<matrix.side).map { matrix[$0, column] } }
        let lines = rows + columns
        points =
            lines.reduce(0) { $0 + Self.runs($1) + Self.finderLike($1) } + Self.squares(rows) + Self.imbalance(rows)
    }

    /// Five or more of one colour in a line.
    static func runs(_ line: [Bool]) -> Int {
        var points = 0
        var length = 0
        for index in line.indices {
            length = index > 0 && line[index] == line[index - 1] ? length + 1 : 1
            if length == 5 { points += 3 } else if length > 5 { points += 1 }
        }
        return points
    }

    private static let finder = [true, false, true, true, true, false, true]
    private static let light = [false, false, false, false]

    /// What could be taken for a finder: its colours in a line, with four light modules on one side.
    static func finderLike(_ line: [Bool]) -> Int {
        [finder + light, light + finder].reduce(0) { points, pattern in
            let starts = 0..<max(0, line.count - pattern.count + 1)
            return points + 40 * starts.count { line[$0..<$0 + pattern.count].elementsEqual(pattern) }
        }
    }

    /// Two by two of one colour.
    static func squares(_ rows: [[Bool]]) -> Int {
        zip(rows, rows.dropFirst()).reduce(0) { points, pair in
            let (upper, lower) = pair
            return points + 3
                * upper.indices.dropFirst().count {
                    upper[$0] == upper[$0 - 1] && upper[$0] == lower[$0] && upper[$0] == lower[$0 - 1]
                }
        }
    }

    /// Ten for every whole five per cent by which dark modules are more or less than half.
    static func imbalance(_ rows: [[Bool]]) -> Int {
        let all = rows.reduce(0) { $0 + $1.count }
        let dark = rows.reduce(0) { $0 + $1.count { $0 } }
        return all == 0 ? 0 : abs(20 * dark - 10 * all) / all * 10
    }
}
