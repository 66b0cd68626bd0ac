// The home of a provider's help centre: whether somebody attends now, and how to reach them.

internal import HTTP
internal import Markup
internal import SLA

struct PortalPage: Page {
    /// A stretch of today's opening hours, in per cent of the day.
    struct OpenPiece: Item {
        let x: String
        let width: String
        /// The part of it that is over.
        let goneWidth: String

        static let fields: [Field<OpenPiece>] = [
            .text("x") { $0.x },
            .text("width") { $0.width },
            .text("goneWidth") { $0.goneWidth },
        ]
    }

    struct Channel: Item {
        let icon: String
        let label: String
        /// Empty for a channel that is no link.
        let href: String
        let detail: String
        /// Whether what is said through it binds the provider.
        let isOfficial: Bool

        static let fields: [Field<Channel>] = [
            .text("icon") { $0.icon },
            .text("label") { $0.label },
            .text("href") { $0.href },
            .text("detail") { $0.detail },
            .flag("isOfficial") { $0.isOfficial },
        ]
    }

    var greeting: String
    /// For customers; the staff knows.
    var serviceLine: String
    let isOpen: Bool
    let hoursTitle: String
    var hoursLine: String
    /// That today is a holiday on which nobody attends, or empty.
    let holidayLine: String
    let openPieces: [OpenPiece]
    let nowX: String
    let channels: [Channel]
    /// That the visitor still waits for an approval.
    var review: SignUpReview?
    /// Where the visitor sees who asks him to belong to an organization; empty where nobody does.
    var offersHref = ""
    /// Where a visitor comes in, and where he makes an account; empty for whoever is in.
    var loginHref = ""
    var signUpHref = ""
    var reportHref = ""
    /// Where the staff's work is.
    var places: [PortalPlace] = []
    /// What a customer begins with here.
    var own: PortalTickets?
    /// What a customer's organization has agreed on.
    var mine: PortalAgreement?

    static let template: StaticString = "portal/index.html"
    static let fields: [Field<PortalPage>] = [
        .text("greeting") { $0.greeting },
        .text("serviceLine") { $0.serviceLine },
        .flag("isOpen") { $0.isOpen },
        .text("hoursTitle") { $0.hoursTitle },
        .text("hoursLine") { $0.hoursLine },
        .text("holidayLine") { $0.holidayLine },
        .list("openPieces") { $0.openPieces },
        .text("nowX") { $0.nowX },
        .list("channels") { $0.channels },
        .part("review") { $0.review },
        .text("offersHref") { $0.offersHref },
        .text("loginHref") { $0.loginHref },
        .text("signUpHref") { $0.signUpHref },
        .text("reportHref") { $0.reportHref },
        .list("places") { $0.places },
        .part("own") { $0.own },
        .part("mine") { $0.mine },
    ]
}

enum Portal {
    static func show(_ visit: Visit, _ request: Request) throws(Refusal) -> Response {
        let desk = try visit.tenantDesk()
        let terms = visit.session?.membership == nil ? nil : try? ServiceTerms.find(visit)
        var page = page(
            desk.provider, terms?.calendar ?? desk.calendar, Instant(clamping: visit.now), visit.words,
            isAlwaysOpen: terms?.hours.isAlwaysOpen)
        page.review = try SignUpReview.find(visit)
        if let session = visit.session, session.standing == .complete {
            let hour = desk.calendar.zone.wallTime(at: Instant(clamping: visit.now)).second / 3600
            let name = session.person.name.split(separator: " ").first.map(String.init) ?? session.person.name
            page.greeting = visit.words.text(greeting(hour: hour) + ".named", ["name": .text(name)])
            if session.person.role.isStaff {
                page.serviceLine = ""
                page.places = PortalPlace.all(visit)
            }
            page.mine = try PortalAgreement.find(visit)
            page.own = try PortalTickets.find(visit)
            if let terms, page.own != nil {
                page.greeting += " " + visit.words.text("portal.need")
                let moments = Moments(words: visit.words, zone: try visit.zone(), now: visit.now)
                page.hoursLine =
                    PromiseWords(moments: moments, contract: terms.rules.contract).hours(terms) + " "
                    + visit.words.text("portal.anyTime")
                page.serviceLine = ""
            }
            if session.hasOffers { page.offersHref = visit.link("/organizations/choose") }
        } else {
            page.loginHref = visit.link("/login")
            page.signUpHref = visit.link("/signup")
            page.reportHref = visit.link("/report")
        }
        let title = visit.words.text("portal.title", ["name": .text(desk.provider.name)])
        return visit.show(page, visit.site.pages.portal, title: title)
    }

    /// - Parameter isAlwaysOpen: Of the calendar, where it is not the provider's.
    static func page(
        _ provider: Provider, _ calendar: Calendar, _ now: Instant, _ words: Words, isAlwaysOpen: Bool? = nil
    ) -> PortalPage {
        let local = calendar.zone.wallTime(at: now)
        let minute = local.second / 60
        let name: Words.Value = .text(provider.name)
        return PortalPage(
            greeting: words.text(greeting(hour: minute / 60), ["name": name]),
            serviceLine: words.text(provider.isAlwaysOpen ? "portal.serviceAlways" : "portal.service"),
            isOpen: calendar.isOpen(now),
            hoursTitle: hoursTitle(isAlwaysOpen ?? provider.isAlwaysOpen, calendar, now, local, words),
            hoursLine: hoursLine(provider, words),
            holidayLine: calendar.holiday(on: local.date).map { words.text("portal.holiday", ["name": .text($0)]) }
                ?? "",
            openPieces: calendar.hours(of: local.date).map { opens, closes in
                PortalPage.OpenPiece(
                    x: DayRuler.share(opens), width: DayRuler.share(closes - opens),
                    goneWidth: DayRuler.share(max(0, min(minute, closes) - opens)))
            },
            nowX: DayRuler.share(minute),
            channels: channels(provider, words))
    }

    /// The ways to reach support.
    static func channels(_ provider: Provider, _ words: Words) -> [PortalPage.Channel] {
        provider.channels.compactMap { channel($0, provider, words) }
    }

    private static func hoursLine(_ provider: Provider, _ words: Words) -> String {
        guard !provider.openings.isEmpty else { return "" }
        let hours: Words.Value = .text(words.hours(provider.openings))
        return words.text(provider.closesOnHolidays ? "portal.hoursNoHolidays" : "portal.hours", ["hours": hours])
    }

    private static func greeting(hour: Int) -> String {
        switch hour {
        case 5..<12: "portal.morning"
        case 12..<19: "portal.afternoon"
        default: "portal.evening"
        }
    }

    private static func hoursTitle(
        _ isAlwaysOpen: Bool, _ calendar: Calendar, _ now: Instant, _ local: WallTime, _ words: Words
    ) -> String {
        if isAlwaysOpen { return words.text("portal.openAlways") }
        if let end = calendar.closing(after: now) {
            return words.text("portal.openUntil", ["when": .text(words.until(end, from: local))])
        }
        guard let next = try? calendar.nextOpen(now) else { return words.text("portal.closed") }
        let when = words.soon(calendar.zone.wallTime(at: next), from: local)
        return words.text("portal.closedUntil", ["when": .text(when)])
    }

    /// Nil for the portal itself, where the visitor is.
    private static func channel(
        _ channel: Provider.Channel, _ provider: Provider, _ words: Words
    ) -> PortalPage.Channel? {
        let hours = channel.hours(under: provider.contract, words)
        let isOfficial = channel.isOfficial(under: provider.contract)
        func detail(_ otherwise: String) -> String {
            let parts = [
                hours.isEmpty ? words.text(otherwise) : hours, isOfficial ? "" : words.text("portal.unofficial"),
            ]
            return parts.filter { !$0.isEmpty }.joined(separator: ". ")
        }
        switch channel.kind {
        case .portal: return nil
        case .mail:
            return PortalPage.Channel(
                icon: "mail", label: channel.address, href: "mailto:" + channel.address,
                detail: detail("portal.mail"), isOfficial: isOfficial)
        case .phone:
            // Nothing of what a desk of before wrote is dialled unless it is a number.
            let country: Country = Contract.named(provider.contract)?.country ?? .mexico
            guard let number = try? PhoneNumber(channel.address, in: country) else {
                return PortalPage.Channel(
                    icon: "phone", label: words.text("portal.phone"), href: "", detail: detail("portal.phoneDetail"),
                    isOfficial: isOfficial)
            }
            return PortalPage.Channel(
                icon: "phone", label: number.display, href: "tel:" + number.normal,
                detail: detail("portal.phoneHours"), isOfficial: isOfficial)
        case .chat:
            return PortalPage.Channel(
                icon: "chat", label: words.text("portal.chat"), href: "", detail: detail("portal.chatDetail"),
                isOfficial: isOfficial)
        }
    }
}
