// The name that a browser gave a file, made fit to be shown. It never becomes a path.

enum FileName {
    /// As long as file systems let a name be.
    static let maximumBytes = 255

    /// The last component of the path, for some send one, without invisible characters (controls, marks that turn the
    /// direction of text, widthless ones, line separators) and blanks around it, cut between characters. Empty where
    /// nothing is left to show. Bytes that are not UTF-8 become U+FFFD.
    static func display(_ bytes: [UInt8]) -> String {
        var scalars = String.UnicodeScalarView()
        for scalar in String(decoding: bytes, as: UTF8.self).unicodeScalars {
            if scalar == "/" || scalar == "\\" {
                scalars = String.UnicodeScalarView()
            } else if !isInvisible(scalar) {
                scalars.append(scalar)
            }
        }
        let name = String(Substring(String(scalars)).trimmingBlanks)
        return name == "." || name == ".." ? "" : cut(name)
    }

    private static func cut(_ name: String) -> String {
        if name.utf8.count <= maximumBytes { return name }
        var size = 0
        let kept = name.prefix { character in
            size += character.utf8.count
            return size <= maximumBytes
        }
        return String(kept.trimmingBlanks)
    }

    private static func isInvisible(_ scalar: Unicode.Scalar) -> Bool {
        switch scalar.value {
        case 0x00...0x1F, 0x7F...0x9F: true
        // Marks, embeddings, overrides and isolates of direction.
        case 0x061C, 0x200E, 0x200F, 0x202A...0x202E, 0x2066...0x206F: true
        // Widthless space and joiner, byte order mark, annotations; line and paragraph separators; tag characters.
        // U+200C and U+200D stay: Persian and emoji need them.
        case 0x200B, 0x2060...0x2064, 0xFEFF, 0xFFF9...0xFFFB, 0x2028, 0x2029, 0xE0000...0xE007F: true
        default: false
        }
    }
}

extension Substring {
    fileprivate var trimmingBlanks: Substring {
        var text = self
        while text.first == " " { text.removeFirst() }
        while text.last == " " { text.removeLast() }
        return text
    }
}
