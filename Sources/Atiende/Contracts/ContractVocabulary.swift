// What a contract names: kinds of request, severities, channels, levels, stages, and its other terms.

internal import SLA

/// A kind of request that customers choose from.
struct RequestKind: Sendable, Equatable {
    var key: String
    var name: Phrase
    /// The severity that every ticket of this kind has; nil where it is chosen.
    var severity: Severity?
    /// The level that it goes to when it is opened.
    var level = 1
    /// Compared with the outages when a month is closed.
    var isComplaint = false
    /// May be charged for, after a quote that the customer accepts.
    var mayBeCharged = false
    var clause = ""
}

/// What a request is about: by it the staff's work is shared out.
struct RequestCategory: Sendable, Equatable {
    var key: String
    var name: Phrase
    /// The level that it goes to when it is opened.
    var level = 1
    /// What whoever attends it has to know: a key of the tenant's skills; empty for what everybody knows.
    var skill = ""
    var clause = ""
}

struct SeverityDefinition: Sendable, Equatable {
    var severity: Severity
    var name: Phrase
    var definition: Phrase
    var clause = ""
}

/// A way to reach support, and when somebody is there. A channel may be listed more than once, by its lines.
struct ContractChannel: Sendable, Equatable {
    var channel: Channel
    var name: Phrase
    /// An e-mail address or a telephone number; empty where the kind says it all.
    var address = ""
    /// The calendar in which somebody answers, nil for that of the customer's plan; what is written can be sent at any
    /// time.
    var hours: String?
    /// Whether an answer through it binds the provider.
    var isOfficial = true
    var clause = ""
}

struct SupportLevel: Sendable, Equatable {
    var level: Int
    var name: Phrase
    var duty: Phrase
    var clause = ""
}

/// A fact whose time the contract wants recorded.
struct Stage: Sendable, Equatable {
    enum Fact: String, Sendable, CaseIterable {
        case acknowledged
        case diagnosed
        case inDevelopment
        case answered
        case resolved
        case closed
        case surveyed
    }

    var fact: Fact
    var name: Phrase
    var clause = ""
}

/// When a resolved ticket that nobody reopens closes by itself. None of the five contracts says.
struct ClosingRule: Sendable, Equatable {
    /// Business days of the hours of its plan.
    var days = 5
    var clause = ""
}

/// Rules of a tenant for the accounts of its people; nil where the contract asks for none.
struct TenantPolicies: Sendable, Equatable {
    /// A password must be changed after so many days.
    var passwordDays: Int?
    /// A session idle for so many minutes ends.
    var idleMinutes: Int?
    var clause = ""
}

/// What work outside the contract costs, in hundredths of the currency's unit, before tax.
struct ChargeRate: Sendable, Equatable {
    var currency: String
    var firstHour: Int
    var furtherHour: Int
    var causes: [Phrase]
    var clause = ""
}

/// A rule of the agreement that is kept by people rather than by clocks.
struct Term: Sendable, Equatable {
    var clause: String
    var text: String
}
