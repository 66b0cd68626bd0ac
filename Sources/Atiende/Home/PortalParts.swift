// What a provider's home shows to whoever is in: the places of the staff's work, a customer's organization and plan.

internal import Markup
internal import SLA

struct PortalPlace: Item {
    let icon: String
    let label: String
    let detail: String
    let href: String

    static let fields: [Field<PortalPlace>] = [
        .text("icon") { $0.icon },
        .text("label") { $0.label },
        .text("detail") { $0.detail },
        .text("href") { $0.href },
    ]

    private static let looks: [String: (icon: String, detail: String)] = [
        "/people": ("people", "portal.place.people"), "/organizations": ("building", "portal.place.organizations"),
        "/onboarding": ("hourglass", "portal.place.onboarding"), "/admin": ("gear", "portal.place.administration"),
    ]

    /// The places of the frame, each with what it is for.
    static func all(_ visit: Visit) -> [PortalPlace] {
        visit.places.compactMap { place in
            looks[place.path].map { look in
                PortalPlace(
                    icon: look.icon, label: visit.words.text(place.words), detail: visit.words.text(look.detail),
                    href: visit.link(place.path))
            }
        }
    }
}

/// The organization that a customer is here for, its plan, and when and how that plan is attended.
struct PortalAgreement: Item {
    let organization: String
    let organizationHref: String
    let agreementHref: String
    let facts: [FactItem]

    static let fields: [Field<PortalAgreement>] = [
        .text("organization") { $0.organization },
        .text("organizationHref") { $0.organizationHref },
        .text("agreementHref") { $0.agreementHref },
        .list("facts") { $0.facts },
    ]

    /// Nil for whoever is here for no organization.
    static func find(_ visit: Visit) throws(Refusal) -> PortalAgreement? {
        guard let membership = visit.session?.membership else { return nil }
        let desk = try visit.tenantDesk()
        let agreement = try desk.read { try $0.agreement(of: membership.organization) }
        return PortalAgreement(
            organization: membership.name, organizationHref: visit.link("/organization"),
            agreementHref: visit.link("/organization/agreement"),
            facts: facts(of: agreement, desk, today: try visit.today(), visit))
    }

    private static func facts(
        of agreement: AgreementRecord?, _ desk: Desk, today: CivilDate, _ visit: Visit
    ) -> [FactItem] {
        let words = visit.words
        func fact(_ key: String, _ value: String) -> FactItem {
            FactItem(label: words.text("portal.mine.\(key)"), value: value)
        }
        guard let agreement else { return [fact("plan", words.text("portal.mine.none"))] }
        guard agreement.term.standing(on: today).isRunning else {
            return [fact("plan", words.text("portal.mine.over"))]
        }
        let facts = [fact("plan", visit.planName(agreement.plan, desk))]
        // What an older version of the contract promised stands in the document that was signed.
        guard let contract = Contract.named(desk.provider.contract), contract.version == agreement.planVersion,
            let plan = contract.plans.first(where: { $0.key == agreement.plan })
        else { return facts }
        let hours = contract.calendar(plan.hours).map { calendar in
            let text = words.hours(calendar.openings).capitalizedFirst
            return calendar.publicHolidays == nil
                ? text : words.text("portal.mine.noHolidays", ["hours": .text(text)])
        }
        let channels = contract.channels.filter { plan.channels.contains($0.channel) }
            .map { $0.name.text(in: visit.language) }
        return facts
            + [fact("hours", hours ?? ""), fact("channels", channels.joined(separator: ", "))]
            .filter { !$0.value.isEmpty }
    }
}
