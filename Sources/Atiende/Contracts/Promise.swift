// How contracts write their promises: "less than 2 hours", "at most 10 business days".

internal import SLA

/// An amount of time as a contract promises it.
struct Promise: Sendable {
    let amount: Int
    let unit: TargetUnit
    /// Reaching it exactly breaks it.
    let isStrict: Bool

    /// "Less than": reaching it exactly is a breach.
    static func lessThan(_ amount: Int, _ unit: TargetUnit) -> Promise {
        Promise(amount: amount, unit: unit, isStrict: true)
    }

    /// "At most": reaching it exactly is still met.
    static func atMost(_ amount: Int, _ unit: TargetUnit) -> Promise {
        Promise(amount: amount, unit: unit, isStrict: false)
    }
}

extension Target {
    /// A promise for one clock and severity, counted on a calendar.
    init(
        _ clock: ClockKind, _ severity: Severity, _ promise: Promise, on calendar: String, channel: Channel? = nil,
        level: Int? = nil, clause: String
    ) {
        self.init(
            clock, severity: severity, channel: channel, level: level, amount: promise.amount, unit: promise.unit,
            calendar: calendar, isStrict: promise.isStrict, id: clause)
    }
}

extension Channel {
    /// The web: the portal's or the product's own form.
    static let portal: Channel = "portal"
    static let mail: Channel = "mail"
    static let phone: Channel = "phone"
    static let chat: Channel = "chat"
    /// In person.
    static let visit: Channel = "visit"
}
