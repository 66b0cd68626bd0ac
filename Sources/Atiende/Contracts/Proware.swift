// Proware HS: Falcon Cloud, Colombia. Five plans, from office hours to around the clock.

internal import SLA

extension Contract {
    static let proware = Contract(
        key: "proware", provider: "Proware", product: Phrase("Falcon Cloud"), country: .colombia,
        timeZone: "America/Bogota", locale: "es-CO", icon: "tenant-proware",
        // The widest hours below 7×24.
        attention: "extended",
        calendars: Proware.calendars, channels: Proware.channels, kinds: Proware.kinds, categories: Proware.categories,
        severities: Proware.severities, levels: Proware.levels, stages: Proware.stages,
        plans: [
            Proware.innovador, Proware.emprendedor, Proware.empresarial,
            Proware.premium("premiumPorDemanda", "Premium Por Demanda"), Proware.premium("premiumPlus", "Premium Plus"),
        ],
        terms: Proware.terms)
}

private enum Proware {
    // What the contract does not name; its staff shares out its work by it.
    static let categories = [
        RequestCategory(key: "calls", name: Phrase("Llamadas y telefonía", "Calls and telephony"), skill: "telephony"),
        RequestCategory(key: "agents", name: Phrase("Agentes y campañas", "Agents and campaigns")),
        RequestCategory(key: "reports", name: Phrase("Tableros y reportes", "Dashboards and reports")),
        RequestCategory(key: "users", name: Phrase("Usuarios y accesos", "Users and access")),
        RequestCategory(key: "other", name: Phrase("Otro", "Other")),
    ]

    // MARK: PW-1, the plans

    static let innovador = ContractPlan(
        key: "innovador", name: Phrase("Innovador"), modality: "5×8×8", hours: "office", channels: [.mail],
        answersBy: [.mail], targets: innovadorTargets, steps: EscalationStep.standard(for: innovadorTargets),
        features: [.community, .knowledgeBase], availability: available("98"), clause: "PW-1")

    static let emprendedor = ContractPlan(
        key: "emprendedor", name: Phrase("Emprendedor"), modality: "5×8×8", hours: "office",
        channels: [.portal, .mail, .phone], answersBy: [.mail, .phone], targets: emprendedorTargets,
        steps: EscalationStep.standard(for: emprendedorTargets), features: [.community, .knowledgeBase],
        availability: available("99"), clause: "PW-1")

    static let empresarial = ContractPlan(
        key: "empresarial", name: Phrase("Empresarial"), modality: "6×9×8", hours: "extended",
        channels: [.portal, .mail, .chat, .phone], answersBy: [.mail, .phone], targets: empresarialTargets,
        steps: EscalationStep.standard(for: empresarialTargets),
        features: [.extendedHours, .monthlyReport, .community, .escalationAttention, .knowledgeBase],
        availability: available("99.5"), clause: "PW-1")

    static func premium(_ key: String, _ name: String) -> ContractPlan {
        ContractPlan(
            key: key, name: Phrase(name), modality: "7×24", hours: "always", channels: [.portal, .mail, .chat, .phone],
            answersBy: [.mail, .phone], targets: premiumTargets, steps: EscalationStep.standard(for: premiumTargets),
            features: [
                .extendedHours, .monthlyReport, .phoneAtAllLevels, .community, .escalationAttention, .knowledgeBase,
                .training,
                .periodicReports, .consulting,
            ],
            availability: available("99.5"), clause: "PW-1")
    }

    /// PW-12: failures of third parties are force majeure.
    static func available(_ percent: String) -> AvailabilityPromise? {
        AvailabilityPromise(
            percent, policy: AvailabilityPolicy(excludedCauses: [.thirdParty]), clause: "PW-1, PW-12")
    }

    // MARK: PW-10, the promises

    static let critical: Severity = "critical"
    static let high: Severity = "high"
    static let medium: Severity = "medium"
    static let low: Severity = "low"

    static let innovadorTargets =
        row(critical, .lessThan(2, .businessHours), .lessThan(8, .businessHours), on: "office")
        + row(high, .lessThan(8, .businessHours), .lessThan(3, .businessDays), on: "office")
        + row(medium, .lessThan(3, .businessDays), .atMost(5, .businessDays), on: "office")
        + row(low, .lessThan(5, .businessDays), .atMost(8, .businessDays), on: "office")

    static let emprendedorTargets =
        row(critical, .lessThan(2, .businessHours), .lessThan(4, .businessHours), on: "office")
        + row(high, .lessThan(4, .businessHours), .lessThan(2, .businessDays), on: "office")
        + row(medium, .lessThan(2, .businessDays), .atMost(4, .businessDays), on: "office")
        + row(low, .lessThan(3, .businessDays), .atMost(6, .businessDays), on: "office")

    static let empresarialTargets =
        row(critical, .lessThan(2, .businessHours), .lessThan(6, .businessHours), on: "extended")
        + row(high, .lessThan(6, .businessHours), .lessThan(2, .businessDays), on: "extended")
        + row(medium, .lessThan(1, .businessDays), .atMost(3, .businessDays), on: "extended")
        + row(low, .lessThan(2, .businessDays), .atMost(4, .businessDays), on: "extended")

    static let premiumTargets =
        row(critical, .lessThan(1, .hours), .lessThan(4, .hours), on: "always")
        + row(high, .lessThan(4, .hours), .lessThan(2, .calendarDays), on: "always")
        + row(medium, .lessThan(8, .hours), .lessThan(3, .calendarDays), on: "always")
        + row(low, .lessThan(24, .hours), .lessThan(3, .calendarDays), on: "always")

    static func row(
        _ severity: Severity, _ response: Promise, _ resolution: Promise, on calendar: String
    ) -> [Target] {
        [
            Target(.firstResponse, severity, response, on: calendar, clause: "PW-10"),
            Target(.resolution, severity, resolution, on: calendar, clause: "PW-10"),
        ]
    }

    // MARK: Words and hours

    static let severities = [
        SeverityDefinition(
            severity: critical, name: Phrase("Crítica", "Critical"),
            definition: Phrase(
                "Impide de manera significativa la atención de la plataforma o de los agentes.",
                "Prevents significantly the attention of the platform or of the agents."),
            clause: "PW-10"),
        SeverityDefinition(
            severity: high, name: Phrase("Alta", "High"),
            definition: Phrase(
                "Funciona parcialmente; el servicio a los usuarios está comprometido.",
                "Works partially; the service to users is compromised."),
            clause: "PW-10"),
        SeverityDefinition(
            severity: medium, name: Phrase("Media", "Medium"),
            definition: Phrase(
                "Funciona, con algún efecto en las funciones o en la velocidad.",
                "Works with some effect on functions or speed."),
            clause: "PW-10"),
        SeverityDefinition(
            severity: low, name: Phrase("Baja", "Low"),
            definition: Phrase(
                "Afecta funciones que no son críticas, por ejemplo un informe lento.",
                "Functions affected that are not critical, such as a slow report."),
            clause: "PW-10"),
    ]

    static let calendars = [
        ContractCalendar(
            key: "office", name: Phrase("Horario de oficina", "Office hours"),
            week: .on(.mondayToFriday, "09:00", "17:00"), publicHolidays: .colombia, clause: "PW-1"),
        ContractCalendar(
            key: "extended", name: Phrase("Horario extendido", "Extended hours"),
            week: .on(.mondayToSaturday, "09:00", "21:00"), publicHolidays: .colombia, clause: "PW-1"),
        // The source gives the hours of the chat but not its days.
        ContractCalendar(
            key: "chat", name: Phrase("Horario del chat", "Chat hours"),
            week: .on(.mondayToSaturday, "08:00", "18:00"), publicHolidays: .colombia, clause: "PW-6"),
        .always(clause: "PW-1"),
    ]

    static let channels = [
        ContractChannel(channel: .portal, name: Phrase("Web"), clause: "PW-2"),
        ContractChannel(
            channel: .mail, name: Phrase("Correo electrónico", "E-mail"), address: "soporte@proware.example",
            clause: "PW-2"),
        ContractChannel(channel: .chat, name: Phrase("Chat"), hours: "chat", clause: "PW-6"),
        ContractChannel(channel: .phone, name: Phrase("Teléfono", "Telephone"), clause: "PW-7"),
    ]

    static let kinds = [
        RequestKind(key: "support", name: Phrase("Soporte", "Support"), clause: "PW-6"),
        RequestKind(key: "commercial", name: Phrase("Comercial", "Commercial"), clause: "PW-6"),
        RequestKind(
            key: "development", name: Phrase("Desarrollo a la medida", "Custom development"), mayBeCharged: true,
            clause: "PW-13"),
    ]

    static let levels = (1...3).map { level in
        SupportLevel(
            level: level, name: Phrase("Nivel \(level)", "Level \(level)"),
            duty: level == 1
                ? Phrase("Recibe y atiende cada solicitud.", "Receives and attends every request.")
                : Phrase(
                    "Lo que el nivel \(level - 1) no puede resolver.", "What level \(level - 1) cannot solve."))
    }

    static let stages = [
        Stage(
            fact: .surveyed, name: Phrase("Encuesta de tres caras al cierre", "Survey of three faces after closing"),
            clause: "PW-8")
    ]

    static let terms = [
        Term(
            clause: "PW-2",
            text:
                "Un correo a la dirección de soporte, o el formulario público, abre un ticket por sí solo; la respuesta "
                + "lleva su número."),
        Term(
            clause: "PW-6",
            text: "En el chat se elige departamento (Soporte o Comercial); si el plan no incluye chat, la solicitud se "
                + "vuelve un ticket por correo."),
        Term(clause: "PW-7", text: "El teléfono da seguimiento a un ticket existente; nunca lo reemplaza."),
        Term(
            clause: "PW-8", text: "Al cerrar, el correo trae una encuesta de tres caras: bueno, aceptable, malo."),
        Term(
            clause: "PW-9",
            text: "Los planes con atención de escalamientos pueden llamar a la jefatura de posventa."),
        Term(
            clause: "PW-12",
            text:
                "Las fallas de terceros (proveedor de internet, API ajenas) son fuerza mayor y no afectan la cifra de "
                + "disponibilidad."),
        Term(
            clause: "PW-13",
            text:
                "No se incluye servicio administrado; el desarrollo a la medida se paga con paquetes de horas, que se "
                + "consumen por tiempo registrado."),
    ]
}
