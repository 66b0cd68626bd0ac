// `atiende tenant export` and `atiende tenant import`: a provider in one file.

enum TenantArchiveCommands {
    static let export = Command(
        ["tenant", "export"],
        [.init("SLUG", "the provider"), .init("FILE", "a file that does not exist yet", isPath: true)],
        [CommandList.data],
        "writes a provider into one file, a tar archive, while it is served",
        .onData { invocation, installation throws(CommandFault) in
            let slug = try TenantCommands.known(invocation.operands[0], in: installation)
            let file = invocation.operands[1]
            guard !Folder.exists(file) else { throw .failed("\(file) exists already") }
            do {
                try installation.export(slug, to: file)
            } catch { throw .failed("tenant \(slug) was not exported: \(Refusal(error).why)") }
            return "exported \(slug) to \(file)\n"
        })

    static let `import` = Command(
        ["tenant", "import"], [.init("FILE", "a file that atiende tenant export wrote", isPath: true)],
        [.init("--slug", "SLUG", "its slug here; the one that it had without it"), CommandList.data],
        "makes a provider from such a file, once all of it was found whole",
        .onData { invocation, installation throws(CommandFault) in
            let file = invocation.operands[0]
            let slug = try invocation["--slug"].map(TenantCommands.slug)
            do {
                let imported = try installation.importTenant(from: file, as: slug)
                let taken = imported.takenHosts.joined(separator: ", ")
                return "imported \(imported.tenant.slug)"
                    + (taken.isEmpty ? "" : "; without the hosts that others have: \(taken)") + "\n"
            } catch let fault as ArchiveFault {
                throw .failed("nothing was imported: \(file) \(fault)")
            } catch Refusal.conflict {
                throw .failed("nothing was imported: there is a tenant of that slug; give another with --slug SLUG")
            } catch {
                throw .failed("nothing was imported: \(Refusal(error).why)")
            }
        })
}
