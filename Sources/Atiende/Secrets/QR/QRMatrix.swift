// The square of a QR code: its patterns (§6.3), its information (§7.9, §7.10) and its data (§7.7.3).

struct QRMatrix {
    let version: QRVersion
    let side: Int
    private(set) var modules: [Bool]
    /// Modules that are no data: patterns and information, which no mask changes.
    private var isFixed: [Bool]

    init(version: QRVersion) {
        self.version = version
        side = version.side
        modules = [Bool](repeating: false, count: side * side)
        isFixed = modules
        drawTiming()
        drawFinders()
        drawAlignment()
        drawVersion()
        drawFormat(mask: 0)
    }

    subscript(row: Int, column: Int) -> Bool { modules[row * side + column] }

    private mutating func fix(_ row: Int, _ column: Int, _ isDark: Bool) {
        modules[row * side + column] = isDark
        isFixed[row * side + column] = true
    }

    private mutating func drawTiming() {
        for index in 0..<side {
            fix(6, index, index.isMultiple(of: 2))
            fix(index, 6, index.isMultiple(of: 2))
        }
    }

    /// Three squares of seven, with the light line around them.
    private mutating func drawFinders() {
        for (top, left) in [(0, 0), (0, side - 7), (side - 7, 0)] {
            for row in max(0, top - 1)...min(side - 1, top + 7) {
                for column in max(0, left - 1)...min(side - 1, left + 7) {
                    let distance = max(abs(row - top - 3), abs(column - left - 3))
                    fix(row, column, distance != 2 && distance != 4)
                }
            }
        }
    }

    private mutating func drawAlignment() {
        let centres = version.alignmentCentres
        for centreRow in centres {
            for centreColumn in centres {
                let ends = (row: centreRow == centres.first, column: centreColumn == centres.first)
                let isCorner = ends.row && centreColumn == centres.last || ends.column && centreRow == centres.last
                guard !isCorner, !(ends.row && ends.column) else { continue }
                for row in -2...2 {
                    for column in -2...2 {
                        fix(centreRow + row, centreColumn + column, max(abs(row), abs(column)) != 1)
                    }
                }
            }
        }
    }

    /// Twice: six by three modules, beside the finder at the top right and over the one at the bottom left.
    private mutating func drawVersion() {
        guard version.hasVersionInformation else { return }
        let bits = QRInformation.version(version.number)
        for index in 0..<18 {
            let isDark = bits >> index & 1 == 1
            fix(index / 3, side - 11 + index % 3, isDark)
            fix(side - 11 + index % 3, index / 3, isDark)
        }
    }

    /// Twice: around the finder at the top left, and along the other two.
    private mutating func drawFormat(mask: Int) {
        let bits = QRInformation.format(mask: mask)
        for index in 0..<15 {
            let isDark = bits >> index & 1 == 1
            switch index {
            case ..<6: fix(index, 8, isDark)
            case 6, 7: fix(index + 1, 8, isDark)
            case 8: fix(8, 7, isDark)
            default: fix(8, 14 - index, isDark)
            }
            if index < 8 { fix(8, side - 1 - index, isDark) } else { fix(side - 15 + index, 8, isDark) }
        }
        fix(side - 8, 8, true)
    }
}

extension QRMatrix {
    /// Bit by bit in columns two wide, from the right, up and down in turn; the column of the timing pattern is none.
    mutating func place(_ codewords: [UInt8]) {
        var index = 0
        var isUpward = true
        for right in [Array(stride(from: side - 1, to: 6, by: -2)), [5, 3, 1]].joined() {
            for step in 0..<side {
                let row = isUpward ? side - 1 - step : step
                for place in [row * side + right, row * side + right - 1] where !isFixed[place] {
                    // Up to seven modules are left over, and stay light.
                    guard index < 8 * codewords.count else { return }
                    modules[place] = codewords[index / 8] >> (7 - index % 8) & 1 == 1
                    index += 1
                }
            }
            isUpward.toggle()
        }
    }

    func masked(_ mask: Int) -> QRMatrix {
        var masked = self
        for row in 0..<side {
            for column in 0..<side where !isFixed[row * side + column] && QRMask.inverts(row, column, mask) {
                masked.modules[row * side + column].toggle()
            }
        }
        masked.drawFormat(mask: mask)
        return masked
    }
}
