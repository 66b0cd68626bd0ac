// The number of a row, which cannot be taken for that of another kind of row.

public import SQL

/// `Identifier<Person>` is a person's number. They count from 1 in each tenant.
public struct Identifier<Subject>: RawRepresentable, Hashable, Sendable, Comparable, SQLValue, CustomStringConvertible {
    public let rawValue: Int

    public init(rawValue: Int) { self.rawValue = rawValue }

    /// Reads a number as paths and forms carry it: 1 to 15 digits without zeros in front.
    public init?(_ text: some StringProtocol) {
        guard (1...15).contains(text.utf8.count), text.utf8.allSatisfy({ 0x30...0x39 ~= $0 }), text.utf8.first != 0x30,
            let number = Int(text)
        else { return nil }
        rawValue = number
    }

    public static func < (left: Self, right: Self) -> Bool { left.rawValue < right.rawValue }
    public var description: String { String(rawValue) }
}
