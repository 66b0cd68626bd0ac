// Invented tickets for measuring: of about four events each, in all states, the same every time.

internal import SLA
internal import SQL

struct BenchTickets: Sendable {
    let rules: TicketRules
    let organizations: [(id: Organization.ID, name: String)]
    let technicians: [Person.ID]
    let now: Int
    let count: Int

    /// One in five is open; the others are spread over two years.
    private func age(_ number: Int) -> Int {
        let left = count - number
        let isOpen = number % 5 == 0
        // An open one is at most some hours old: of those few are breached.
        return isOpen ? 60 + number &* 7919 % 5400 : 86_400 + left &* 62_000_000 / max(1, count)
    }

    func make(_ number: Int, in connection: Connection) throws {
        let organization = organizations[number &* 31 % organizations.count]
        let opened = now - age(number)
        let plans = rules.contract.plans
        let plan = plans[number % plans.count]
        let severities = rules.contract.severities.filter { severity in
            !rules.contract.kinds.contains { $0.severity == severity.severity }
        }
        guard let kind = rules.contract.kinds.first(where: { $0.severity == nil }), !severities.isEmpty,
            let reference = rules.plan(plan.key)
        else { throw Refusal.broken("a contract without what tickets need") }
        var draft = TicketDraft(
            organization: organization.id, kind: kind.key, subject: Self.subject(number), channel: .portal,
            severity: severities[number % severities.count].severity, level: 1 + number % 3, plan: reference,
            openedAt: opened)
        draft.description = Self.text(number, words: 40)
        draft.names = [organization.name]
        draft.isAcknowledged = number % 5 != 0
        try connection.openTicket(draft, facts: facts(number, opened), rules, at: opened)
    }

    private func facts(_ number: Int, _ opened: Int) -> [TicketFact] {
        let person = technicians[number % technicians.count]
        let step = max(1, (now - opened) / 10)
        func fact(_ part: Int, _ kind: TicketFact.Kind, _ body: String = "", by actor: Person.ID? = nil) -> TicketFact {
            TicketFact(at: opened + step * part, actor: actor ?? person, kind: kind, body: body)
        }
        let answer = fact(1, .staffMessage(level: 3), Self.text(number &+ 17, words: 25))
        guard number % 5 == 0 else {
            return [
                answer, fact(2, .customerMessage, Self.text(number &+ 29, words: 15)),
                TicketFact(at: opened + min(step * 3, 80_000), actor: person, kind: .status(.resolved)),
                TicketFact(at: opened + min(step * 4, 85_000), actor: person, kind: .status(.closed)),
            ]
        }
        switch number / 5 % 5 {
        case 0: return []
        case 1: return [answer, fact(2, .assigned(person)), fact(3, .status(.waitingCustomer))]
        case 2:
            return [answer, fact(2, .assigned(person)), fact(4, .customerMessage, Self.text(number &+ 3, words: 15))]
        case 3: return [fact(1, .assigned(person)), fact(3, .note, Self.text(number &+ 5, words: 15)), answer]
        default: return [fact(2, .assigned(person)), answer, fact(3, .status(.inDevelopment))]
        }
    }

    // MARK: Words

    private static let common = [
        "factura", "sistema", "error", "cliente", "reporte", "usuario", "pantalla", "correo", "acceso", "cuenta",
        "timbre", "archivo", "consulta", "lento", "mensaje", "sucursal", "datos", "fecha", "pedido", "contrato",
        "equipo",
        "red", "permiso", "versión", "módulo", "catálogo", "impresión", "nómina", "horario", "saldo", "pago", "folio",
        "servidor", "respaldo", "certificado", "configuración", "llamada", "tablero", "agente", "exportar",
    ]

    private static func subject(_ number: Int) -> String {
        "La \(common[number % 40]) no muestra \(common[number / 3 % 40]) de \(common[number / 7 % 40]) (\(number))"
    }

    /// Each word of the list in most texts, and one that only this ticket has.
    private static func text(_ number: Int, words: Int) -> String {
        var text = "Caso zq\(number)x:"
        var seed = UInt64(truncatingIfNeeded: number) &* 0x9E37_79B9_7F4A_7C15
        for _ in 0..<words {
            seed = seed &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
            text += " " + common[Int(seed >> 33) % 40]
        }
        return text
    }
}
