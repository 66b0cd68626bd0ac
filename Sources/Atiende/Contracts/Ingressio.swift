// Ingressio: attendance control in the cloud, Mexico. Response by severity; recovery, solution and root cause in days.

internal import SLA

extension Contract {
    static let ingressio = Contract(
        key: "ingressio", provider: "Ingressio",
        product: Phrase("Control de asistencia en la nube Ingressio", "Ingressio attendance control in the cloud"),
        country: .mexico, timeZone: "America/Mexico_City", locale: "es-MX", icon: "tenant-ingressio",
        attention: "office",
        calendars: [
            ContractCalendar(
                key: "office", name: Phrase("Horario de atención", "Support hours"),
                week: .on(.mondayToFriday, "09:00", "18:00"), publicHolidays: .mexico, clause: "IN-9"),
            .always(
                Phrase("Recepción de tickets, las 24 horas", "Tickets are received around the clock"), clause: "IN-9"),
        ],
        channels: [
            ContractChannel(
                channel: .mail, name: Phrase("Correo electrónico", "E-mail"), address: "soporte@ingressio.example",
                hours: "office", clause: "IN-1, IN-5"),
            ContractChannel(
                channel: .portal, name: Phrase("Menú del producto", "The product's menu"), hours: "office",
                clause: "IN-1"),
            ContractChannel(
                channel: .phone, name: Phrase("Teléfono, a criterio de Soporte", "Telephone, at Support's discretion"),
                hours: "office", isOfficial: false, clause: "IN-5"),
            ContractChannel(
                channel: .chat, name: Phrase("Chat, a criterio de Soporte", "Chat, at Support's discretion"),
                hours: "office", isOfficial: false, clause: "IN-5"),
        ],
        kinds: Ingressio.kinds, categories: Ingressio.categories, severities: Ingressio.severities,
        levels: Ingressio.levels, stages: Ingressio.stages,
        charge: Ingressio.charge,
        plans: [
            ContractPlan(
                key: "servicio", name: Phrase("Servicio", "Service"), hours: "office", channels: [.mail, .portal],
                answersBy: [.mail], targets: Ingressio.targets, steps: EscalationStep.standard(for: Ingressio.targets),
                features: [.warranty, .newVersions], mailCountsFrom: .sent, clause: "IN-13")
        ],
        terms: Ingressio.terms)
}

private enum Ingressio {
    // What the contract does not name; its staff shares out its work by it.
    static let categories = [
        RequestCategory(key: "devices", name: Phrase("Equipos biométricos", "Biometric devices"), skill: "hardware"),
        RequestCategory(key: "attendance", name: Phrase("Registros de asistencia", "Attendance records")),
        RequestCategory(key: "reports", name: Phrase("Reportes", "Reports")),
        RequestCategory(key: "users", name: Phrase("Usuarios y accesos", "Users and access")),
        RequestCategory(key: "other", name: Phrase("Otro", "Other")),
    ]

    static let kinds = [
        RequestKind(key: "failure", name: Phrase("Falla del sistema", "System failure"), clause: "IN-13"),
        RequestKind(
            key: "warranty", name: Phrase("Garantía de equipo biométrico", "Warranty of a biometric device"),
            clause: "IN-11, IN-12"),
        RequestKind(key: "question", name: Phrase("Consulta", "Question")),
        RequestKind(
            key: "chargeable", name: Phrase("Falla atribuible al cliente", "Failure attributable to the customer"),
            mayBeCharged: true, clause: "IN-17"),
    ]

    // MARK: IN-14

    static let first: Severity = "severity1"
    static let second: Severity = "severity2"
    static let third: Severity = "severity3"
    static let fourth: Severity = "severity4"

    static let severities = [
        SeverityDefinition(
            severity: first, name: Phrase("Severidad 1", "Severity 1"),
            definition: Phrase(
                "El control de acceso está caído por completo (ningún dispositivo biométrico funciona) o no puede "
                    + "iniciarse, el cliente no puede recuperarlo y el impacto es crítico.",
                "The access control is down completely (no biometric device works) or cannot start; the customer cannot "
                    + "recover it and the impact is critical."),
            clause: "IN-14"),
        SeverityDefinition(
            severity: second, name: Phrase("Severidad 2", "Severity 2"),
            definition: Phrase(
                "Falla degradada o persistente, con impacto en la operación de algunos lectores.",
                "Degraded or persistent failure with impact on the operation of some readers."),
            clause: "IN-14"),
        SeverityDefinition(
            severity: third, name: Phrase("Severidad 3", "Severity 3"),
            definition: Phrase(
                "Función degradada o reducida; la operación continúa.",
                "Degraded or reduced function; operation goes on."),
            clause: "IN-14"),
        SeverityDefinition(
            severity: fourth, name: Phrase("Severidad 4", "Severity 4"),
            definition: Phrase(
                "Sin efecto en la producción: fallas sin diagnóstico, errores de documentación, inconsistencias.",
                "No effect on production: undiagnosed faults, documentation errors, inconsistencies."),
            clause: "IN-14"),
    ]

    static let levels = [
        SupportLevel(
            level: 1, name: Phrase("Soporte", "Support"),
            duty: Phrase(
                "Reproduce el error reportado, reúne los detalles técnicos, responde, da seguimiento y comprueba que el "
                    + "cliente opera correctamente.",
                "Reproduces the reported error, gathers the technical details, answers, follows up and checks that the "
                    + "customer operates correctly."),
            clause: "IN-4, IN-7"),
        SupportLevel(
            level: 2, name: Phrase("Investigación y Desarrollo", "Research & Development"),
            duty: Phrase(
                "Soluciona lo que requiere cambios en el producto, dentro de los mismos tiempos máximos.",
                "Solves what needs changes to the product, within the same maximum times."),
            clause: "IN-6"),
    ]

    static let stages = [
        Stage(
            fact: .acknowledged, name: Phrase("Recepción confirmada", "Receipt confirmed"), clause: "IN-8"),
        Stage(fact: .diagnosed, name: Phrase("Primer diagnóstico", "First diagnosis"), clause: "IN-8"),
        Stage(
            fact: .inDevelopment,
            name: Phrase("Enviado a Investigación y Desarrollo", "Sent to Research & Development"),
            clause: "IN-8"),
        Stage(
            fact: .answered, name: Phrase("Respuesta enviada al cliente", "Answer sent to the customer"), clause: "IN-8"
        ),
        Stage(
            fact: .closed,
            name: Phrase("Cerrado con la satisfacción del cliente", "Closed with the customer's satisfaction"),
            clause: "IN-8"),
    ]

    // MARK: IN-2, IN-13 and IN-14, the promises

    static let targets =
        response(first, .atMost(6, .businessHours))
        + response(second, .atMost(12, .businessHours))
        + response(third, .atMost(24, .businessHours))
        + response(fourth, .atMost(36, .businessHours))
        // A critical report is one of severity 1.
        + [Target(.recovery, first, .atMost(1, .businessDays), on: "office", clause: "IN-13")]
        + [second, third, fourth].map {
            Target(.resolution, $0, .atMost(10, .businessDays), on: "office", clause: "IN-13")
        }
        + [first, second, third, fourth].map {
            Target(.rootCause, $0, .atMost(30, .businessDays), on: "office", clause: "IN-13")
        }

    /// The confirmation goes out by itself, at any hour.
    static func response(_ severity: Severity, _ promise: Promise) -> [Target] {
        [
            Target(.acknowledge, severity, .atMost(15, .minutes), on: "always", clause: "IN-2"),
            Target(.firstResponse, severity, promise, on: "office", clause: "IN-14"),
        ]
    }

    // MARK: IN-17

    static let charge = ChargeRate(
        currency: "USD", firstHour: 65_00, furtherHour: 45_00,
        causes: [
            Phrase(
                "Administración inadecuada de la infraestructura (base de datos, aplicación, conectividad, sistema "
                    + "operativo, servidores de archivos).",
                "Inadequate administration of infrastructure (database, application, connectivity, operating system, "
                    + "file servers)."),
            Phrase("Un error causado por el mal uso del sistema.", "A bug from misuse of the system."),
            Phrase(
                "Código modificado o dañado por el consumidor, o reparado por personas no autorizadas.",
                "Code modified or damaged by the consumer, or repaired by unauthorised people."),
            Phrase(
                "Virus o pérdida de información que afectan la configuración.",
                "Viruses or loss of information that affect the configuration."),
        ],
        clause: "IN-17")

    static let terms = [
        Term(
            clause: "IN-1",
            text: "Un ticket dice empresa, nombre completo, correo y teléfono del contacto, tipo de soporte y "
                + "descripción, con los archivos que hagan falta."),
        Term(
            clause: "IN-2",
            text: "La confirmación de recepción llega por correo con los casos de severidad del acuerdo."),
        Term(
            clause: "IN-3",
            text:
                "La prioridad y el orden de atención siguen los recursos disponibles, los tickets en curso, la severidad "
                + "y el orden de registro."),
        Term(clause: "IN-5", text: "El correo electrónico es el canal oficial de las respuestas."),
        Term(
            clause: "IN-6",
            text:
                "Lo que Investigación y Desarrollo debe resolver conserva los tiempos máximos: estar en desarrollo no "
                + "detiene ningún reloj."),
        Term(clause: "IN-10", text: "El software de terceros nunca está cubierto."),
        Term(
            clause: "IN-11",
            text: "El equipo biométrico en garantía se reemplaza sin costo por otro igual o mejor."),
        Term(
            clause: "IN-12",
            text: "Las fallas en garantía se reportan a cualquier hora y se atienden en el horario de atención, por "
                + "correo; cada una recibe un folio."),
        Term(
            clause: "IN-15",
            text: "Las versiones nuevas de los módulos contratados no tienen costo durante el contrato."),
        Term(
            clause: "IN-16",
            text:
                "Cuando falla el alojamiento en la nube, se avisa de inmediato a los clientes qué se hará y el tiempo "
                + "estimado."),
        Term(
            clause: "IN-18",
            text:
                "Los tiempos máximos cuentan desde que se levanta el ticket, según la severidad que resulta del análisis "
                + "del reporte."),
    ]
}
