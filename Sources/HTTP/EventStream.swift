// Server-sent events: a response without end that costs a connection and a few hundred bytes. Whoever holds the stream
// may send from any queue; the connection that carries it takes the bytes on its own loop.

import Synchronization

public final class EventStream: Sendable {
    private enum State {
        /// Events sent before the connection took the stream over wait here.
        case waiting([UInt8])
        case open(deliver: @Sendable ([UInt8]) -> Void)
        /// More was sent than may wait.
        case overrun
        case closed
    }

    private let state = Mutex(State.waiting([]))
    private let onClose: @Sendable () -> Void

    /// `onClose` runs once, on the connection's loop, when the client is gone: it must be short.
    public init(onClose: @escaping @Sendable () -> Void = {}) {
        self.onClose = onClose
    }

    /// Sends one event. Lines of `data` are sent as lines, whatever breaks them; `event` and `id` lose theirs.
    /// False when the client is gone.
    @discardableResult
    public func send(event: String? = nil, id: String? = nil, data: String) -> Bool {
        var bytes: [UInt8] = []
        if let id { bytes.append(field: "id", singleLine: id) }
        if let event { bytes.append(field: "event", singleLine: event) }
        bytes.append(data: data)
        bytes.append(.lf)
        return deliver(bytes)
    }

    /// A comment line, which keeps proxies from closing a quiet connection.
    @discardableResult
    public func keepAlive() -> Bool { deliver([0x3A, .lf, .lf]) }

    private func deliver(_ bytes: [UInt8]) -> Bool {
        let delivery: (@Sendable ([UInt8]) -> Void)? = state.withLock { state in
            switch state {
            case .waiting(let earlier):
                guard earlier.count + bytes.count <= Connection.eventBacklog else {
                    state = .overrun
                    return nil
                }
                state = .waiting(earlier + bytes)
                return { _ in }
            case .open(let deliver): return deliver
            case .overrun, .closed: return nil
            }
        }
        delivery?(bytes)
        return delivery != nil
    }

    /// The connection takes over; returns what waited, or nil for a stream that is spent.
    func open(deliver: @escaping @Sendable ([UInt8]) -> Void) -> [UInt8]? {
        state.withLock { state in
            guard case .waiting(let bytes) = state else { return nil }
            state = .open(deliver: deliver)
            return bytes
        }
    }

    /// Ends it from this side: the client hears that nothing more follows, and may ask again.
    public func end() {
        let deliver: (@Sendable ([UInt8]) -> Void)? = state.withLock { state in
            if case .open(let deliver) = state { return deliver }
            if case .waiting = state { state = .overrun }
            return nil
        }
        // No bytes stand for the end.
        deliver?([])
    }

    func close() {
        let wasOpen = state.withLock { state in
            if case .closed = state { return false }
            state = .closed
            return true
        }
        if wasOpen { onClose() }
    }
}

extension [UInt8] {
    fileprivate mutating func append(field: String, singleLine value: String) {
        append(contentsOf: field.utf8)
        append(contentsOf: ": ".utf8)
        append(contentsOf: value.utf8.filter { $0 != .cr && $0 != .lf })
        append(.lf)
    }

    /// A line for each line, which may end in LF, CR or both; nothing else ends one.
    fileprivate mutating func append(data: String) {
        append(contentsOf: "data: ".utf8)
        var last: UInt8 = 0
        for byte in data.utf8 {
            if byte == .cr || byte == .lf && last != .cr {
                append(contentsOf: "\ndata: ".utf8)
            } else if byte != .lf {
                append(byte)
            }
            last = byte
        }
        append(.lf)
    }
}
