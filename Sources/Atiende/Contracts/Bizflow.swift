// Bizflow Tech: business software. Four severities by impact, and updates while the customer waits.

internal import SLA

extension Contract {
    static let bizflow = Contract(
        key: "bizflow", provider: "Bizflow",
        product: Phrase("Software empresarial Bizflow", "Bizflow business software"),
        country: .mexico, timeZone: "America/Mexico_City", locale: "es-MX", icon: "tenant-bizflow",
        attention: "always",
        // The source gives amounts without hours: they count around the clock.
        calendars: [.always()],
        channels: [
            ContractChannel(channel: .portal, name: Phrase("Portal"), hours: "always", clause: "BZ-7"),
            ContractChannel(
                channel: .mail, name: Phrase("Correo electrónico", "E-mail"), address: "soporte@bizflow.example",
                hours: "always", clause: "BZ-7"),
        ],
        kinds: [
            RequestKind(key: "systemError", name: Phrase("Error del sistema", "System error"), clause: "BZ-2"),
            RequestKind(
                key: "configuration", name: Phrase("Problema de configuración", "Configuration problem"), clause: "BZ-2"
            ),
            RequestKind(key: "question", name: Phrase("Consulta técnica", "Technical question"), clause: "BZ-2"),
            RequestKind(
                key: "improvement", name: Phrase("Solicitud de mejora", "Improvement request"), clause: "BZ-2"),
        ],
        categories: Bizflow.categories, severities: Bizflow.severities, levels: Bizflow.levels,
        plans: [
            ContractPlan(
                key: "soporte", name: Phrase("Soporte", "Support"), hours: "always", channels: [.portal, .mail],
                answersBy: [.portal, .mail], targets: Bizflow.targets,
                steps: EscalationStep.standard(for: Bizflow.targets), features: [.knowledgeBase, .remoteAccess],
                clause: "BZ-9")
        ],
        terms: Bizflow.terms)
}

private enum Bizflow {
    // What the contract does not name; its staff shares out its work by it.
    static let categories = [
        RequestCategory(key: "processes", name: Phrase("Procesos y formularios", "Processes and forms")),
        RequestCategory(
            key: "integration", name: Phrase("Integración con otros sistemas", "Integration with other systems"),
            skill: "integration"),
        RequestCategory(
            key: "performance", name: Phrase("Lentitud o caídas", "Slowness or outages"), skill: "infrastructure"),
        RequestCategory(key: "users", name: Phrase("Usuarios y accesos", "Users and access")),
        RequestCategory(key: "other", name: Phrase("Otro", "Other")),
    ]

    // MARK: BZ-3

    static let critical: Severity = "critical"
    static let high: Severity = "high"
    static let medium: Severity = "medium"
    static let low: Severity = "low"

    static let severities = [
        SeverityDefinition(
            severity: critical, name: Phrase("Crítica", "Critical"),
            definition: Phrase("El sistema no opera en absoluto.", "The system is completely inoperative."),
            clause: "BZ-3"),
        SeverityDefinition(
            severity: high, name: Phrase("Alta", "High"),
            definition: Phrase("Una función principal está afectada.", "A main function is affected."), clause: "BZ-3"),
        SeverityDefinition(
            severity: medium, name: Phrase("Media", "Medium"),
            definition: Phrase("Una función secundaria está afectada.", "A secondary function is affected."),
            clause: "BZ-3"),
        SeverityDefinition(
            severity: low, name: Phrase("Baja", "Low"),
            definition: Phrase("Una consulta o un detalle cosmético.", "A question or a cosmetic matter."),
            clause: "BZ-3"),
    ]

    // MARK: BZ-9 and BZ-6, the promises

    static let targets =
        row(critical, response: .atMost(30, .minutes), resolution: .atMost(4, .hours), updates: .atMost(2, .hours))
        + row(high, response: .atMost(2, .hours), resolution: .atMost(8, .hours), updates: .atMost(4, .hours))
        + row(medium, response: .atMost(4, .hours), resolution: .atMost(24, .hours), updates: .atMost(24, .hours))
        // Low: on significant progress, which no clock can measure.
        + row(low, response: .atMost(8, .hours), resolution: .atMost(48, .hours), updates: nil)

    static func row(_ severity: Severity, response: Promise, resolution: Promise, updates: Promise?) -> [Target] {
        [
            Target(.firstResponse, severity, response, on: "always", clause: "BZ-9"),
            Target(.resolution, severity, resolution, on: "always", clause: "BZ-9"),
        ] + (updates.map { [Target(.periodicUpdate, severity, $0, on: "always", clause: "BZ-6")] } ?? [])
    }

    // MARK: BZ-1 and BZ-5

    static let levels = [
        SupportLevel(
            level: 1, name: Phrase("Técnico", "Technician"),
            duty: Phrase(
                "Resuelve configuración, uso y errores comunes, o escala.",
                "Solves configuration, use and common errors, or escalates."),
            clause: "BZ-1, BZ-5"),
        SupportLevel(
            level: 2, name: Phrase("Especialista", "Specialist"),
            duty: Phrase(
                "Diagnóstico avanzado, acceso remoto autorizado y cambios medianos; escala lo que requiere código.",
                "Advanced diagnosis, authorised remote access and medium changes; escalates what needs code."),
            clause: "BZ-1, BZ-5"),
        SupportLevel(
            level: 3, name: Phrase("Ingeniero", "Engineer"),
            duty: Phrase(
                "Trabaja en código o infraestructura, da soluciones provisionales, coordina con desarrollo y documenta "
                    + "causa raíz y solución.",
                "Works on code or infrastructure, builds workarounds, coordinates with development, documents root cause "
                    + "and solution."),
            clause: "BZ-1, BZ-5"),
    ]

    static let terms = [
        Term(clause: "BZ-1", text: "Un líder de soporte coordina los tres niveles y escala a desarrollo."),
        Term(clause: "BZ-2", text: "Cada solicitud recibe un número único y un tipo."),
        Term(
            clause: "BZ-4",
            text:
                "El primer diagnóstico reúne mensajes de error, comportamiento esperado y real, capturas o bitácoras, "
                + "versión del software y ambiente; consulta la base de conocimiento y reproduce el problema en un "
                + "ambiente de pruebas cuando es posible."),
        Term(clause: "BZ-6", text: "En severidad baja el cliente recibe noticias cuando hay un avance significativo."),
        Term(clause: "BZ-7", text: "Toda la comunicación queda en el ticket."),
        Term(
            clause: "BZ-8",
            text:
                "Para cerrar, el cliente confirma, la solución queda documentada, la base de conocimiento se actualiza "
                + "cuando conviene y se pide su opinión."),
        Term(
            clause: "BZ-10",
            text:
                "Se conservan el registro de incidentes técnicos, la base de conocimiento, el informe de cumplimiento y "
                + "los escalamientos a desarrollo."),
    ]
}
