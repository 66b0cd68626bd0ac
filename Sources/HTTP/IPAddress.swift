// Internet addresses and networks: what a socket's peer is, and which peers an operator trusts.

import Glibc

/// An IPv4 or IPv6 address. An IPv4 address mapped into IPv6 (RFC 4291 §2.5.5.2), as dual-stack sockets give it, is that
/// IPv4 address.
public struct IPAddress: Hashable, Sendable, CustomStringConvertible {
    /// IPv4 addresses in their mapped form.
    fileprivate let bits: UInt128
    private static let mapped: UInt128 = 0xFFFF << 32

    public var isIPv4: Bool { bits >> 32 == 0xFFFF }

    /// Dotted decimals or the forms of RFC 4291 §2.2; no zone, no brackets, no blanks.
    public init?(_ text: some StringProtocol) {
        let bytes = Array(text.utf8)
        guard bytes.count <= 45, !bytes.contains(0) else { return nil }
        let isIPv6 = bytes.contains(.colon)
        var network = [UInt8](repeating: 0, count: isIPv6 ? 16 : 4)
        let result = (bytes + [0]).withUnsafeBytes { text in
            network.withUnsafeMutableBytes {
                inet_pton(isIPv6 ? AF_INET6 : AF_INET, text.bindMemory(to: CChar.self).baseAddress, $0.baseAddress)
            }
        }
        guard result == 1 else { return nil }
        self.init(network: network)
    }

    /// 4 or 16 bytes in network order, as `in_addr` and `in6_addr` hold them.
    public init?(network bytes: some Sequence<UInt8>) {
        var bits: UInt128 = 0
        var count = 0
        for byte in bytes {
            count += 1
            if count > 16 { return nil }
            bits = bits << 8 | UInt128(byte)
        }
        switch count {
        case 4: self.bits = bits | Self.mapped
        case 16: self.bits = bits
        default: return nil
        }
    }

    /// Whom to count together with it: an IPv6 subscriber is given a network of 64 bits at least, in which he may take
    /// any address he likes.
    public var subscriber: IPAddress { isIPv4 ? self : IPAddress(bits: (bits >> 64) << 64) }

    private init(bits: UInt128) { self.bits = bits }

    public var description: String {
        if isIPv4 {
            let parts = stride(from: 24, through: 0, by: -8).map { String((bits >> UInt128($0)) & 0xFF) }
            return parts.joined(separator: ".")
        }
        let network = stride(from: 120, through: 0, by: -8).map { UInt8(truncatingIfNeeded: bits >> UInt128($0)) }
        var text = [CChar](repeating: 0, count: Int(INET6_ADDRSTRLEN))
        guard inet_ntop(AF_INET6, network, &text, socklen_t(text.count)) != nil else { return "" }
        return String(decoding: text.prefix { $0 != 0 }.map { UInt8(bitPattern: $0) }, as: UTF8.self)
    }
}

/// A network in CIDR notation, `192.0.2.0/24`; a bare address is the network of itself.
public struct CIDR: Equatable, Sendable {
    private let address: IPAddress
    /// Bits that must be equal, counted in the mapped form.
    private let prefix: Int

    /// Nil where the address or the length is malformed, or where the address has bits set behind its prefix: the
    /// operator meant another network than the one that would be trusted.
    public init?(_ text: some StringProtocol) {
        let parts = text.split(separator: "/", maxSplits: 1, omittingEmptySubsequences: false)
        guard let address = parts.first.flatMap({ IPAddress($0) }) else { return nil }
        let width = address.isIPv4 ? 32 : 128
        var length = width
        if parts.count == 2 {
            guard let number = ArraySlice(parts[1].utf8).decimal, number <= width, parts[1].utf8.count <= 3 else {
                return nil
            }
            length = number
        }
        self.address = address
        prefix = length + 128 - width
        guard address.bits & ~mask == 0 else { return nil }
    }

    public func contains(_ other: IPAddress) -> Bool {
        // Else ::/0 would trust all of IPv4.
        address.isIPv4 == other.isIPv4 && other.bits & mask == address.bits
    }

    private var mask: UInt128 { prefix == 0 ? 0 : .max << UInt128(128 - prefix) }
}
