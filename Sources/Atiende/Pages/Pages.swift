// Every page of the product, bound to its template when the server starts.

internal import HTTP
internal import Markup

struct Pages: Sendable {
    let layout: Renderer<LayoutPage>
    let siteHome: Renderer<SiteHomePage>
    let portal: Renderer<PortalPage>
    let login: Renderer<LoginPage>
    let loginCode: Renderer<LoginCodePage>
    let twoStep: Renderer<TwoStepPage>
    let recoveryCodes: Renderer<RecoveryCodesPage>
    let sessions: Renderer<SessionsPage>
    let organizationChoice: Renderer<OrganizationChoicePage>
    let notice: Renderer<NoticePage>
    let accountForm: Renderer<AccountFormPage>
    let passwordForgot: Renderer<PasswordForgotPage>
    let identityCheck: Renderer<IdentityCheckPage>
    let profile: Renderer<ProfilePage>
    let drafts: Renderer<DraftsPage>
    let signUpCompany: Renderer<SignUpCompanyPage>
    let signUpPerson: Renderer<SignUpPersonPage>
    let signUpSent: Renderer<SignUpSentPage>
    let stranger: Renderer<StrangerPage>
    let ticketFile: Renderer<TicketFilePage>
    let error: Renderer<ErrorPage>
    let styleguide: Renderer<StyleguidePage>
    let letter: Renderer<LetterPage>
    let outbox: Renderer<OutboxPage>
    let outboxLetter: Renderer<OutboxLetterPage>
    let organizations: Renderer<OrganizationsPage>
    let organization: Renderer<OrganizationPage>
    let organizationForm: Renderer<OrganizationFormPage>
    let organizationSearch: Renderer<OrganizationSearchPage>
    let organizationMerge: Renderer<OrganizationMergePage>
    let organizationImport: Renderer<OrganizationImportPage>
    let customerAgreement: Renderer<CustomerAgreementPage>
    let onboardings: Renderer<OnboardingListPage>
    let onboarding: Renderer<OnboardingPage>
    let audit: Renderer<AuditIndexPage>
    let accesses: Renderer<AccessesPage>
    let overview: Renderer<OverviewPage>
    let settingsForm: Renderer<SettingsFormPage>
    let settingsBrand: Renderer<SettingsBrandPage>
    let brandPreview: Renderer<BrandPreviewPage>
    let settingsHosts: Renderer<SettingsHostsPage>
    let queues: QueuePages
    let desk: DeskPages
    let people: Renderer<PeoplePage>
    let person: Renderer<PersonPage>
    let personForm: Renderer<PersonFormPage>
    let peopleImport: Renderer<PeopleImportPage>
    let importConfirmation: Renderer<PeopleImportConfirmationPage>
    let myTickets: Renderer<MyTicketsPage>
    let ownTicket: Renderer<OwnTicketPage>
    let newTicket: Renderer<NewTicketPage>
    let ticketReceipt: Renderer<TicketReceiptPage>
    let ownOrganization: Renderer<OwnOrganizationPage>
    let colleagues: Renderer<ColleaguesPage>
    let loggedTicket: Renderer<LoggedTicketPage>
    let customerMessage: Renderer<CustomerMessagePage>
    let cannedAnswers: Renderer<CannedAnswersPage>
    let cannedAnswer: Renderer<CannedAnswerPage>

    /// Fails with every fault of every template and word, each with its file and line.
    init(_ templates: Templates) throws(TemplateFaults) {
        layout = templates.bind(LayoutPage.self)
        siteHome = templates.bind(SiteHomePage.self)
        portal = templates.bind(PortalPage.self)
        login = templates.bind(LoginPage.self)
        loginCode = templates.bind(LoginCodePage.self)
        twoStep = templates.bind(TwoStepPage.self)
        recoveryCodes = templates.bind(RecoveryCodesPage.self)
        sessions = templates.bind(SessionsPage.self)
        organizationChoice = templates.bind(OrganizationChoicePage.self)
        notice = templates.bind(NoticePage.self)
        accountForm = templates.bind(AccountFormPage.self)
        passwordForgot = templates.bind(PasswordForgotPage.self)
        identityCheck = templates.bind(IdentityCheckPage.self)
        profile = templates.bind(ProfilePage.self)
        drafts = templates.bind(DraftsPage.self)
        signUpCompany = templates.bind(SignUpCompanyPage.self)
        signUpPerson = templates.bind(SignUpPersonPage.self)
        signUpSent = templates.bind(SignUpSentPage.self)
        stranger = templates.bind(StrangerPage.self)
        ticketFile = templates.bind(TicketFilePage.self)
        error = templates.bind(ErrorPage.self)
        styleguide = templates.bind(StyleguidePage.self)
        letter = templates.bind(LetterPage.self)
        outbox = templates.bind(OutboxPage.self)
        outboxLetter = templates.bind(OutboxLetterPage.self)
        organizations = templates.bind(OrganizationsPage.self)
        organization = templates.bind(OrganizationPage.self)
        organizationForm = templates.bind(OrganizationFormPage.self)
        organizationSearch = templates.bind(OrganizationSearchPage.self)
        organizationMerge = templates.bind(OrganizationMergePage.self)
        organizationImport = templates.bind(OrganizationImportPage.self)
        customerAgreement = templates.bind(CustomerAgreementPage.self)
        onboardings = templates.bind(OnboardingListPage.self)
        onboarding = templates.bind(OnboardingPage.self)
        audit = templates.bind(AuditIndexPage.self)
        accesses = templates.bind(AccessesPage.self)
        overview = templates.bind(OverviewPage.self)
        settingsForm = templates.bind(SettingsFormPage.self)
        settingsBrand = templates.bind(SettingsBrandPage.self)
        brandPreview = templates.bind(BrandPreviewPage.self)
        settingsHosts = templates.bind(SettingsHostsPage.self)
        queues = QueuePages(templates)
        desk = DeskPages(templates)
        people = templates.bind(PeoplePage.self)
        person = templates.bind(PersonPage.self)
        personForm = templates.bind(PersonFormPage.self)
        peopleImport = templates.bind(PeopleImportPage.self)
        importConfirmation = templates.bind(PeopleImportConfirmationPage.self)
        myTickets = templates.bind(MyTicketsPage.self)
        ownTicket = templates.bind(OwnTicketPage.self)
        newTicket = templates.bind(NewTicketPage.self)
        ticketReceipt = templates.bind(TicketReceiptPage.self)
        ownOrganization = templates.bind(OwnOrganizationPage.self)
        colleagues = templates.bind(ColleaguesPage.self)
        loggedTicket = templates.bind(LoggedTicketPage.self)
        customerMessage = templates.bind(CustomerMessagePage.self)
        cannedAnswers = templates.bind(CannedAnswersPage.self)
        cannedAnswer = templates.bind(CannedAnswerPage.self)
        try templates.finish()
    }
}

/// A queue, and the parts of it that are kept.
struct QueuePages: Sendable {
    let list: Renderer<QueuePage>
    let row: Renderer<QueueRow>
    let controls: Renderer<QueueControls>

    init(_ templates: Templates) {
        list = templates.bind(QueuePage.self)
        row = templates.bind(QueueRow.self)
        controls = templates.bind(QueueControls.self)
    }
}

/// A ticket of the staff's, and the part of it that is kept.
struct DeskPages: Sendable {
    let ticket: Renderer<DeskTicketPage>
    let sheet: Renderer<DeskSheet>

    init(_ templates: Templates) {
        ticket = templates.bind(DeskTicketPage.self)
        sheet = templates.bind(DeskSheet.self)
    }
}

extension Visit {
    /// A page in the site's frame.
    func show<P: Page>(
        _ page: P, _ renderer: Renderer<P>, title: String, status: Status = .ok
    ) -> Response {
        let bytes = renderer.render(
            page, in: layout(title: title), by: site.pages.layout, language: language)
        var response = Response(status, body: .bytes(bytes, type: "text/html; charset=utf-8"))
        // A page is made for one visitor, in his language, at this instant.
        response.add("Cache-Control", "no-store")
        return response
    }
}
