// How customers reach support, and at which hours somebody attends.

internal import HTTP
internal import Markup
internal import SLA
internal import SQL

struct SupportSettings: SettingsSection {
    var channels: [Provider.Channel]
    var openings: [Provider.Opening]
    /// Whose rules hold for a channel of which nothing is said.
    let contract: String

    static let part = SettingsPart.support
    static let mostChannels = 8

    static func read(_ connection: Connection) throws -> SupportSettings {
        SupportSettings(try connection.provider())
    }

    init(_ provider: Provider) {
        channels = provider.channels
        openings = provider.openings
        contract = provider.contract
    }

    func write(_ connection: Connection) throws {
        try connection.keep(channels)
        try connection.keep(openings)
    }

    func lines(_ words: Words) -> [SettingsLine] {
        let channels = channels.enumerated().map { index, channel in
            let parts = [
                words.text("settings.channel.\(channel.kind.rawValue)"), channel.address, channel.hours ?? "",
                channel.isOfficial(under: contract) ? words.text("settings.official") : "",
            ]
            return SettingsLine(
                label: words.text("settings.channel", ["number": .number(index + 1)]),
                value: parts.filter { !$0.isEmpty }.joined(separator: ", "))
        }
        let hours = openings.isEmpty ? words.text("settings.noHours") : words.hours(openings)
        return channels + [SettingsLine(label: words.text("settings.hours"), value: hours)]
    }
}

extension Provider.Channel {
    private func agreed(_ contract: String) -> ContractChannel? {
        Contract.named(contract)?.channels.first { $0.channel.rawValue == kind.rawValue }
    }

    /// Whether an answer through it binds the provider.
    func isOfficial(under contract: String) -> Bool { isOfficial ?? agreed(contract)?.isOfficial ?? true }

    /// When somebody answers: in an admin's words, else the hours that the contract names for it; else nothing.
    func hours(under contract: String, _ words: Words) -> String {
        if let hours { return hours }
        guard let contract = Contract.named(contract), let key = agreed(contract.key)?.hours,
            let calendar = contract.calendar(key)
        else { return "" }
        return words.hours(calendar.openings).capitalizedFirst
    }
}

// MARK: The form

extension SupportSettings {
    static func show(_ visit: Visit, _ request: Request) throws(Refusal) -> Response {
        let settings = SupportSettings(try visit.tenantDesk().provider)
        var values: [String: String] = [:]
        for (index, channel) in settings.channels.enumerated() {
            values["kind-\(index)"] = channel.kind.rawValue
            values["address-\(index)"] = channel.address
            values["hours-\(index)"] = channel.hours ?? ""
            values["official-\(index)"] = channel.isOfficial(under: settings.contract) ? "on" : ""
        }
        for day in 1...7 { values["day-\(day)"] = WeekdayHours(settings.openings, day).text }
        return try page(visit, FormDraft(values), rows: settings.channels.count + 2)
    }

    static func update(_ visit: Visit, _ request: Request) throws(Refusal) -> Submission {
        guard case .form(let form) = request.body else { throw .forbidden }
        let rows = (0..<mostChannels).last { form["kind-\($0)"] != nil }.map { $0 + 1 } ?? 0
        var sent = SentForm(form, (0..<rows).flatMap(channelSpecs) + daySpecs, visit.words)
        var settings = SupportSettings(try visit.tenantDesk().provider)
        settings.channels = channels(&sent, rows, settings, visit.words)
        settings.openings = openings(&sent, visit.words)
        let draft = FormDraft(sent)
        guard sent.faults.isEmpty else {
            return .answer(try page(visit, draft, rows: rows, version: form.carried("version")))
        }
        return try visit.keep(settings, form, field: "kind-0") { faults in
            var draft = draft
            draft.faults = faults
            return try? page(visit, draft, rows: rows)
        }
    }

    private static func channels(
        _ sent: inout SentForm, _ rows: Int, _ settings: SupportSettings, _ words: Words
    ) -> [Provider.Channel] {
        let country: Country = Contract.named(settings.contract)?.country ?? .mexico
        var channels: [Provider.Channel] = []
        for row in 0..<rows {
            guard let kind = Provider.Channel.Kind(rawValue: sent["kind-\(row)"]) else { continue }
            var address = ""
            switch kind {
            case .portal, .chat: break
            case .mail:
                do throws(EmailFault) { address = try EmailAddress(reading: sent["address-\(row)"]).text } catch {
                    sent.fault("address-\(row)", text: error.sentence(in: words))
                }
            case .phone where sent["address-\(row)"].isEmpty: break
            case .phone:
                do throws(PhoneFault) {
                    address = try PhoneNumber(sent["address-\(row)"], in: country).display
                } catch { sent.fault("address-\(row)", text: error.sentence(in: words)) }
            }
            if sent.faults["address-\(row)"].isEmpty,
                channels.contains(where: { $0.kind == kind && $0.address == address })
            {
                sent.fault("kind-\(row)", "settings.fault.sameChannel")
            }
            channels.append(
                Provider.Channel(
                    kind: kind, address: address, hours: sent.optional("hours-\(row)"),
                    isOfficial: sent.isTicked("official-\(row)")))
        }
        if channels.isEmpty { sent.fault("kind-0", "settings.fault.noChannel") }
        return channels
    }

    private static func openings(_ sent: inout SentForm, _ words: Words) -> [Provider.Opening] {
        var openings: [Provider.Opening] = []
        for day in 1...7 where sent.isGood("day-\(day)") {
            if let hours = WeekdayHours(sent["day-\(day)"]) {
                openings += hours.openings(on: day)
            } else {
                sent.fault("day-\(day)", "settings.fault.hours", ["day": .text(words.text("settings.day\(day)"))])
            }
        }
        return openings
    }

    private static func channelSpecs(_ row: Int) -> [FieldSpec] {
        [
            .select("kind-\(row)", "settings.channel.kind", isOptional: true),
            .line("address-\(row)", "settings.channel.address", upTo: 254, isOptional: true, hasHint: true),
            .line("hours-\(row)", "settings.channel.hours", upTo: 120, isOptional: true, hasHint: true),
            .tick("official-\(row)", "settings.channel.official", hasHint: true),
        ]
    }

    private static let daySpecs = (1...7).map { day in
        FieldSpec.line("day-\(day)", "settings.day\(day)", upTo: 80, isOptional: true, isShort: true)
    }

    /// - Parameter version: That of a form which is shown again; nil for what is so now.
    private static func page(
        _ visit: Visit, _ draft: FormDraft, rows: Int, version: String? = nil
    ) throws(Refusal) -> Response {
        let words = visit.words
        let desk = try visit.tenantDesk()
        let rows = min(max(rows, 1), mostChannels)
        var draft = draft
        let kinds =
            [FieldOption(value: "", label: words.text("settings.channel.none"))]
            + Provider.Channel.Kind.allCases.map { kind in
                FieldOption(value: kind.rawValue, label: words.text("settings.channel.\(kind.rawValue)"))
            }
        for row in 0..<rows { draft.options["kind-\(row)"] = kinds }
        let groups = (0..<rows).map { row in
            SettingsFormPage.Group(
                title: draft["kind-\(row)"].isEmpty
                    ? words.text("settings.channel.add") : words.text("settings.channel", ["number": .number(row + 1)]),
                fields: draft.fields(channelSpecs(row), words), folded: summary(of: row, draft, words))
        }
        let week = SettingsFormPage.Group(
            title: words.text("settings.week"), fields: draft.fields(daySpecs, words),
            lead: words.text("settings.week.hint"), isGrid: true)
        return visit.settingsForm(
            part, version: version ?? SupportSettings(desk.provider).stamp(visit.site), groups + [week],
            draft.faults)
    }

    /// What a channel is, in a line: `Correo, soporte@proware.example`.
    private static func summary(of row: Int, _ draft: FormDraft, _ words: Words) -> String {
        let kind = Provider.Channel.Kind(rawValue: draft["kind-\(row)"])
        let parts = [kind.map { words.text("settings.channel.\($0.rawValue)") } ?? "", draft["address-\(row)"]]
        return parts.filter { !$0.isEmpty }.joined(separator: ", ")
    }
}

/// The hours of one weekday as an admin writes them: `9:00-13:00, 14:00-18:00`, at most to `24:00`.
struct WeekdayHours: Equatable {
    let stretches: [Range<Int>]

    init(_ openings: [Provider.Opening], _ day: Int) {
        stretches = openings.filter { $0.weekday == day }.map { $0.opens..<$0.closes }
    }

    /// Nil for what is no hours, for hours that end before they begin, and for some that lie over each other.
    init?(_ text: String) {
        var stretches: [Range<Int>] = []
        for part in text.split(separator: ",") {
            let times = part.split(omittingEmptySubsequences: false, whereSeparator: { "-–—".contains($0) }).map(
                Self.minute)
            guard times.count == 2, let opens = times[0], let closes = times[1], opens < closes,
                opens >= stretches.last?.upperBound ?? 0
            else { return nil }
            stretches.append(opens..<closes)
        }
        guard !stretches.isEmpty else { return nil }
        self.stretches = stretches
    }

    var text: String {
        stretches.map { Language.es.time(minute: $0.lowerBound) + "-" + Language.es.time(minute: $0.upperBound) }
            .joined(separator: ", ")
    }

    func openings(on day: Int) -> [Provider.Opening] {
        stretches.map { Provider.Opening(weekday: day, opens: $0.lowerBound, closes: $0.upperBound) }
    }

    /// Minutes of the day: `9`, `9:00`, `09:30`, `24:00`.
    private static func minute(_ text: Substring) -> Int? {
        let parts = text.filter { $0 != " " }.split(separator: ":", omittingEmptySubsequences: false)
        guard (1...2).contains(parts.count), parts.allSatisfy({ (1...2).contains($0.utf8.count) }),
            parts.allSatisfy({ $0.utf8.allSatisfy { 0x30...0x39 ~= $0 } }), let hour = Int(parts[0]),
            let minute = parts.count == 2 ? Int(parts[1]) : 0, parts.count == 1 || parts[1].utf8.count == 2,
            minute < 60, hour * 60 + minute <= 1440
        else { return nil }
        return hour * 60 + minute
    }
}
