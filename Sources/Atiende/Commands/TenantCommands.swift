// `atiende tenant create` and `atiende tenant list`.

enum TenantCommands {
    static let create = Command(
        ["tenant", "create"],
        [.init("SLUG", "its name in addresses: lower-case letters, digits and hyphens")],
        [
            .init(
                "--contract", "NAME", Contract.all.map(\.key).joined(separator: ", "), isRequired: true),
            .init("--name", "TEXT", "its name on pages; the contract's provider without it"),
            .init("--time-zone", "TZ", "an IANA name such as America/Bogota; the contract's without it"),
            CommandList.data,
        ],
        "makes a provider from a contract",
        .onData(makesFolder: true) { invocation, installation throws(CommandFault) in
            let slug = try slug(invocation.operands[0])
            let contract = try ContractCommands.named(invocation["--contract"] ?? "")
            let name = invocation["--name"] ?? contract.provider
            try requireName(name)
            let zone = invocation["--time-zone"] ?? contract.timeZone
            guard installation.zones.knows(zone) else { throw .usage("unknown time zone \(zone)") }
            do throws(Refusal) {
                try installation.create(slug, name: name, from: contract, timeZone: zone)
            } catch {
                if case .conflict = error { throw .failed("tenant \(slug) exists already") }
                throw .failed(error.why)
            }
            return "created \(slug)\n"
        })

    static let list = Command(
        ["tenant", "list"], [], [CommandList.data],
        "lists the providers: slug, contract, time zone, place, name, separated by tabs",
        .onData { _, installation throws(CommandFault) in
            let tenants: [Tenant]
            do throws(Refusal) { tenants = try installation.tenants() } catch { throw .failed(error.why) }
            return tenants.map { tenant in
                let place =
                    switch tenant.place {
                    case .here: "here"
                    case .moving: "moving"
                    case .elsewhere(let base): base
                    }
                return [tenant.slug.rawValue, tenant.contract, tenant.timeZone, place, tenant.name]
                    .joined(separator: "\t") + "\n"
            }.joined()
        })

    /// A slug for a tenant to come.
    static func slug(_ text: String) throws(CommandFault) -> Slug {
        guard let slug = Slug(rawValue: text) else {
            throw .usage("\(text) cannot be a slug: use 1 to 40 lower-case letters, digits and inner hyphens")
        }
        return slug
    }

    /// The slug of a tenant that there is.
    static func known(_ text: String, in installation: Installation) throws(CommandFault) -> Slug {
        let slugs: [Slug]
        do throws(Refusal) { slugs = try installation.tenants().map(\.slug) } catch { throw .failed(error.why) }
        if let slug = slugs.first(where: { $0.rawValue == text }) { return slug }
        let nearest = NearestWord.to(text, among: slugs.map(\.rawValue))
        throw .failed("there is no tenant \(text)" + (nearest.map { "; did you mean \($0)?" } ?? ""))
    }

    /// The desk of a tenant that there is.
    static func desk(_ text: String, in installation: Installation) throws(CommandFault) -> Desk {
        let slug = try known(text, in: installation)
        return try CommandFault.catching {
            guard let tenant = try installation.directory.tenant(slug) else { throw Refusal.notFound }
            return try installation.desk(of: tenant)
        }
    }

    static func requireName(_ name: String) throws(CommandFault) {
        guard (1...120).contains(name.count), name.utf8.allSatisfy({ $0 >= 0x20 && $0 != 0x7F }) else {
            throw .usage("--name takes 1 to 120 characters on one line")
        }
    }
}
