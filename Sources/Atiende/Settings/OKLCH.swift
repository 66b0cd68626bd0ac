// A colour by lightness, chroma and hue, as the eye orders them (CSS Color 4 §9.2), and as a screen shows it.

internal import Glibc

struct OKLCH: Sendable, Equatable {
    /// 0 is black, 1 is white.
    let lightness: Double
    let chroma: Double
    /// Degrees.
    let hue: Double

    /// `#005b5b`. What a screen cannot show loses chroma until it can; lightness and hue stay, and so does contrast.
    var hex: String {
        guard !Self.isShown(linear(chroma: chroma)) else { return Self.hex(linear(chroma: chroma)) }
        var low = 0.0
        var high = chroma
        for _ in 0..<32 {
            let middle = (low + high) / 2
            if Self.isShown(linear(chroma: middle)) { low = middle } else { high = middle }
        }
        return Self.hex(linear(chroma: low))
    }

    /// Red, green and blue of sRGB before its curve; outside 0…1 for colours that it does not have. The matrices are
    /// those of the specification's sample code.
    private func linear(chroma: Double) -> (Double, Double, Double) {
        let angle = hue * .pi / 180
        let a = chroma * cos(angle)
        let b = chroma * sin(angle)
        let l = cube(lightness + 0.3963377774 * a + 0.2158037573 * b)
        let m = cube(lightness - 0.1055613458 * a - 0.0638541728 * b)
        let s = cube(lightness - 0.0894841775 * a - 1.2914855480 * b)
        return (
            4.0767416621 * l - 3.3077115913 * m + 0.2309699292 * s,
            -1.2684380046 * l + 2.6097574011 * m - 0.3413193965 * s,
            -0.0041960863 * l - 0.7034186147 * m + 1.7076147010 * s
        )
    }

    private func cube(_ value: Double) -> Double { value * value * value }

    /// Less than half a step of a byte outside is inside.
    private static let tolerance = 0.0005

    private static func isShown(_ color: (Double, Double, Double)) -> Bool {
        [color.0, color.1, color.2].allSatisfy { -tolerance...1 + tolerance ~= $0 }
    }

    private static func hex(_ color: (Double, Double, Double)) -> String {
        "#"
            + [color.0, color.1, color.2].map { part in
                let byte = Int((encoded(min(1, max(0, part))) * 255).rounded())
                return (byte < 16 ? "0" : "") + String(byte, radix: 16)
            }.joined()
    }

    /// The curve of sRGB (IEC 61966-2-1).
    private static func encoded(_ part: Double) -> Double {
        part <= 0.0031308 ? 12.92 * part : 1.055 * pow(part, 1 / 2.4) - 0.055
    }
}
