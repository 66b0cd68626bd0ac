// QR codes as a reader that is not ours reads them (zbarimg), from the drawing that pages show.

import Foundation
import Testing

@testable import Atiende

@Suite("QR codes read back", .enabled(if: QRReader.isHere, "zbarimg is not here: apt-get install zbar-tools"))
struct QRReadingTests {
    static let texts = [
        "a", "Mesa de ayuda", "¿Qué pasó, señor Ibáñez?", "ñ", "日本語と🐴", "a\nb\tc",
        "https://luna.example/?a=1&b=%20",
        TimeCode(secret: Array("12345678901234567890".utf8)).uri(
            issuer: "Peña: soporte", account: "José Ñáñez Güiraldes"),
        TimeCode(secret: Array(0..<20)).uri(
            issuer: "Distribuidora Ñandú y Asociados de Querétaro", account: "maria.jose.nunez@distribuidora.example"),
    ]

    @Test(arguments: texts)
    func `A text is read as it was written`(text: String) throws {
        #expect(try QRReader.read(QRDrawing(#require(QRCode(text)))) == text)
    }

    @Test(arguments: QRPartsTests.capacities)
    func `The longest text of each version is read`(length: Int) throws {
        let text = String((0..<length).map { Character(UnicodeScalar(UInt8(33 + $0 * 7 % 94))) })
        #expect(try QRReader.read(QRDrawing(#require(QRCode(text)))) == text)
    }

    @Test(arguments: 0..<8)
    func `Each mask is read`(mask: Int) throws {
        let text = String(repeating: "Atiende ", count: 15)
        #expect(try QRReader.read(QRDrawing(#require(QRCode(text, mask: mask)))) == text)
    }

    /// Level M restores some 15 % of the codewords.
    @Test(arguments: [14, 100, 270])
    func `A stained code is read`(length: Int) throws {
        let text = String(repeating: "x", count: length)
        let drawing = try QRDrawing(#require(QRCode(text)))
        let middle = drawing.side / 2
        let stain = middle...middle + drawing.side / 12
        #expect(try QRReader.read(drawing) { stain.contains($0) && stain.contains($1) } == text)
    }
}

/// Draws a code as a page would, from its path alone, and has it read.
private enum QRReader {
    static let program = ["/usr/bin/zbarimg", "/usr/local/bin/zbarimg"].first(
        where: FileManager.default.isExecutableFile)
    static let isHere = program != nil

    static func read(_ drawing: QRDrawing, stain: (Int, Int) -> Bool = { _, _ in false }) throws -> String {
        let image = FileManager.default.temporaryDirectory.appending(path: "qr-\(UUID().uuidString).pgm")
        defer { try? FileManager.default.removeItem(at: image) }
        try picture(drawing, stain: stain).write(to: image)
        let process = Process()
        process.executableURL = URL(filePath: try #require(program))
        process.arguments = ["--quiet", "--raw", "-Sdisable", "-Sqrcode.enable", image.path]
        let output = Pipe()
        process.standardOutput = output
        process.standardError = FileHandle.nullDevice
        try process.run()
        let data = output.fileHandleForReading.readDataToEndOfFile()
        process.waitUntilExit()
        // zbarimg ends each code with a line's end.
        return String(decoding: data.dropLast(), as: UTF8.self)
    }

    /// A grey picture (PGM), four pixels a module.
    private static func picture(_ drawing: QRDrawing, stain: (Int, Int) -> Bool) throws -> Data {
        let scale = 4
        var rows = [[Bool]](repeating: [Bool](repeating: false, count: drawing.side), count: drawing.side)
        for match in drawing.path.matches(of: /M(\d+) (\d+)h(\d+)v1h-(\d+)z/) {
            let (column, row, width) = try (number(match.1), number(match.2), number(match.3))
            #expect(try number(match.4) == width)
            for column in column..<column + width { rows[row][column] = true }
        }
        var data = Data("P5 \(drawing.side * scale) \(drawing.side * scale) 255\n".utf8)
        for row in 0..<drawing.side * scale {
            for column in 0..<drawing.side * scale {
                let (row, column) = (row / scale, column / scale)
                data.append(rows[row][column] || stain(row, column) ? 0 : 255)
            }
        }
        return data
    }

    private static func number(_ text: Substring) throws -> Int { try #require(Int(text)) }
}
