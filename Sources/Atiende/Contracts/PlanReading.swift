// Reads the plans of a contract's document: targets, steps, availability.

internal import SLA

extension JSONReader {
    func contractPlan(_ names: ContractNames) -> ContractPlan? {
        allow(
            "key", "name", "modality", "hours", "channels", "answersBy", "features", "monthlyTickets", "availability",
            "mailCountsFrom", "targets", "steps", "requirement")
        let targets = targets(names)
        let steps = self["steps"].ifPresent?.steps(names) ?? []
        let channels = self["channels"].names(among: names.channels)
        let answersBy = self["answersBy"].names(among: names.channels)
        let features = self["features"].ifPresent?.list(atMost: 100).compactMap { $0.word(Feature.self) } ?? []
        let monthlyTickets = self["monthlyTickets"].ifPresent?.int(in: 1...1_000_000)
        let availability = self["availability"].ifPresent?.availability(names)
        let mailCountsFrom = self["mailCountsFrom"].ifPresent?.word(MailCountsFrom.self) ?? .received
        let modality = self["modality"].ifPresent?.text(atMost: 40) ?? ""
        guard let key = self["key"].key(), let name = self["name"].phrase(),
            let hours = self["hours"].name(among: names.calendars)
        else { return nil }
        return ContractPlan(
            key: key, name: name, modality: modality, hours: hours, channels: channels.map(Channel.init(rawValue:)),
            answersBy: answersBy.map(Channel.init(rawValue:)), targets: targets, steps: steps, features: features,
            monthlyTickets: monthlyTickets, availability: availability, mailCountsFrom: mailCountsFrom,
            clause: requirement())
    }

    private func availability(_ names: ContractNames) -> AvailabilityPromise? {
        allow(
            "percent", "maintenance", "excludedCauses", "noticeMinutes", "announcedOn", "serviceHours", "requirement")
        let causes = self["excludedCauses"].ifPresent?.list(atMost: 20).compactMap {
            $0.word([Cause.thirdParty.rawValue, Cause.customer.rawValue])
        }
        let policy = AvailabilityPolicy(
            maintenanceCounts: self["maintenance"].ifPresent?.word(["counts", "excluded"]) == "counts",
            excludedCauses: Set((causes ?? []).map(Cause.init(rawValue:))),
            noticeMinutes: self["noticeMinutes"].ifPresent?.int(in: 0...525_600)
                ?? AvailabilityPolicy.defaultNoticeMinutes,
            mandatoryChannels: Set(self["announcedOn"].ifPresent?.list(atMost: 20).compactMap { $0.key() } ?? []))
        let hours = self["serviceHours"].ifPresent?.name(among: names.calendars)
        let clause = requirement()
        return self["percent"].text("a percentage in quotes such as \"99.3\", 0 to 100") {
            AvailabilityPromise($0, policy: policy, serviceHours: hours, clause: clause)
        }
    }
}

// MARK: Targets

extension JSONReader {
    /// Two targets of which one could never win are a fault.
    private func targets(_ names: ContractNames) -> [Target] {
        var places: [Target.Place: Int] = [:]
        return self["targets"].list(atMost: 2_000).enumerated().compactMap { index, reader in
            guard let target = reader.target(names) else { return nil }
            if let before = places.updateValue(index, forKey: target.place) {
                reader.fault("is for the same clock, severity, channel and level as targets[\(before)]")
            }
            return target
        }
    }

    private func target(_ names: ContractNames) -> Target? {
        allow(
            "clock", "severity", "channel", "level", "amount", "unit", "dayRule", "calendar", "strict", "pausedBy",
            "requirement")
        let unit = self["unit"].word(TargetUnit.self)
        let amount = self["amount"].int(in: unit?.allowedAmounts ?? 1...Int.max)
        let channel = self["channel"].ifPresent?.name(among: names.channels)
        let level = self["level"].ifPresent?.level(among: names.levels)
        let dayRule = self["dayRule"].ifPresent?.word(DayRule.self)
        if dayRule != nil, let unit, unit != .businessDays { self["dayRule"].fault("is only for businessDays") }
        let isStrict = self["strict"].ifPresent?.bool() ?? false
        let pausedBy = self["pausedBy"].ifPresent?.statuses()
        let clock = self["clock"].word(ClockKind.self)
        let severity = self["severity"].name(among: names.severities)
        let calendar = self["calendar"].name(among: names.calendars)
        guard let clock, let severity, let amount, let unit, let calendar else { return nil }
        return Target(
            clock, severity: Severity(rawValue: severity), channel: channel.map(Channel.init(rawValue:)), level: level,
            amount: amount, unit: unit, dayRule: dayRule ?? .sameTime, calendar: calendar, isStrict: isStrict,
            pausedBy: pausedBy, id: requirement())
    }

    func statuses() -> StatusSet {
        list(atMost: 20).compactMap { $0.word(TicketStatus.self) }.reduce(into: []) { $0.formUnion(StatusSet($1)) }
    }
}

extension Target {
    /// What a target is for.
    struct Place: Hashable {
        let clock: ClockKind
        let severity: Severity
        let channel: Channel?
        let level: Int?
    }

    var place: Place { Place(clock: clock, severity: severity, channel: channel, level: level) }
}

// MARK: Steps

extension JSONReader {
    private func steps(_ names: ContractNames) -> [EscalationStep] {
        var counts: [ClockKind: Int] = [:]
        return list(atMost: Plan.mostSteps * ClockKind.allCases.count).compactMap { reader in
            guard let step = reader.step(names) else { return nil }
            counts[step.clock, default: 0] += 1
            if counts[step.clock] == Plan.mostSteps + 1 {
                reader.fault("is one too many: a clock has at most \(Plan.mostSteps) steps")
            }
            return step
        }
    }

    private func step(_ names: ContractNames) -> EscalationStep? {
        let kind = self["action"].word(["notify", "raiseLevel", "raiseSeverity", "note"])
        allow("clock", "percent", "severities", "action", kind == "note" ? "text" : "to", "requirement")
        let severities = self["severities"].ifPresent?.names(among: names.severities).map(Severity.init(rawValue:))
        let action: EscalationStep.Action? =
            switch kind {
            case "notify": self["to"].word(EscalationStep.Audience.self).map { .notify($0) }
            case "raiseLevel": self["to"].level(among: names.levels).map { .raiseLevel(to: $0) }
            case "raiseSeverity":
                self["to"].name(among: names.severities).map { .raiseSeverity(to: Severity(rawValue: $0)) }
            case "note": self["text"].text(atMost: 1_000).map { .note($0) }
            default: nil
            }
        let clock = self["clock"].word(ClockKind.self)
        guard let percent = self["percent"].int(in: 1...1000), let clock, let action else { return nil }
        return EscalationStep(clock, percent: percent, severities: severities, action, clause: requirement())
    }
}
