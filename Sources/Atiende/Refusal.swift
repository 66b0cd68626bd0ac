// Why a handler does not do what was asked: a closed set, each with its status and its page.

internal import HTTP
public import SQL

public enum Refusal: Error, Sendable {
    /// Not there, or not for this person: the same answer.
    case notFound
    /// A form from another site, or without a right that everybody who sees the page knows of.
    case forbidden
    /// Someone was faster: the thing is no longer in the state that the form names.
    case conflict
    /// Cannot be done just now; the seconds after which to try again.
    case unavailable(retryAfter: Int, why: String)
    /// The tenant lives on another machine.
    case elsewhere(String)
    /// The database said no.
    case storage(SQLError)
    /// Something that must not happen did.
    case broken(String)
    /// What a form asked for cannot be so; its page says why beside its fields.
    case faults(Faults)

    /// Whether an operator should hear of it: something failed, rather than somebody asked in vain.
    var isFault: Bool {
        switch self {
        case .unavailable, .storage, .broken: true
        case .notFound, .forbidden, .conflict, .elsewhere, .faults: false
        }
    }

    var status: Status {
        switch self {
        case .notFound: .notFound
        case .forbidden: .forbidden
        case .conflict: .conflict
        case .unavailable, .storage, .elsewhere: .serviceUnavailable
        case .broken: .internalServerError
        case .faults: .unprocessableContent
        }
    }
}

extension Refusal {
    /// Runs what may fail in the database's or in our own words, and lets it fail in ours alone.
    static func catching<T>(_ body: () throws -> T) throws(Refusal) -> T {
        do { return try body() } catch { throw Refusal(error) }
    }

    /// The same failure in our words.
    init(_ error: any Error) {
        switch error {
        case let refusal as Refusal: self = refusal
        case let error as SQLError: self = .storage(error)
        case let faults as Faults: self = .faults(faults)
        default: self = .broken("\(error)")
        }
    }
}

extension Refusal {
    /// Whether the desk's database was found damaged: it is better opened anew, so that it is looked at again.
    var isDamage: Bool {
        guard case .storage(let error) = self else { return false }
        return .corrupt ~= error || .notADatabase ~= error || .ioErrorShortRead ~= error
    }

    /// For the log and for operators; never shown to a visitor.
    public var why: String {
        switch self {
        case .notFound: "not found"
        case .forbidden: "forbidden"
        case .conflict: "conflict"
        case .unavailable(_, let why): why
        case .elsewhere(let base): "the tenant is at \(base)"
        case .storage(let error): "\(error)"
        case .broken(let why): why
        case .faults(let faults): faults.list.map { $0.field + ": " + $0.text }.joined(separator: "; ")
        }
    }

    var faults: Faults? {
        if case .faults(let faults) = self { faults } else { nil }
    }
}
