// The page on which one comes in.

internal import Markup

struct LoginPage: Page {
    let keys: FormKeys
    let action: String
    /// A form that came too late, to be kept for whoever comes in; empty for none.
    let carried: String
    let fields: [FormField]
    let faults: [FormFault]
    /// Where to go afterwards.
    let next: String
    /// Why one has to come in, where there is something to say.
    let notice: String
    let forgotHref: String
    let signUpHref: String
    let reportHref: String

    static let template: StaticString = "sessions/login.html"
    static let fields: [Field<LoginPage>] = [
        .part("keys") { $0.keys },
        .text("action") { $0.action },
        .text("carried") { $0.carried },
        .list("fields") { $0.fields },
        .list("faults") { $0.faults },
        .number("faultCount") { $0.faults.count },
        .text("next") { $0.next },
        .text("notice") { $0.notice },
        .text("forgotHref") { $0.forgotHref },
        .text("signUpHref") { $0.signUpHref },
        .text("reportHref") { $0.reportHref },
    ]
}
