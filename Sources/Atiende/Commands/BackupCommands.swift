// `atiende backup` and `atiende restore`: everything in one folder, taken while the server runs.

internal import HTTP
internal import SQL

enum BackupCommands {
    static let backup = Command(
        ["backup"],
        [.init("DIR", "a folder that does not exist yet", isPath: true)],
        [CommandList.data],
        "copies all data into a new folder, while the server goes on serving",
        .onData { invocation, installation throws(CommandFault) in
            let target = invocation.operands[0]
            guard !Folder.exists(target) else { throw .failed("\(target) exists already") }
            let draft = target + ".partial"
            do {
                try Folder.make(Folder.parent(of: target))
                // Whoever holds it is the only one who writes to the draft; what is there is a dead one's.
                guard let lock = try FolderLock(path: draft + ".lock") else {
                    throw CommandFault.failed("another backup to \(target) is running")
                }
                defer {
                    Folder.remove(draft + ".lock")
                    lock.release()
                }
                if Folder.exists(draft) { try Folder.removeAll(draft) }
                let count = try installation.holdingPlaces { try copy(installation, to: draft, then: target) }
                return "backed up \(count) tenants to \(target)\n"
            } catch let fault as CommandFault {
                throw fault
            } catch {
                throw CommandFault.failed("backup failed: \(why(error))")
            }
        })

    static let restore = Command(
        ["restore"],
        [.init("DIR", "a folder that atiende backup made", isPath: true)],
        [CommandList.data],
        "puts a backup back into an empty or missing data folder",
        .offline { invocation throws(CommandFault) in
            let source = invocation.operands[0]
            let target = try invocation.data()
            guard Folder.exists(source + "/" + manifest) else {
                throw .failed("\(source) is not a complete backup: it has no \(manifest)")
            }
            let isFree = !Folder.exists(target) || (try? Folder.names(target).isEmpty) == true
            guard isFree else { throw .failed("\(target) is not empty") }
            do {
                try putBack(source, to: target)
            } catch { throw CommandFault.failed("restore failed: \(why(error)); what is in \(target) is not complete") }
            let findings = try CheckCommand.findings(below: target)
            guard findings.isEmpty else { throw .failed(findings.joined(separator: "\n")) }
            return "restored \(target)\n"
        })

    /// Stands in a backup once all else is there.
    static let manifest = "backup"

    /// The directory first, then the tenants that there are by then: each that the copy names is in it. Of a tenant the
    /// database first, then the files that its rows name: files are written before their rows and never changed, so
    /// each row of the copy finds its file.
    private static func copy(_ installation: Installation, to draft: String, then target: String) throws -> Int {
        do {
            try Folder.make(draft + "/tenants")
            try installation.control.backUp(to: draft + "/control.sqlite")
            let tenants = try installation.tenants().filter { $0.place == .here }
            for tenant in tenants {
                let desk = try installation.desk(of: tenant)
                let copy = TenantFolder(root: draft, slug: tenant.slug)
                try copy.create(id: tenant.id)
                try desk.database.backUp(to: copy.database)
                try Folder.removeAll(copy.files)
                try Folder.copyAll(desk.folder.files, to: copy.files)
            }
            try Folder.write(Array("complete\n".utf8), to: draft + "/" + manifest)
            try Folder.sync(draft)
            guard Folder.rename(draft, to: target) else { throw Refusal.broken("\(draft) cannot be renamed") }
            try Folder.sync(Folder.parent(of: target))
            return tenants.count
        } catch {
            try? Folder.removeAll(draft)
            throw error
        }
    }

    /// The directory last: tenants without it are refused by whoever would open them, so that a restore that was cut
    /// off is never taken for a whole one.
    private static func putBack(_ source: String, to target: String) throws {
        try Folder.make(target)
        try Folder.copyAll(source + "/tenants", to: target + "/tenants")
        let control = target + "/control.sqlite"
        try Folder.copyAll(source + "/control.sqlite", to: control + ".new")
        guard Folder.rename(control + ".new", to: control) else {
            throw Refusal.broken("\(control).new cannot be renamed")
        }
        try Folder.sync(target)
    }

    private static func why(_ error: any Error) -> String { (error as? Refusal)?.why ?? "\(error)" }
}
