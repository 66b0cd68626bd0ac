// `atiende check`: is everything as it was written?

internal import SQL

enum CheckCommand {
    static let command = Command(
        ["check"], [], [CommandList.data],
        "looks through every database; prints what is wrong, or that all is well",
        .onData { _, installation throws(CommandFault) in
            let findings = try findings(below: installation.root)
            guard findings.isEmpty else { throw .failed(findings.joined(separator: "\n")) }
            return "ok: control.sqlite and \(installation.tenants().count) tenants\n"
        })

    /// A line for everything that is wrong with the data in a folder.
    static func findings(below root: String) throws(CommandFault) -> [String] {
        do {
            var findings = try Database.check(path: root + "/control.sqlite").map { "control.sqlite: \($0)" }
            guard Folder.exists(root + "/tenants") else { return findings }
            for name in try Folder.names(root + "/tenants") {
                guard let slug = Slug(rawValue: name) else { continue }
                let folder = TenantFolder(root: root, slug: slug)
                guard Folder.exists(folder.database) else {
                    findings.append("tenant \(slug): its database is missing")
                    continue
                }
                findings += try Database.check(path: folder.database).map { "tenant \(slug): \($0)" }
            }
            return findings
        } catch { throw CommandFault.failed("check failed: \(error)") }
    }
}
