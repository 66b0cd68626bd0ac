// How long people stay in, how old passwords get, and who needs a second step.

internal import HTTP
internal import Markup
internal import SQL

struct AccessSettings: SettingsSection {
    var policy: AccessPolicy

    static let part = SettingsPart.access
    static let roles = ["customer", "technician", "admin"]

    static func read(_ connection: Connection) throws -> AccessSettings {
        AccessSettings(policy: try connection.accessPolicy())
    }

    func write(_ connection: Connection) throws { try connection.keep(policy) }

    func lines(_ words: Words) -> [SettingsLine] {
        let roles = Self.roles.filter(policy.twoStepRoles.contains).map { words.text("settings.role.\($0)") }
        return [
            SettingsLine(label: words.text("settings.idle"), value: String(policy.idleMinutes)),
            SettingsLine(label: words.text("settings.longest"), value: String(policy.longestHours)),
            SettingsLine(
                label: words.text("settings.passwordDays"),
                value: policy.passwordDays.map { String($0) } ?? words.text("settings.never")),
            SettingsLine(
                label: words.text("settings.twoStep"),
                value: roles.isEmpty ? words.text("settings.nobody") : roles.joined(separator: ", ")),
        ]
    }

    // MARK: The form

    private static let specs: [FieldSpec] = [
        .number("idle", "settings.idle", hasHint: true),
        .number("longest", "settings.longest", hasHint: true),
        .number("passwordDays", "settings.passwordDays", isOptional: true, hasHint: true),
        .choices("twoStep", "settings.twoStep", hasHint: true),
    ]
    private static let confirmation = FieldSpec.tick("confirm", "settings.confirm")

    static func show(_ visit: Visit, _ request: Request) throws(Refusal) -> Response {
        let policy = try visit.tenantDesk().policy
        var draft = FormDraft(
            [
                "idle": String(policy.idleMinutes), "longest": String(policy.longestHours),
                "passwordDays": policy.passwordDays.map { String($0) } ?? "",
            ], options: options(visit.words))
        draft.values["twoStep"] = roles.filter(policy.twoStepRoles.contains)
        return try page(visit, draft, asksAgain: false)
    }

    static func update(_ visit: Visit, _ request: Request) throws(Refusal) -> Submission {
        guard case .form(let form) = request.body else { throw .forbidden }
        var sent = SentForm(form, specs + [confirmation], visit.words)
        let settings = read(&sent)
        let asksAgain = sent.faults.isEmpty ? try sendsAway(settings.policy, visit) : false
        if asksAgain, !sent.isTicked("confirm") { sent.fault("confirm", "settings.fault.confirm") }
        let draft = FormDraft(sent, options: options(visit.words))
        guard sent.faults.isEmpty else {
            return .answer(try page(visit, draft, asksAgain: asksAgain, version: form.carried("version")))
        }
        return try visit.keep(settings, form, field: "idle") { faults in
            var draft = draft
            draft.faults = faults
            return try? page(visit, draft, asksAgain: asksAgain)
        }
    }

    private static func read(_ sent: inout SentForm) -> AccessSettings {
        var policy = AccessPolicy()
        policy.idleMinutes = number("idle", in: AccessPolicy.idleRange, &sent)
        policy.longestHours = number("longest", in: AccessPolicy.longestRange, &sent)
        policy.passwordDays =
            sent.isGood("passwordDays") ? number("passwordDays", in: AccessPolicy.passwordRange, &sent) : nil
        policy.twoStepRoles = Set(sent.all("twoStep").filter(roles.contains))
        if sent.faults.isEmpty, policy.idleMinutes > policy.longestHours * 60 {
            sent.fault("longest", "settings.fault.longest")
        }
        return AccessSettings(policy: policy)
    }

    private static func number(_ field: String, in range: ClosedRange<Int>, _ sent: inout SentForm) -> Int {
        guard sent.isGood(field) else { return range.lowerBound }
        let text = sent[field]
        guard text.utf8.allSatisfy({ 0x30...0x39 ~= $0 }), let number = Int(text), range.contains(number) else {
            sent.fault(
                field, "settings.fault.number",
                ["least": .number(range.lowerBound), "most": .number(range.upperBound)])
            return range.lowerBound
        }
        return number
    }

    /// Whether whoever changes the policy would be sent to set something up before his next page.
    private static func sendsAway(_ policy: AccessPolicy, _ visit: Visit) throws(Refusal) -> Bool {
        let person = try visit.signedIn().person
        let desk = try visit.tenantDesk()
        guard let state = try desk.read({ try $0.accessState(of: person.id) }) else { return false }
        let standing = policy.standing(
            needsCode: false, role: person.role, passwordAt: state.passwordAt, hasTwoStep: state.hasTwoStep,
            at: visit.now)
        return standing != .complete
    }

    private static func page(
        _ visit: Visit, _ draft: FormDraft, asksAgain: Bool, version: String? = nil
    ) throws(Refusal) -> Response {
        let desk = try visit.tenantDesk()
        let specs = asksAgain ? specs + [confirmation] : specs
        return visit.settingsForm(
            part, version: version ?? AccessSettings(policy: desk.policy).stamp(visit.site),
            [SettingsFormPage.Group(title: "", fields: draft.fields(specs, visit.words))], draft.faults,
            notices(desk, visit.words))
    }

    /// What the contract asks for, where it asks for something.
    private static func notices(_ desk: Desk, _ words: Words) -> [SettingsFrame.Notice] {
        guard let policies = Contract.named(desk.provider.contract)?.policies else { return [] }
        let parts = [
            policies.idleMinutes.map { words.text("settings.contract.idle", ["count": .number($0)]) },
            policies.passwordDays.map { words.text("settings.contract.password", ["count": .number($0)]) },
        ].compactMap { $0 }
        guard !parts.isEmpty else { return [] }
        return [
            SettingsFrame.Notice(
                kind: "act", icon: "file",
                title: words.text("settings.contract", ["clause": .text(policies.clause)]),
                text: parts.joined(separator: "; ") + ".")
        ]
    }

    private static func options(_ words: Words) -> [String: [FieldOption]] {
        ["twoStep": roles.map { FieldOption(value: $0, label: words.text("settings.role.\($0)")) }]
    }
}
