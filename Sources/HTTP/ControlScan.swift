// Finds where a line ends, or breaks, eight bytes at a time.

extension UnsafeRawBufferPointer {
    /// Where the first control byte (0x00...0x1F, 0x7F) at or after `start` lies; `count` when there is none.
    func firstControl(from start: Int) -> Int {
        var at = start
        while at &+ 8 <= count {
            let marks = controlMarks(UInt64(littleEndian: loadUnaligned(fromByteOffset: at, as: UInt64.self)))
            if marks != 0 { return at &+ marks.trailingZeroBitCount / 8 }
            at &+= 8
        }
        while at < count, self[at] >= 0x20, self[at] != 0x7F { at &+= 1 }
        return at
    }
}

/// The top bit of each byte that is a control byte. A borrow may mark a byte above the first one wrongly, never the first.
@inline(__always)
private func controlMarks(_ word: UInt64) -> UInt64 {
    let below = (word &- 0x2020_2020_2020_2020) & ~word
    let delete = word ^ 0x7F7F_7F7F_7F7F_7F7F
    return (below | ((delete &- 0x0101_0101_0101_0101) & ~delete)) & 0x8080_8080_8080_8080
}
