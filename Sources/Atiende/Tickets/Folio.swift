// The number by which people call a ticket: whose desk, which year, which one of that year.

internal import SLA

/// `SER-2026-000123`. Within a year the numbers of a desk follow each other without a gap.
struct Folio: Hashable, Sendable, CustomStringConvertible {
    let prefix: Prefix
    /// Of the tenant's clock when the ticket was written down.
    let year: Int
    /// From 1.
    let number: Int

    static let years = 1000...9999
    static let numbers = 1...999_999

    /// Two to five capital letters and digits, a letter first.
    struct Prefix: RawRepresentable, Hashable, Sendable {
        let rawValue: String

        init?(rawValue: String) {
            let bytes = rawValue.utf8
            guard (2...5).contains(bytes.count), bytes.first.map({ 0x41...0x5A ~= $0 }) == true,
                bytes.allSatisfy({ 0x41...0x5A ~= $0 || 0x30...0x39 ~= $0 })
            else { return nil }
            self.rawValue = rawValue
        }
    }

    /// Nil for a year or a number without a folio.
    init?(_ prefix: Prefix, year: Int, number: Int) {
        guard Self.years.contains(year), Self.numbers.contains(number) else { return nil }
        self.prefix = prefix
        self.year = year
        self.number = number
    }

    /// Reads a folio as it is written, and nothing that only looks like one.
    init?(_ text: some StringProtocol) {
        let parts = text.utf8.split(separator: 0x2D, omittingEmptySubsequences: false)
        guard parts.count == 3, let prefix = Prefix(rawValue: String(decoding: parts[0], as: UTF8.self)),
            let year = Self.number(parts[1], digits: 4), let number = Self.number(parts[2], digits: 6)
        else { return nil }
        self.init(prefix, year: year, number: number)
    }

    private static func number(_ bytes: some Collection<UInt8>, digits: Int) -> Int? {
        guard bytes.count == digits, bytes.allSatisfy({ 0x30...0x39 ~= $0 }) else { return nil }
        return bytes.reduce(0) { $0 * 10 + Int($1 - 0x30) }
    }

    var description: String {
        let digits = String(number)
        return "\(prefix.rawValue)-\(year)-" + String(repeating: "0", count: 6 - digits.count) + digits
    }

    /// The year on the tenant's clock.
    static func year(at instant: Int, in zone: TimeZoneRules) -> Int {
        zone.wallTime(at: Instant(clamping: instant)).date.year
    }
}

extension Contract {
    /// What the folios of its tenants begin with; for a contract without a custom of its own, how its key begins.
    var folioPrefix: Folio.Prefix? {
        let customary = ["seres": "SER", "proware": "PRW", "factupronto": "FAC", "ingressio": "ING", "bizflow": "BIZ"]
        return Folio.Prefix(rawValue: customary[key] ?? String(key.prefix(3)).uppercased())
    }
}
