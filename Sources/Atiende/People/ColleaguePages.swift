// What a customer sees of the own organization, and who manages it of its people.

internal import Markup

struct OwnOrganizationPage: Page {
    struct Name: Item {
        let name: String
        let isManager: Bool

        static let fields: [Field<Name>] = [.text("name") { $0.name }, .flag("isManager") { $0.isManager }]
    }

    let name: String
    let facts: [PersonPage.Fact]
    let people: [Name]
    let onboarding: OnboardingCard?
    /// Where people are cut off; empty where they are not.
    let limit: String
    /// Empty for whoever does not manage the organization.
    let manageHref: String
    let accessesHref: String

    static let template: StaticString = "people/organization.html"
    static let fields: [Field<OwnOrganizationPage>] = [
        .text("organizationName") { $0.name },
        .list("facts") { $0.facts },
        .list("people") { $0.people },
        .part("onboarding") { $0.onboarding },
        .text("limit") { $0.limit },
        .text("manageHref") { $0.manageHref },
        .text("accessesHref") { $0.accessesHref },
    ]
}

struct ColleaguesPage: Page {
    struct Row: Item {
        let name: String
        let email: String
        let isSelf: Bool
        let isManager: Bool
        let state: PersonStateItem
        let approval: ActionForm?
        let refusal: ActionForm?
        let manager: ActionForm?
        let removal: ActionForm?

        static let fields: [Field<Row>] = [
            .text("name") { $0.name },
            .text("email") { $0.email },
            .flag("isSelf") { $0.isSelf },
            .flag("isManager") { $0.isManager },
            .part("state") { $0.state },
            .part("approval") { $0.approval },
            .part("refusal") { $0.refusal },
            .part("manager") { $0.manager },
            .part("removal") { $0.removal },
        ]
    }

    /// Somebody who was asked, as whoever manages the organization typed it.
    struct Offer: Item {
        let name: String
        let email: String
        let state: PersonStateItem
        let ends: String
        let withdrawal: ActionForm?

        static let fields: [Field<Offer>] = [
            .text("name") { $0.name },
            .text("email") { $0.email },
            .part("state") { $0.state },
            .text("ends") { $0.ends },
            .part("withdrawal") { $0.withdrawal },
        ]
    }

    let back: String
    let heading: String
    let people: [Row]
    let pager: Pager?
    let offers: [Offer]
    let offersLead: String
    let action: String
    let keys: FormKeys
    let fields: [FormField]
    let faults: [FormFault]

    static let template: StaticString = "people/colleagues.html"
    static let fields: [Field<ColleaguesPage>] = [
        .text("back") { $0.back },
        .text("heading") { $0.heading },
        .list("people") { $0.people },
        .part("pager") { $0.pager },
        .list("offers") { $0.offers },
        .text("offersLead") { $0.offersLead },
        .text("action") { $0.action },
        .part("keys") { $0.keys },
        .list("fields") { $0.fields },
        .list("faults") { $0.faults },
        .number("faultCount") { $0.faults.count },
    ]
}
