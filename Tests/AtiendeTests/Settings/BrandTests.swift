// Colours of a hue, and pictures that are what they say.

import Foundation
import Testing

@testable import Atiende
@testable import HTTP

/// WCAG 2.2: relative luminance and contrast.
private func luminance(_ hex: String) -> Double {
    let digits = Array(hex.dropFirst())
    return zip([0.2126, 0.7152, 0.0722], [0, 2, 4]).reduce(0) { sum, part in
        let value = Double(Int(String(digits[part.1..<part.1 + 2]), radix: 16) ?? 0) / 255
        return sum + part.0 * (value <= 0.04045 ? value / 12.92 : pow((value + 0.055) / 1.055, 2.4))
    }
}

private func contrast(_ one: String, _ other: String) -> Double {
    let (a, b) = (luminance(one), luminance(other))
    return (max(a, b) + 0.05) / (min(a, b) + 0.05)
}

@Suite struct BrandHueTests {
    /// Grounds and inks of `atiende.css`.
    private struct Theme: Sendable {
        let make: @Sendable (BrandHue) -> BrandColors
        let grounds: [String]
        let inks: [String]
        let onAccent: String
        let surface: String
    }

    private static let themes = [
        Theme(
            make: { BrandColors.light($0) },
            grounds: ["#f8f7f4", "#ffffff", "#f0efeb", "#eff3f8", "#fbf6d4", "#ffeae8"],
            inks: ["#19202f", "#4f5764", "#176435", "#ac1117"], onAccent: "#ffffff", surface: "#ffffff"),
        Theme(
            make: { BrandColors.dark($0) },
            grounds: ["#0f1217", "#171b22", "#090c10", "#20252d", "#2e2917", "#481b1a"],
            inks: ["#e7eaef", "#a7adb7", "#81da9a", "#fd9690"], onAccent: "#0a111f", surface: "#171b22"),
    ]

    @Test func `every text reads on every ground in each of the 360 hues`() throws {
        var lowest = 21.0
        for degrees in BrandHue.range {
            let hue = try #require(BrandHue(degrees))
            for theme in Self.themes {
                let colors = theme.make(hue)
                let pairs =
                    (theme.grounds + [colors.soft]).map { (colors.accent, $0) } + theme.inks.map { ($0, colors.soft) }
                    + [
                        (colors.strong, colors.soft), (theme.onAccent, colors.accent),
                        (theme.onAccent, colors.strong),
                    ]
                for pair in pairs { lowest = min(lowest, contrast(pair.0, pair.1)) }
            }
        }
        #expect(lowest >= 6.2, "\(lowest)")
    }

    @Test func `the product's own hue comes near its own colours`() throws {
        let colors = BrandColors.light(try #require(BrandHue(262)))
        #expect(abs(luminance(colors.accent) - luminance("#1c489f")) < 0.01)
        #expect(contrast(colors.accent, "#ffffff") > 8)
    }

    @Test func `the colours of hue 195 are those of the design`() throws {
        let hue = try #require(BrandHue(195))
        let (light, dark) = (BrandColors.light(hue), BrandColors.dark(hue))
        #expect(light.accent == "#005b5b" && light.line == "#95c9c8")
        #expect(dark.accent == "#7ecac9" && dark.line == "#276363")
        // The others of the mock were made with another share of the chroma: the same lightness all the same.
        for (ours, theirs) in [
            (light.strong, "#004546"), (light.soft, "#e1f4f4"), (dark.strong, "#a8dddc"), (dark.soft, "#003030"),
        ] { #expect(contrast(ours, theirs) < 1.05, "\(ours) \(theirs)") }
        let sheet = BrandSheet(hue).text
        #expect(sheet.hasPrefix(":root { --accent:#005b5b; --accent-strong:"))
        #expect(
            sheet.contains("@supports (color:light-dark(#fff,#000)) { :root { --accent:light-dark(#005b5b,#7ecac9)"))
    }

    @Test func `a sheet is made of colours alone`() throws {
        for degrees in BrandHue.range {
            let sheet = BrandSheet(try #require(BrandHue(degrees))).text
            let rest = sheet.replacing(/#[0-9a-f]{6}/, with: "")
            #expect(rest == BrandSheet(try #require(BrandHue(0))).text.replacing(/#[0-9a-f]{6}/, with: ""))
            #expect(sheet.matches(of: /#[0-9a-f]{6}/).count == 12)
        }
    }

    @Test(arguments: [
        "360", "-1", "+1", "1.5", "0x10", "1e2", "١٢", "9999", "1}", "1;", "1}body{display:none",
        "999999999999999999999",
        " 1", "NaN",
    ])
    func `what is no whole number of degrees is no hue`(_ text: String) {
        #expect(BrandHue(text) == nil)
    }

    @Test(
        arguments: [
            (9, nil), (10, .late), (50, .late), (51, nil), (59, nil), (60, .soon), (100, .soon), (101, nil), (139, nil),
            (140, .met), (165, .met), (166, nil), (0, nil), (359, nil), (262, nil),
        ] as [(Int, BrandHue.Likeness?)])
    func `hues near a state's colour are told`(_ degrees: Int, _ likeness: BrandHue.Likeness?) {
        #expect(BrandHue(degrees)?.likeness == likeness)
    }
}

/// The smallest pictures that say their size.
enum TestPicture {
    static func png(_ width: Int = 28, _ height: Int = 28) -> [UInt8] {
        func four(_ number: Int) -> [UInt8] { [24, 16, 8, 0].map { UInt8(truncatingIfNeeded: number >> $0) } }
        let end: [UInt8] = [0, 0, 0, 0] + "IEND".utf8 + [0xAE, 0x42, 0x60, 0x82]
        let head: [UInt8] = four(13) + "IHDR".utf8 + four(width) + four(height) + [8, 6, 0, 0, 0, 1, 2, 3, 4]
        return [0x89, 0x50, 0x4E, 0x47, 0x0D, 0x0A, 0x1A, 0x0A] + head + four(2) + Array("IDAT".utf8)
            + [1, 2, 3, 4, 5, 6] + end
    }

    static func jpeg(_ width: Int = 28, _ height: Int = 28) -> [UInt8] {
        func two(_ number: Int) -> [UInt8] { [UInt8(number >> 8 & 255), UInt8(number & 255)] }
        return [0xFF, 0xD8, 0xFF, 0xE0] + two(4) + [0, 0, 0xFF, 0xC0] + two(8) + [8] + two(height) + two(width) + [1]
            + [0xFF, 0xDA, 0, 2, 7, 7, 0xFF, 0xD9]
    }

    /// Of ASCII alone where the sizes are.
    static func gif(_ width: Int = 28, _ height: Int = 28) -> [UInt8] {
        Array("GIF89a".utf8)
            + [UInt8(width & 255), UInt8(width >> 8 & 255), UInt8(height & 255), UInt8(height >> 8 & 255)]
            + [0, 0, 0, 0x2C, 0x3B]
    }

    static func webp(_ width: Int = 28, _ height: Int = 28) -> [UInt8] {
        func little(_ number: Int, _ count: Int) -> [UInt8] { (0..<count).map { UInt8(number >> (8 * $0) & 255) } }
        let chunk: [UInt8] = "VP8X".utf8 + little(10, 4) + little(0, 4) + little(width - 1, 3) + little(height - 1, 3)
        return Array("RIFF".utf8) + little(chunk.count + 4, 4) + Array("WEBP".utf8) + chunk
    }
}

@Suite struct ImageHeaderTests {
    @Test func `each kind says its size`() {
        for (bytes, kind) in [
            (TestPicture.png(300, 40), ImageKind.png), (TestPicture.jpeg(300, 40), .jpeg),
            (TestPicture.gif(300, 40), .gif), (TestPicture.webp(300, 40), .webp),
        ] {
            let header = ImageHeader(bytes)
            #expect(header?.kind == kind && header?.width == 300 && header?.height == 40)
        }
    }

    @Test func `nothing that is cut off anywhere is a picture`() {
        for picture in [TestPicture.png(), TestPicture.jpeg(), TestPicture.gif(), TestPicture.webp()] {
            for count in 0..<picture.count { #expect(ImageHeader(Array(picture.prefix(count))) == nil, "\(count)") }
        }
    }

    @Test func `nothing stands behind a picture`() {
        let script = Array("<script>alert(1)</script>".utf8)
        for picture in [TestPicture.png(), TestPicture.jpeg(), TestPicture.gif(), TestPicture.webp()] {
            #expect(ImageHeader(picture + script) == nil)
        }
    }

    @Test(arguments: [
        "", "<svg xmlns=\"http://www.w3.org/2000/svg\"/>", "<?xml version=\"1.0\"?><svg/>", "<!DOCTYPE html>",
        "%PDF-1.7",
        "BM123456", "GIF88a1234567890;", "RIFF\u{8}\0\0\0WAVEfmt ", "\u{FEFF}<svg/>",
    ])
    func `other files are none`(_ text: String) { #expect(ImageHeader(Array(text.utf8)) == nil) }

    @Test func `random bytes behind a magic never trap`() {
        var random = SystemRandomNumberGenerator()
        for magic in [TestPicture.png(), TestPicture.jpeg(), TestPicture.gif(), TestPicture.webp()] {
            for _ in 0..<3000 {
                var bytes = magic
                for _ in 0..<4 { bytes[Int.random(in: 4..<bytes.count, using: &random)] = .random(in: 0...255) }
                _ = ImageHeader(bytes)
            }
        }
        var huge = TestPicture.png()
        huge.replaceSubrange(33..<37, with: [0xFF, 0xFF, 0xFF, 0xFF])
        #expect(ImageHeader(huge) == nil)
        #expect(ImageHeader(TestPicture.png(100_000, 1))?.width == 100_000)
        #expect(ImageHeader(TestPicture.png(0, 1)) == nil)
    }
}
