// What the server asks of the product, and what it tells it.

/// The product behind the server.
public protocol Application: Sendable {
    /// Called on an event loop when a request's head is complete and before its body is read: must be quick. A request
    /// that has no place to go, or may not come in, is answered here, so that its body is never taken.
    func receive(_ request: Request) -> Reception
}

public enum Reception: Sendable {
    /// The answer is known without the body.
    case answer(Response)
    /// Take the body as told, then run the handler there.
    case serve(BodyRule, Place, @Sendable (Request) -> Response)
}

/// What body a route takes.
public enum BodyRule: Sendable {
    /// None; one that comes all the same is read and dropped.
    case none
    /// A form without files, in either coding.
    case form
    /// A form with files, which are stored in `directory` while they arrive.
    case upload(directory: String)
    /// A form with files, of which only the fields are taken: its files are read and dropped.
    case uploadWithoutFiles
    /// Anything, as bytes, at most so many.
    case bytes(maximum: Int)
}

/// Where a handler runs.
public enum Place: Sendable {
    /// On the connection's loop: only what was measured to be short and cannot block.
    case loop
    /// On a worker: whatever waits for a commit, hashes a password, or reads much.
    case worker
}

/// What the server tells whoever keeps the log and the figures. Called on the loops: must be quick and must not block.
public protocol Observer: Sendable {
    func answered(_ access: Access)
    /// Something about the server itself that an operator should know, at most a line a second of each kind.
    func noticed(_ notice: String)
}

/// One request that ended.
public struct Access: Sendable {
    /// Without its body; nil when the request was refused before its head was understood.
    public let request: Request?
    public let origin: Request.Origin
    public let id: UInt64
    public let status: Status
    public let bytes: Int
    public let microseconds: Int
    public let route: StaticString
    public let tenant: String?
    /// Why it was refused or cut short; nil when all went well.
    public let problem: String?
}
