// The sections of an agreement about plans: what they include, their targets, warnings and availability.

internal import SLA

extension AgreementWriter {
    /// What each plan includes, a column for each.
    var plans: [Block] {
        let plans = contract.plans
        var rows: [[String]] = []
        func add(_ name: String, _ value: (ContractPlan) -> String) { rows.append([name] + plans.map(value)) }
        func addFlags(_ name: String, _ holds: (ContractPlan) -> Bool) { add(name) { holds($0) ? "sí" : "no" } }
        if plans.contains(where: { $0.availability != nil }) {
            add("Disponibilidad") { $0.availability.map { percent($0) } ?? "no se promete" }
        }
        if plans.contains(where: { !$0.modality.isEmpty }) { add("Modalidad", \.modality) }
        add("Horario") { calendarName($0.hours) }
        for channel in distinct(contract.channels.map(\.channel)) {
            let lines = contract.channels.filter { $0.channel == channel }
            let name = lines.count == 1 ? lines[0].name.spanish : channelName(channel).capitalizedFirst
            addFlags(name) { $0.channels.contains(channel) }
        }
        for feature in Feature.allCases where plans.contains(where: { $0.features.contains(feature) }) {
            addFlags(feature.name.spanish) { $0.features.contains(feature) }
        }
        if plans.contains(where: { $0.monthlyTickets != nil }) {
            add("Solicitudes por mes") { $0.monthlyTickets.map { "hasta \($0)" } ?? "sin límite" }
        }
        add("Requisito") { Self.clause($0.clause) }
        return [
            .heading("Planes"),
            .table(Table(header: [""] + plans.map(\.name.spanish), rows: rows)),
        ]
    }

    /// The targets and steps of each plan; plans that promise the same share them.
    var promises: [Block] {
        var groups: [[ContractPlan]] = []
        for plan in contract.plans {
            if let index = groups.firstIndex(where: { $0[0].promisesAs(plan) }) {
                groups[index].append(plan)
            } else {
                groups.append([plan])
            }
        }
        return [.heading("Plazos")]
            + groups.flatMap { plans -> [Block] in
                let names = AgreementWords.list(plans.map(\.name.spanish))
                return [
                    .subheading(plans.count == 1 ? "Plan \(names)" : "Planes \(names)"),
                    .table(targets(of: plans[0])),
                    .paragraph(counting(plans[0])),
                ] + (plans[0].steps.isEmpty ? [] : [.table(steps(of: plans[0]))])
            } + [
                .paragraph(
                    "«Menos de»: llegar exactamente al plazo ya lo incumple. «A lo más»: llegar exactamente al plazo todavía "
                        + "lo cumple.")
            ]
    }

    private func targets(of plan: ContractPlan) -> Table {
        var rows: [(target: Target, severities: [String])] = []
        for target in plan.targets {
            if let index = rows.firstIndex(where: { $0.target.isAs(target) }) {
                rows[index].severities.append(severityName(target.severity))
            } else {
                rows.append((target, [severityName(target.severity)]))
            }
        }
        return Table(
            header: ["Plazo", "Severidad", "Tiempo", "Cuenta en", "Requisito"],
            rows: rows.map { target, severities in
                [
                    AgreementWords.clock(target),
                    severities.count == contract.severities.count ? "todas" : AgreementWords.list(severities),
                    AgreementWords.amount(target, in: contract.country), counted(target), Self.clause(target.id),
                ]
            }, unbroken: [2, 4])
    }

    private func counted(_ target: Target) -> String {
        var parts: [String] = []
        switch target.unit {
        case .hours, .minutes: parts.append("Todo momento, las 24 horas")
        case .businessHours, .businessMinutes, .calendarDays: parts.append(calendarName(target.calendar))
        case .businessDays:
            parts.append(calendarName(target.calendar))
            parts.append(target.dayRule == .sameTime ? "a la misma hora del día" : "hasta el cierre del día")
        }
        if let statuses = target.pausedBy { parts.append(AgreementWords.pauses(statuses)) }
        return parts.joined(separator: "; ")
    }

    private func counting(_ plan: ContractPlan) -> String {
        var sentences = ["Se responde por: \(AgreementWords.list(plan.answersBy.map(channelName)))."]
        switch plan.mailCountsFrom {
        case .received: sentences.append("Un correo cuenta desde que se recibe.")
        case .sent:
            sentences.append(
                "Un correo cuenta desde la fecha y hora en que el cliente lo envió, si su encabezado dice una hora dentro "
                    + "de las 24 horas anteriores a la recepción y no posterior a ella; si no, desde que se recibe.")
        }
        return sentences.joined(separator: " ")
    }

    private func steps(of plan: ContractPlan) -> Table {
        Table(
            header: ["Aviso sobre", "Al consumir", "Severidad", "Qué ocurre", "Requisito"],
            rows: plan.steps.map { step in
                [
                    AgreementWords.clock(step.clock), "\(step.percent)\u{A0}%",
                    step.severities.map { AgreementWords.list($0.map(severityName)) } ?? "todas",
                    action(step.action), Self.clause(step.clause),
                ]
            })
    }

    private func action(_ action: EscalationStep.Action) -> String {
        switch action {
        case .notify(.technician): "Se avisa a quien atiende"
        case .notify(.lead): "Se avisa al líder de soporte"
        case .notify(.admin): "Se avisa a la administración"
        case .raiseLevel(let level): "El ticket sube al \(AgreementWords.level(level))"
        case .raiseSeverity(let severity): "La severidad sube a \(severityName(severity))"
        case .note(let text): "Queda una nota: \(text)"
        }
    }

    // MARK: Clocks

    /// What each clock that this contract uses means, and what stops it.
    var clocks: [Block] {
        let used = ClockKind.allCases.filter { clock in
            contract.plans.contains { $0.targets.contains { $0.clock == clock } }
        }
        let rows = used.map { clock in
            [
                AgreementWords.clock(clock), AgreementWords.start(clock), AgreementWords.end(clock),
                AgreementWords.pauses(clock.defaultPausedBy),
            ]
        }
        return [
            .heading("Qué mide cada plazo y qué lo detiene"),
            .table(Table(header: ["Plazo", "Empieza", "Termina", "Pausas"], rows: rows)),
            .paragraph(
                "Fuera de su horario y en sus festivos un plazo no avanza. Si un ticket resuelto se reabre, la "
                    + "recuperación y la solución continúan donde quedaron. Si cambia la severidad, los plazos se calculan "
                    + "como si la nueva hubiera valido desde el inicio."),
        ]
    }

    // MARK: Availability

    var availability: [Block] {
        let promises = contract.plans.compactMap { plan in plan.availability.map { (plan: plan, promise: $0) } }
        guard !promises.isEmpty else { return [] }
        let rows = promises.map { plan, promise in
            [
                plan.name.spanish, percent(promise),
                "\(promise.target.allowedDowntime(of: 43_200)) min",
                promise.serviceHours.map(calendarName) ?? "24×7×365", Self.clause(promise.clause),
            ]
        }
        return [
            .heading("Disponibilidad"),
            .formula("Disponibilidad = 100 − TFO / (TT − TPFO) × 100"),
            .list([
                "TT: tiempo total del mes, en minutos enteros.",
                "TFO: tiempo fuera de operación; los minutos en que el servicio no está disponible. Una unidad caída "
                    + "mientras el servicio sigue en pie no cuenta.",
                "TPFO: tiempo planeado fuera de operación; los minutos caídos dentro de ventanas de mantenimiento "
                    + "planeadas y anunciadas.",
            ]),
            .table(
                Table(
                    header: ["Plan", "Al menos", "Mes de 30 días: TFO hasta", "Se mide en", "Requisito"], rows: rows)),
            .list(
                rules(promises)
                    + [
                        "La cifra se trunca a cuatro decimales; el cumplimiento se decide con la fracción exacta.",
                        "Se mide cada día y se acumula hasta el cierre del mes.",
                    ]),
        ]
    }

    private func percent(_ promise: AvailabilityPromise) -> String {
        AgreementWords.percent(promise.target, in: contract.country)
    }

    /// What each policy makes of maintenance and causes; the plans are named where their policies differ.
    private func rules(_ promises: [(plan: ContractPlan, promise: AvailabilityPromise)]) -> [String] {
        let policies = distinct(promises.map(\.promise.policy))
        return policies.flatMap { policy in
            let plans = promises.filter { $0.promise.policy == policy }.map(\.plan.name.spanish)
            let names = policies.count == 1 ? "" : AgreementWords.list(plans) + ": "
            return rules(policy).map { names + $0 }
        }
    }

    private func rules(_ policy: AvailabilityPolicy) -> [String] {
        var rules: [String] = []
        if policy.maintenanceCounts {
            rules.append("El mantenimiento, planeado o urgente, cuenta como TFO: TPFO es siempre 0.")
        } else {
            rules.append(
                "Una ventana de mantenimiento cuenta como TPFO si se anunció al menos "
                    + "\(AgreementWords.minutes(policy.noticeMinutes)) antes de su inicio (\(Agreement.ours)) y no se "
                    + "excede; lo demás es TFO.")
        }
        let causes = policy.excludedCauses.map(\.rawValue).sorted().map(AgreementWords.cause)
        if !causes.isEmpty {
            rules.append("No cuentan como TFO las caídas causadas por \(AgreementWords.list(causes)).")
        }
        return rules
    }

    private func distinct<Value: Equatable>(_ values: [Value]) -> [Value] {
        values.reduce(into: []) { if !$0.contains($1) { $0.append($1) } }
    }
}

extension ContractPlan {
    /// Whether both promise the same times in the same way.
    fileprivate func promisesAs(_ other: ContractPlan) -> Bool {
        targets == other.targets && steps == other.steps && answersBy == other.answersBy
            && mailCountsFrom == other.mailCountsFrom
    }
}

extension Target {
    /// Whether both say the same, of severities that may differ.
    fileprivate func isAs(_ other: Target) -> Bool {
        var other = other
        other.severity = severity
        return self == other
    }
}
