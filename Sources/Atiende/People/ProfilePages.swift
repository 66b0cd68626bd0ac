// The page of one's own profile.

internal import Markup

struct ProfilePage: Page {
    /// What is kept, beside what was written here.
    struct Difference: Item {
        let label: String
        let before: String
        let after: String

        static let fields: [Field<Difference>] = [
            .text("label") { $0.label },
            .text("before") { $0.before },
            .text("after") { $0.after },
        ]
    }

    let faults: [FormFault]
    let email: String
    let changedAt: Int
    /// Only where the form was older than what is kept.
    let differences: [Difference]
    let about: [FormField]
    let views: [FormField]
    let notices: [FormField]
    /// Empty for customers; so the next.
    let work: [FormField]
    let hours: [FormField]
    let keys: FormKeys
    let draftsHref: String

    static let template: StaticString = "people/profile.html"
    static let fields: [Field<ProfilePage>] = [
        .list("faults") { $0.faults },
        .number("faultCount") { $0.faults.count },
        .text("email") { $0.email },
        .number("changedAt") { $0.changedAt },
        .list("differences") { $0.differences },
        .list("about") { $0.about },
        .list("views") { $0.views },
        .list("notices") { $0.notices },
        .list("work") { $0.work },
        .list("hours") { $0.hours },
        .part("keys") { $0.keys },
        .text("draftsHref") { $0.draftsHref },
    ]
}
