// A response on its way: what is left of it, and what the log will say.

internal import Glibc

/// A class, so that a step changes it where it is: copies of arrays and enums with every write would cost more than the
/// write's own work.
final class Outgoing {
    private let head: [UInt8]
    private var headSent = 0
    private var payload = Payload.none
    /// What of the payload is still to come.
    private var rest = 0..<0
    /// Where more comes from once the payload is sent.
    var source: Source
    /// How the client finds the end.
    let ending: Ending
    /// Whether the head says that the connection ends after this.
    let closes: Bool
    /// Bytes taken by the kernel so far.
    private(set) var sent = 0
    let status: Status
    let route: StaticString
    let tenant: String?
    var problem: String?

    enum Payload {
        case none
        case bytes([UInt8])
        case file(FileBody, Range<Int>)
    }

    enum Source {
        case none
        case stream(StreamBody)
        case events(EventStream)
    }

    enum Ending {
        case length
        case chunks
        case close
    }

    init(
        head: [UInt8], _ payload: Payload, _ source: Source, _ ending: Ending, closes: Bool, of response: Response,
        _ status: Status
    ) {
        self.head = head
        self.source = source
        self.ending = ending
        self.closes = closes
        self.status = status
        route = response.route
        tenant = response.tenant
        load(payload)
    }

    /// The next thing to send, once the last one is gone.
    func load(_ payload: Payload) {
        self.payload = payload
        switch payload {
        case .none: rest = 0..<0
        case .bytes(let bytes): rest = 0..<bytes.count
        case .file(_, let range): rest = range
        }
    }

    /// Loads a piece from the source as this response frames it. An empty one is nothing: as a chunk it would be the end.
    func load(piece bytes: [UInt8]) {
        guard ending == .chunks, !bytes.isEmpty else { return load(.bytes(bytes)) }
        load(.bytes(Array("\(String(bytes.count, radix: 16))\r\n".utf8) + bytes + [.cr, .lf]))
    }

    /// The source has no more.
    /// Whether the stream of events ends with what was sent.
    var isLastEvent = false

    func loadEnd() {
        source = .none
        load(ending == .chunks ? .bytes(Array("0\r\n\r\n".utf8)) : .none)
    }

    /// Bytes in memory that wait to be sent.
    var waitingBytes: ArraySlice<UInt8> {
        if case .bytes(let bytes) = payload { bytes[rest] } else { [] }
    }

    /// Whether all that was laid out is gone.
    var isSent: Bool { headSent == head.count && rest.isEmpty }

    /// Bytes of a file handed to the kernel at once: other connections have their turn in between.
    private static let filePiece = 256 * 1024

    /// One write, to be called only while something is left. Returns what the system call did, whose `errno` the caller
    /// reads: 0 only where a file has become shorter than it was.
    func send(to descriptor: Int32) -> Int {
        switch payload {
        case .none: return send(to: descriptor, [], flags: 0)
        case .bytes(let bytes): return send(to: descriptor, bytes, flags: 0)
        // The head waits for the file's first bytes, to go with them.
        case .file where headSent < head.count: return send(to: descriptor, [], flags: Int32(MSG_MORE))
        case .file(let file, _):
            var offset = off_t(rest.lowerBound)
            return sendfile(descriptor, file.descriptor, &offset, min(rest.count, Self.filePiece))
        }
    }

    /// Head and body in one system call, without a copy and without SIGPIPE.
    private func send(to descriptor: Int32, _ bytes: [UInt8], flags: Int32) -> Int {
        head.withUnsafeBytes { head in
            bytes.withUnsafeBytes { bytes in
                let start = bytes.isEmpty ? 0 : rest.lowerBound
                var parts = (
                    iovec(iov_base: nil, iov_len: head.count - headSent),
                    iovec(iov_base: nil, iov_len: bytes.count - start)
                )
                parts.0.iov_base = UnsafeMutableRawPointer(mutating: head.baseAddress?.advanced(by: headSent))
                parts.1.iov_base = UnsafeMutableRawPointer(mutating: bytes.baseAddress?.advanced(by: start))
                return withUnsafeMutablePointer(to: &parts) { pointer in
                    pointer.withMemoryRebound(to: iovec.self, capacity: 2) { vectors in
                        var message = msghdr()
                        message.msg_iov = vectors
                        message.msg_iovlen = 2
                        return sendmsg(descriptor, &message, Int32(MSG_NOSIGNAL) | flags)
                    }
                }
            }
        }
    }

    /// Counts bytes as sent.
    func advance(by count: Int) {
        sent += count
        let ofHead = min(count, head.count - headSent)
        headSent += ofHead
        rest = (rest.lowerBound + count - ofHead)..<rest.upperBound
    }
}
