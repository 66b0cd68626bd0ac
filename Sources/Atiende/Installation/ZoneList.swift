// The time zones that people live in, as the system's tzdata lists them by country (zone.tab).

internal import HTTP

struct ListedZone: Sendable, Equatable {
    /// ISO 3166.
    let country: String
    /// IANA name.
    let name: String

    /// Lines of three or four columns between tabs; others, and comments, are passed over.
    static func read(_ bytes: [UInt8]) -> [ListedZone] {
        String(decoding: bytes, as: UTF8.self).split(separator: "\n").compactMap { line in
            guard !line.hasPrefix("#") else { return nil }
            let columns = line.split(separator: "\t", omittingEmptySubsequences: false)
            guard columns.count >= 3 else { return nil }
            return ListedZone(country: String(columns[0]), name: String(columns[2]))
        }
    }
}
