// The error correction of a QR code (§7.5, §7.6): Reed-Solomon by blocks, and the order of all codewords.

enum QRBlocks {
    /// All codewords: the first of each block, the second of each, and so on; then their corrections in the same order.
    static func interleaved(_ data: [UInt8], version: QRVersion) -> [UInt8] {
        let blocks = blocks(data, count: version.blockCount)
        let generator = ReedSolomon(degree: version.correctionPerBlock)
        let corrections = blocks.map { generator.remainder(of: $0) }
        return [blocks, corrections].flatMap { parts in
            (0..<(parts.map(\.count).max() ?? 0)).flatMap { index in
                parts.compactMap { index < $0.count ? $0[index] : nil }
            }
        }
    }

    /// As equal as can be; the longer ones last.
    private static func blocks(_ data: [UInt8], count: Int) -> [[UInt8]] {
        let (short, longer) = data.count.quotientAndRemainder(dividingBy: count)
        var blocks: [[UInt8]] = []
        var start = 0
        for index in 0..<count {
            let size = index < count - longer ? short : short + 1
            blocks.append(Array(data[start..<start + size]))
            start += size
        }
        return blocks
    }
}

/// The code over the field of 256 elements with x⁸ + x⁴ + x³ + x² + 1.
struct ReedSolomon {
    /// (x − 2⁰)(x − 2¹)…, without its leading 1, the highest power first.
    private let generator: [UInt8]

    init(degree: Int) {
        var product = [UInt8](repeating: 0, count: degree)
        product[degree - 1] = 1
        var root: UInt8 = 1
        for _ in 0..<degree {
            for index in 0..<degree {
                let next = index + 1 < degree ? product[index + 1] : 0
                product[index] = Self.multiply(product[index], root) ^ next
            }
            root = Self.multiply(root, 2)
        }
        generator = product
    }

    func remainder(of data: [UInt8]) -> [UInt8] {
        var remainder = [UInt8](repeating: 0, count: generator.count)
        for byte in data {
            let factor = byte ^ remainder[0]
            for index in generator.indices {
                let next = index + 1 < remainder.count ? remainder[index + 1] : 0
                remainder[index] = next ^ Self.multiply(generator[index], factor)
            }
        }
        return remainder
    }

    private static func multiply(_ one: UInt8, _ other: UInt8) -> UInt8 {
        var product = 0
        for shift in (0..<8).reversed() {
            product <<= 1
            if product & 0x100 != 0 { product ^= 0x11D }
            if other >> shift & 1 == 1 { product ^= Int(one) }
        }
        return UInt8(product)
    }
}
