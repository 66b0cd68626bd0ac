// Which ASCII bytes may stand where, as two words of 64 bits: a look-up is a shift, with no table in memory.

struct ByteSet: Sendable {
    /// One bit for each of 0x00...0x3F.
    private let low: UInt64
    /// One bit for each of 0x40...0x7F; bytes beyond belong to no set.
    private let high: UInt64

    @inline(__always)
    func contains(_ byte: UInt8) -> Bool {
        let word = byte & 0x40 == 0 ? low : high
        return byte < 0x80 && (word &>> UInt64(byte & 0x3F)) & 1 != 0
    }

    /// A token: letters, digits and ``!#$%&'*+-.^_`|~`` (RFC 9110 §5.6.2).
    static let token = ByteSet(low: 0x03FF_6CFA_0000_0000, high: 0x57FF_FFFF_C7FF_FFFE)
    /// A path: letters, digits, `/` and `-._~!$&'()*+,;=:@` (RFC 3986 §3.3); `%` is looked at apart.
    static let path = ByteSet(low: 0x2FFF_FFD2_0000_0000, high: 0x47FF_FFFE_87FF_FFFF)
    /// A query: what a path may hold, and `?` (RFC 3986 §3.4).
    static let query = ByteSet(low: 0xAFFF_FFD2_0000_0000, high: 0x47FF_FFFE_87FF_FFFF)
    /// A host's name or IPv4 address: letters, digits and `-._~`. RFC 3986 §3.2.2 would also let in `!$&'()*+,;=` and
    /// percent triplets, which no name in DNS has and which only serve to confuse the next reader.
    static let host = ByteSet(low: 0x03FF_6000_0000_0000, high: 0x47FF_FFFE_87FF_FFFE)
}
