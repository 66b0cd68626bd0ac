// The methods that the server takes. Any other token is answered 501.

public enum Method: UInt8, Sendable, CaseIterable {
    case get
    case head
    case post
    case put
    case delete
    case options

    /// The word on the wire; methods are case-sensitive (RFC 9110 §9.1).
    public var name: StaticString {
        switch self {
        case .get: "GET"
        case .head: "HEAD"
        case .post: "POST"
        case .put: "PUT"
        case .delete: "DELETE"
        case .options: "OPTIONS"
        }
    }
}

/// The protocol versions that the server speaks; any other well-formed version is answered 505.
public enum Version: UInt8, Sendable {
    case http10
    case http11
}
