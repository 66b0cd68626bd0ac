// Why a request was refused before any handler saw it. Every way out has a sentence of its own, which is what the client
// reads and what the log says.

public struct RequestError: Error, Equatable, Sendable, CustomStringConvertible {
    public let status: Status
    /// One line of ASCII, for the client and for the log.
    public let reason: String

    public init(_ status: Status, _ reason: String) {
        self.status = status
        self.reason = reason
    }

    public var description: String { "\(status.code) \(reason)" }

    static func bad(_ reason: String) -> RequestError { RequestError(.badRequest, reason) }
}
