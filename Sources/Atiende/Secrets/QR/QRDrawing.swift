// A QR code as finished words for a page: one SVG path.

/// The template says `viewBox="0 0 side side"`, a white rectangle of the whole side and the path in black, in both
/// themes: many readers take no code of light modules on dark ground.
struct QRDrawing: Sendable {
    /// Modules of light around the code that readers need (ISO/IEC 18004 §6.3.8).
    static let quietZone = 4

    /// The path's `d`: each run of dark modules in a row is a rectangle.
    let path: String
    /// Modules in a row, quiet zone and all.
    let side: Int

    init(_ code: QRCode) {
        side = code.side + 2 * Self.quietZone
        var path = ""
        for row in 0..<code.side {
            var column = 0
            while column < code.side {
                let start = column
                while column < code.side, code[row, column] { column += 1 }
                if column > start {
                    let width = column - start
                    path += "M\(start + Self.quietZone) \(row + Self.quietZone)h\(width)v1h-\(width)z"
                }
                column += 1
            }
        }
        self.path = path
    }
}
