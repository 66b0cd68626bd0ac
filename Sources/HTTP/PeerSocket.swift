// The other end of an accepted socket.

internal import Glibc

extension Peer {
    /// Reads what `accept` wrote.
    init(_ storage: inout sockaddr_storage) {
        let family = Int32(storage.ss_family)
        guard family == AF_INET || family == AF_INET6 else {
            self = .unix
            return
        }
        // The address stands after family and port (IPv4), or after family, port and flow label (IPv6).
        let place = family == AF_INET ? 4..<8 : 8..<24
        let address = withUnsafeBytes(of: &storage) { IPAddress(network: $0[place]) }
        self = address.map(Peer.internet) ?? .unix
    }

    /// Under whom its connections are counted.
    var home: Peer {
        switch self {
        case .internet(let address): .internet(address.subscriber)
        case .unix: self
        }
    }
}
