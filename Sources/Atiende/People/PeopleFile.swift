// People as a table in a file: its columns, what is wrong with each row, and the same table written.

internal import Markup
internal import SLA
internal import SQL

/// A column: the same in both directions. Headers are taken in Spanish and in English.
enum PeopleColumn: String, CaseIterable, Sendable {
    case name
    case email
    case role
    case level
    case lead
    case organizations
    case manages
    case phone
    case language
    case timeZone
    case speaks
    case skills
    /// Written, and not taken in: nobody is let in by a file who waits for an approval.
    case waits
    /// Written, and not taken in: an imported account begins as an invitation.
    case state
    case lastSeen

    static let mandatory: [PeopleColumn] = [.name, .email]

    func header(_ language: Language) -> String { language == .es ? headers.spanish : headers.english }

    private var headers: Phrase {
        switch self {
        case .name: Phrase("nombre", "name")
        case .email: Phrase("correo", "email")
        case .role: Phrase("función", "role")
        case .level: Phrase("nivel", "level")
        case .lead: Phrase("líder", "lead")
        case .organizations: Phrase("organizaciones", "organizations")
        case .manages: Phrase("administra", "manages")
        case .phone: Phrase("teléfono", "phone")
        case .language: Phrase("idioma", "language")
        case .timeZone: Phrase("zona horaria", "time zone")
        case .speaks: Phrase("atiende en", "speaks")
        case .skills: Phrase("sabe de", "skills")
        case .waits: Phrase("por aprobar en", "to be approved in")
        case .state: Phrase("estado", "state")
        case .lastSeen: Phrase("última vez", "last seen")
        }
    }

    /// Nil for a header that is none of these.
    init?(header: String) {
        let folded = header.trimmingSpaces.folded
        let found = Self.allCases.first { column in
            column.headers.spanish.folded == folded || column.headers.english.folded == folded
        }
        guard let found else { return nil }
        self = found
    }
}

/// A row that was found good.
struct ImportedPerson: Sendable, Equatable {
    let draft: PersonDraft
    let organizations: [Belonging]

    struct Belonging: Sendable, Equatable {
        let organization: Organization.ID
        let isManager: Bool
    }
}

/// Reads a table of people, row by row, against what the desk has.
struct PeopleFile: Sendable {
    /// Between several values of one field.
    static let separator: Character = "|"
    static let limits = CSV.Limits(rows: 20_000, columns: 32, field: 2_000)

    let rules: PersonForm
    private var words: Words { rules.visit.words }

    typealias Outcome = ImportOutcome<ImportedPerson>

    /// - Parameter connection: Of the desk; only read.
    func read(_ bytes: [UInt8], _ connection: Connection) throws -> Outcome {
        var outcome = Outcome()
        let rows: [CSV.Row]
        do throws(CSVFault) {
            let table = try CSVReader.rows(of: bytes, limits: Self.limits)
            rows = table.rows
            outcome.isWindows = table.encoding == .windows1252
        } catch {
            outcome.faults = [ImportFault(row: error.row, column: "", text: error.sentence(in: words))]
            return outcome
        }
        guard let header = rows.first else { return outcome }
        let columns = columns(header, &outcome)
        if outcome.faults.isEmpty, rows.count == 1 {
            outcome.faults = [ImportFault(row: 1, column: "", text: words.text("people.import.fault.noRows"))]
        }
        guard outcome.faults.isEmpty else { return outcome }
        var reading = Reading()
        for row in rows.dropFirst() {
            var faults = RowFaults(row: row.number, words: words)
            let fields = fields(row, columns)
            if let person = try person(fields, &faults, &reading, connection), faults.list.isEmpty {
                outcome.items.append(person)
            }
            outcome.faults += faults.list
        }
        return outcome
    }

    private func columns(_ header: CSV.Row, _ outcome: inout Outcome) -> [PeopleColumn?] {
        let columns = header.fields.map { PeopleColumn(header: $0) }
        func fault(_ name: String, _ key: String) {
            outcome.faults.append(
                ImportFault(row: 1, column: name, text: words.text(key, ["column": .text(name)])))
        }
        for (index, column) in columns.enumerated() {
            let name = header.fields[index]
            guard let column else {
                fault(name, "people.import.fault.unknownColumn")
                continue
            }
            if columns[..<index].contains(column) { fault(name, "people.import.fault.twice") }
        }
        for column in PeopleColumn.mandatory where !columns.contains(column) {
            fault(column.header(words.language), "people.import.fault.missingColumn")
        }
        return columns
    }

    private func fields(_ row: CSV.Row, _ columns: [PeopleColumn?]) -> [PeopleColumn: String] {
        var fields: [PeopleColumn: String] = [:]
        for (index, column) in columns.enumerated() where index < row.fields.count {
            if let column { fields[column] = row.fields[index].trimmingSpaces }
        }
        return fields
    }

    /// What is remembered from row to row.
    private struct Reading {
        /// Where each address was seen first.
        var rows: [String: Int] = [:]
        var organizations: [String: Known] = [:]
        var zones: [String: Bool] = [:]
    }

    /// That a name was looked up, and what was found.
    private struct Known {
        let organization: Organization.ID?
    }

    /// What is wrong with one row.
    private struct RowFaults {
        let row: Int
        let words: Words
        private(set) var list: [ImportFault] = []

        init(row: Int, words: Words) {
            self.row = row
            self.words = words
        }

        mutating func add(_ column: PeopleColumn, _ text: String) {
            list.append(ImportFault(row: row, column: column.header(words.language), text: text))
        }
    }

    // MARK: A row

    private func person(
        _ fields: [PeopleColumn: String], _ faults: inout RowFaults, _ reading: inout Reading, _ connection: Connection
    ) throws -> ImportedPerson? {
        let role = role(fields, &faults)
        let name = name(fields, role, &faults)
        let email = try email(fields, &faults, &reading, connection)
        let phone = phone(fields, &faults)
        let language = code(fields[.language], .language, ["es", "en"], &faults)
        let zone = zone(fields, &faults, &reading)
        let speaks = several(fields[.speaks]).compactMap { code($0, .speaks, PersonForm.spoken, &faults) }
        let skills = skills(fields, &faults)
        let belongings = try belongings(fields, role, &faults, &reading, connection)
        guard let role, let name, let email, let phone else { return nil }
        let isTechnician = role.level != nil
        return ImportedPerson(
            draft: PersonDraft(
                email: email, name: name, role: role, isLead: isTechnician && isYes(fields[.lead], &faults),
                phone: phone, language: language, timeZone: zone, speaks: PersonForm.spoken.filter(speaks.contains),
                skills: isTechnician ? Set(skills).sorted() : []),
            organizations: belongings)
    }

    private func role(_ fields: [PeopleColumn: String], _ faults: inout RowFaults) -> Person.Role? {
        let text = fields[.role] ?? ""
        let named = PersonFilter.roles.first { role in
            text.folded == role || ["people.role." + role].contains { isWord(text, $0) }
        }
        guard let name = text.isEmpty ? "customer" : named else {
            faults.add(.role, words.text("people.import.fault.role"))
            return nil
        }
        let level = fields[.level] ?? ""
        guard name == "technician" else {
            if !level.isEmpty { faults.add(.level, words.text("people.import.fault.levelOfOther")) }
            return Person.Role(name, level: nil)
        }
        let role = Person.Role(name, level: Int(level))
        if role == nil { faults.add(.level, words.text("people.fault.level")) }
        return role
    }

    /// Whether a text is that word in either language.
    private func isWord(_ text: String, _ key: String) -> Bool {
        let templates = rules.visit.site.templates
        return [Language.es, .en].contains { templates.words(in: $0).text(key).folded == text.folded }
    }

    private func name(
        _ fields: [PeopleColumn: String], _ role: Person.Role?, _ faults: inout RowFaults
    ) -> String? {
        switch rules.name(fields[.name] ?? "", role) {
        case .success(let name): return name
        case .failure(let fault):
            faults.add(.name, fault.sentence(in: words))
            return nil
        }
    }

    private func email(
        _ fields: [PeopleColumn: String], _ faults: inout RowFaults, _ reading: inout Reading, _ connection: Connection
    ) throws -> String? {
        let email: String
        do throws(EmailFault) {
            email = try EmailAddress(reading: fields[.email] ?? "").text
        } catch {
            faults.add(.email, error.sentence(in: words))
            return nil
        }
        if let first = reading.rows[email] {
            faults.add(.email, words.text("people.import.fault.double", ["row": .number(first)]))
            return nil
        }
        reading.rows[email] = faults.row
        guard try !connection.hasPerson(email: email) else {
            faults.add(.email, words.text("people.fault.taken"))
            return nil
        }
        return email
    }

    private func phone(_ fields: [PeopleColumn: String], _ faults: inout RowFaults) -> String? {
        guard let text = fields[.phone], !text.isEmpty else { return "" }
        switch rules.phone(text) {
        case .success(let phone): return phone
        case .failure(let fault):
            faults.add(.phone, fault.sentence(in: words))
            return nil
        }
    }

    private func zone(
        _ fields: [PeopleColumn: String], _ faults: inout RowFaults, _ reading: inout Reading
    ) -> String? {
        guard let name = fields[.timeZone], !name.isEmpty else { return nil }
        // A name that exists is read from the disk once.
        let isKnown = reading.zones[name] ?? rules.visit.site.installation.zones.knows(name)
        reading.zones[name] = isKnown
        if !isKnown { faults.add(.timeZone, words.text("people.fault.timeZone")) }
        return isKnown ? name : nil
    }

    /// One of a few codes, also by its word.
    private func code(
        _ text: String?, _ column: PeopleColumn, _ codes: [String], _ faults: inout RowFaults
    ) -> String? {
        guard let text, !text.isEmpty else { return nil }
        let found = codes.first { text.folded == $0 || isWord(text, "people.language." + $0) }
        if found == nil {
            faults.add(
                column, words.text("people.import.fault.choice", ["choices": .text(codes.joined(separator: ", "))]))
        }
        return found
    }

    private func skills(_ fields: [PeopleColumn: String], _ faults: inout RowFaults) -> [String] {
        let kinds = rules.kinds
        return several(fields[.skills]).compactMap { text in
            let kind = kinds.first { kind in
                [kind.key, kind.name.spanish, kind.name.english].contains { $0.folded == text.folded }
            }
            if kind == nil {
                let names = kinds.map { $0.name.text(in: words.language) }.joined(separator: ", ")
                faults.add(.skills, words.text("people.import.fault.choice", ["choices": .text(names)]))
            }
            return kind?.key
        }
    }

    private func isYes(_ text: String?, _ faults: inout RowFaults) -> Bool {
        guard let text, !text.isEmpty else { return false }
        if ["si", "yes", "x", "1"].contains(text.folded) { return true }
        if !["no", "0"].contains(text.folded) { faults.add(.lead, words.text("people.import.fault.lead")) }
        return false
    }

    private func several(_ text: String?) -> [String] {
        Self.split(text ?? "").map(\.trimmingSpaces).filter { !$0.isEmpty }
    }

    // MARK: Several values

    /// Several values as one field; where one has the separator itself, a `\` stands before it.
    static func joined(_ values: [String]) -> String {
        values.map { value in
            value.replacing("\\", with: "\\\\").replacing("\(separator)", with: "\\\(separator)")
        }.joined(separator: " \(separator) ")
    }

    /// A `\` before anything but the separator and itself is one.
    private static func split(_ text: String) -> [String] {
        var values = [""]
        var rest = Substring(text)
        while let character = rest.popFirst() {
            if character == separator {
                values.append("")
            } else if character == "\\", let next = rest.first, next == separator || next == character {
                rest.removeFirst()
                values[values.count - 1].append(next)
            } else {
                values[values.count - 1].append(character)
            }
        }
        return values
    }

    private func belongings(
        _ fields: [PeopleColumn: String], _ role: Person.Role?, _ faults: inout RowFaults, _ reading: inout Reading,
        _ connection: Connection
    ) throws -> [ImportedPerson.Belonging] {
        var belongings: [ImportedPerson.Belonging] = []
        for (column, isManager) in [(PeopleColumn.manages, true), (.organizations, false)] {
            for text in several(fields[column]) {
                if reading.organizations[text] == nil {
                    reading.organizations[text] = Known(organization: try connection.organization(called: text)?.id)
                }
                let known = reading.organizations[text]?.organization
                guard let known, role == nil || role == .customer else {
                    let key = known == nil ? "people.fault.organization" : "people.fault.staffOrganization"
                    faults.add(column, "\(text): " + words.text(key))
                    continue
                }
                if !belongings.contains(where: { $0.organization == known }) {
                    belongings.append(ImportedPerson.Belonging(organization: known, isManager: isManager))
                }
            }
        }
        return belongings
    }
}
