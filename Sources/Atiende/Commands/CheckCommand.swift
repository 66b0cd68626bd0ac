// `atiende check`: is everything as it was written?

internal import HTTP
internal import SQL

enum CheckCommand {
    static let command = Command(
        ["check"], [],
        [
            .init("--rebuild", nil, "derives tickets, clocks and counts again from what happened; tells what differed"),
            CommandList.data,
        ],
        "looks through every database and attachment; prints what is wrong, or that all is well",
        .onData { invocation, installation throws(CommandFault) in
            var findings = try findings(below: installation.root)
            if invocation.has("--rebuild") { findings += try rebuild(installation) }
            guard findings.isEmpty else { throw .failed(findings.joined(separator: "\n")) }
            do {
                let orphans = try installation.tenants().filter { $0.place == .here }.flatMap { tenant in
                    try AttachmentCheck(of: TenantFolder(root: installation.root, slug: tenant.slug)).orphans
                }
                let notes = orphans.map { "belongs to no ticket, may be removed: \($0)\n" }.joined()
                return try notes + "ok: control.sqlite and \(installation.tenants().count) tenants\n"
            } catch { throw .failed(Refusal(error).why) }
        })

    /// A line for everything that tickets' rows, clocks and counts said otherwise than what happened to them.
    private static func rebuild(_ installation: Installation) throws(CommandFault) -> [String] {
        do throws(Refusal) {
            var findings: [String] = []
            for tenant in try installation.tenants() where tenant.place == .here {
                let desk = try installation.desk(of: tenant)
                findings += try TicketRebuild(desk: desk).run().map { "tenant \(tenant.slug): \($0)" }
            }
            return findings
        } catch { throw .failed(error.why) }
    }

    /// A line for everything that is wrong with the data in a folder, whether or not it is open.
    static func findings(below root: String) throws(CommandFault) -> [String] {
        do {
            let control = root + "/control.sqlite"
            let damage = try Database.check(path: control).map { "control.sqlite: \($0)" }
            guard damage.isEmpty else { return damage + (try strays(below: root)) }
            return try ControlDirectory.tenants(in: control).filter { $0.place == .here }.flatMap { tenant in
                try findings(of: tenant, in: TenantFolder(root: root, slug: tenant.slug))
            }
        } catch { throw CommandFault.failed("check failed: \((error as? Refusal)?.why ?? "\(error)")") }
    }

    private static func findings(of tenant: Tenant, in folder: TenantFolder) throws -> [String] {
        if let fault = folder.fault(id: tenant.id) { return ["tenant \(tenant.slug): \(fault)"] }
        guard Folder.exists(folder.database) else { return ["tenant \(tenant.slug): its database is missing"] }
        let damage = try Database.check(path: folder.database)
        let findings = try damage.isEmpty ? AttachmentCheck(of: folder).damage : damage
        return findings.map { "tenant \(tenant.slug): \($0)" }
    }

    /// The tenants' databases where the directory cannot say which there are.
    private static func strays(below root: String) throws -> [String] {
        try Folder.names(root + "/tenants").compactMap(Slug.init(rawValue:)).flatMap { slug in
            try Database.check(path: TenantFolder(root: root, slug: slug).database).map { "tenant \(slug): \($0)" }
        }
    }
}
