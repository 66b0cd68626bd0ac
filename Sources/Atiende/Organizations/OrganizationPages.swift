// What the pages of organizations show.

internal import Markup

/// A link, or words where `href` is empty.
struct LinkItem: Item {
    let label: String
    let href: String
    var isCurrent = false

    static let fields: [Field<LinkItem>] = [
        .text("linkLabel") { $0.label },
        .text("linkHref") { $0.href },
        .flag("linkIsCurrent") { $0.isCurrent },
    ]
}

/// A line of what is known of something.
struct FactItem: Item {
    let label: String
    let value: String
    var href = ""

    static let fields: [Field<FactItem>] = [
        .text("factLabel") { $0.label },
        .text("factValue") { $0.value },
        .text("factHref") { $0.href },
    ]
}

/// The state of an organization, or of its agreement, in a badge.
struct BadgeItem: Item {
    let label: String
    let kind: String
    let icon: String

    static let fields: [Field<BadgeItem>] = [
        .text("badgeLabel") { $0.label },
        .text("badgeKind") { $0.kind },
        .text("badgeIcon") { $0.icon },
    ]
}

struct OrganizationsPage: Page {
    struct Row: Item {
        let href: String
        let name: String
        let taxID: String
        let plan: String
        let end: String
        let people: String
        let state: BadgeItem

        static let fields: [Field<Row>] = [
            .text("href") { $0.href },
            .text("name") { $0.name },
            .text("taxID") { $0.taxID },
            .text("plan") { $0.plan },
            .text("end") { $0.end },
            .text("people") { $0.people },
            .part("state") { $0.state },
        ]
    }

    let action: String
    let query: String
    /// What the search form keeps of the other filters.
    let kept: [FactItem]
    let states: [LinkItem]
    let filters: [LinkItem]
    let rows: [Row]
    let pager: Pager?
    let emptyTitle: String
    let emptyText: String
    /// Empty for whoever does not administer; so are the other two.
    let newHref: String
    let exportHref: String
    let importHref: String

    static let template: StaticString = "organizations/index.html"
    static let fields: [Field<OrganizationsPage>] = [
        .text("action") { $0.action },
        .text("query") { $0.query },
        .list("kept") { $0.kept },
        .list("states") { $0.states },
        .list("filters") { $0.filters },
        .list("organizations") { $0.rows },
        .part("pager") { $0.pager },
        .text("emptyTitle") { $0.emptyTitle },
        .text("emptyText") { $0.emptyText },
        .text("newHref") { $0.newHref },
        .text("exportHref") { $0.exportHref },
        .text("importHref") { $0.importHref },
    ]
}

/// The agreement that counts, and what can be done with it.
struct AgreementPanel: Item {
    let badge: BadgeItem
    let facts: [FactItem]
    /// What is close; empty for nothing.
    let notice: String
    let fileHref: String

    static let fields: [Field<AgreementPanel>] = [
        .part("agreementBadge") { $0.badge },
        .list("agreementFacts") { $0.facts },
        .text("agreementNotice") { $0.notice },
        .text("agreementFile") { $0.fileHref },
    ]
}

struct OrganizationPage: Page {
    struct Member: Item {
        let name: String
        let email: String
        let href: String
        let detail: String

        static let fields: [Field<Member>] = [
            .text("memberName") { $0.name },
            .text("memberEmail") { $0.email },
            .text("memberHref") { $0.href },
            .text("memberDetail") { $0.detail },
        ]
    }

    struct Note: Item {
        let author: String
        let initials: String
        let at: String
        let when: String
        let body: String

        static let fields: [Field<Note>] = [
            .text("noteAuthor") { $0.author },
            .text("noteInitials") { $0.initials },
            .text("noteAt") { $0.at },
            .text("noteWhen") { $0.when },
            .text("noteBody") { $0.body },
        ]
    }

    /// A form of one button.
    struct Action: Item {
        let label: String
        let path: String
        let kind: String
        let keys: FormKeys

        static let fields: [Field<Action>] = [
            .text("actionLabel") { $0.label },
            .text("actionPath") { $0.path },
            .text("actionKind") { $0.kind },
            .part("actionKeys") { $0.keys },
        ]
    }

    let list: String
    let name: String
    let state: BadgeItem
    /// `Unida a …`, or nothing.
    let merged: LinkItem?
    let onboarding: OnboardingCard?
    let links: [LinkItem]
    let actions: [Action]
    let facts: [FactItem]
    let members: [Member]
    /// How many there are in all, where that is more than are shown.
    let moreMembers: LinkItem?
    let agreement: AgreementPanel?
    let agreementLinks: [LinkItem]
    let formerAgreements: [FactItem]
    let distributor: LinkItem?
    let distributorHref: String
    let below: [LinkItem]
    let notes: [Note]
    let noteForm: NoteForm?
    let faults: [FormFault]

    struct NoteForm: Item {
        let path: String
        let keys: FormKeys
        let fields: [FormField]

        static let fields: [Field<NoteForm>] = [
            .text("notePath") { $0.path },
            .part("noteKeys") { $0.keys },
            .list("noteFields") { $0.fields },
        ]
    }

    static let template: StaticString = "organizations/show.html"
    static let fields: [Field<OrganizationPage>] = [
        .text("list") { $0.list },
        .text("name") { $0.name },
        .part("state") { $0.state },
        .part("merged") { $0.merged },
        .part("onboarding") { $0.onboarding },
        .list("links") { $0.links },
        .list("actions") { $0.actions },
        .list("facts") { $0.facts },
        .list("members") { $0.members },
        .part("moreMembers") { $0.moreMembers },
        .part("agreement") { $0.agreement },
        .list("agreementLinks") { $0.agreementLinks },
        .list("formerAgreements") { $0.formerAgreements },
        .part("distributor") { $0.distributor },
        .text("distributorHref") { $0.distributorHref },
        .list("below") { $0.below },
        .list("notes") { $0.notes },
        .part("noteForm") { $0.noteForm },
        .list("faults") { $0.faults },
        .number("faultCount") { $0.faults.count },
    ]
}

/// A form of an organization: its data, its agreement, a notice.
struct OrganizationFormPage: Page {
    let back: LinkItem
    let heading: String
    /// Empty for nothing.
    let lead: String
    let keys: FormKeys
    /// What the form carries unseen besides.
    let hidden: [FactItem]
    let fields: [FormField]
    let faults: [FormFault]
    let submit: String

    static let template: StaticString = "organizations/form.html"
    static let fields: [Field<OrganizationFormPage>] = [
        .part("back") { $0.back },
        .text("heading") { $0.heading },
        .text("lead") { $0.lead },
        .part("keys") { $0.keys },
        .list("hidden") { $0.hidden },
        .list("fields") { $0.fields },
        .list("faults") { $0.faults },
        .number("faultCount") { $0.faults.count },
        .text("submit") { $0.submit },
    ]
}

/// One organization is chosen for another: by search, then by a button or a link.
struct OrganizationSearchPage: Page {
    struct Match: Item {
        let name: String
        let taxID: String
        /// Where choosing it is looked at first; empty where a button chooses it.
        let href: String
        let value: String
        let keys: FormKeys

        static let fields: [Field<Match>] = [
            .text("matchName") { $0.name },
            .text("matchTaxID") { $0.taxID },
            .text("matchHref") { $0.href },
            .text("matchValue") { $0.value },
            .part("matchKeys") { $0.keys },
        ]
    }

    let back: LinkItem
    let heading: String
    let lead: String
    let action: String
    let query: String
    let matches: [Match]
    let emptyText: String
    let choose: String
    /// A button that chooses none; empty for no such button.
    let none: String
    let keys: FormKeys
    let faults: [FormFault]

    static let template: StaticString = "organizations/choose.html"
    static let fields: [Field<OrganizationSearchPage>] = [
        .part("back") { $0.back },
        .text("heading") { $0.heading },
        .text("lead") { $0.lead },
        .text("action") { $0.action },
        .text("query") { $0.query },
        .list("matches") { $0.matches },
        .text("emptyText") { $0.emptyText },
        .text("choose") { $0.choose },
        .text("none") { $0.none },
        .part("keys") { $0.keys },
        .list("faults") { $0.faults },
        .number("faultCount") { $0.faults.count },
    ]
}

/// What a merge will do, before it is done.
struct OrganizationMergePage: Page {
    let back: LinkItem
    let heading: String
    let moves: [FactItem]
    let stays: [LinkItem]
    let keys: FormKeys
    let into: String
    let action: String
    let submit: String
    let faults: [FormFault]

    static let template: StaticString = "organizations/merge.html"
    static let fields: [Field<OrganizationMergePage>] = [
        .part("back") { $0.back },
        .text("heading") { $0.heading },
        .list("moves") { $0.moves },
        .list("stays") { $0.stays },
        .part("keys") { $0.keys },
        .text("into") { $0.into },
        .text("action") { $0.action },
        .text("submit") { $0.submit },
        .list("faults") { $0.faults },
        .number("faultCount") { $0.faults.count },
    ]
}
