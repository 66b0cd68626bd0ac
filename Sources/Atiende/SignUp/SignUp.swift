// Making an account for oneself, in two steps on one path (SE-1, SE-2, PW-2). Nothing is looked up before the end, and
// the end is one page for everybody: what came of it only the letter tells.

internal import HTTP
internal import Markup
internal import SLA
internal import SQL

enum SignUp {
    static func show(_ visit: Visit, _ request: Request) throws(Refusal) -> Response {
        if visit.session != nil { return .seeOther(visit.link("/")) }
        let home = try visit.tenantDesk().provider.country
        return companyPage(
            visit, FormDraft(OrganizationForm.values(startingIn: home), options: options(visit, home)), carrying: [])
    }

    /// Either step. The second one brings what the first one asked for, and both are read again.
    static func create(_ visit: Visit, _ request: Request) throws(Refusal) -> Submission {
        guard case .form(let form) = request.body else { throw .forbidden }
        if visit.session != nil { return .answer(.seeOther(visit.link("/"))) }
        let home = try visit.tenantDesk().provider.country
        var sent = SignUpForm(form, visit.words, home: home)
        let isFirstStep = form["step"] == "company"
        if isFirstStep || form["back"] != nil {
            return .answer(turn(visit, sent, home, isBack: !isFirstStep))
        }
        let read = sent.read(provider: try visit.tenantDesk().provider.name, home: home)
        guard sent.company.faults.isEmpty else {
            return .answer(companyPage(visit, FormDraft(sent.company, options: options(visit, home)), sent))
        }
        guard let signUp = read else {
            return .answer(personPage(visit, FormDraft(sent.person, options: options(visit, home)), sent))
        }
        return try file(visit, form, signUp, sent, home)
    }

    /// What everybody is told at the end.
    static func sent(_ visit: Visit, _ request: Request) throws(Refusal) -> Response {
        let words = visit.words
        let address = visit.asked("to").flatMap { EmailAddress($0) }
        let hours = OneTimeLink.Purpose.set.seconds / 3600
        let page = SignUpSentPage(
            sentLine: words.text(
                "signup.sent.line",
                ["email": .text(address?.text ?? words.text("signup.sent.nameless")), "count": .number(hours)]),
            loginHref: visit.link("/login"), signUpHref: visit.link("/signup"))
        return visit.show(page, visit.site.pages.signUpSent, title: words.text("signup.sent.title"))
    }

    // MARK: Between the steps

    private static func turn(_ visit: Visit, _ sent: SignUpForm, _ home: Country, isBack: Bool) -> Response {
        var company = FormDraft(sent.company, options: options(visit, home))
        // What is not asked yet is not wrong yet.
        if isBack { company.faults = Faults() }
        guard company.faults.isEmpty, !isBack else { return companyPage(visit, company, sent) }
        var person = FormDraft(sent.person, options: options(visit, home))
        person.faults = Faults()
        if sent.person["language"].isEmpty { person.values["language"] = [visit.language.rawValue] }
        return personPage(visit, person, sent)
    }

    private static func carried(_ sent: SentForm) -> [CarriedField] {
        sent.specs.compactMap { spec in sent.optional(spec.id).map { CarriedField(name: spec.id, value: $0) } }
    }

    // MARK: The end

    private static func file(
        _ visit: Visit, _ form: Form, _ signUp: SignUpRequest, _ sent: SignUpForm, _ home: Country
    ) throws(Refusal) -> Submission {
        let desk = try visit.tenantDesk()
        let keys = try AttemptKeys("signup", account: signUp.email.text, address: visit.subscriber)
        if let earliest = try desk.write({ try $0.beginSignUp(keys, at: visit.now) }) {
            var draft = FormDraft(sent.person, options: options(visit, home))
            draft.faults.add("email", try visit.tooManyWords(until: earliest))
            return .answer(
                personPage(visit, draft, sent, status: .tooManyRequests)
                    .adding("Retry-After", String(max(1, earliest - visit.now))))
        }
        let filing = try SignUpFiling(visit: visit, desk: desk, signUp: signUp)
        let location = visit.link("/signup/sent?to=" + PercentCoding.encode(queryComponent: signUp.email.text))
        return try .file(form) { connection in
            try filing.file(in: connection)
            return location
        }
    }

    // MARK: Pages

    private static func options(_ visit: Visit, _ home: Country) -> [String: [FieldOption]] {
        SignUpForm.options(visit.words, home: home)
    }

    private static func companyPage(_ visit: Visit, _ draft: FormDraft, _ sent: SignUpForm) -> Response {
        companyPage(visit, draft, carrying: carried(sent.person))
    }

    private static func companyPage(_ visit: Visit, _ draft: FormDraft, carrying carried: [CarriedField]) -> Response {
        let words = visit.words
        let page = SignUpCompanyPage(
            keys: visit.formKeys(), action: visit.link("/signup"),
            identity: draft.fields(SignUpForm.identity + [SignUpForm.known], words),
            details: draft.fields(SignUpForm.details, words), faults: draft.faultLines, carried: carried,
            loginHref: visit.link("/login"))
        return visit.showForm(
            page, visit.site.pages.signUpCompany, title: words.text("signup.company.title"), draft.faults)
    }

    private static func personPage(
        _ visit: Visit, _ draft: FormDraft, _ sent: SignUpForm, status: Status? = nil
    ) -> Response {
        let words = visit.words
        let parts = [sent.company.isTicked("isKnown") ? "" : sent.company["legalName"], sent.taxID?.display ?? ""]
        let page = SignUpPersonPage(
            keys: visit.formKeys(), action: visit.link("/signup"),
            company: parts.filter { !$0.isEmpty }.joined(separator: " · "),
            fields: draft.fields(SignUpForm.person, words), faults: draft.faultLines, carried: carried(sent.company))
        return visit.showForm(
            page, visit.site.pages.signUpPerson, title: words.text("signup.person.title"), draft.faults,
            status: status)
    }
}
