// The places that the frame of every page leads to. Whoever may not go there does not see the link.

struct Navigation: Sendable {
    let path: String
    let words: String
    let admission: Admission
    /// The kind of request that the tenant's contract must know; nil where any contract will do.
    var kind: String?

    static let main = [
        Navigation(path: "/", words: "layout.nav.home", admission: .signedIn),
        Navigation(path: "/queue", words: "queue.nav", admission: .staff),
        Navigation(path: "/desk/new", words: "log.nav", admission: .staff),
        Navigation(path: "/tickets", words: "layout.nav.tickets", admission: .customer),
        Navigation(path: "/people", words: "layout.nav.people", admission: .staff),
        Navigation(path: "/organizations", words: "layout.nav.organizations", admission: .staff),
        Navigation(
            path: "/onboarding", words: "onboarding.title", admission: .staff, kind: RequestKind.newAccount),
        Navigation(path: "/admin", words: "layout.nav.administration", admission: .admin),
        Navigation(path: "/organization", words: "layout.nav.organization", admission: .customer),
        Navigation(path: "/organization/agreement", words: "layout.nav.agreement", admission: .customer),
    ]

    /// The parts of the administration.
    static let administration: [Navigation] = [
        Navigation(path: "/admin", words: "layout.nav.overview", admission: .admin),
        Navigation(path: "/admin/settings", words: "layout.nav.settings", admission: .admin),
        Navigation(path: "/admin/audit", words: "layout.nav.audit", admission: .admin),
        Navigation(path: "/admin/mail", words: "layout.nav.mail", admission: .admin),
        Navigation(path: "/admin/answers", words: "layout.nav.answers", admission: .admin),
    ]

    /// What belongs to oneself.
    static let account = [
        Navigation(path: "/profile", words: "layout.nav.profile", admission: .signedIn),
        Navigation(path: "/profile/two-step", words: "layout.nav.twoStep", admission: .signedIn),
        Navigation(path: "/sessions", words: "layout.nav.sessions", admission: .signedIn),
        Navigation(path: "/organizations/choose", words: "layout.nav.choose", admission: .signedIn),
        Navigation(path: "/profile/password", words: "layout.nav.password", admission: .signedIn),
        Navigation(path: "/profile/email", words: "layout.nav.email", admission: .signedIn),
        Navigation(path: "/profile/identity", words: "layout.nav.identity", admission: .signedIn),
        Navigation(path: "/organization/accesses", words: "layout.nav.accesses", admission: .customer),
    ]
}
