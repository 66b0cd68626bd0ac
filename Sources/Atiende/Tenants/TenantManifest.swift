// Who the tenant in an archive is: its row of the directory, as a JSON document.

struct TenantManifest: Equatable {
    let slug: Slug
    let id: String
    let name: String
    let contract: String
    let timeZone: String
    let hosts: [String]

    private static let format = "atiende-tenant"
    private static let version = 1
    static let longest = 1024 * 1024

    init(_ tenant: Tenant, hosts: [String]) {
        slug = tenant.slug
        id = tenant.id
        name = tenant.name
        contract = tenant.contract
        timeZone = tenant.timeZone
        self.hosts = hosts
    }

    var document: JSON {
        [
            "format": .string(Self.format), "version": .int(Self.version), "slug": .string(slug.rawValue),
            "id": .string(id), "name": .string(name), "contract": .string(contract), "timeZone": .string(timeZone),
            "hosts": .array(hosts.map(JSON.string)),
        ]
    }

    init(reading bytes: [UInt8]) throws(ArchiveFault) {
        let document: JSON
        do throws(JSONSyntaxFault) { document = try JSON(parsing: bytes) } catch {
            throw ArchiveFault("has a \(ArchiveEntry.manifest) that is no JSON document")
        }
        guard document["format"]?.text == Self.format else { throw ArchiveFault("is no archive of a tenant") }
        guard document["version"] == .int(Self.version) else {
            throw ArchiveFault("was written by another version of the program")
        }
        do throws(JSONFaults) {
            self = try JSONReader.read(document) { document in
                document.allow("format", "version", "slug", "id", "name", "contract", "timeZone", "hosts")
                let slug = document["slug"].text("a slug", Slug.init(rawValue:))
                let id = document["id"].text("an identifier") { TenantManifest.isIdentifier($0) ? $0 : nil }
                let name = document["name"].text(atMost: 120)
                let contract = document["contract"].text()
                let timeZone = document["timeZone"].text()
                let hosts = document["hosts"].list().compactMap { $0.text("a host name", HostName.init)?.text }
                guard let slug, let id, let name, let contract, let timeZone else { return nil }
                let tenant = Tenant(slug: slug, id: id, name: name, contract: contract, timeZone: timeZone)
                return TenantManifest(tenant, hosts: hosts)
            }
        } catch { throw ArchiveFault("has a \(ArchiveEntry.manifest) that is wrong: \(error)") }
    }

    /// As `Random.identifier` makes them.
    private static func isIdentifier(_ text: String) -> Bool {
        text.utf8.count == 32 && text.utf8.allSatisfy { (0x30...0x39).contains($0) || (0x61...0x66).contains($0) }
    }
}
