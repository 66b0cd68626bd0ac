// A provider that runs a help desk here, as the directory knows it.

/// The name of a tenant in paths: lower-case letters, digits and inner hyphens.
public struct Slug: RawRepresentable, Hashable, Sendable, CustomStringConvertible {
    public let rawValue: String

    /// Nil for anything that could mean something else in a path, on a disk or in a host name.
    public init?(rawValue: String) {
        let bytes = Array(rawValue.utf8)
        guard (1...40).contains(bytes.count), bytes.first != 0x2D, bytes.last != 0x2D,
            bytes.allSatisfy({ (0x61...0x7A).contains($0) || (0x30...0x39).contains($0) || $0 == 0x2D })
        else { return nil }
        self.rawValue = rawValue
    }

    public var description: String { rawValue }
}

public struct Tenant: Sendable {
    public let slug: Slug
    /// Never changes and is used once: the folder's marker bears it, so that an empty mount is no empty tenant.
    public let id: String
    public let name: String
    /// The key of the contract from which it was made.
    public let contract: String
    /// IANA name.
    public let timeZone: String
    public let place: Place

    /// Where a tenant's folder is.
    public enum Place: Equatable, Sendable {
        case here
        /// On another machine, at this base URL.
        case elsewhere(String)
        /// On its way; wait a moment.
        case moving
    }

    public init(slug: Slug, id: String, name: String, contract: String, timeZone: String, place: Place = .here) {
        self.slug = slug
        self.id = id
        self.name = name
        self.contract = contract
        self.timeZone = timeZone
        self.place = place
    }
}
