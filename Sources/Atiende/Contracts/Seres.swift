// SERES e-Factura: the free invoicing service of a certified provider, Mexico. Around the clock, for free and paying.

internal import SLA

extension Contract {
    static let seres = Contract(
        key: "seres", provider: "SERES",
        product: Phrase("SERES e-Factura, servicio gratuito de facturación", "SERES e-Factura, free invoicing service"),
        country: .mexico, timeZone: "America/Mexico_City", locale: "es-MX", icon: "tenant-seres",
        attention: "always",
        calendars: [
            .always(Phrase("Atención 24×7, festivos incluidos", "Attention 24×7, holidays included"), clause: "SE-12"),
            ContractCalendar(
                key: "office", name: Phrase("Días laborables", "Working days"),
                week: .on(.mondayToFriday, "09:00", "18:00"), publicHolidays: .mexico, clause: "SE-12"),
            ContractCalendar(
                key: "visits", name: Phrase("Atención presencial", "Visits"),
                week: .on(.mondayToFriday, "10:00", "17:00"), publicHolidays: .mexico, clause: "SE-12"),
        ],
        channels: [
            ContractChannel(channel: .portal, name: Phrase("Portal"), hours: "always", clause: "SE-13"),
            ContractChannel(
                channel: .mail, name: Phrase("Correo electrónico", "E-mail"), address: "soporte@seres.example",
                hours: "always"),
            ContractChannel(
                channel: .phone, name: Phrase("Teléfono en días laborables", "Telephone on working days"),
                hours: "office", clause: "SE-12"),
            ContractChannel(
                channel: .phone, name: Phrase("Teléfono fuera de horario", "Telephone out of hours"), hours: "always",
                clause: "SE-12"),
            ContractChannel(
                channel: .visit, name: Phrase("Visita a las oficinas", "Visit to the office"), hours: "visits",
                clause: "SE-12"),
        ],
        kinds: [
            RequestKind(
                key: "support", name: Phrase("Solicitud de soporte", "Support request"), clause: "SE-13, SE-14"),
            RequestKind(
                key: "complaint", name: Phrase("Queja", "Complaint"), isComplaint: true, clause: "SE-13, SE-14"),
            RequestKind(
                key: "newAccount", name: Phrase("Alta de cuenta", "New account"), severity: Seres.onboarding,
                clause: "SE-14"),
        ],
        categories: Seres.categories, severities: Seres.severities, levels: Seres.levels,
        policies: TenantPolicies(passwordDays: 30, idleMinutes: 10, clause: "SE-5, SE-6"),
        plans: [
            Seres.plan("gratuito", Phrase("Gratuito", "Free"), monthlyTickets: 10, clause: "SE-11, SE-14"),
            Seres.plan("pago", Phrase("De pago", "Paid"), monthlyTickets: nil, clause: "SE-14"),
        ],
        terms: Seres.terms)
}

private enum Seres {
    // What the contract does not name; its staff shares out its work by it.
    static let categories = [
        RequestCategory(key: "sending", name: Phrase("Envío de documentos", "Sending of documents")),
        RequestCategory(key: "receiving", name: Phrase("Recepción de documentos", "Receiving of documents")),
        RequestCategory(
            key: "integration", name: Phrase("Integración con otros sistemas", "Integration with other systems"),
            skill: "integration"),
        RequestCategory(key: "users", name: Phrase("Usuarios y accesos", "Users and access")),
        RequestCategory(key: "other", name: Phrase("Otro", "Other")),
    ]

    // The contract knows no severities: the first two only order the attention, under the same targets.
    static let critical: Severity = "critical"
    static let normal: Severity = "normal"
    static let onboarding: Severity = "onboarding"

    static let severities = [
        SeverityDefinition(
            severity: critical, name: Phrase("Crítica", "Critical"),
            definition: Phrase("El servicio está fuera de operación.", "The service is out of operation.")),
        SeverityDefinition(
            severity: normal, name: Phrase("Normal"),
            definition: Phrase("Cualquier otra solicitud o queja.", "Any other request or complaint.")),
        SeverityDefinition(
            severity: onboarding, name: Phrase("Alta de cuenta", "New account"),
            definition: Phrase(
                "Puesta en operación de una cuenta nueva.", "Bringing a new account into operation."),
            clause: "SE-14"),
    ]

    static let levels = [
        SupportLevel(
            level: 1, name: Phrase("Atención a usuarios", "User support"),
            duty: Phrase("Solicitudes de soporte y quejas.", "Support requests and complaints."), clause: "SE-13"),
        SupportLevel(
            level: 2, name: Phrase("Soporte técnico", "Technical support"),
            duty: Phrase("Lo que la atención a usuarios no puede resolver.", "What user support cannot solve.")),
    ]

    // MARK: SE-14, the promises

    static let targets =
        [critical, normal].flatMap { severity in
            [
                Target(.firstResponse, severity, .atMost(2, .hours), on: "always", clause: "SE-14"),
                Target(.resolution, severity, .atMost(8, .hours), on: "always", clause: "SE-14"),
            ]
        } + [Target(.resolution, onboarding, .atMost(72, .hours), on: "always", clause: "SE-14")]

    /// SE-14: the same for free and paying customers.
    static func plan(_ key: String, _ name: Phrase, monthlyTickets: Int?, clause: String) -> ContractPlan {
        ContractPlan(
            key: key, name: name, modality: "24×7", hours: "always", channels: [.portal, .mail, .phone, .visit],
            answersBy: [.portal, .mail, .phone], targets: targets, steps: EscalationStep.standard(for: targets),
            features: [.knowledgeBase, .siteVisits], monthlyTickets: monthlyTickets,
            // Only unplanned causes attributable to the provider use up the 0.7 %.
            availability: AvailabilityPromise(
                "99.3", policy: AvailabilityPolicy(excludedCauses: [.thirdParty, .customer]), clause: "SE-14, SE-15"),
            clause: clause)
    }

    static let terms = [
        Term(
            clause: "SE-11",
            text: "El plan gratuito admite hasta 10 solicitudes por mes; el plan de pago no tiene límite."),
        Term(
            clause: "SE-12",
            text:
                "La atención es de 24 horas los 7 días, festivos incluidos: un teléfono para días laborables, otro fuera "
                + "de horario, y visitas con horario propio."),
        Term(
            clause: "SE-13",
            text: "Están publicados un manual, un tutorial y una lista de preguntas frecuentes; el cliente acepta un "
                + "contrato que puede descargar."),
        Term(
            clause: "SE-14",
            text:
                "Una cuenta nueva queda en operación a lo más en 72 horas. El 0.7 % restante de disponibilidad es lo más "
                + "que el servicio puede estar fuera por causas no planeadas atribuibles al proveedor."),
        Term(
            clause: "SE-16",
            text:
                "La disponibilidad se mide cada día y se acumula hasta el cierre del mes, cuando se hace el cálculo final "
                + "y se compara con los reportes y las quejas de los usuarios."),
    ]
}
