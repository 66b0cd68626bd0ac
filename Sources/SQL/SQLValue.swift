// What can be bound to a `?`.

/// A value as SQLite stores it.
public enum Datum: Sendable, Equatable {
    case null
    case integer(Int64)
    case real(Double)
    case text(String)
    case blob([UInt8])
}

/// A type whose values can be bound. A raw-valued type (an identifier, an enumeration) only has to name the protocol.
public protocol SQLValue {
    var datum: Datum { get }
}

extension SQLValue where Self: RawRepresentable, RawValue: SQLValue {
    public var datum: Datum { rawValue.datum }
}

extension Datum: SQLValue {
    public var datum: Datum { self }
}

extension Int: SQLValue {
    public var datum: Datum { .integer(Int64(self)) }
}

extension Int64: SQLValue {
    public var datum: Datum { .integer(self) }
}

extension Int32: SQLValue {
    public var datum: Datum { .integer(Int64(self)) }
}

extension Bool: SQLValue {
    public var datum: Datum { .integer(self ? 1 : 0) }
}

/// SQLite has no NaN: it is stored as NULL.
extension Double: SQLValue {
    public var datum: Datum { .real(self) }
}

extension String: SQLValue {
    public var datum: Datum { .text(self) }
}

extension [UInt8]: SQLValue {
    public var datum: Datum { .blob(self) }
}
