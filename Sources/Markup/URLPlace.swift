// How much of a URL stands before a place in an attribute: what decides whether a value there can choose the scheme.

enum URLPlace: Equatable {
    /// Not in an attribute that holds a URL.
    case none
    /// At its beginning: a value here is checked for its scheme.
    case start
    /// After text that may still be a scheme.
    case prefix([UInt8])
    /// After a value that stood at the beginning: `/`, `?`, `#` or the end must follow.
    case afterValue
    /// After a section whose branches end differently: text may follow, values not before `/` or `?`.
    case mixed
    /// After a scheme of ours, or after a `/`, `?` or `#`: values are parts of the URL.
    case settled
    /// After a scheme that is not ours.
    case foreign

    private static let attributes: Set<String> = [
        "href", "src", "action", "formaction", "poster", "cite", "xlink:href", "data", "ping", "background",
        "manifest", "longdesc",
    ]

    init(attribute: [UInt8]) { self = Self.attributes.contains(String(attribute)) ? .start : .none }

    /// Takes one byte of the template's text; says what is wrong with it, if anything is.
    mutating func feed(_ byte: UInt8) -> String? {
        let isDelimiter = byte == UInt8(ascii: "/") || byte == UInt8(ascii: "?")
        let isHash = byte == UInt8(ascii: "#")
        switch self {
        case .none, .settled, .foreign: break
        case .start: feed(byte, after: [])
        case .prefix(let prefix): feed(byte, after: prefix)
        case .mixed:
            if isDelimiter { self = .settled }
            if byte == UInt8(ascii: ":") { self = .foreign }
        case .afterValue:
            let fits = isDelimiter || isHash
            self = .settled
            if !fits { return "after a value at the start of a URL must come /, ? or #" }
        }
        return nil
    }

    private mutating func feed(_ byte: UInt8, after prefix: [UInt8]) {
        switch byte {
        case UInt8(ascii: "/"), UInt8(ascii: "?"): self = .settled
        // `&#` begins a character reference.
        case UInt8(ascii: "#") where prefix.last != UInt8(ascii: "&"): self = .settled
        case UInt8(ascii: ":"): self = SafeURL.isScheme(prefix) ? .settled : .foreign
        default: self = .prefix(prefix + [byte])
        }
    }

    /// Why no value may stand here; nil if one may.
    var refusal: String? {
        switch self {
        case .none, .start, .settled: nil
        case .prefix: "a URL that begins with text must reach its first / ? or # before a value"
        case .afterValue: "a URL takes a second value only after / ? or #"
        case .mixed: "a URL takes a value after a section only after / or ?"
        case .foreign: "a URL with such a scheme takes no value"
        }
    }

    func joined(with other: URLPlace) -> URLPlace {
        if self == other { return self }
        if self == .foreign || other == .foreign { return .foreign }
        return self == .afterValue || other == .afterValue ? .afterValue : .mixed
    }
}
