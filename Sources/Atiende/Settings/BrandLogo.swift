// A logo: one of four kinds of picture, known by its bytes and never by its name.

struct BrandLogo: Sendable, Equatable {
    let kind: ImageKind
    /// The beginning of its SHA-256, in hexadecimal digits.
    let digest: String

    static let mostBytes = 512 * 1024
    static let mostPixels = 2048

    var path: String { "/brand/logo?v=\(digest)" }
    var etag: String { "\"\(digest)\"" }
}

enum ImageKind: String, Sendable, CaseIterable {
    case png
    case jpeg
    case webp
    case gif

    var mediaType: StaticString {
        switch self {
        case .png: "image/png"
        case .jpeg: "image/jpeg"
        case .webp: "image/webp"
        case .gif: "image/gif"
        }
    }
}

/// What the header of a picture says, of one that ends where it should: neither cut off nor followed by something else.
struct ImageHeader: Sendable, Equatable {
    let kind: ImageKind
    let width: Int
    let height: Int

    /// Chunks or segments that are looked at; a picture of more of them is none.
    private static let mostParts = 20_000

    /// Nil for what is none of the four kinds; what is a text that draws (SVG) may run, and is none of them.
    init?(_ bytes: some PictureBytes) {
        guard let found = Self.png(bytes) ?? Self.jpeg(bytes) ?? Self.gif(bytes) ?? Self.webp(bytes),
            found.width > 0, found.height > 0
        else { return nil }
        self = found
    }

    private init(_ kind: ImageKind, _ width: Int, _ height: Int) {
        self.kind = kind
        self.width = width
        self.height = height
    }

    /// PNG (W3C) §5: a signature, then chunks of a length, a name, data and a checksum, from IHDR to IEND.
    private static func png(_ bytes: some PictureBytes) -> ImageHeader? {
        let signature: [UInt8] = [0x89, 0x50, 0x4E, 0x47, 0x0D, 0x0A, 0x1A, 0x0A]
        guard bytes.bytes(at: 0, 8)?.elementsEqual(signature) == true,
            big(bytes, 8, 4) == 13, named("IHDR", bytes, 12), let width = big(bytes, 16, 4),
            let height = big(bytes, 20, 4)
        else { return nil }
        var position = 8
        var chunks = 0
        while chunks < mostParts, let length = big(bytes, position, 4), length <= bytes.count - position {
            chunks += 1
            let end = position + 12 + length
            guard end <= bytes.count else { return nil }
            if named("IEND", bytes, position + 4) {
                return end == bytes.count && length == 0 ? ImageHeader(.png, width, height) : nil
            }
            position = end
        }
        return nil
    }

    /// JPEG (ITU-T T.81 Annex B): markers with lengths up to the frame, which says the size; the end is a marker too.
    private static func jpeg(_ bytes: some PictureBytes) -> ImageHeader? {
        guard big(bytes, 0, 3) == 0xFFD8FF, big(bytes, bytes.count - 2, 2) == 0xFFD9 else { return nil }
        var position = 2
        var segments = 0
        while segments < mostParts, let marker = big(bytes, position, 2), let length = big(bytes, position + 2, 2) {
            segments += 1
            guard marker >> 8 == 0xFF, length >= 2, marker != 0xFFDA else { return nil }
            if 0xFFC0...0xFFCF ~= marker, ![0xFFC4, 0xFFC8, 0xFFCC].contains(marker) {
                guard let height = big(bytes, position + 5, 2), let width = big(bytes, position + 7, 2) else {
                    return nil
                }
                return ImageHeader(.jpeg, width, height)
            }
            position += 2 + length
        }
        return nil
    }

    /// GIF89a §18: the size of the screen; the last byte is the trailer.
    private static func gif(_ bytes: some PictureBytes) -> ImageHeader? {
        guard named("GIF87a", bytes, 0) || named("GIF89a", bytes, 0), bytes.count > 13,
            big(bytes, bytes.count - 1, 1) == 0x3B,
            let width = little(bytes, 6, 2), let height = little(bytes, 8, 2)
        else { return nil }
        return ImageHeader(.gif, width, height)
    }

    /// RFC 9649: a RIFF of the file's own length with one of three first chunks.
    private static func webp(_ bytes: some PictureBytes) -> ImageHeader? {
        guard named("RIFF", bytes, 0), named("WEBP", bytes, 8), let size = little(bytes, 4, 4),
            size == bytes.count - 8
        else { return nil }
        if named("VP8X", bytes, 12), let width = little(bytes, 24, 3), let height = little(bytes, 27, 3) {
            return ImageHeader(.webp, width + 1, height + 1)
        }
        if named("VP8L", bytes, 12), big(bytes, 20, 1) == 0x2F, let bits = little(bytes, 21, 4) {
            return ImageHeader(.webp, bits & 0x3FFF + 1, bits >> 14 & 0x3FFF + 1)
        }
        if named("VP8 ", bytes, 12), big(bytes, 23, 3) == 0x9D012A, let width = little(bytes, 26, 2),
            let height = little(bytes, 28, 2)
        {
            return ImageHeader(.webp, width & 0x3FFF, height & 0x3FFF)
        }
        return nil
    }

    // MARK: Numbers

    /// Nil beyond the end. At most four bytes: it cannot overflow.
    private static func big(_ bytes: some PictureBytes, _ start: Int, _ count: Int) -> Int? {
        bytes.bytes(at: start, count)?.reduce(0) { $0 << 8 | Int($1) }
    }

    private static func little(_ bytes: some PictureBytes, _ start: Int, _ count: Int) -> Int? {
        bytes.bytes(at: start, count)?.reversed().reduce(0) { $0 << 8 | Int($1) }
    }

    private static func named(_ name: String, _ bytes: some PictureBytes, _ start: Int) -> Bool {
        bytes.bytes(at: start, name.utf8.count)?.elementsEqual(name.utf8) ?? false
    }
}
