// The text of a statement. A literal is one by itself; a text made at run time has to say so, which keeps values from
// outside out of SQL and such places easy to find.

/// One SQL statement with `?` for each value.
public struct SQLText: ExpressibleByStringLiteral, Sendable {
    enum Content {
        case literal(StaticString)
        case composed(String)
    }

    let content: Content

    public init(stringLiteral value: StaticString) {
        // A literal of one scalar need not lie in memory; everything else does, and its address is its name in the
        // cache of statements.
        content = value.hasPointerRepresentation ? .literal(value) : .composed(value.description)
    }

    /// For text put together from parts of the program (a list of columns, an order), never from what came from
    /// outside.
    public init(verbatim text: String) {
        content = .composed(text)
    }

    public static func + (left: SQLText, right: SQLText) -> SQLText {
        SQLText(verbatim: left.text + right.text)
    }

    public var text: String {
        switch content {
        case .literal(let text): text.description
        case .composed(let text): text
        }
    }
}
