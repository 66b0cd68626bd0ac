// How a tenant's pages look: its hue and its logo.

struct Brand: Sendable, Equatable {
    /// Nil: the product's own blue.
    var hue: BrandHue?
    var logo: BrandLogo?
}

/// An angle of the colour circle. There is no other way to a brand's sheet: nothing that somebody wrote gets into it.
struct BrandHue: Sendable, Hashable {
    let degrees: Int

    static let range = 0...359

    init?(_ degrees: Int) {
        guard Self.range.contains(degrees) else { return nil }
        self.degrees = degrees
    }

    /// Reads one to three digits and nothing else.
    init?(_ text: String) {
        guard (1...3).contains(text.utf8.count), text.utf8.allSatisfy({ 0x30...0x39 ~= $0 }), let number = Int(text)
        else { return nil }
        self.init(number)
    }

    /// The address changes with the colours, so that they may be kept for ever.
    var path: String { "/brand/sheet.css?v=\(degrees)" }

    /// A colour of a state that this hue could be taken for.
    enum Likeness: String, Sendable, CaseIterable {
        case late
        case soon
        case met
    }

    var likeness: Likeness? {
        switch degrees {
        case 10...50: .late
        case 60...100: .soon
        case 140...165: .met
        default: nil
        }
    }
}

/// The four colours of a theme that follow the hue.
struct BrandColors: Sendable, Equatable {
    let accent: String
    let strong: String
    let soft: String
    let line: String

    /// How vivid a brand is beside the product's own scale: hues differ in how much of it a screen can show.
    private static let vividness = 0.72

    /// At the lightness and chroma of the scale of `atiende.css`, so that every hue reads as well as ours.
    static func light(_ hue: BrandHue) -> BrandColors {
        BrandColors(hue, accent: (0.425, 0.15), strong: (0.355, 0.14), soft: (0.953, 0.02), line: (0.8, 0.075))
    }

    static func dark(_ hue: BrandHue) -> BrandColors {
        BrandColors(hue, accent: (0.79, 0.105), strong: (0.86, 0.068), soft: (0.28, 0.05), line: (0.46, 0.085))
    }

    private typealias Tone = (lightness: Double, chroma: Double)

    private init(_ hue: BrandHue, accent: Tone, strong: Tone, soft: Tone, line: Tone) {
        func hex(_ tone: Tone) -> String {
            OKLCH(lightness: tone.lightness, chroma: tone.chroma * Self.vividness, hue: Double(hue.degrees)).hex
        }
        self.accent = hex(accent)
        self.strong = hex(strong)
        self.soft = hex(soft)
        self.line = hex(line)
    }
}

/// The sheet that follows `atiende.css`, for old browsers and for those that know both themes.
struct BrandSheet {
    let text: String

    init(_ hue: BrandHue) {
        let light = BrandColors.light(hue)
        let dark = BrandColors.dark(hue)
        let parts: [(name: String, color: KeyPath<BrandColors, String>)] = [
            ("accent", \.accent), ("accent-strong", \.strong), ("accent-soft", \.soft), ("accent-line", \.line),
        ]
        func root(_ value: (KeyPath<BrandColors, String>) -> String) -> String {
            ":root { " + parts.map { "--\($0.name):\(value($0.color))" }.joined(separator: "; ") + " }"
        }
        let both = root { "light-dark(\(light[keyPath: $0]),\(dark[keyPath: $0]))" }
        text = root { light[keyPath: $0] } + "\n@supports (color:light-dark(#fff,#000)) { \(both) }\n"
    }
}
