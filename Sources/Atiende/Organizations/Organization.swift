// A customer company of the provider, under one plan.

public import SQL

public struct Organization: Sendable, Equatable {
    public typealias ID = Identifier<Organization>

    public enum State: String, Sendable, CaseIterable, SQLValue {
        /// Signed up by itself; the provider has not taken it on yet.
        case pending
        case active
        case closed
        /// Its people and history belong to another one now.
        case merged
    }
}
