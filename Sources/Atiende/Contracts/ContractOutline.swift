// What a provider's contract says of who it is and when it attends: enough to open its portal.

public struct ContractOutline: Sendable {
    public let key: String
    public let provider: String
    public let timeZone: String
    public let locale: String
    public let icon: String
    public let openings: [Provider.Opening]
    public let channels: [Provider.Channel]

    /// In the order in which they are listed.
    public static let all = [factupronto, ingressio, seres, bizflow, proware]

    public static func named(_ key: String) -> ContractOutline? { all.first { $0.key == key } }

    func provider(name: String, timeZone: String) -> Provider {
        Provider(
            name: name, contract: key, timeZone: timeZone, locale: locale, icon: icon, openings: openings,
            channels: channels)
    }

    /// FP-9: tickets Mon–Fri 9–21, Sat 9–14. FP-1: telephone, e-mail, chat, in-app ticket.
    static let factupronto = ContractOutline(
        key: "factupronto", provider: "FactuPronto", timeZone: "America/Mexico_City", locale: "es-MX",
        icon: "tenant-factupronto", openings: hours(1...5, 9, 21) + hours(6...6, 9, 14),
        channels: channels("factupronto", .portal, .mail, .phone, .chat))

    /// IN-9: Mon–Fri 9–18. IN-1 and IN-5: e-mail or the product's menu, e-mail being official.
    static let ingressio = ContractOutline(
        key: "ingressio", provider: "Ingressio", timeZone: "America/Mexico_City", locale: "es-MX",
        icon: "tenant-ingressio", openings: hours(1...5, 9, 18), channels: channels("ingressio", .portal, .mail))

    /// SE-12: 24×7 including holidays, by telephone.
    static let seres = ContractOutline(
        key: "seres", provider: "SERES", timeZone: "America/Mexico_City", locale: "es-MX",
        icon: "tenant-seres", openings: hours(1...7, 0, 24), channels: channels("seres", .portal, .mail, .phone))

    /// BZ-9 counts around the clock.
    static let bizflow = ContractOutline(
        key: "bizflow", provider: "Bizflow", timeZone: "America/Mexico_City", locale: "es-MX",
        icon: "tenant-bizflow", openings: hours(1...7, 0, 24), channels: channels("bizflow", .portal, .mail))

    /// PW-1: the widest hours below 7×24, Mon–Sat 9–21. PW-2 and PW-6: e-mail, web and chat.
    static let proware = ContractOutline(
        key: "proware", provider: "Proware", timeZone: "America/Bogota", locale: "es-CO",
        icon: "tenant-proware", openings: hours(1...6, 9, 21), channels: channels("proware", .portal, .mail, .chat))

    private static func hours(_ days: ClosedRange<Int>, _ opens: Int, _ closes: Int) -> [Provider.Opening] {
        days.map { Provider.Opening(weekday: $0, opens: opens * 60, closes: closes * 60) }
    }

    private static func channels(_ key: String, _ kinds: Provider.Channel.Kind...) -> [Provider.Channel] {
        kinds.map { Provider.Channel(kind: $0, address: $0 == .mail ? "soporte@\(key).example" : "") }
    }
}
