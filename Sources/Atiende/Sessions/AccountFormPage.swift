// The page of a form about one's own account: a password, an address, the question for telephone calls.

internal import HTTP
internal import Markup

struct AccountFormPage: Page {
    /// A part of the form with a head of its own.
    struct Part: Item {
        let heading: String
        let lead: String
        let fields: [FormField]

        static let fields: [Field<Part>] = [
            .text("partHeading") { $0.heading },
            .text("partLead") { $0.lead },
            .list("fields") { $0.fields },
        ]
    }

    let heading: String
    let lead: String
    /// Without the query: what the page was asked with does not go further than the field.
    let action: String
    let submit: String
    /// Of the link that was followed; empty where there is none.
    var token = ""
    /// For whatever keeps the reader's passwords; empty where none is chosen.
    var username = ""
    let keys: FormKeys
    let fields: [FormField]
    var parts: [Part] = []
    let faults: [FormFault]

    static let template: StaticString = "sessions/account-form.html"
    static let fields: [Field<AccountFormPage>] = [
        .text("heading") { $0.heading },
        .text("lead") { $0.lead },
        .text("action") { $0.action },
        .text("submit") { $0.submit },
        .text("token") { $0.token },
        .text("username") { $0.username },
        .part("keys") { $0.keys },
        .list("fields") { $0.fields },
        .list("parts") { $0.parts },
        .list("faults") { $0.faults },
        .number("faultCount") { $0.faults.count },
    ]
}

extension Visit {
    func show(_ page: AccountFormPage, _ faults: Faults, status: Status? = nil) -> Response {
        showForm(page, site.pages.accountForm, title: page.heading, faults, status: status)
    }
}
