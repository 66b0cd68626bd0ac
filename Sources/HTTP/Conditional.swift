// Conditional requests (RFC 9110 §13): what the client has already, and what it wants to be sure of.

/// What tells one state of a representation from another.
public struct Validators: Sendable {
    /// Entity tag with its quotes, weak ones with `W/` before them.
    public let etag: String?
    /// Seconds since 1970.
    public let lastModified: Int?

    public init(etag: String?, lastModified: Int?) {
        self.etag = etag
        self.lastModified = lastModified
    }
}

public enum Precondition: Sendable {
    case proceed
    /// Answer 304.
    case notModified
    /// Answer 412.
    case preconditionFailed
}

extension Request {
    /// The conditions of the request for a representation that exists, in the order of RFC 9110 §13.2.2.
    public func precondition(_ validators: Validators) -> Precondition {
        if hasField("if-match") {
            if !anyTag(in: "if-match", matches: validators.etag, strongly: true) { return .preconditionFailed }
        } else if let date = onlyField("if-unmodified-since").flatMap({ HTTPDate.parse($0) }),
            let lastModified = validators.lastModified, lastModified > date
        {
            return .preconditionFailed
        }
        let isRead = method == .get || method == .head
        if hasField("if-none-match") {
            guard anyTag(in: "if-none-match", matches: validators.etag, strongly: false) else { return .proceed }
            return isRead ? .notModified : .preconditionFailed
        }
        if isRead, let date = onlyField("if-modified-since").flatMap({ HTTPDate.parse($0) }),
            let lastModified = validators.lastModified, lastModified <= date
        {
            return .notModified
        }
        return .proceed
    }

    /// Whether a Range field is to be heeded: only for GET (RFC 9110 §14.2), and only where If-Range, if there is one,
    /// names exactly this representation (§13.1.5).
    public func rangeApplies(_ validators: Validators) -> Bool {
        guard method == .get else { return false }
        guard hasField("if-range") else { return true }
        guard let condition = onlyField("if-range") else { return false }
        if let tag = EntityTag(condition) { return tag.matches(validators.etag, strongly: true) }
        guard let date = HTTPDate.parse(condition), let lastModified = validators.lastModified else { return false }
        return date == lastModified
    }

    /// Whether a list of entity tags, or `*`, holds that tag. A list that is no list matches nothing.
    private func anyTag(in name: StaticString, matches etag: String?, strongly: Bool) -> Bool {
        var isFound = false
        eachElement(of: name) { element in
            if element.count == 1, element.first == 0x2A {
                isFound = true
            } else if let tag = EntityTag(element) {
                isFound = tag.matches(etag, strongly: strongly)
            }
            return !isFound
        }
        return isFound
    }
}

/// An entity tag as a client sent it (RFC 9110 §8.8.3).
private struct EntityTag {
    let isWeak: Bool
    /// With its quotes.
    let opaque: ArraySlice<UInt8>

    init?(_ bytes: ArraySlice<UInt8>) {
        isWeak = bytes.starts(with: "W/".utf8)
        opaque = isWeak ? bytes.dropFirst(2) : bytes
        guard opaque.count >= 2, opaque.first == .quote, opaque.last == .quote else { return nil }
        guard opaque.dropFirst().dropLast().allSatisfy({ $0 > 0x20 && $0 != .quote && $0 != 0x7F }) else { return nil }
    }

    /// RFC 9110 §8.8.3.2.
    func matches(_ etag: String?, strongly: Bool) -> Bool {
        guard let etag else { return false }
        let isOtherWeak = etag.utf8.starts(with: "W/".utf8)
        if strongly && (isWeak || isOtherWeak) { return false }
        return opaque.elementsEqual(etag.utf8.dropFirst(isOtherWeak ? 2 : 0))
    }
}
