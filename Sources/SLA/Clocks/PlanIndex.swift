// A plan with numbers for its names, so that evaluating a ticket compares no texts and copies no references.

/// What is looked up in a plan while a ticket is evaluated.
struct PlanIndex: Sendable {
    /// For each clock its targets, the most specific first, those alike as listed.
    private let targets: [[IndexedTarget]]
    /// For each clock its steps, by percentage, then as listed.
    private let steps: [[IndexedStep]]
    /// The names behind `IndexedTarget.calendar`.
    let calendars: [String]
    private let severities: [Severity: Int]
    private let channels: [Channel: Int]

    /// The number of a name that the plan does not know.
    static let unknown = -1

    init(_ targets: [Target], _ steps: [Step]) {
        var severities: [Severity: Int] = [:]
        var channels: [Channel: Int] = [:]
        var calendars: [String: Int] = [:]
        // Severities of steps come first, so that their numbers fit the bits of a mask.
        let indexedSteps = steps.enumerated().map { index, step in
            IndexedStep(index, step, severities: step.severities?.map { severities.number($0) })
        }
        let indexedTargets = targets.enumerated().map { index, target in
            IndexedTarget(
                index, target, severity: severities.number(target.severity),
                channel: target.channel.map { channels.number($0) }, calendar: calendars.number(target.calendar))
        }
        self.targets = ClockKind.allCases.map { clock in
            indexedTargets.filter { targets[$0.index].clock == clock }
                .sorted { ($1.rank, $0.index) < ($0.rank, $1.index) }
        }
        self.steps = ClockKind.allCases.map { clock in
            indexedSteps.filter { steps[$0.index].clock == clock }
                .sorted { ($0.percent, $0.index) < ($1.percent, $1.index) }
        }
        self.severities = severities
        self.channels = channels
        self.calendars = calendars.sorted { $0.value < $1.value }.map(\.key)
    }

    func number(of severity: Severity) -> Int { severities[severity] ?? Self.unknown }

    func number(of channel: Channel) -> Int { channels[channel] ?? Self.unknown }

    /// The most specific target for a clock, and of two alike the first listed. Severity and channel by their numbers.
    func target(for clock: ClockKind, severity: Int, channel: Int, level: Int) -> IndexedTarget? {
        targets[clock.position].first {
            $0.severity == severity && ($0.channel == nil || $0.channel == channel)
                && ($0.level == nil || $0.level == level)
        }
    }

    /// A clock's steps, by percentage, then as listed.
    func steps(of clock: ClockKind) -> [IndexedStep] { steps[clock.position] }
}

extension Dictionary where Value == Int {
    /// The number of a name, given out at its first mention.
    fileprivate mutating func number(_ key: Key) -> Int {
        if let known = self[key] { return known }
        self[key] = count
        return count - 1
    }
}

/// A target without its texts.
struct IndexedTarget: Sendable {
    /// Its position in the plan.
    let index: Int
    let severity: Int
    let channel: Int?
    let level: Int?
    let amount: Int
    let unit: TargetUnit
    let dayRule: DayRule
    /// The number of its calendar; nothing for elapsed units, which count every second.
    let calendar: Int?
    let isStrict: Bool
    /// The statuses in which a run under this target does not count.
    let stillIn: StatusSet

    init(_ index: Int, _ target: Target, severity: Int, channel: Int?, calendar: Int) {
        self.index = index
        self.severity = severity
        self.channel = channel
        level = target.level
        amount = target.amount
        unit = target.unit
        dayRule = target.dayRule
        self.calendar = target.unit == .hours || target.unit == .minutes ? nil : calendar
        isStrict = target.isStrict
        stillIn = (target.pausedBy ?? target.clock.defaultPausedBy).union(target.clock.neverCountsIn)
    }

    /// How specific it is: level and channel before channel before level before severity alone.
    var rank: Int { (channel == nil ? 0 : 2) + (level == nil ? 0 : 1) }

    /// The seconds of its calendar that a run from an instant on may consume.
    func budget(from start: Instant, on calendar: Calendar) throws(SLAError) -> Int {
        switch unit {
        case .businessHours, .hours: amount * 3600
        case .businessMinutes, .minutes: amount * 60
        case .businessDays: calendar.between(start, try calendar.addBusinessDays(start, amount, dayRule))
        case .calendarDays: calendar.between(start, try calendar.addCalendarDays(start, amount))
        }
    }
}

/// A step without its texts.
struct IndexedStep: Sendable {
    /// Its position in the plan.
    let index: Int
    let percent: Int
    /// A bit for each severity number.
    private let severities: UInt64
    private let isForAll: Bool

    init(_ index: Int, _ step: Step, severities: [Int]?) {
        self.index = index
        percent = step.percent
        isForAll = severities == nil
        self.severities = (severities ?? []).reduce(0) { $0 | (1 as UInt64) << UInt64($1) }
    }

    func matches(_ severity: Int) -> Bool {
        isForAll || 0..<64 ~= severity && severities & (1 as UInt64) << UInt64(severity) != 0
    }

    /// The consumption at which it fires.
    func threshold(of budget: Int) -> Int { (budget * percent + 99) / 100 }
}
