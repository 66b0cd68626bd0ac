// What a contract makes of outages and maintenance: the same ledger gives each contract its own figure.

/// How a contract counts.
public struct AvailabilityPolicy: Hashable, Sendable {
    /// Whether planned maintenance counts as downtime like anything else.
    public var maintenanceCounts: Bool
    /// Causes whose outages are not held against the provider.
    public var excludedCauses: Set<Cause>
    /// How long before its start a window must have been announced.
    public var noticeMinutes: Int
    /// The channels on which it must have been; none means that one announcement anywhere is enough.
    public var mandatoryChannels: Set<String>

    /// Two days: our choice where a contract does not say.
    public static let defaultNoticeMinutes = 2880

    public init(
        maintenanceCounts: Bool = false, excludedCauses: Set<Cause> = [],
        noticeMinutes: Int = AvailabilityPolicy.defaultNoticeMinutes, mandatoryChannels: Set<String> = []
    ) {
        self.maintenanceCounts = maintenanceCounts
        self.excludedCauses = excludedCauses
        self.noticeMinutes = noticeMinutes
        self.mandatoryChannels = mandatoryChannels
    }
}

/// A promised availability in percent, exactly as the contract writes it.
public struct AvailabilityTarget: Hashable, Sendable, CustomStringConvertible {
    /// Percent times `scale`.
    private let numerator: Int
    private let scale: Int
    public let description: String

    /// From `99`, `99.3` or `99.30093`: 0 to 100 with at most eight decimals.
    public init?(_ text: String) {
        var numerator = 0
        var scale = 0
        var digits = 0
        for byte in text.utf8 {
            if byte == UInt8(ascii: "."), scale == 0, digits > 0 {
                scale = 1
                continue
            }
            guard 0x30...0x39 ~= byte, digits < 11, scale < 100_000_000 else { return nil }
            numerator = numerator * 10 + Int(byte - 0x30)
            scale *= 10
            digits += 1
        }
        guard digits > 0, scale != 1 else { return nil }
        scale = max(scale, 1)
        guard numerator <= 100 * scale else { return nil }
        self.numerator = numerator
        self.scale = scale
        description = text
    }

    /// Whether so much downtime in so many minutes keeps the promise. Decided on integers, never on a rounded figure.
    public func isMet(downtime: Int, of minutes: Int) -> Bool {
        (minutes - downtime) * 100 * scale >= numerator * minutes
    }

    /// The most downtime that keeps the promise, in whole minutes.
    public func allowedDowntime(of minutes: Int) -> Int {
        minutes * (100 * scale - numerator) / (100 * scale)
    }
}
