// The 512 bytes before each file of a tar archive (POSIX.1-1988, ustar): only what a tenant's archive needs of it, plain
// files below one folder.

struct TarHeader: Equatable {
    let path: String
    let size: Int

    static let block = 512
    private static let longestPath = 100
    private static let largestOctal = 0o77_777_777_777

    /// Nil for what a header cannot say.
    init?(path: String, size: Int) {
        guard (1...Self.longestPath).contains(path.utf8.count), size >= 0 else { return nil }
        self.path = path
        self.size = size
    }

    /// The bytes that follow a file so that the next header begins at a block.
    var padding: Int { (Self.block - size % Self.block) % Self.block }

    var bytes: [UInt8] {
        var block = [UInt8](repeating: 0, count: Self.block)
        func put(_ bytes: some Sequence<UInt8>, _ offset: Int) {
            for (index, byte) in bytes.enumerated() { block[offset + index] = byte }
        }
        put(path.utf8, 0)
        put("0000600\0".utf8, 100)
        put("0000000\0".utf8, 108)
        put("0000000\0".utf8, 116)
        put(Self.number(size), 124)
        put("00000000000\0".utf8, 136)
        put("        ".utf8, 148)
        put("0".utf8, 156)
        put("ustar\u{0}00".utf8, 257)
        put("0000000\0".utf8, 329)
        put("0000000\0".utf8, 337)
        put(Self.checksum(block), 148)
        return block
    }

    /// Octal; what does not fit in eleven digits, 8 GiB, in binary with the highest bit set, as GNU and BSD tar have it.
    private static func number(_ size: Int) -> [UInt8] {
        if size <= largestOctal { return octal(size, digits: 11) + [0] }
        return [0x80, 0, 0, 0] + (0..<8).map { UInt8(truncatingIfNeeded: size >> (56 - 8 * $0)) }
    }

    private static func octal(_ number: Int, digits: Int) -> [UInt8] {
        (0..<digits).map { UInt8(0x30 + (number >> (3 * (digits - 1 - $0))) & 7) }
    }

    /// The sum of all bytes, those of the sum itself taken for spaces.
    private static func checksum(_ block: [UInt8]) -> [UInt8] {
        octal(block.reduce(0) { $0 + Int($1) }, digits: 6) + [0, 0x20]
    }
}

extension TarHeader {
    /// Reads a header that `bytes` made, and says in words what is wrong with any other.
    init(reading block: [UInt8]) throws(ArchiveFault) {
        guard block.count == Self.block else { throw ArchiveFault("is cut short") }
        var unsummed = block
        unsummed.replaceSubrange(148..<156, with: Array(repeating: 0x20, count: 8))
        guard block[148..<156].elementsEqual(Self.checksum(unsummed)), block[257..<263].elementsEqual("ustar\0".utf8)
        else { throw ArchiveFault("is damaged, or no archive of a tenant") }
        let name = block[..<Self.longestPath].prefix { $0 != 0 }
        let path = String(decoding: name, as: UTF8.self)
        guard Self.staysInside(path), block[345] == 0 else {
            throw ArchiveFault("holds a file that would not lie in the tenant's folder")
        }
        guard block[156] == 0x30 else { throw ArchiveFault("holds a link or a folder, where only files may be") }
        guard let size = Self.size(block[124..<136]), let header = TarHeader(path: path, size: size),
            header.bytes == block
        else { throw ArchiveFault("holds a header that atiende did not write") }
        self = header
    }

    private static func size(_ field: ArraySlice<UInt8>) -> Int? {
        guard field.first == 0x80 else {
            let digits = field.dropLast()
            guard digits.allSatisfy({ (0x30...0x37).contains($0) }) else { return nil }
            return digits.reduce(0) { $0 << 3 | Int($1 - 0x30) }
        }
        return field.dropFirst(4).reduce(UInt64(0)) { $0 << 8 | UInt64($1) }.asInt
    }

    /// The parts of a path are plain names: none can mean the folder above, the root, or anything else to a disk.
    static func staysInside(_ path: String) -> Bool {
        path.utf8.split(separator: 0x2F, omittingEmptySubsequences: false).allSatisfy { part in
            part.first != nil && part.first != 0x2E
                && part.allSatisfy { byte in
                    (0x61...0x7A).contains(byte) || (0x41...0x5A).contains(byte) || (0x30...0x39).contains(byte)
                        || byte == 0x2D || byte == 0x2E || byte == 0x5F
                }
        }
    }
}

extension UInt64 {
    fileprivate var asInt: Int? { Int(exactly: self) }
}
