// What clocks, statuses and amounts are called in Spanish, for what the command line prints.

internal import SLA

enum SpanishWords {
    static func clock(_ clock: ClockReading) -> String {
        guard let level = clock.level else { return name(clock.clock) }
        return "\(name(clock.clock)) \(level)"
    }

    static func name(_ clock: ClockKind) -> String {
        switch clock {
        case .acknowledge: "acuse de recibo"
        case .firstResponse: "primera respuesta"
        case .nextResponse: "siguiente respuesta"
        case .periodicUpdate: "actualización periódica"
        case .levelResponse: "respuesta del nivel"
        case .recovery: "recuperación del servicio"
        case .resolution: "solución"
        case .rootCause: "causa raíz"
        }
    }

    static func state(_ state: ClockState) -> String {
        switch state {
        case .running: "en curso"
        case .paused: "en pausa"
        case .met: "cumplido"
        case .breached: "incumplido"
        case .cancelled: "cancelado"
        }
    }

    static func status(_ status: TicketStatus) -> String {
        switch status {
        case .new: "nuevo"
        case .open: "abierto"
        case .waitingCustomer: "en espera del cliente"
        case .waitingThirdParty: "en espera de un tercero"
        case .inDevelopment: "en desarrollo"
        case .resolved: "resuelto"
        case .closed: "cerrado"
        }
    }

    static func stretch(_ kind: Stretch.Kind) -> String {
        switch kind {
        case .counted: "cuenta"
        case .closed: "fuera de horario"
        case .paused(let status): "en pausa (\(self.status(status)))"
        case .holiday(let name): name.isEmpty ? "festivo" : "festivo (\(name))"
        }
    }

    /// `8 horas hábiles`, `1 día natural`, `2 días hábiles, al cierre`.
    static func amount(_ target: Target) -> String {
        let isOne = target.amount == 1
        let unit =
            switch target.unit {
            case .businessHours: isOne ? "hora hábil" : "horas hábiles"
            case .businessMinutes: isOne ? "minuto hábil" : "minutos hábiles"
            case .hours: isOne ? "hora" : "horas"
            case .minutes: isOne ? "minuto" : "minutos"
            case .businessDays: isOne ? "día hábil" : "días hábiles"
            case .calendarDays: isOne ? "día natural" : "días naturales"
            }
        let isAtClose = target.unit == .businessDays && target.dayRule == .endOfDay
        return "\(target.amount) \(unit)" + (isAtClose ? ", al cierre" : "")
    }

    /// `9 h 05 min`, `15 min`, `45 s`.
    static func duration(_ seconds: Int) -> String {
        func pad(_ number: Int) -> String { number < 10 ? "0\(number)" : "\(number)" }
        let (hours, minutes, rest) = (seconds / 3600, seconds / 60 % 60, seconds % 60)
        var parts: [String] = []
        if hours > 0 { parts.append("\(hours) h") }
        if minutes > 0 { parts.append("\(hours > 0 ? pad(minutes) : String(minutes)) min") }
        if rest > 0 || parts.isEmpty { parts.append("\(parts.isEmpty ? String(rest) : pad(rest)) s") }
        return parts.joined(separator: " ")
    }
}
