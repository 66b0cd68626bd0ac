// The page that asks for the code of the second step.

internal import Markup

struct LoginCodePage: Page {
    let keys: FormKeys
    let faults: [FormFault]
    let fault: String
    let next: String
    /// Whether a code from paper is asked for; the form takes either.
    let isOnPaper: Bool
    /// The page for the other kind.
    let otherHref: String
    let logoutHref: String
    let logoutKeys: FormKeys

    static let template: StaticString = "sessions/code.html"
    static let fields: [Field<LoginCodePage>] = [
        .part("keys") { $0.keys },
        .list("faults") { $0.faults },
        .number("faultCount") { $0.faults.count },
        .text("codeFault") { $0.fault },
        .text("next") { $0.next },
        .flag("isOnPaper") { $0.isOnPaper },
        .text("otherHref") { $0.otherHref },
        .text("logoutHref") { $0.logoutHref },
        .part("logoutKeys") { $0.logoutKeys },
    ]
}
