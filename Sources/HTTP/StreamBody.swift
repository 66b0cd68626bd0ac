// A body that is made while it is taken: a long export never lies in memory whole.

public struct StreamBody: Sendable {
    public let type: StaticString
    /// The next piece, or nil at the end. Called on a worker, one call at a time, only once the client took the last one.
    let next: @Sendable () throws -> [UInt8]?

    public init(type: StaticString, next: @escaping @Sendable () throws -> [UInt8]?) {
        self.type = type
        self.next = next
    }
}
