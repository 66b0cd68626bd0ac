// The page of one's own sessions.

internal import Markup

struct SessionsPage: Page {
    struct Row: Item {
        let device: String
        let address: String
        let since: String
        let used: String
        let isOwn: Bool
        /// Somebody knew the password and has not given the code.
        let needsCode: Bool
        /// Empty for the session of the page itself.
        let closeHref: String
        let keys: FormKeys

        static let fields: [Field<Row>] = [
            .text("device") { $0.device },
            .text("address") { $0.address },
            .text("since") { $0.since },
            .text("used") { $0.used },
            .flag("isOwn") { $0.isOwn },
            .flag("needsCode") { $0.needsCode },
            .text("closeHref") { $0.closeHref },
            .part("rowKeys") { $0.keys },
        ]
    }

    let sessions: [Row]
    /// Empty where this is the only one.
    let othersHref: String
    let keys: FormKeys

    static let template: StaticString = "sessions/index.html"
    static let fields: [Field<SessionsPage>] = [
        .list("sessions") { $0.sessions },
        .text("othersHref") { $0.othersHref },
        .part("keys") { $0.keys },
    ]
}
