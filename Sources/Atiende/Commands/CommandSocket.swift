// Only one process has the data open. A command that finds a server running hands its words to it, through a socket in
// the data folder that only the folder's owner can reach, and prints what comes back.

internal import Glibc
public import HTTP

/// The server's end.
public struct CommandSocket: Application {
    private let installation: Installation

    public init(_ installation: Installation) { self.installation = installation }

    public static func path(in root: String) -> String { root + "/commands.sock" }

    /// A socket's path has 108 bytes with its final NUL.
    static let longestRoot = 107 - "/commands.sock".utf8.count

    /// Bytes of a command's words together.
    private static let longest = 64 * 1024
    private static let exitStatus: StaticString = "Exit-Status"
    /// How many of the last bytes are not words, but what the caller's standard input held.
    private static let inputSize: StaticString = "Input-Size"

    public func receive(_ request: Request) -> Reception {
        guard request.method == .post, request.pathText == "/command" else { return .answer(Response(.notFound)) }
        return .serve(.bytes(maximum: Self.longest), .worker) { request in
            guard case .bytes(let bytes) = request.body else { return Self.response(.usage("no words")) }
            let size = request.field(Self.inputSize).map { Int($0) ?? -1 }
            guard (0...bytes.count).contains(size ?? 0) else { return Self.response(.usage("no words")) }
            let words = bytes.dropLast(size ?? 0).split(separator: 0, omittingEmptySubsequences: false)
                .map { String(decoding: $0, as: UTF8.self) }
            do throws(CommandFault) {
                let (command, rest) = try CommandList.find(words)
                guard case .onData(_, let action) = command.action else {
                    return Self.response(.usage("\(command.name) does not run in a server"))
                }
                var invocation = try Invocation(rest, of: command)
                invocation.input = size.map { String(decoding: bytes.suffix($0), as: UTF8.self) }
                let output = try action(invocation, installation)
                return Response.text(.ok, output).adding(Self.exitStatus, "0")
            } catch {
                return Self.response(error)
            }
        }
    }

    private static func response(_ fault: CommandFault) -> Response {
        Response.text(.unprocessableContent, fault.message).adding(exitStatus, String(fault.status))
    }

    // MARK: The other end

    /// Lets the server that has `root` open run a command; returns its output.
    /// - Parameter input: What standard input held, where the command asks for it.
    public static func ask(_ words: [String], input: String? = nil, root: String) throws(CommandFault) -> String {
        let descriptor = socket(AF_UNIX, Int32(SOCK_STREAM.rawValue) | Int32(SOCK_CLOEXEC.rawValue), 0)
        guard descriptor >= 0 else { throw .failed("\(SystemError("socket", errno))") }
        defer { close(descriptor) }
        guard join(descriptor, path(in: root)) else {
            throw .failed("\(root) is open in another process, and no server answers there")
        }
        let body = words.joined(separator: "\0") + (input ?? "")
        var head = "POST /command HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n"
        if let input { head += "\(inputSize): \(input.utf8.count)\r\n" }
        head += "Content-Length: \(body.utf8.count)\r\n\r\n"
        guard sendAll(descriptor, Array((head + body).utf8)) else {
            throw .failed("the server hung up")
        }
        return try understand(receiveAll(descriptor))
    }

    private static func join(_ descriptor: Int32, _ path: String) -> Bool {
        var address = sockaddr_un()
        address.sun_family = sa_family_t(AF_UNIX)
        guard path.utf8.count < MemoryLayout.size(ofValue: address.sun_path) else { return false }
        withUnsafeMutableBytes(of: &address.sun_path) { $0.copyBytes(from: path.utf8) }
        return withUnsafePointer(to: &address) { pointer in
            pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) {
                connect(descriptor, $0, socklen_t(MemoryLayout<sockaddr_un>.size)) == 0
            }
        }
    }

    private static func sendAll(_ descriptor: Int32, _ bytes: [UInt8]) -> Bool {
        var sent = 0
        while sent < bytes.count {
            let count = bytes[sent...].withUnsafeBytes {
                send(descriptor, $0.baseAddress, $0.count, Int32(MSG_NOSIGNAL))
            }
            let code = errno
            guard count > 0 || code == EINTR else { return false }
            sent += max(0, count)
        }
        return true
    }

    private static func receiveAll(_ descriptor: Int32) -> [UInt8] {
        var bytes: [UInt8] = []
        var piece = [UInt8](repeating: 0, count: 16 * 1024)
        while true {
            let count = recv(descriptor, &piece, piece.count, 0)
            let code = errno
            if count > 0 {
                bytes.append(contentsOf: piece[..<count])
            } else if count == 0 || code != EINTR {
                return bytes
            }
        }
    }

    /// Our own server's answer: the body, or the fault that it tells. One that was cut short is none.
    private static func understand(_ answer: [UInt8]) throws(CommandFault) -> String {
        let gap = answer.indices.first { answer[$0...].starts(with: "\r\n\r\n".utf8) }
        let head = String(decoding: answer[..<(gap ?? 0)], as: UTF8.self)
        guard let gap, let status = number("\(exitStatus)", in: head), let length = number("Content-Length", in: head),
            answer.count - gap - 4 == length
        else { throw .failed("the server did not finish the command") }
        let body = String(decoding: answer[(gap + 4)...], as: UTF8.self)
        guard status == 0 else { throw CommandFault(message: body, status: Int32(clamping: status)) }
        return body
    }

    private static func number(_ field: String, in head: String) -> Int? {
        let line = head.split(separator: "\r\n").first { $0.hasPrefix(field + ": ") }
        return line.flatMap { Int($0.dropFirst(field.utf8.count + 2)) }
    }
}
