// The service-level agreement of a contract, in Spanish, from the values that the engine counts with: the published
// text and the clocks cannot differ. Written for terminals in AgreementText.swift, for paper in AgreementHTML.swift.

internal import SLA

/// A document of headings, paragraphs and tables.
struct Agreement: Sendable, Equatable {
    var title: String
    var locale: String
    var blocks: [Block]

    enum Block: Sendable, Equatable {
        case heading(String)
        /// A part of what the last heading began.
        case subheading(String)
        case paragraph(String)
        case formula(String)
        case list([String])
        case table(Table)
    }

    struct Table: Sendable, Equatable {
        var header: [String]
        var rows: [[String]]
        /// The columns whose words stay on one line.
        var unbroken: Set<Int> = []
    }

    /// What stands where the source names no clause.
    static let ours = "propio"

    /// Holidays are listed for two years, from `year` on.
    init(_ contract: Contract, year: Int) {
        title = "Acuerdo de nivel de servicio · \(contract.provider)"
        locale = contract.locale
        let writer = AgreementWriter(contract: contract, year: year)
        blocks = writer.blocks
    }
}

/// Writes the sections of an agreement.
struct AgreementWriter {
    let contract: Contract
    let year: Int

    typealias Block = Agreement.Block
    typealias Table = Agreement.Table

    var blocks: [Block] {
        introduction + hours + holidays + channels + kinds + categories + severities + levels + stages + plans
            + promises + clocks + closing + availability + charge + accounts + terms
    }

    private var introduction: [Block] {
        let country = contract.country == .mexico ? "México" : "Colombia"
        return [
            .paragraph(
                "\(contract.product.spanish). \(country), zona horaria \(contract.timeZone). "
                    + "Versión \(contract.version) del documento."),
            .paragraph(
                "La columna «Requisito» nombra la cláusula de la que viene cada regla; «\(Agreement.ours)» señala lo que "
                    + "el contrato no dice y decidió el proveedor."),
        ]
    }

    static func clause(_ clause: String) -> String { clause.isEmpty ? Agreement.ours : clause }

    func calendarName(_ key: String) -> String { contract.calendar(key)?.name.spanish ?? key }

    func severityName(_ severity: Severity) -> String {
        contract.severity(severity)?.name.spanish ?? severity.rawValue
    }

    func channelName(_ channel: Channel) -> String { AgreementWords.channel(channel) }

    // MARK: When and how

    private var hours: [Block] {
        let rows = contract.calendars.map { calendar in
            [
                calendar.name.spanish, AgreementWords.week(calendar),
                AgreementWords.holidays(calendar), Self.clause(calendar.clause),
            ]
        }
        let exceptions = contract.calendars.flatMap { calendar in
            calendar.exceptions.sorted { $0.key < $1.key }.map { date, hours in
                "\(calendar.name.spanish), \(AgreementWords.date(date)): "
                    + (hours.isEmpty ? "cerrado" : hours.map { "\($0)" }.joined(separator: ", "))
            }
        }
        return [
            .heading("Horarios"),
            .table(Table(header: ["Horario", "Abre", "Festivos", "Requisito"], rows: rows, unbroken: [3])),
        ] + (exceptions.isEmpty ? [] : [.paragraph("Días con horario propio:"), .list(exceptions)])
    }

    private var holidays: [Block] {
        var dates: [CivilDate: String] = [:]
        for calendar in contract.calendars where !calendar.isAlwaysOpen {
            if let country = calendar.publicHolidays {
                dates.merge(country.closedDates(in: year...year + 1)) { known, _ in known }
            }
            let listed = calendar.holidays.filter { year...year + 1 ~= $0.key.year }
            dates.merge(listed.mapValues { $0.isEmpty ? calendar.name.spanish : $0 }) { known, _ in known }
        }
        guard !dates.isEmpty else { return [] }
        let rows = dates.sorted { $0.key < $1.key }.map { [AgreementWords.date($0.key), $0.value] }
        return [
            .heading("Festivos de \(year) y \(year + 1)"),
            .table(Table(header: ["Fecha", "Festivo"], rows: rows)),
        ]
    }

    private var channels: [Block] {
        let rows = contract.channels.map { channel in
            [
                channel.name.spanish, channel.address,
                channel.hours.map(calendarName) ?? "El del plan",
                channel.isOfficial ? "sí" : "no", Self.clause(channel.clause),
            ]
        }
        return [
            .heading("Canales"),
            .table(Table(header: ["Canal", "Dirección", "Horario", "Oficial", "Requisito"], rows: rows)),
        ]
    }

    private var kinds: [Block] {
        let rows = contract.kinds.map { kind in
            var notes: [String] = []
            if kind.level != 1 { notes.append("pasa de inmediato al \(AgreementWords.level(kind.level))") }
            if let severity = kind.severity { notes.append("severidad: \(severityName(severity))") }
            if kind.isComplaint { notes.append("se compara con las caídas al cerrar el mes") }
            if kind.mayBeCharged { notes.append("puede tener costo, con cotización previa") }
            return [kind.name.spanish, notes.joined(separator: "; ").capitalizedFirst, Self.clause(kind.clause)]
        }
        return [
            .heading("Tipos de solicitud"),
            .table(Table(header: ["Tipo", "Observaciones", "Requisito"], rows: rows)),
        ]
    }

    private var categories: [Block] {
        guard !contract.categories.isEmpty else { return [] }
        let rows = contract.categories.map { category in
            let note = category.level == 1 ? "" : "Pasa de inmediato al \(AgreementWords.level(category.level))"
            return [category.name.spanish, note, Self.clause(category.clause)]
        }
        return [
            .heading("Categorías"),
            .table(Table(header: ["Categoría", "Observaciones", "Requisito"], rows: rows)),
        ]
    }

    private var severities: [Block] {
        let rows = contract.severities.map {
            [$0.name.spanish, $0.definition.spanish, Self.clause($0.clause)]
        }
        return [
            .heading("Severidades"),
            .table(Table(header: ["Severidad", "Definición", "Requisito"], rows: rows, unbroken: [0])),
        ]
    }

    private var levels: [Block] {
        let rows = contract.levels.map {
            ["\($0.level)", $0.name.spanish, $0.duty.spanish, Self.clause($0.clause)]
        }
        return [
            .heading("Niveles de atención"),
            .table(Table(header: ["Nivel", "Quién", "Qué atiende", "Requisito"], rows: rows)),
        ]
    }

    private var stages: [Block] {
        guard !contract.stages.isEmpty else { return [] }
        let rows = contract.stages.enumerated().map { index, stage in
            ["\(index + 1)", stage.name.spanish, Self.clause(stage.clause)]
        }
        return [
            .heading("Etapas que quedan registradas con su hora"),
            .table(Table(header: ["", "Etapa", "Requisito"], rows: rows)),
        ]
    }

    // MARK: What else

    private var closing: [Block] {
        let days = AgreementWords.count(contract.closing.days, "día hábil", "días hábiles")
        return [
            .heading("Cierre (\(Self.clause(contract.closing.clause)))"),
            .paragraph(
                "Un ticket resuelto que nadie confirma ni reabre se cierra solo a los \(days), contados en el horario de "
                    + "su plan."),
        ]
    }

    private var charge: [Block] {
        guard let charge = contract.charge else { return [] }
        return [
            .heading("Trabajo con costo (\(Self.clause(charge.clause)))"),
            .paragraph(
                "Cuando la falla es atribuible al cliente: primera hora \(ChargeRate.text(charge.firstHour)) "
                    + "\(charge.currency), cada hora adicional \(ChargeRate.text(charge.furtherHour)) "
                    + "\(charge.currency), más IVA. Causas:"),
            .list(charge.causes.map(\.spanish)),
        ]
    }

    private var accounts: [Block] {
        var rules: [String] = []
        if let days = contract.policies.passwordDays {
            rules.append("La contraseña se cambia a los \(AgreementWords.count(days, "día", "días")).")
        }
        if let minutes = contract.policies.idleMinutes {
            rules.append(
                "Una sesión sin actividad se cierra a los \(AgreementWords.count(minutes, "minuto", "minutos")).")
        }
        guard !rules.isEmpty else { return [] }
        return [.heading("Cuentas (\(Self.clause(contract.policies.clause)))"), .list(rules)]
    }

    private var terms: [Block] {
        guard !contract.terms.isEmpty else { return [] }
        let rows = contract.terms.map { [Self.clause($0.clause), $0.text] }
        return [
            .heading("Otras condiciones"),
            .table(Table(header: ["Requisito", "Condición"], rows: rows, unbroken: [0])),
        ]
    }
}
