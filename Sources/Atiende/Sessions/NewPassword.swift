// A new password as forms ask for it: twice, and refused in words where the policy refuses it.

internal import Markup

enum NewPassword {
    static let fields: [FieldSpec] = [
        .secret("password", "password.new", hasHint: true, autocomplete: "new-password"),
        .secret("again", "password.again", autocomplete: "new-password"),
    ]

    /// Adds what is wrong with what was sent. Takes milliseconds: not on an event loop.
    /// - Parameter personal: What stands beside the account: names and the e-mail address.
    static func check(_ sent: inout SentForm, personal: [String]) {
        guard sent.isGood("password") else { return }
        switch PasswordPolicy.fault(sent["password"], words: personal) {
        case .tooShort: sent.fault("password", "password.fault.short", ["least": .number(PasswordPolicy.shortest)])
        case .tooLong: sent.fault("password", "password.fault.long", ["most": .number(PasswordPolicy.longest)])
        case .common: sent.fault("password", "password.fault.common")
        case .personal: sent.fault("password", "password.fault.personal")
        case nil: break
        }
        // Byte by byte: what looks alike may be written with other bytes, and would not open the account.
        if sent.isGood("again"), !sent["again"].utf8.elementsEqual(sent["password"].utf8) {
            sent.fault("again", "password.fault.again")
        }
    }
}

extension Visit {
    /// What stands beside an account, of which no password is to be made.
    func personalWords(of person: Person) throws(Refusal) -> [String] {
        let desk = try tenantDesk()
        let organizations = try desk.read { try $0.organizationNames(of: person.id) }
        return [person.name, person.email, desk.provider.name] + organizations
    }
}
