// `atiende backup` and `atiende restore`: everything in one folder, taken while the server runs.

internal import HTTP
internal import SQL

enum BackupCommands {
    static let backup = Command(
        ["backup"],
        [.init("DIR", "a folder that does not exist yet")],
        [CommandList.data],
        "copies all data into a new folder, while the server goes on serving",
        .onData { invocation, installation throws(CommandFault) in
            let target = invocation.operands[0]
            guard !Folder.exists(target) else { throw .failed("\(target) exists already") }
            do {
                let count = try copy(installation, to: target)
                return "backed up \(count) tenants to \(target)\n"
            } catch {
                try? Folder.removeAll(target + ".partial")
                throw CommandFault.failed("backup failed: \(why(error))")
            }
        })

    static let restore = Command(
        ["restore"],
        [.init("DIR", "a folder that atiende backup made")],
        [CommandList.data],
        "puts a backup back into an empty or missing data folder",
        .offline { invocation throws(CommandFault) in
            let source = invocation.operands[0]
            guard let target = invocation["--data"] else { throw .usage("restore needs --data DIR") }
            guard Folder.exists(source + "/" + manifest) else {
                throw .failed("\(source) is not a complete backup: it has no \(manifest)")
            }
            let isFree = !Folder.exists(target) || (try? Folder.names(target).isEmpty) == true
            guard isFree else { throw .failed("\(target) is not empty") }
            do {
                try Folder.make(target)
                for name in try Folder.names(source) where name != manifest {
                    try Folder.copyAll(source + "/" + name, to: target + "/" + name)
                }
                try Folder.sync(target)
            } catch { throw CommandFault.failed("restore failed: \(why(error)); what is in \(target) is not complete") }
            let findings = try CheckCommand.findings(below: target)
            guard findings.isEmpty else { throw .failed(findings.joined(separator: "\n")) }
            return "restored \(target)\n"
        })

    /// Stands in a backup once all else is there.
    static let manifest = "backup"

    /// Databases first, then the files that their rows name: files are written before their rows and never changed, so
    /// each row of the copy finds its file.
    private static func copy(_ installation: Installation, to target: String) throws -> Int {
        let partial = target + ".partial"
        if Folder.exists(partial) { try Folder.removeAll(partial) }
        try Folder.make(partial + "/tenants")
        let tenants = installation.tenants().filter { $0.place == .here }
        try installation.directory.file.backUp(to: partial + "/control.sqlite")
        for tenant in tenants {
            let desk = try installation.desk(of: tenant)
            let copy = TenantFolder(root: partial, slug: tenant.slug)
            try copy.create(id: tenant.id)
            try desk.database.backUp(to: copy.database)
            try Folder.removeAll(copy.files)
            try Folder.copyAll(desk.folder.files, to: copy.files)
        }
        try Folder.write(Array("complete\n".utf8), to: partial + "/" + manifest)
        try Folder.sync(partial)
        guard Folder.rename(partial, to: target) else { throw Refusal.broken("\(partial) cannot be renamed") }
        try Folder.sync(Folder.parent(of: target))
        return tenants.count
    }

    private static func why(_ error: any Error) -> String { (error as? Refusal)?.why ?? "\(error)" }
}
