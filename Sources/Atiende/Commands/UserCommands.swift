// `atiende user …`: people added from the command line.

internal import Markup
internal import SLA
internal import SQL

enum UserCommands {
    static let add = Command(
        ["user", "add"], [],
        [
            .init("--tenant", "SLUG", "the provider", isRequired: true),
            .init("--role", "ROLE", "customer, technician or admin", isRequired: true),
            .init("--email", "ADDRESS", "with which the person logs in", isRequired: true),
            .init("--name", "TEXT", "the person's name", isRequired: true),
            .init("--level", "1|2|3", "of a technician; 1 without it"),
            .init("--lead", nil, "a technician who leads"),
            .init("--organization", "NAME", "the company of a customer; made where there is none of that name"),
            .init(
                "--password-stdin", nil, "reads the password from standard input instead of printing a link",
                readsInput: true),
            .init("--url", "URL", "how people reach the server: the beginning of the link (or ATIENDE_URL)"),
            CommandList.data,
        ],
        "adds somebody and prints a one-time link to set the password",
        .onData { invocation, installation throws(CommandFault) in try add(invocation, installation) })

    private static func add(_ invocation: Invocation, _ installation: Installation) throws(CommandFault) -> String {
        let (person, organization) = try person(invocation)
        let base = try publicURL(invocation)
        let desk = try TenantCommands.desk(invocation["--tenant"] ?? "", in: installation)
        var new = person
        if invocation.has("--password-stdin") {
            new.state = .active
            let personal = [person.name, person.email, desk.provider.name, organization ?? ""]
            new.password = try password(invocation.input ?? "", personal: personal)
        }
        let addition = UserAddition(
            person: new, organization: organization, country: desk.provider.country, at: Site.systemClock())
        do throws(Refusal) {
            let token = new.password == nil ? try SecretToken.make() : nil
            try desk.write { try $0.add(addition, link: token?.hash) }
            guard let token else { return "added \(new.email)\n" }
            let path = "\(OneTimeLink.Purpose.set.path)?token=\(token.text)"
            return (base.map { "\($0)/t/\(desk.tenant.slug)\(path)" } ?? installation.url(of: desk.tenant, path)) + "\n"
        } catch {
            if case .conflict = error { throw .failed("\(new.email) has an account already") }
            throw .failed(error.why)
        }
    }

    // MARK: What was given

    private static func person(_ invocation: Invocation) throws(CommandFault) -> (NewPerson, organization: String?) {
        let role = try role(invocation)
        let isLead = invocation.has("--lead")
        guard !isLead || role.level != nil else { throw .usage("--lead is for a technician") }
        let organization = invocation["--organization"]
        guard organization == nil || role == .customer else { throw .usage("--organization is for a customer") }
        if let organization {
            guard (1...200).contains(organization.unicodeScalars.count), !organization.contains(where: \.isControl)
            else {
                throw .usage("--organization takes 1 to 200 characters on one line")
            }
        }
        let text = invocation["--email"] ?? ""
        guard let email = EmailAddress(text) else { throw .usage("\(text) is no e-mail address") }
        let name: PersonName
        do throws(PersonNameFault) {
            name = try PersonName(invocation["--name"] ?? "")
        } catch {
            throw .usage("--name takes 1 to \(PersonName.maximumLength) characters on one line, with a letter")
        }
        return (NewPerson(email: email.text, name: name.text, role: role, isLead: isLead), organization)
    }

    private static func role(_ invocation: Invocation) throws(CommandFault) -> Person.Role {
        let name = invocation["--role"] ?? ""
        let names = ["customer", "technician", "admin"]
        guard names.contains(name) else {
            let nearest = NearestWord.to(name, among: names).map { "; did you mean \($0)?" } ?? ""
            throw .usage("unknown role \(name)\(nearest)")
        }
        guard let level = invocation["--level"] else {
            return Person.Role(name, level: name == "technician" ? 1 : nil) ?? .customer
        }
        guard name == "technician" else { throw .usage("--level is for a technician") }
        guard let role = Int(level).flatMap({ Person.Role(name, level: $0) }) else {
            throw .usage("--level is 1, 2 or 3")
        }
        return role
    }

    private static func publicURL(_ invocation: Invocation) throws(CommandFault) -> String? {
        guard let text = invocation["--url"] else { return nil }
        guard let url = PublicURL.normal(text) else { throw .usage("--url takes a scheme and a host") }
        return url
    }

    private static func password(_ text: String, personal: [String]) throws(CommandFault) -> PasswordHash {
        switch PasswordPolicy.fault(text, words: personal) {
        case .tooShort: throw .usage("the password needs \(PasswordPolicy.shortest) characters or more")
        case .tooLong: throw .usage("the password can have up to \(PasswordPolicy.longest) bytes")
        case .common: throw .usage("the password is very common; choose another")
        case .personal: throw .usage("the password can be guessed from the names beside the account")
        case nil: break
        }
        do throws(Refusal) { return try PasswordHash.make(text) } catch { throw .failed(error.why) }
    }
}

extension Character {
    fileprivate var isControl: Bool { unicodeScalars.contains { $0.properties.generalCategory == .control } }
}
