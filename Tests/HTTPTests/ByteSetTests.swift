// The sets of bytes and the scan for control bytes, against what they are defined to be.

import Testing

@testable import HTTP

@Suite struct ByteSetTests {
    static let letters = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789"
    static let sets: [(String, ByteSet, String)] = [
        ("token", .token, letters + "!#$%&'*+-.^_`|~"),
        ("path", .path, letters + "-._~!$&'()*+,;=:@/"),
        ("query", .query, letters + "-._~!$&'()*+,;=:@/?"),
        ("host", .host, letters + "-._~"),
    ]

    @Test(arguments: 0..<4)
    func `a set holds its bytes and no other`(_ index: Int) {
        let (name, set, members) = Self.sets[index]
        for byte in UInt8.min...UInt8.max {
            #expect(set.contains(byte) == members.utf8.contains(byte), "\(name) \(byte)")
        }
    }

    @Test func `the first control byte is found wherever it lies and whatever surrounds it`() {
        for byte in UInt8.min...UInt8.max {
            let isControl = byte < 0x20 || byte == 0x7F
            for neighbour: UInt8 in [0x20, 0x41, 0x7E, 0x80, 0x9F, 0xA0, 0xFF] {
                for position in 0..<19 {
                    var bytes = [UInt8](repeating: neighbour, count: 19)
                    bytes[position] = byte
                    let found = bytes.withUnsafeBytes { $0.firstControl(from: 0) }
                    #expect(found == (isControl ? position : 19))
                    let after = bytes.withUnsafeBytes { $0.firstControl(from: position + 1) }
                    #expect(after == 19)
                }
            }
        }
    }
}
