// The demo: the five providers, by their own slugs, in a folder that has none yet.

enum Demo {
    static func make(in installation: Installation) throws(Refusal) {
        guard try installation.tenants().isEmpty else { return }
        for contract in Contract.all {
            guard let slug = Slug(rawValue: contract.key) else { continue }
            try installation.create(slug, name: contract.provider, from: contract, timeZone: contract.timeZone)
        }
    }
}
