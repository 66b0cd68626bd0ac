// Which URLs may stand in a link: relative ones and those of four schemes. Everything that could run is refused.

enum SafeURL {
    static let schemes: [UInt64] = ["http", "https", "mailto", "tel"].map { pack($0.utf8) }

    /// Reads as a browser does (WHATWG URL §4.4): white space and controls before the URL, and tabs and line breaks
    /// anywhere in it, do not count. A colon before the first `/`, `?` or `#` ends a scheme.
    static func accepts(_ url: UnsafeBufferPointer<UInt8>) -> Bool {
        var scheme: UInt64 = 0
        var length = 0
        for byte in url {
            switch byte {
            case UInt8(ascii: "/"), UInt8(ascii: "?"), UInt8(ascii: "#"): return true
            case UInt8(ascii: ":"): return length <= 8 && schemes.contains(scheme)
            case 0x09, 0x0A, 0x0D: continue
            case 0...0x20 where length == 0: continue
            default:
                scheme = scheme &<< 8 | UInt64(byte.lowercased)
                length += 1
            }
        }
        return true
    }

    /// Whether the bytes before a colon are one of the schemes.
    static func isScheme(_ bytes: [UInt8]) -> Bool { bytes.count <= 8 && schemes.contains(pack(bytes)) }

    /// A scheme of up to eight letters as one word, so that comparing needs no memory.
    private static func pack(_ bytes: some Sequence<UInt8>) -> UInt64 {
        bytes.reduce(0) { $0 &<< 8 | UInt64($1.lowercased) }
    }
}
