// FactuPronto: electronic invoicing, Mexico. Three levels with clocks of their own; the calendar depends on the channel.

internal import SLA

extension Contract {
    static let factupronto = Contract(
        key: "factupronto", provider: "FactuPronto",
        product: Phrase("Facturación electrónica FactuPronto", "FactuPronto electronic invoicing"),
        country: .mexico, timeZone: "America/Mexico_City", locale: "es-MX", icon: "tenant-factupronto",
        attention: "tickets",
        calendars: FactuPronto.calendars, channels: FactuPronto.channels, kinds: FactuPronto.kinds,
        categories: FactuPronto.categories,
        severities: FactuPronto.severities, levels: FactuPronto.levels,
        plans: [
            FactuPronto.plan("basico", Phrase("Básico", "Basic")),
            FactuPronto.plan("premium", Phrase("Premium")),
        ],
        terms: FactuPronto.terms)
}

private enum FactuPronto {
    // FP-7 names the last two; the others are ours.
    static let categories = [
        RequestCategory(
            key: "stamping", name: Phrase("Timbrado de facturas", "Stamping of invoices"), skill: "invoicing"),
        RequestCategory(
            key: "certificates", name: Phrase("Certificados y sellos", "Certificates and seals"), skill: "invoicing"),
        RequestCategory(
            key: "catalogues", name: Phrase("Clientes, productos y series", "Customers, products and series")),
        RequestCategory(key: "accessAccount", name: Phrase("Acceso a la cuenta", "Access to the account")),
        RequestCategory(
            key: "servers", name: Phrase("Servidores", "Servers"), level: 3, skill: "infrastructure", clause: "FP-7"),
        RequestCategory(
            key: "taxAuthority",
            name: Phrase("Comunicación con la autoridad fiscal", "Communication with the tax authority"), level: 3,
            skill: "infrastructure", clause: "FP-7"),
    ]

    // MARK: FP-9, when

    static let calendars = [
        ContractCalendar(
            key: "tickets", name: Phrase("Horario de tickets", "Ticket hours"),
            week: .on(.mondayToFriday, "09:00", "21:00") + .on([.saturday], "09:00", "14:00"),
            publicHolidays: .mexico, clause: "FP-9"),
        ContractCalendar(
            key: "phone", name: Phrase("Centro de atención telefónica", "Call centre"),
            week: .on(.mondayToFriday, "09:00", "18:00") + .on([.saturday], "09:00", "14:00"),
            publicHolidays: .mexico, clause: "FP-9"),
    ]

    // MARK: FP-1, how

    static let channels = [
        ContractChannel(
            channel: .portal, name: Phrase("Ticket en la aplicación", "Ticket in the application"), hours: "tickets",
            clause: "FP-1"),
        ContractChannel(
            channel: .mail, name: Phrase("Correo electrónico", "E-mail"), address: "soporte@factupronto.example",
            hours: "tickets", clause: "FP-1"),
        ContractChannel(channel: .phone, name: Phrase("Teléfono", "Telephone"), hours: "phone", clause: "FP-1"),
        ContractChannel(
            channel: .chat, name: Phrase("Chat en línea", "Live chat"), hours: "tickets", clause: "FP-1"),
    ]

    // MARK: FP-3, what

    static let kinds = [
        RequestKind(key: "helpDesk", name: Phrase("Mesa de ayuda", "Help desk"), clause: "FP-3"),
        RequestKind(key: "consulting", name: Phrase("Consultoría", "Consulting"), clause: "FP-3"),
        RequestKind(
            key: "distributor",
            name: Phrase("Asistencia a distribuidores y a sus clientes", "Help for distributors and their customers"),
            clause: "FP-3"),
        RequestKind(
            key: "suggestion", name: Phrase("Sugerencia para desarrollo", "Suggestion for development"),
            clause: "FP-3"),
        RequestKind(
            key: "infrastructure",
            name: Phrase(
                "Infraestructura: servidores o comunicación con la autoridad fiscal",
                "Infrastructure: servers or communication with the tax authority"),
            level: 3, clause: "FP-7"),
        RequestKind(
            key: "outsideContract", name: Phrase("Asunto fuera del contrato", "Matter outside the contract"),
            mayBeCharged: true, clause: "FP-4"),
    ]

    // The contract knows no severities; these two only order the attention, under the same targets.
    static let critical: Severity = "critical"
    static let normal: Severity = "normal"

    static let severities = [
        SeverityDefinition(
            severity: critical, name: Phrase("Crítica", "Critical"),
            definition: Phrase(
                "El servicio no opera o no se puede facturar.", "The service does not work, or nothing can be invoiced."
            )),
        SeverityDefinition(
            severity: normal, name: Phrase("Normal"),
            definition: Phrase("Cualquier otra solicitud.", "Any other request.")),
    ]

    // MARK: FP-6, who

    static let levels = [
        SupportLevel(
            level: 1, name: Phrase("Técnicos de soporte", "Support technicians"),
            duty: Phrase(
                "Uso del sistema y de sus herramientas, sin asesoría contable ni fiscal.",
                "Use of the system and its tools, without accounting or tax advice."),
            clause: "FP-6"),
        SupportLevel(
            level: 2,
            name: Phrase("Analistas de sistemas y técnicos expertos", "System analysts and senior technicians"),
            duty: Phrase(
                "Preguntas técnicas más difíciles y fallas de un módulo, una vez agotado el nivel 1.",
                "Harder technical questions and failures of a module, once level 1 is exhausted."),
            clause: "FP-6"),
        SupportLevel(
            level: 3, name: Phrase("Desarrolladores y administradores de sistemas", "Developers and administrators"),
            duty: Phrase(
                "Cambios de código que el análisis del nivel 2 encuentra necesarios; problemas de infraestructura, "
                    + "que llegan aquí de inmediato.",
                "Changes of code that level 2's analysis finds necessary; problems of infrastructure, which come here at once."
            ),
            clause: "FP-6, FP-7"),
    ]

    // MARK: FP-6 and FP-10, the promises

    /// FP-10: the same for each plan.
    static func plan(_ key: String, _ name: Phrase) -> ContractPlan {
        ContractPlan(
            key: key, name: name, hours: "tickets", channels: [.portal, .mail, .phone, .chat],
            answersBy: [.phone, .mail], targets: targets, steps: EscalationStep.standard(for: targets),
            features: [.remoteAccess],
            // FP-5: what is left of 100 % covers maintenance, planned or urgent.
            availability: AvailabilityPromise(
                "99.3", policy: AvailabilityPolicy(maintenanceCounts: true), clause: "FP-5"),
            clause: "FP-10")
    }

    static let targets = [critical, normal].flatMap { severity in
        answers(.firstResponse, severity, level: 1, byPhone: minutes, byTicket: .atMost(2, .businessHours))
            + answers(.levelResponse, severity, level: 1, byPhone: minutes, byTicket: .atMost(2, .businessHours))
            + answers(
                .levelResponse, severity, level: 2, byPhone: .atMost(4, .businessHours),
                byTicket: .atMost(4, .businessHours))
            + answers(
                .levelResponse, severity, level: 3, byPhone: .atMost(8, .businessHours),
                byTicket: .atMost(8, .businessHours))
    }

    /// The end of "10 to 20 minutes".
    static let minutes = Promise.atMost(20, .businessMinutes)

    /// The calendar of a ticket is that of the channel by which it came.
    static func answers(
        _ clock: ClockKind, _ severity: Severity, level: Int, byPhone: Promise, byTicket: Promise
    ) -> [Target] {
        [
            Target(clock, severity, byTicket, on: "tickets", level: level, clause: "FP-6"),
            Target(clock, severity, byPhone, on: "phone", channel: .phone, level: level, clause: "FP-6"),
        ]
    }

    static let terms = [
        Term(clause: "FP-1", text: "Todo reporte de falla se sigue con un ticket, cualquiera que sea el canal."),
        Term(
            clause: "FP-2",
            text: "El acceso remoto al equipo del cliente ocurre sólo cuando hace falta; el ticket registra la "
                + "herramienta, quién lo autorizó, el inicio y el fin."),
        Term(
            clause: "FP-4",
            text:
                "Lo que está fuera del contrato (uso del equipo de cómputo, impresión de PDF, virus, configuración de "
                + "correo, diseño de logotipos, obtención de certificados fiscales) puede tener un costo, que se cotiza "
                + "antes; el cliente acepta o rechaza la cotización en el ticket."),
        Term(clause: "FP-6", text: "Por teléfono, la primera respuesta llega en 10 a 20 minutos."),
        Term(
            clause: "FP-6",
            text: "Un desarrollo nuevo toma más tiempo, según su complejidad; las mejoras requieren la autorización de "
                + "la empresa y un lugar en el programa de trabajo."),
        Term(
            clause: "FP-7",
            text:
                "Si el nivel 3 encuentra que bastaba configurar o explicar, el ticket vuelve al nivel 1. Los problemas "
                + "de infraestructura pasan de inmediato al nivel 3, sin pasar por el nivel 2."),
        Term(
            clause: "FP-8",
            text:
                "El mantenimiento planeado o urgente, las actualizaciones y los cambios normativos se anuncian con un "
                + "aviso en la aplicación, en el sitio público, por correo a quienes se suscribieron, en el centro de "
                + "soporte y por teléfono cuando conciernen a un solo cliente."),
        Term(clause: "FP-10", text: "El nivel de servicio es el mismo para el servicio básico y el premium."),
        Term(
            clause: "FP-11",
            text: "El acuerdo rige desde la fecha del contrato; cualquiera de las partes lo termina por escrito un mes "
                + "antes de que acabe el plazo inicial o una renovación."),
        Term(
            clause: "FP-12",
            text: "La información, las contraseñas y la configuración del cliente son secretas; queda registro de cada "
                + "acceso del personal."),
    ]
}
