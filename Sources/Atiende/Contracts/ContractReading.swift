// Reads a contract's JSON document strictly: every fault with its path, unknown keys with the nearest right word.

internal import SLA

extension Contract {
    /// Reads what `json` writes, and what an admin made of it.
    /// - Parameter knowsZone: Whether there is a time zone of that name.
    static func read(_ document: JSON, knowsZone: (String) -> Bool) throws(JSONFaults) -> Contract {
        try JSONReader.read(document) { $0.contract(knowsZone) }
    }
}

/// What the parts of a contract may name.
struct ContractNames {
    var calendars: [String]
    var severities: [String]
    var channels: [String]
    var levels: [Int]
}

extension JSONReader {
    fileprivate func contract(_ knowsZone: (String) -> Bool) -> Contract? {
        allow(
            "contract", "version", "provider", "product", "country", "timeZone", "locale", "icon", "attention",
            "calendars", "channels", "kinds", "categories", "severities", "levels", "stages", "policies", "closing",
            "charge", "plans", "terms")
        let names = names()
        let zone = self["timeZone"].text("an IANA time zone such as America/Bogota") { knowsZone($0) ? $0 : nil }
        let calendars = self["calendars"].members(atMost: 50).map { $1.calendar(key: $0) }
        let channels = self["channels"].list(atLeast: 1, atMost: 50).map { $0.contractChannel(names) }
        let severities = self["severities"].unique("key", atMost: Plan.mostSeverities) { $0.severityDefinition() }
        let kinds = self["kinds"].unique("key") { $0.requestKind(names) }
        let categories = self["categories"].ifPresent?.unique("key") { $0.requestCategory(names) } ?? []
        let levels = self["levels"].unique("level") { $0.supportLevel() }
        let plans = self["plans"].unique("key") { $0.contractPlan(names) }
        guard let key = self["contract"].key(), let version = self["version"].int(in: 1...1_000_000),
            let provider = self["provider"].text(atMost: 120), let product = self["product"].phrase(),
            let country = self["country"].word(Country.self), let zone,
            let locale = self["locale"].word(["es-MX", "es-CO"]),
            let icon = self["icon"].key(), let attention = self["attention"].name(among: names.calendars)
        else { return nil }
        return Contract(
            key: key, provider: provider, version: version, product: product, country: country, timeZone: zone,
            locale: locale, icon: icon, attention: attention, calendars: calendars.compactMap { $0 },
            channels: channels.compactMap { $0 }, kinds: kinds, categories: categories, severities: severities,
            levels: levels,
            stages: self["stages"].ifPresent?.list(atMost: 50).compactMap { $0.stage() } ?? [],
            policies: self["policies"].ifPresent?.policies() ?? TenantPolicies(),
            closing: self["closing"].ifPresent?.closing() ?? ClosingRule(),
            charge: self["charge"].ifPresent?.charge(), plans: plans,
            terms: self["terms"].ifPresent?.list(atMost: 500).compactMap { $0.term() } ?? [])
    }

    private func names() -> ContractNames {
        var calendars: [String] = []
        if case .object(let object) = self["calendars"].json { calendars = object.members.map(\.key) }
        var channels: [String] = []
        for text in keys("channels", "channel") where !channels.contains(text) { channels.append(text) }
        return ContractNames(
            calendars: calendars, severities: keys("severities", "key"), channels: channels,
            levels: elements("levels").compactMap { if case .int(let level)? = $0["level"] { level } else { nil } })
    }

    private func elements(_ list: String) -> [JSON] {
        if case .array(let elements) = self[list].json { elements } else { [] }
    }

    private func keys(_ list: String, _ key: String) -> [String] { elements(list).compactMap { $0[key]?.text } }
}

// MARK: What all parts are made of

extension JSONReader {
    /// Letters, digits and hyphens: what may stand in addresses and in other documents.
    func key() -> String? {
        text("1 to 60 letters, digits or hyphens") { text in
            let isKey =
                1...60 ~= text.utf8.count
                && text.utf8.allSatisfy {
                    switch $0 {
                    case 0x30...0x39, 0x41...0x5A, 0x61...0x7A, 0x2D: true
                    default: false
                    }
                }
            return isKey ? text : nil
        }
    }

    /// A text, or one in each language.
    func phrase(atMost limit: Int = 1_000) -> Phrase? {
        guard case .object = json else { return text(atMost: limit).map { Phrase($0) } }
        allow("es", "en")
        guard let spanish = self["es"].text(atMost: limit), let english = self["en"].text(atMost: limit) else {
            return nil
        }
        return Phrase(spanish, english)
    }

    /// The clause, or empty.
    func requirement() -> String { self["requirement"].ifPresent?.text(atMost: 60) ?? "" }

    /// One of the names that the document defines. Where it defines none, that alone is a fault.
    func name(among names: [String]) -> String? { names.isEmpty ? text(atMost: 60) : word(names) }

    func names(among names: [String]) -> [String] { list(atMost: 100).compactMap { $0.name(among: names) } }

    /// One of the levels that the document defines.
    func level(among levels: [Int]) -> Int? {
        guard let level = int(in: 1...9) else { return nil }
        if levels.isEmpty || levels.contains(level) { return level }
        fault("must be one of the levels \(levels.map(String.init).joined(separator: ", "))")
        return nil
    }

    /// A list whose elements differ in one member.
    func unique<Value>(_ key: String, atMost limit: Int = 100, _ read: (JSONReader) -> Value?) -> [Value] {
        var seen = Set<JSON>()
        return list(atLeast: 1, atMost: limit).compactMap { element in
            if !seen.insert(element[key].json).inserted, element[key].ifPresent != nil {
                element[key].fault("is listed twice")
            }
            return read(element)
        }
    }
}

// MARK: Vocabulary

extension JSONReader {
    fileprivate func contractChannel(_ names: ContractNames) -> ContractChannel? {
        allow("channel", "name", "address", "hours", "official", "requirement")
        guard let channel = self["channel"].key(), let name = self["name"].phrase() else { return nil }
        return ContractChannel(
            channel: Channel(rawValue: channel), name: name,
            address: self["address"].ifPresent?.text(atMost: 200, mayBeEmpty: true) ?? "",
            hours: self["hours"].ifPresent?.name(among: names.calendars),
            isOfficial: self["official"].ifPresent?.bool() ?? true, clause: requirement())
    }

    fileprivate func requestCategory(_ names: ContractNames) -> RequestCategory? {
        allow("key", "name", "level", "skill", "requirement")
        guard let key = self["key"].key(), let name = self["name"].phrase() else { return nil }
        return RequestCategory(
            key: key, name: name, level: self["level"].ifPresent?.level(among: names.levels) ?? 1,
            skill: self["skill"].ifPresent?.key() ?? "", clause: requirement())
    }

    fileprivate func requestKind(_ names: ContractNames) -> RequestKind? {
        allow("key", "name", "severity", "level", "complaint", "charged", "requirement")
        guard let key = self["key"].key(), let name = self["name"].phrase() else { return nil }
        return RequestKind(
            key: key, name: name,
            severity: self["severity"].ifPresent?.name(among: names.severities).map(Severity.init(rawValue:)),
            level: self["level"].ifPresent?.level(among: names.levels) ?? 1,
            isComplaint: self["complaint"].ifPresent?.bool() ?? false,
            mayBeCharged: self["charged"].ifPresent?.bool() ?? false, clause: requirement())
    }

    fileprivate func severityDefinition() -> SeverityDefinition? {
        allow("key", "name", "definition", "requirement")
        guard let key = self["key"].key(), let name = self["name"].phrase(),
            let definition = self["definition"].phrase()
        else { return nil }
        return SeverityDefinition(
            severity: Severity(rawValue: key), name: name, definition: definition, clause: requirement())
    }

    fileprivate func supportLevel() -> SupportLevel? {
        allow("level", "name", "duty", "requirement")
        guard let level = self["level"].int(in: 1...9), let name = self["name"].phrase(),
            let duty = self["duty"].phrase()
        else { return nil }
        return SupportLevel(level: level, name: name, duty: duty, clause: requirement())
    }

    fileprivate func stage() -> Stage? {
        allow("fact", "name", "requirement")
        guard let fact = self["fact"].word(Stage.Fact.self), let name = self["name"].phrase() else { return nil }
        return Stage(fact: fact, name: name, clause: requirement())
    }

    fileprivate func closing() -> ClosingRule {
        allow("afterBusinessDays", "requirement")
        let clause = requirement()
        return ClosingRule(
            days: self["afterBusinessDays"].int(in: 1...365) ?? ClosingRule().days,
            clause: clause == Agreement.ours ? "" : clause)
    }

    fileprivate func policies() -> TenantPolicies {
        allow("passwordDays", "idleMinutes", "requirement")
        return TenantPolicies(
            passwordDays: self["passwordDays"].ifPresent?.int(in: 1...3_650),
            idleMinutes: self["idleMinutes"].ifPresent?.int(in: 1...10_080), clause: requirement())
    }

    fileprivate func charge() -> ChargeRate? {
        allow("currency", "firstHour", "furtherHour", "causes", "requirement")
        let causes = self["causes"].list(atMost: 100).compactMap { $0.phrase() }
        let currency = self["currency"].text("three capital letters such as USD") { text in
            text.utf8.count == 3 && text.utf8.allSatisfy { 0x41...0x5A ~= $0 } ? text : nil
        }
        guard let currency, let first = self["firstHour"].money(), let further = self["furtherHour"].money() else {
            return nil
        }
        return ChargeRate(
            currency: currency, firstHour: first, furtherHour: further, causes: causes, clause: requirement())
    }

    /// `65.00` in hundredths.
    private func money() -> Int? {
        text("an amount with two decimals such as 65.00") { text in
            let bytes = Array(text.utf8)
            guard 4...12 ~= bytes.count, bytes[bytes.count - 3] == UInt8(ascii: ".") else { return nil }
            let digits = bytes.dropLast(3) + bytes.suffix(2)
            guard digits.allSatisfy({ 0x30...0x39 ~= $0 }) else { return nil }
            let amount = digits.reduce(0) { $0 * 10 + Int($1 - 0x30) }
            // `065.00` would not be written back as it was read.
            return ChargeRate.text(amount) == text ? amount : nil
        }
    }

    fileprivate func term() -> Term? {
        allow("requirement", "text")
        return self["text"].text(atMost: 4_000).map { Term(clause: requirement(), text: $0) }
    }
}
