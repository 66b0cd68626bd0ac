// QR codes (ISO/IEC 18004:2015, whose clauses are named) of texts: bytes, error correction M, versions 1 to 25.

struct QRCode: Sendable {
    /// Modules in a row and in a column, without the quiet zone.
    let side: Int
    /// Row by row from the top; true is dark.
    private let modules: [Bool]

    /// Nil for a text too long. `mask` is for tests: otherwise it is the one of the eight with the lowest penalty.
    init?(_ text: String, mask: Int? = nil) {
        guard let (version, data) = QRData.encode(text) else { return nil }
        var blank = QRMatrix(version: version)
        blank.place(QRBlocks.interleaved(data, version: version))
        var best: (matrix: QRMatrix, penalty: Int)?
        for candidate in mask.map({ $0..<$0 + 1 }) ?? 0..<QRMask.count {
            let matrix = blank.masked(candidate)
            let penalty = QRPenalty(of: matrix).points
            if penalty < best?.penalty ?? Int.max { best = (matrix, penalty) }
        }
        guard let best else { return nil }
        side = version.side
        modules = best.matrix.modules
    }

    /// Whether a module is dark.
    subscript(row: Int, column: Int) -> Bool { modules[row * side + column] }
}
