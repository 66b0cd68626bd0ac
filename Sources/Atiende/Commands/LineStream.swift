// Lines in, bytes out, for commands that work as a filter. What was written is sent before waiting for input, so that
// a program at the other end may wait for each answer before it asks again.

internal import Glibc

/// The standard input and output of a command. For one thread.
public final class LineStream {
    private let input: Int32
    private let output: Int32
    /// Bytes that were read and not yet taken: `chunk[position...]`.
    private var chunk: ArraySlice<UInt8> = []
    private var pending: [UInt8] = []

    private static let chunkSize = 64 * 1024

    public init(input: Int32, output: Int32) {
        self.input = input
        self.output = output
    }

    /// The next line without its line feed; nil at the end. Of a line longer than `limit` bytes one byte more than
    /// that is kept, and the rest read past.
    public func next(atMost limit: Int) throws(CommandFault) -> [UInt8]? {
        var line: [UInt8] = []
        var isThere = false
        while true {
            if chunk.isEmpty, try !fill() { return isThere ? line : nil }
            isThere = true
            let end = chunk.firstIndex(of: 0x0A)
            line += chunk[..<(end ?? chunk.endIndex)].prefix(max(0, limit + 1 - line.count))
            chunk = chunk[(end.map { $0 + 1 } ?? chunk.endIndex)...]
            if end != nil { return line }
        }
    }

    /// Everything up to the end, or one byte more than `limit`.
    public func all(atMost limit: Int) throws(CommandFault) -> [UInt8] {
        var bytes: [UInt8] = []
        while bytes.count <= limit {
            if chunk.isEmpty, try !fill() { break }
            bytes += chunk.prefix(limit + 1 - bytes.count)
            chunk = []
        }
        return bytes
    }

    public func write(_ bytes: [UInt8]) throws(CommandFault) {
        pending += bytes
        if pending.count >= Self.chunkSize { try flush() }
    }

    public func flush() throws(CommandFault) {
        var rest = pending[...]
        while !rest.isEmpty {
            let count = rest.withUnsafeBytes { Glibc.write(output, $0.baseAddress, $0.count) }
            let code = errno
            guard count > 0 || code == EINTR else { throw .failed("standard output cannot be written") }
            rest = rest.dropFirst(max(0, count))
        }
        pending.removeAll(keepingCapacity: true)
    }

    /// False at the end of the input.
    private func fill() throws(CommandFault) -> Bool {
        try flush()
        var bytes = [UInt8](repeating: 0, count: Self.chunkSize)
        while true {
            let count = bytes.withUnsafeMutableBytes { Glibc.read(input, $0.baseAddress, $0.count) }
            let code = errno
            if count < 0, code == EINTR { continue }
            guard count >= 0 else { throw .failed("standard input cannot be read") }
            chunk = bytes[..<count]
            return count > 0
        }
    }
}
