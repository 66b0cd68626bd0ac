// What the pages about people show.

internal import Markup

/// A filter that is set, with the address of the list without it.
struct FilterChip: Item {
    let label: String
    let href: String

    static let fields: [Field<FilterChip>] = [.text("chipLabel") { $0.label }, .text("chipHref") { $0.href }]
}

/// How far an account got, in words.
struct PersonStateItem: Item {
    let kind: String
    let icon: String
    let label: String

    static let fields: [Field<PersonStateItem>] = [
        .text("stateKind") { $0.kind },
        .text("stateIcon") { $0.icon },
        .text("stateLabel") { $0.label },
    ]
}

struct PeoplePage: Page {
    struct Row: Item {
        let href: String
        let name: String
        let email: String
        let role: String
        let isLead: Bool
        let organizations: String
        let state: PersonStateItem
        /// RFC 3339; empty for never.
        let seenAt: String
        let seen: String

        static let fields: [Field<Row>] = [
            .text("href") { $0.href },
            .text("name") { $0.name },
            .text("email") { $0.email },
            .text("role") { $0.role },
            .flag("isLead") { $0.isLead },
            .text("organizations") { $0.organizations },
            .part("state") { $0.state },
            .text("seenAt") { $0.seenAt },
            .text("seen") { $0.seen },
        ]
    }

    let action: String
    let query: String
    let organization: String
    let selects: [FormField]
    let chips: [FilterChip]
    let people: [Row]
    let pager: Pager?
    /// What the list does not show, where it is cut.
    let limit: String
    let emptyTitle: String
    let emptyText: String
    /// Empty for whoever does not administer.
    let newHref: String
    let importHref: String
    let exportHref: String

    static let template: StaticString = "people/index.html"
    static let fields: [Field<PeoplePage>] = [
        .text("action") { $0.action },
        .text("query") { $0.query },
        .text("organization") { $0.organization },
        .list("selects") { $0.selects },
        .list("chips") { $0.chips },
        .list("people") { $0.people },
        .flag("isEmpty") { $0.people.isEmpty },
        .part("pager") { $0.pager },
        .text("limit") { $0.limit },
        .text("emptyTitle") { $0.emptyTitle },
        .text("emptyText") { $0.emptyText },
        .text("newHref") { $0.newHref },
        .text("importHref") { $0.importHref },
        .text("exportHref") { $0.exportHref },
    ]
}

/// A form that is one button, with hidden fields of its own: pressing two of a page's buttons does two things.
struct ActionForm: Item {
    let href: String
    let keys: FormKeys

    static let fields: [Field<ActionForm>] = [.text("actionHref") { $0.href }, .part("actionKeys") { $0.keys }]
}

extension Visit {
    /// Nil where it cannot be done now.
    func action(_ path: String, if isOffered: Bool = true) -> ActionForm? {
        isOffered ? ActionForm(href: link(path), keys: formKeys()) : nil
    }
}

struct PersonPage: Page {
    struct Fact: Item {
        let label: String
        let value: String

        static let fields: [Field<Fact>] = [.text("factLabel") { $0.label }, .text("factValue") { $0.value }]
    }

    struct Belonging: Item {
        let name: String
        let href: String
        let note: String
        /// Nil for whoever does not administer.
        let manager: ActionForm?
        let removal: ActionForm?
        let isManager: Bool

        static let fields: [Field<Belonging>] = [
            .text("name") { $0.name },
            .text("href") { $0.href },
            .text("note") { $0.note },
            .part("manager") { $0.manager },
            .part("removal") { $0.removal },
            .flag("isManager") { $0.isManager },
        ]
    }

    let list: String
    let name: String
    let state: PersonStateItem
    let facts: [Fact]
    let belongings: [Belonging]
    let isAdmin: Bool
    let editHref: String
    let identityHref: String
    let trailHref: String
    let invitation: ActionForm?
    let deactivation: ActionForm?
    let reactivation: ActionForm?
    /// Adds another organization; nil for whoever is not a customer.
    let adding: ActionForm?
    let belongingFields: [FormField]
    let faults: [FormFault]

    static let template: StaticString = "people/show.html"
    static let fields: [Field<PersonPage>] = [
        .text("list") { $0.list },
        .text("name") { $0.name },
        .part("state") { $0.state },
        .list("facts") { $0.facts },
        .list("belongings") { $0.belongings },
        .flag("isAdmin") { $0.isAdmin },
        .text("editHref") { $0.editHref },
        .text("identityHref") { $0.identityHref },
        .text("trailHref") { $0.trailHref },
        .part("invitation") { $0.invitation },
        .part("deactivation") { $0.deactivation },
        .part("reactivation") { $0.reactivation },
        .flag("isOwn") { $0.deactivation == nil && $0.reactivation == nil },
        .part("adding") { $0.adding },
        .list("belongingFields") { $0.belongingFields },
        .list("faults") { $0.faults },
        .number("faultCount") { $0.faults.count },
    ]
}

struct PersonFormPage: Page {
    /// What a field held when the form was shown.
    struct Original: Item {
        let name: String
        let value: String

        static let fields: [Field<Original>] = [.text("wasName") { $0.name }, .text("wasValue") { $0.value }]
    }

    let back: String
    let backLabel: String
    let heading: String
    let lead: String
    let submit: String
    let keys: FormKeys
    let fields: [FormField]
    let originals: [Original]
    let faults: [FormFault]

    static let template: StaticString = "people/form.html"
    static let fields: [Field<PersonFormPage>] = [
        .text("back") { $0.back },
        .text("backLabel") { $0.backLabel },
        .text("heading") { $0.heading },
        .text("lead") { $0.lead },
        .text("submit") { $0.submit },
        .part("keys") { $0.keys },
        .list("fields") { $0.fields },
        .list("originals") { $0.originals },
        .list("faults") { $0.faults },
        .number("faultCount") { $0.faults.count },
    ]
}
