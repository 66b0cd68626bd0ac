// The Spanish of agreements: amounts, clocks, statuses, dates.

internal import Markup
internal import SLA

enum AgreementWords {
    static func count(_ number: Int, _ one: String, _ many: String) -> String {
        "\(number) \(number == 1 ? one : many)"
    }

    /// `menos de 2 horas hábiles`, `a lo más 10 días hábiles`
    static func amount(_ target: Target, in country: Country) -> String {
        (target.isStrict ? "menos de " : "a lo más ") + amount(target.amount, target.unit, in: country)
    }

    private static func amount(_ amount: Int, _ unit: TargetUnit, in country: Country) -> String {
        switch unit {
        case .businessHours: count(amount, "hora hábil", "horas hábiles")
        case .businessMinutes: count(amount, "minuto hábil", "minutos hábiles")
        case .hours: count(amount, "hora", "horas")
        case .minutes: count(amount, "minuto", "minutos")
        case .businessDays: count(amount, "día hábil", "días hábiles")
        case .calendarDays:
            country == .mexico
                ? count(amount, "día natural", "días naturales") : count(amount, "día calendario", "días calendario")
        }
    }

    /// A notice: `48 horas`, `90 minutos`.
    static func minutes(_ minutes: Int) -> String {
        minutes % 60 == 0 ? count(minutes / 60, "hora", "horas") : count(minutes, "minuto", "minutos")
    }

    /// `a, b y c`, or `a, b o c`
    static func list(_ words: [String], or isChoice: Bool = false) -> String {
        guard let last = words.last, words.count > 1 else { return words.first ?? "" }
        // «y» becomes «e» before the sound of i.
        let and = isChoice ? " o " : last.hasPrefix("i") || last.hasPrefix("I") ? " e " : " y "
        return words.dropLast().joined(separator: ", ") + and + last
    }

    /// `99.5 %` in Mexico, `99,5 %` in Colombia
    static func percent(_ target: AvailabilityTarget, in country: Country) -> String {
        let mark: Character = country == .mexico ? "." : ","
        return String(target.description.map { $0 == "." ? mark : $0 }) + "\u{A0}%"
    }

    // MARK: Clocks

    static func clock(_ clock: ClockKind) -> String {
        switch clock {
        case .acknowledge: "Acuse de recibo"
        case .firstResponse: "Primera respuesta"
        case .nextResponse: "Siguiente respuesta"
        case .periodicUpdate: "Aviso de avance"
        case .levelResponse: "Atención de cada nivel"
        case .recovery: "Recuperación del servicio"
        case .resolution: "Solución"
        case .rootCause: "Solución de raíz"
        }
    }

    /// `Atención de nivel 2, si llegó por teléfono`
    static func clock(_ target: Target) -> String {
        var text = clock(target.clock)
        if let level = target.level {
            text =
                target.clock == .levelResponse ? "Atención de \(Self.level(level))" : text + " (\(Self.level(level)))"
        }
        if let channel = target.channel { text += ", si llegó por \(Self.channel(channel))" }
        return text
    }

    /// `nivel 2`, which no line divides.
    static func level(_ level: Int) -> String { "nivel\u{A0}\(level)" }

    static func start(_ clock: ClockKind) -> String {
        switch clock {
        case .acknowledge, .firstResponse, .recovery, .resolution, .rootCause: "Al abrirse el ticket"
        case .nextResponse: "Con el primer mensaje del cliente sin responder"
        case .periodicUpdate: "Al abrirse el ticket y con cada mensaje al cliente"
        case .levelResponse: "Al llegar el ticket al nivel"
        }
    }

    static func end(_ clock: ClockKind) -> String {
        switch clock {
        case .acknowledge: "Al enviarse o mostrarse la confirmación"
        case .firstResponse: "Con el primer mensaje de una persona del soporte; los automáticos no cuentan"
        case .nextResponse, .periodicUpdate: "Con el siguiente mensaje al cliente"
        case .levelResponse: "Con un mensaje o un diagnóstico de ese nivel o de uno mayor"
        case .recovery: "Al registrarse el servicio recuperado, o resuelto"
        case .resolution: "Al resolverse el ticket"
        case .rootCause: "Al registrarse la causa raíz y la solución definitiva"
        }
    }

    static func pauses(_ statuses: StatusSet) -> String {
        let names = TicketStatus.allCases.filter(statuses.contains).map(status)
        return names.isEmpty ? "Nada lo detiene" : "Se detiene mientras está \(list(names, or: true))"
    }

    static func status(_ status: TicketStatus) -> String {
        switch status {
        case .new: "nuevo"
        case .open: "abierto"
        case .waitingCustomer: "esperando al cliente"
        case .waitingThirdParty: "esperando a un tercero"
        case .inDevelopment: "en desarrollo"
        case .resolved: "resuelto"
        case .closed: "cerrado"
        }
    }

    // MARK: Names

    static func channel(_ channel: Channel) -> String {
        switch channel {
        case .portal: "portal"
        case .mail: "correo electrónico"
        case .phone: "teléfono"
        case .chat: "chat"
        case .visit: "visita"
        default: channel.rawValue
        }
    }

    static func cause(_ cause: String) -> String {
        switch Cause(rawValue: cause) {
        case .thirdParty: "terceros"
        case .customer: "el cliente"
        default: cause
        }
    }

    // MARK: Dates and hours

    /// `viernes 1 de enero de 2027`
    static func date(_ date: CivilDate) -> String {
        let months = [
            "enero", "febrero", "marzo", "abril", "mayo", "junio", "julio", "agosto", "septiembre", "octubre",
            "noviembre", "diciembre",
        ]
        let parts = date.parts
        return "\(Language.es.weekday(date.weekday)) \(parts.day) de \(months[parts.month - 1]) de \(parts.year)"
    }

    static func week(_ calendar: ContractCalendar) -> String {
        Language.es.hours(calendar.openings).capitalizedFirst
    }

    static func holidays(_ calendar: ContractCalendar) -> String {
        if calendar.isAlwaysOpen { return "abierto también en festivos" }
        let country = calendar.publicHolidays.map { $0 == .mexico ? "de México" : "de Colombia" }
        switch (country, calendar.holidays.isEmpty) {
        case (let country?, true): return "cerrado en los festivos \(country)"
        case (let country?, false): return "cerrado en los festivos \(country) y en los propios"
        case (nil, false): return "cerrado en los festivos propios"
        case (nil, true): return "abierto también en festivos"
        }
    }
}
