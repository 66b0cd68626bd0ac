// The pages of a sign-up: the company, the person, and what follows.

internal import Markup

/// What was typed on the other page.
struct CarriedField: Item {
    let name: String
    let value: String

    static let fields: [Field<CarriedField>] = [
        .text("carriedName") { $0.name },
        .text("carriedValue") { $0.value },
    ]
}

struct SignUpCompanyPage: Page {
    let keys: FormKeys
    let action: String
    let identity: [FormField]
    let details: [FormField]
    let faults: [FormFault]
    let carried: [CarriedField]
    let loginHref: String

    static let template: StaticString = "signup/company.html"
    static let fields: [Field<SignUpCompanyPage>] = [
        .part("keys") { $0.keys },
        .text("action") { $0.action },
        .list("identity") { $0.identity },
        .list("details") { $0.details },
        .list("faults") { $0.faults },
        .number("faultCount") { $0.faults.count },
        .list("carried") { $0.carried },
        .text("loginHref") { $0.loginHref },
    ]
}

struct SignUpPersonPage: Page {
    let keys: FormKeys
    let action: String
    /// As the visitor typed it.
    let company: String
    let fields: [FormField]
    let faults: [FormFault]
    let carried: [CarriedField]

    static let template: StaticString = "signup/person.html"
    static let fields: [Field<SignUpPersonPage>] = [
        .part("keys") { $0.keys },
        .text("action") { $0.action },
        .text("company") { $0.company },
        .list("fields") { $0.fields },
        .list("faults") { $0.faults },
        .number("faultCount") { $0.faults.count },
        .list("carried") { $0.carried },
    ]
}

struct SignUpSentPage: Page {
    /// Where a letter went, and how long its link can be used.
    let sentLine: String
    let loginHref: String
    let signUpHref: String

    static let template: StaticString = "signup/sent.html"
    static let fields: [Field<SignUpSentPage>] = [
        .text("sentLine") { $0.sentLine },
        .text("loginHref") { $0.loginHref },
        .text("signUpHref") { $0.signUpHref },
    ]
}
