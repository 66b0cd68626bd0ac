// The two steps of a sign-up: the company, then the person. What was typed in one goes through the other unseen and is
// read again at the end, so that nothing is kept of whoever does not finish.

internal import HTTP
internal import Markup
internal import SLA

/// What somebody asks for, every part in its normal form.
struct SignUpRequest: Sendable {
    enum Company: Sendable {
        case new(OrganizationDetails)
        /// One that is a customer already, as the person says.
        case known(TaxID)
    }

    let company: Company
    /// Of the company, whoever says so.
    let taxID: TaxID
    let name: PersonName
    let email: EmailAddress
    /// As `PhoneNumber.normal`; empty for none.
    let phone: String
    let language: Language
}

struct SignUpForm: Sendable {
    /// The country and the number are all that is needed of a company that is known here.
    static let identity = OrganizationForm.fields.filter { ["country", "taxID"].contains($0.id) }
    static let known = FieldSpec.tick("isKnown", "signup.isKnown", hasHint: true)
    static let details = OrganizationForm.fields.filter { !["country", "taxID"].contains($0.id) }
    static let company = identity + [known] + details
    static let person: [FieldSpec] = [
        .line("name", "signup.name", upTo: PersonName.maximumLength, autocomplete: "name"),
        .mail("email", "signup.email", hasHint: true),
        .phone("phone", "signup.phone", isOptional: true),
        .select("language", "signup.language"),
    ]

    var company: SentForm
    var person: SentForm
    /// Nil where something is wrong with it.
    private(set) var readCompany: SignUpRequest.Company?
    private(set) var taxID: TaxID?
    private let words: Words

    /// - Parameter home: The provider's country.
    init(_ form: Form, _ words: Words, home: Country) {
        self.words = words
        let isKnown = !(form[Self.known.id] ?? "").isEmpty
        company = SentForm(form, isKnown ? Self.identity + [Self.known] + Self.details.optional : Self.company, words)
        person = SentForm(form, Self.person, words)
        if isKnown {
            taxID = readTaxID()
            readCompany = company.faults.isEmpty ? taxID.map { .known($0) } : nil
        } else if let details = OrganizationForm.read(&company, words) {
            taxID = details.taxID
            readCompany = .new(details)
        }
    }

    private mutating func readTaxID() -> TaxID? {
        guard let country = Country(rawValue: company["country"]) else {
            company.faultEmpty("country")
            return nil
        }
        guard company.isGood("taxID") else { return nil }
        do throws(TaxIDFault) {
            return try TaxID(company["taxID"], country: country)
        } catch {
            company.fault("taxID", text: error.sentence(in: words))
            return nil
        }
    }

    /// What is asked for; nil where something is wrong, which stands in the faults of `company` and `person`.
    /// - Parameter provider: Under whose name no customer signs up.
    mutating func read(provider: String, home: Country) -> SignUpRequest? {
        var name: PersonName?
        if person.isGood("name") {
            do throws(PersonNameFault) {
                name = try PersonName(person["name"], ofCustomerOf: provider)
            } catch { person.fault("name", text: error.sentence(in: words)) }
        }
        let email = person.address("email", words)
        var phone = ""
        if person.isGood("phone") {
            do throws(PhoneFault) {
                phone = try PhoneNumber(person["phone"], in: taxID?.country ?? home).normal
            } catch { person.fault("phone", text: error.sentence(in: words)) }
        }
        let language = Language(rawValue: person["language"])
        if language == nil { person.faultEmpty("language") }
        guard let readCompany, let taxID, let name, let email, let language, person.faults.isEmpty else { return nil }
        return SignUpRequest(
            company: readCompany, taxID: taxID, name: name, email: email, phone: phone, language: language)
    }

    // MARK: Options

    /// The provider's country first.
    static func options(_ words: Words, home: Country) -> [String: [FieldOption]] {
        let countries = [home] + Country.allCases.filter { $0 != home }
        return [
            "country": countries.map { FieldOption(value: $0.rawValue, label: words.country($0)) },
            "language": Language.allCases.map {
                FieldOption(value: $0.rawValue, label: words.text("signup.language.\($0.rawValue)"))
            },
        ]
    }
}

extension [FieldSpec] {
    fileprivate var optional: [FieldSpec] {
        map { spec in
            var spec = spec
            spec.isOptional = true
            return spec
        }
    }
}
