// What the server says of itself: one line an event, in logfmt, on standard error. It never waits for whoever reads it,
// and never holds a password, a token or a cookie: a path is written without its query.

internal import Dispatch
internal import Glibc
public import HTTP
internal import Synchronization

public final class Log: Sendable {
    public enum Level: String, Sendable {
        case info
        case warning
        case error
    }

    private struct Pending {
        var bytes: [UInt8] = []
        var dropped = 0
        var isScheduled = false
    }

    private let descriptor: Int32
    private let writesAccess: Bool
    /// For a command that prints its own words: only errors are written.
    private let isQuiet: Bool
    private let pending = Mutex(Pending())
    private let queue = DispatchQueue(label: "atiende.log")

    /// Bytes that may wait for a reader that is slow; what comes beyond is counted and dropped.
    private static let backlog = 1024 * 1024

    /// Writes to a descriptor that stays open as long as the process.
    public init(descriptor: Int32, writesAccess: Bool, isQuiet: Bool = false) {
        self.descriptor = descriptor
        self.writesAccess = writesAccess
        self.isQuiet = isQuiet
    }

    public func write(_ level: Level, _ event: StaticString, _ pairs: [(name: StaticString, value: String)] = []) {
        guard !isQuiet || level == .error else { return }
        var line = LogLine(level, event)
        for (name, value) in pairs { line.add(name, value) }
        append(line)
    }

    private func append(_ line: LogLine) {
        let mustSchedule = pending.withLock { pending in
            guard pending.bytes.count < Self.backlog else {
                pending.dropped += 1
                return false
            }
            pending.bytes.append(contentsOf: line.bytes)
            pending.bytes.append(0x0A)
            defer { pending.isScheduled = true }
            return !pending.isScheduled
        }
        if mustSchedule { queue.async { [self] in writePending() } }
    }

    private func writePending() {
        let (bytes, dropped) = pending.withLock { pending in
            defer { pending = Pending() }
            return (pending.bytes, pending.dropped)
        }
        writeAll(bytes)
        guard dropped > 0 else { return }
        var line = LogLine(.warning, "log-lines-dropped")
        line.add("count", dropped)
        writeAll(line.bytes + [0x0A])
    }

    private func writeAll(_ bytes: [UInt8]) {
        bytes.withUnsafeBytes { buffer in
            var sent = 0
            while sent < buffer.count {
                let count = Glibc.write(descriptor, buffer.baseAddress?.advanced(by: sent), buffer.count - sent)
                let code = errno
                if count > 0 {
                    sent += count
                } else if code == EAGAIN {
                    waitUntilWritable()
                } else if code != EINTR {
                    return  // Nobody reads any more, and there is nowhere else to say so.
                }
            }
        }
    }

    /// Another process that shares the terminal or the pipe may have made it one that does not wait.
    private func waitUntilWritable() {
        var interest = pollfd(fd: descriptor, events: Int16(POLLOUT), revents: 0)
        poll(&interest, 1, -1)
    }

    /// Returns once everything said so far is written, or the time is up because nobody reads it.
    public func flush(within seconds: Int) {
        let written = DispatchSemaphore(value: 0)
        queue.async { [self] in
            writePending()
            written.signal()
        }
        _ = written.wait(timeout: .now() + .seconds(seconds))
    }
}

extension Log: Observer {
    public func answered(_ access: Access) {
        guard !isQuiet, writesAccess || access.problem != nil || access.status.code >= 500 else { return }
        var line = LogLine(access.status.code >= 500 ? .error : .info, "request")
        if let request = access.request {
            line.add("method", request.method.name)
            line.add("path", bytes: request.head[request.path])
        }
        line.add("status", Int(access.status.code))
        line.add("bytes", access.bytes)
        line.add("us", access.microseconds)
        if let tenant = access.tenant { line.add("tenant", tenant) }
        line.add("ip", access.origin.address)
        if access.id != 0 { line.add("id", hexadecimal(access.id)) }
        if let problem = access.problem { line.add("problem", problem) }
        append(line)
    }

    public func noticed(_ notice: String) { write(.warning, "server", [("notice", notice)]) }
}

/// A request's number as it is shown to people and written to the log.
func hexadecimal(_ number: UInt64) -> String { String(number, radix: 16) }
