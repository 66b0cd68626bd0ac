// Everything that a handler may reach, one value.

public struct Site: Sendable {
    public init() {}
}
