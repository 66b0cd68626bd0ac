// What is asked of a company: by whoever signs it up, and by the administrator who writes it down.

internal import HTTP
internal import Markup
internal import SLA
internal import SQL

/// A company as a form describes it, every part in its normal form.
struct OrganizationDetails: Sendable, Equatable {
    var legalName: String
    var country: Country
    /// Nil for one that was kept without it.
    var taxID: TaxID?
    var street = ""
    /// A colonia in Mexico, a barrio in Colombia.
    var neighborhood = ""
    var city = ""
    /// A state in Mexico, a department in Colombia.
    var region = ""
    var postalCode = ""
    var email = ""
    /// As `PhoneNumber.normal`; so is the other one.
    var phone = ""
    var otherPhone = ""
}

enum OrganizationForm {
    /// In the order in which they are asked. Names of their own, so that a person's fields may stand in the same form.
    static let fields: [FieldSpec] = [
        .select("country", "organizations.country"),
        .line("taxID", "organizations.taxID", upTo: 40, hasHint: true, isShort: true),
        .line("legalName", "organizations.legalName", hasHint: true, autocomplete: "organization"),
        .line("street", "organizations.street", hasHint: true, autocomplete: "address-line1"),
        .line("neighborhood", "organizations.neighborhood", isOptional: true, autocomplete: "address-line2"),
        .line("city", "organizations.city", upTo: 100, autocomplete: "address-level2"),
        .line("region", "organizations.region", upTo: 100, autocomplete: "address-level1"),
        .line(
            "postalCode", "organizations.postalCode", upTo: 20, hasHint: true, autocomplete: "postal-code",
            isShort: true),
        .mail("companyEmail", "organizations.email"),
        .phone("companyPhone", "organizations.phone", hasHint: true),
        .phone("companyOtherPhone", "organizations.otherPhone", isOptional: true),
    ]

    static func options(_ words: Words) -> [String: [FieldOption]] {
        ["country": Country.allCases.map { FieldOption(value: $0.rawValue, label: words.country($0)) }]
    }

    /// An empty form: the country is the provider's.
    static func values(startingIn country: Country) -> [String: String] { ["country": country.rawValue] }

    static func values(_ details: OrganizationDetails) -> [String: String] {
        [
            "country": details.country.rawValue, "taxID": details.taxID?.display ?? "", "legalName": details.legalName,
            "street": details.street, "neighborhood": details.neighborhood, "city": details.city,
            "region": details.region, "postalCode": details.postalCode, "companyEmail": details.email,
            "companyPhone": PhoneNumber.shown(details.phone),
            "companyOtherPhone": PhoneNumber.shown(details.otherPhone),
        ]
    }

    /// What was sent; nil where something is wrong with it, which stands in the faults of `sent`.
    static func read(_ sent: inout SentForm, _ words: Words) -> OrganizationDetails? {
        guard let country = Country(rawValue: sent["country"]) else {
            sent.faultEmpty("country")
            return nil
        }
        var details = OrganizationDetails(legalName: sent["legalName"], country: country)
        details.taxID = taxID(&sent, country, words)
        readAddress(&sent, country, into: &details)
        if sent.isGood("companyEmail") {
            do throws(EmailFault) {
                details.email = try EmailAddress(reading: sent["companyEmail"]).text
            } catch { sent.fault("companyEmail", text: error.sentence(in: words)) }
        }
        details.phone = phone("companyPhone", &sent, country, words)
        details.otherPhone = phone("companyOtherPhone", &sent, country, words)
        return sent.faults.isEmpty ? details : nil
    }

    /// Runs what adds or changes a company; another one with its tax number is told beside the field. The index decides,
    /// so that of two who come at once the second one hears it.
    static func refusingKnownTaxID<T>(_ words: Words, _ body: () throws -> T) throws -> T {
        do {
            return try body()
        } catch let error as SQLError where .constraintUnique ~= error {
            throw Faults.one("taxID", words.text("organizations.fault.taxIDKnown"))
        }
    }

    // MARK: Parts

    private static func taxID(_ sent: inout SentForm, _ country: Country, _ words: Words) -> TaxID? {
        guard sent.isGood("taxID") else { return nil }
        do throws(TaxIDFault) {
            return try TaxID(sent["taxID"], country: country)
        } catch {
            sent.fault("taxID", text: error.sentence(in: words))
            return nil
        }
    }

    private static func readAddress(
        _ sent: inout SentForm, _ country: Country, into details: inout OrganizationDetails
    ) {
        if sent.isGood("legalName"), !sent["legalName"].contains(where: { $0.isLetter || $0.isNumber }) {
            sent.fault("legalName", "organizations.fault.legalName")
        }
        details.street = sent["street"]
        details.neighborhood = sent["neighborhood"]
        details.city = sent["city"]
        details.region = sent["region"]
        details.postalCode = sent["postalCode"].filter { $0 != " " }
        let digits = country.postalCodeDigits
        let isPostalCode = details.postalCode.count == digits && details.postalCode.allSatisfy(\.isASCIIDigit)
        if sent.isGood("postalCode"), !isPostalCode {
            sent.fault("postalCode", "organizations.fault.postalCode", ["digits": .number(digits)])
        }
    }

    private static func phone(_ id: String, _ sent: inout SentForm, _ country: Country, _ words: Words) -> String {
        guard sent.isGood(id) else { return "" }
        do throws(PhoneFault) {
            return try PhoneNumber(sent[id], in: country).normal
        } catch {
            sent.fault(id, text: error.sentence(in: words))
            return ""
        }
    }
}

extension Country {
    var postalCodeDigits: Int { self == .mexico ? 5 : 6 }
}

extension Words {
    func country(_ country: Country) -> String { text("organizations.country.\(country.rawValue)") }
}
