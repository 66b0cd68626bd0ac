// Who sent a request where a proxy stands in front: `X-Forwarded-For`, `-Proto` and `-Host`, heeded only where the
// operator trusts the peer.

/// The other end of a connection.
public enum Peer: Hashable, Sendable, CustomStringConvertible {
    case internet(IPAddress)
    /// A local socket.
    case unix

    public var description: String {
        switch self {
        case .internet(let address): address.description
        case .unix: "unix"
        }
    }
}

/// The peers whose word is taken for who the client is.
public struct TrustedProxies: Sendable {
    private let networks: [CIDR]
    private let trustsUnix: Bool

    /// Trusts nobody.
    public init() {
        networks = []
        trustsUnix = false
    }

    /// A list divided by commas: networks, addresses, and `unix` for peers on local sockets.
    public init(_ list: String) throws(InvalidProxy) {
        var networks: [CIDR] = []
        var trustsUnix = false
        for item in list.split(separator: ",", omittingEmptySubsequences: false) {
            let word = String(decoding: ArraySlice(item.utf8).trimmed, as: UTF8.self)
            if word == "unix" {
                trustsUnix = true
            } else if let network = CIDR(word) {
                networks.append(network)
            } else {
                throw InvalidProxy(word: word)
            }
        }
        self.networks = networks
        self.trustsUnix = trustsUnix
    }

    public struct InvalidProxy: Error, Equatable, CustomStringConvertible {
        public let word: String
        public var description: String {
            "\"\(word)\" is no network (192.0.2.0/24, 2001:db8::/32), no address and not \"unix\""
        }
    }

    public func trusts(_ peer: Peer) -> Bool {
        switch peer {
        case .unix: trustsUnix
        case .internet(let address): networks.contains { $0.contains(address) }
        }
    }

    /// Who sent the request. Of a trusted peer's fields counts what stands furthest right, since the peer itself wrote
    /// it: for the address, the first from the right that is not trusted in turn; a word there that is no address ends
    /// the search at the last one that was. Fields of other peers are ignored.
    public func origin(of request: Request, from peer: Peer) -> Request.Origin {
        trusts(peer) ? forwardedOrigin(of: request, by: peer) : Request.Origin(address: peer.description)
    }

    /// What a trusted peer says of a request.
    func forwardedOrigin(of request: Request, by peer: Peer) -> Request.Origin {
        var origin = Request.Origin()
        var client = peer
        for word in request.elements(of: "x-forwarded-for").reversed() where trusts(client) {
            guard let address = IPAddress(String(decoding: word, as: UTF8.self)) else { break }
            client = .internet(address)
        }
        origin.address = client.description
        origin.secure = request.elements(of: "x-forwarded-proto").last?.matches("https") ?? false
        if let host = request.elements(of: "x-forwarded-host").last, Self.isHost(host) {
            origin.forwardedHost = String(decoding: host, as: UTF8.self)
        }
        return origin
    }

    /// A name or an address, an IPv6 one in brackets, and perhaps a port (RFC 3986 §3.2.2 without percent coding).
    private static func isHost(_ bytes: ArraySlice<UInt8>) -> Bool {
        guard 1...255 ~= bytes.count else { return false }
        var name = bytes
        var port: ArraySlice<UInt8>?
        if let colon = bytes.lastIndex(of: .colon), bytes.last != 0x5D {
            name = bytes[..<colon]
            port = bytes[(colon + 1)...]
        }
        if let port {
            guard port.count <= 5, let number = port.decimal, 1...65_535 ~= number else { return false }
        }
        if name.first == 0x5B {
            guard name.last == 0x5D, name.contains(.colon) else { return false }
            return IPAddress(String(decoding: name.dropFirst().dropLast(), as: UTF8.self)) != nil
        }
        return !name.isEmpty
            && name.allSatisfy { byte in
                switch byte {
                case 0x30...0x39, 0x41...0x5A, 0x61...0x7A, 0x2D, 0x2E, 0x5F: true
                default: false
                }
            }
    }
}

extension Request {
    /// The elements of all fields of that name, in order. Quotes mean nothing here: one that a client sent must not
    /// swallow the comma before the address that the proxy added.
    fileprivate func elements(of name: StaticString) -> [ArraySlice<UInt8>] {
        fields.filter { matches($0.name, name) }.flatMap { field in
            head[field.value].split(separator: .comma).map { $0.trimmed }.filter { !$0.isEmpty }
        }
    }
}
