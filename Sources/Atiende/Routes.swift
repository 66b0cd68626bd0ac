// Every route of every feature, a line each: the map of the product.

public import HTTP

enum Routes {
    /// At the root of the server.
    static let site: [Route] = [
        .get("/", for: .anyone, SiteHome.show),
        .get("/healthz", for: .anyone, Health.show),
        .get("/readyz", for: .anyone, on: .worker, Health.ready),
        .get("/metrics", for: .anyone, on: .worker, Metrics.show),
    ]

    /// At the root of a server on which pages are being built.
    static let development: [Route] = [
        .get("/styleguide", for: .anyone, Styleguide.show)
    ]

    /// Under a tenant: `/t/{slug}`, or the root of its own host.
    static let tenant: [Route] = [
        .get("/", for: .anyone, Portal.show),
        .get("/login", for: .anyone, Login.show),
        .post("/login", for: .anyone, Login.create),
        .get("/login/code", for: .code, LoginCode.show),
        .post("/login/code", for: .code, LoginCode.create),
        .post("/logout", for: .leaving, Login.delete),
        .post("/session/stay", for: .signedIn, SessionRoutes.stay),
        .get("/sessions", for: .signedIn, SessionRoutes.index),
        .post("/sessions", for: .signedIn, SessionRoutes.deleteOthers),
        .post("/sessions/{id}", for: .signedIn, SessionRoutes.delete),
        .post("/admin/people/{id}/sessions", for: .admin, SessionRoutes.deleteAll),
        .post("/admin/people/{id}/two-step", for: .admin, SessionRoutes.resetTwoStep),
        .get("/organizations/choose", for: .signedIn, OrganizationChoice.show),
        .post("/organizations/choose", for: .signedIn, OrganizationChoice.create),
        .post("/offers/{id}/acceptance", for: .signedIn, MembershipOffers.accept),
        .post("/offers/{id}/refusal", for: .signedIn, MembershipOffers.decline),
        .get("/drafts", for: .signedIn, DraftRoutes.index),
        .post("/drafts", for: .signedIn, DraftRoutes.create),
        .post("/drafts/{id}/discard", for: .signedIn, DraftRoutes.delete),
        .get("/report", for: .anyone, StrangerForm.show),
        .post("/report", for: .anyone, on: .worker, StrangerForm.create),
        .get("/report/sent", for: .anyone, StrangerForm.sent),
        .get("/report/confirm", for: .anyone, StrangerConfirmation.show),
        .post("/report/confirm", for: .anyone, StrangerConfirmation.create),
        .get("/report/received", for: .anyone, StrangerForm.received),
        .get("/tickets/{folio}/file", for: .signedIn, on: .worker, TicketFile.show),
        .get("/attachments/{token}/{name}", for: .signedIn, on: .worker, AttachmentRoutes.show),
        .get("/profile", for: .signedIn, on: .worker, ProfileRoutes.show),
        .post("/profile", for: .signedIn, on: .worker, ProfileRoutes.create),
        .get("/profile/two-step", for: .twoStep, TwoStepRoutes.show),
        .post("/profile/two-step", for: .twoStep, on: .worker, TwoStepRoutes.create),
        .post("/profile/two-step/codes", for: .signedIn, TwoStepRoutes.file),
        .get("/password/set", for: .anyone, PasswordSet.show),
        .post("/password/set", for: .anyone, PasswordSet.create),
        .get("/password/forgot", for: .anyone, PasswordForgot.show),
        .post("/password/forgot", for: .anyone, PasswordForgot.create),
        .get("/password/forgot/sent", for: .anyone, PasswordForgot.sent),
        .get("/profile/password", for: .password, PasswordChange.show),
        .post("/profile/password", for: .password, PasswordChange.update),
        .get("/profile/email", for: .signedIn, AddressChange.show),
        .post("/profile/email", for: .signedIn, AddressChange.create),
        .get("/email/confirm", for: .anyone, AddressConfirmation.show),
        .post("/email/confirm", for: .anyone, AddressConfirmation.create),
        .get("/profile/identity", for: .signedIn, IdentityChange.show),
        .post("/profile/identity", for: .signedIn, IdentityChange.update),
        .get("/people/{id}/identity", for: .staff, IdentityCheck.show),
        .post("/people/{id}/identity", for: .staff, IdentityCheck.create),
        .get("/brand/logo", for: .anyone, on: .worker, BrandFiles.logo),
        .get("/brand/sheet.css", for: .anyone, BrandFiles.sheet),
        .get("/organization/accesses", for: .customer, on: .worker, AuditRoutes.accesses),
        .get("/admin", for: .admin, on: .worker, Overview.show),
        .get("/admin/audit", for: .admin, on: .worker, AuditRoutes.index),
        .get("/admin/audit/export", for: .admin, on: .worker, AuditExport.show),
        .get("/admin/settings", for: .admin, GeneralSettings.show),
        .post("/admin/settings", for: .admin, GeneralSettings.update),
        .get("/admin/settings/brand", for: .admin, BrandRoutes.show),
        .post("/admin/settings/brand", for: .admin, BrandRoutes.updateHue),
        .get("/admin/settings/brand/preview", for: .admin, BrandRoutes.preview),
        .post("/admin/settings/brand/logo", for: .admin, taking: .upload, on: .worker, BrandRoutes.updateLogo),
        .post("/admin/settings/brand/logo/removal", for: .admin, BrandRoutes.deleteLogo),
        .get("/admin/settings/support", for: .admin, SupportSettings.show),
        .post("/admin/settings/support", for: .admin, SupportSettings.update),
        .get("/admin/settings/access", for: .admin, AccessSettings.show),
        .post("/admin/settings/access", for: .admin, AccessSettings.update),
        .get("/admin/settings/hosts", for: .admin, HostRoutes.show),
        .get("/people", for: .staff, PeopleRoutes.index),
        .get("/people/{id}", for: .staff, PersonRoutes.show),
        .get("/admin/people/new", for: .admin, PersonAdmin.new),
        .post("/admin/people/new", for: .admin, PersonAdmin.create),
        .get("/admin/people/export", for: .admin, on: .worker, PeopleExport.show),
        .get("/admin/people/import", for: .admin, PeopleImport.new),
        .post("/admin/people/import", for: .admin, taking: .upload, on: .worker, PeopleImport.create),
        .get("/admin/people/import/template", for: .admin, PeopleImport.template),
        .get("/admin/people/imports/{id}", for: .admin, on: .worker, PeopleImport.show),
        .post("/admin/people/imports/{id}", for: .admin, on: .worker, PeopleImport.confirm),
        .get("/admin/people/{id}", for: .admin, PersonAdmin.edit),
        .post("/admin/people/{id}", for: .admin, PersonAdmin.update),
        .post("/admin/people/{id}/invitation", for: .admin, PersonAdmin.invite),
        .post("/admin/people/{id}/deactivation", for: .admin, PersonAdmin.deactivate),
        .post("/admin/people/{id}/reactivation", for: .admin, PersonAdmin.reactivate),
        .post("/admin/people/{id}/memberships", for: .admin, Memberships.create),
        .post("/admin/people/{id}/memberships/{organization}/manager", for: .admin, Memberships.setManager),
        .post("/admin/people/{id}/memberships/{organization}/removal", for: .admin, Memberships.delete),
        .get("/organization", for: .customer, OwnOrganization.show),
        .get("/organization/people", for: .manager, Colleagues.index),
        .post("/organization/people", for: .manager, Colleagues.create),
        .post("/organization/people/{id}/approval", for: .manager, Colleagues.approve),
        .post("/organization/people/{id}/refusal", for: .manager, Colleagues.decline),
        .post("/organization/people/{id}/manager", for: .manager, Colleagues.setManager),
        .post("/organization/people/{id}/removal", for: .manager, Colleagues.delete),
        .post("/organization/offers/{id}/withdrawal", for: .manager, MembershipOffers.withdraw),
        .get("/signup", for: .anyone, SignUp.show),
        .post("/signup", for: .anyone, on: .worker, SignUp.create),
        .get("/signup/sent", for: .anyone, SignUp.sent),
        .get("/admin/mail", for: .admin, MailRoutes.index),
        .get("/admin/mail/{id}", for: .admin, MailRoutes.show),
        .get("/admin/mail/{id}/file", for: .admin, MailRoutes.file),
        .get("/organizations", for: .staff, on: .worker, OrganizationList.index),
        .get("/organizations/{id}", for: .staff, on: .worker, OrganizationView.show),
        .post("/organizations/{id}/notes", for: .staff, OrganizationView.addNote),
        .get("/organizations/{id}/agreement/file", for: .staff, AgreementRoutes.file),
        .get("/admin/organizations/export", for: .admin, on: .worker, OrganizationExport.file),
        .get("/admin/organizations/import", for: .admin, OrganizationImport.new),
        .post("/admin/organizations/import", for: .admin, taking: .upload, on: .worker, OrganizationImport.create),
        .get("/admin/organizations/imports/{id}", for: .admin, on: .worker, OrganizationImport.show),
        .post("/admin/organizations/imports/{id}", for: .admin, on: .worker, OrganizationImport.confirm),
        .get("/admin/organizations/new", for: .admin, OrganizationEditing.new),
        .post("/admin/organizations/new", for: .admin, OrganizationEditing.create),
        .get("/admin/organizations/{id}/edit", for: .admin, OrganizationEditing.edit),
        .post("/admin/organizations/{id}/edit", for: .admin, OrganizationEditing.update),
        .post("/admin/organizations/{id}/close", for: .admin, OrganizationEditing.close),
        .post("/admin/organizations/{id}/reopen", for: .admin, OrganizationEditing.reopen),
        .post("/admin/organizations/{id}/approve", for: .admin, OrganizationEditing.approve),
        .post("/admin/organizations/{id}/decline", for: .admin, OrganizationEditing.decline),
        .get("/admin/organizations/{id}/distributor", for: .admin, on: .worker, DistributorChoice.show),
        .post("/admin/organizations/{id}/distributor", for: .admin, DistributorChoice.update),
        .get("/admin/organizations/{id}/merge", for: .admin, on: .worker, OrganizationMerge.show),
        .post("/admin/organizations/{id}/merge", for: .admin, OrganizationMerge.create),
        .get("/admin/organizations/{id}/agreement", for: .admin, AgreementRoutes.new),
        .post("/admin/organizations/{id}/agreement", for: .admin, AgreementRoutes.create),
        .get("/admin/organizations/{id}/agreement/notice", for: .admin, AgreementNotice.new),
        .post("/admin/organizations/{id}/agreement/notice", for: .admin, AgreementNotice.create),
        .get("/organization/agreement", for: .customer, CustomerAgreement.show),
        .post("/organization/agreement", for: .manager, CustomerAgreement.accept),
        .get("/organization/agreement/file", for: .customer, CustomerAgreement.file),
        .get("/tickets", for: .customer, on: .worker, MyTickets.index),
        .get("/tickets/export", for: .customer, on: .worker, MyTicketsExport.show),
        .get("/tickets/new", for: .customer, NewTicket.show),
        .post("/tickets/new", for: .customer, taking: .upload, on: .worker, NewTicket.create),
        .get("/tickets/{folio}", for: .signedIn, on: .worker, OwnTicket.show),
        .post("/tickets/{folio}/closure", for: .customer, OwnTicketActions.close),
        .post("/tickets/{folio}/reopening", for: .customer, OwnTicketActions.reopen),
        .post("/tickets/{folio}/survey", for: .customer, OwnTicketActions.rate),
        .post("/tickets/{folio}/followers", for: .customer, OwnTicketActions.follow),
        .post("/tickets/{folio}/followers/removal", for: .customer, OwnTicketActions.unfollow),
        .get("/tickets/{folio}/confirmation", for: .customer, TicketReceipt.show),
        .get("/queue", for: .staff, QueueRoutes.index),
        .get("/queue/events", for: .staff, QueueEvents.show),
        .get("/queue/filter", for: .staff, QueueRoutes.filter),
        .get("/queue/columns", for: .staff, QueueRoutes.columns),
        .get("/queue/{view}", for: .staff, QueueRoutes.show),
        .get("/onboarding", for: .staff, Onboarding.index),
        .get("/organizations/{id}/onboarding", for: .staff, Onboarding.show),
        .post("/organizations/{id}/onboarding", for: .staff, Onboarding.create),
        .get("/desk/new", for: .staff, on: .worker, LoggedTicket.show),
        .post("/desk/new", for: .staff, taking: .upload, on: .worker, LoggedTicket.create),
        .get("/desk/{folio}", for: .staff, DeskTicket.show),
        .get("/desk/{folio}/presence", for: .staff, PresenceRoutes.show),
        .get("/desk/{folio}/answers/{id}", for: .staff, CannedAnswerRoutes.show),
        .post("/desk/{folio}/assignment", for: .staff, DeskAction.assignment.submit),
        .post("/desk/{folio}/level", for: .staff, DeskAction.level.submit),
        .post("/desk/{folio}/severity", for: .staff, DeskAction.severity.submit),
        .post("/desk/{folio}/status", for: .staff, DeskAction.status.submit),
        .post("/desk/{folio}/diagnosis", for: .staff, DeskAction.diagnosis.submit),
        .post("/desk/{folio}/recovery", for: .staff, DeskAction.recovery.submit),
        .post("/desk/{folio}/cause", for: .staff, DeskAction.cause.submit),
        .post("/desk/{folio}/agreed-date", for: .staff, DeskAction.agreedDate.submit),
        .post("/desk/{folio}/lock", for: .staff, DeskAction.lock.submit),
        .post("/desk/{folio}/followers", for: .staff, DeskAction.followers.submit),
        .post("/desk/{folio}/links", for: .staff, DeskAction.links.submit),
        .post("/desk/{folio}/links/removal", for: .staff, DeskAction.unlinking.submit),
        .post("/desk/{folio}/properties", for: .staff, DeskProperties.submit),
        .post("/tickets/{folio}/messages", for: .signedIn, taking: .upload, on: .worker, MessageRoutes.create),
        .get("/admin/answers", for: .admin, CannedAnswerRoutes.index),
        .get("/admin/answers/new", for: .admin, CannedAnswerRoutes.new),
        .post("/admin/answers/new", for: .admin, CannedAnswerRoutes.create),
        .get("/admin/answers/{id}", for: .admin, CannedAnswerRoutes.edit),
        .post("/admin/answers/{id}", for: .admin, CannedAnswerRoutes.update),
        .post("/admin/answers/{id}/removal", for: .admin, CannedAnswerRoutes.delete),
    ]
}

/// A path with what it takes, where it runs and who answers.
public struct Route: Sendable {
    public typealias Handler = @Sendable (Visit, Request) throws(Refusal) -> Response
    public typealias FormHandler = @Sendable (Visit, Request) throws(Refusal) -> Submission

    let method: HTTP.Method
    let pattern: StaticString
    /// Who may use it. There is no default: a route that does not say so does not compile.
    let admission: Admission
    let body: Body
    let place: Place
    let action: Action

    /// What a form may bring.
    public enum Body: Sendable {
        case none
        case form
        /// Files too, which are kept with the tenant's while they arrive.
        case upload
    }

    enum Action: Sendable {
        case show(Handler)
        case submit(FormHandler)
    }

    /// A page. On the loop when it was measured to be short; what reads much says `on: .worker`.
    public static func get(
        _ pattern: StaticString, for admission: Admission, on place: Place = .loop, _ handler: @escaping Handler
    ) -> Route {
        Route(method: .get, pattern: pattern, admission: admission, body: .none, place: place, action: .show(handler))
    }

    /// A form. Its handler only reads what was sent; the work is done by the desk's writer, and no thread waits for the
    /// commit. A handler that blocks by itself (a password's hash, a file to be moved) says `on: .worker`.
    public static func post(
        _ pattern: StaticString, for admission: Admission, taking body: Body = .form, on place: Place = .loop,
        _ handler: @escaping FormHandler
    ) -> Route {
        Route(method: .post, pattern: pattern, admission: admission, body: body, place: place, action: .submit(handler))
    }
}

/// Routes by their paths.
struct RouteMap: Sendable {
    let routes: [Route]
    private let router: Router
    /// The paths that take forms: whoever sees their pages without a session gets the cookie that seals them.
    private let formPaths: Set<String>

    init(_ routes: [Route]) {
        var router = Router()
        for (index, route) in routes.enumerated() { router.add(route.method, "\(route.pattern)", route: index) }
        self.routes = routes
        self.router = router
        formPaths = Set(routes.filter { $0.method == .post }.map { "\($0.pattern)" })
    }

    func showsForm(_ route: Route) -> Bool { formPaths.contains("\(route.pattern)") }

    enum Match {
        case found(Route, PathParameters)
        case wrongMethod(allowed: [HTTP.Method])
        case none
    }

    func match(_ method: HTTP.Method, _ path: ArraySlice<UInt8>) -> Match {
        switch router.match(method, path) {
        case .found(let index, let parameters): .found(routes[index], parameters)
        case .wrongMethod(let allowed): .wrongMethod(allowed: allowed)
        case .none: .none
        }
    }
}
