// A tenant into an archive, while it is served.

internal import HTTP
internal import SQL

extension Installation {
    /// At `path` there is all of the tenant or nothing; a file that is there is never written over. The database first,
    /// then the files that its rows name: files are written before their rows and never changed, so each row of the
    /// copy finds its file.
    func export(_ slug: Slug, to path: String) throws {
        let draft = path + ".partial"
        // Whoever holds it is the only one who writes to the draft; what is there is a dead one's.
        guard let lock = try FolderLock(path: draft + ".lock") else {
            throw Refusal.unavailable(retryAfter: 5, why: "another export to \(path) is running")
        }
        defer {
            Folder.remove(draft + ".lock")
            lock.release()
        }
        let copy = draft + ".sqlite"
        Folder.remove(draft)
        Folder.remove(copy)
        defer {
            Folder.remove(draft)
            Folder.remove(copy)
        }
        try holdingPlaces {
            let tenant = try known(slug)
            let desk = try desk(of: tenant)
            try desk.database.backUp(to: copy)
            let hosts = try directory.hosts().filter { $0.tenant == slug }.map(\.name)
            let archive = try ArchiveWriter(path: draft)
            try archive.add(TenantManifest(tenant, hosts: hosts).document.bytes(.pretty), as: ArchiveEntry.manifest)
            try archive.add(fileAt: copy, as: ArchiveEntry.database)
            try Self.add(desk.folder.files, as: "files", to: archive)
            try archive.finish()
        }
        try Folder.publish(draft, as: path)
        log.write(.info, "tenant-exported", [("tenant", slug.rawValue), ("to", path)])
    }

    private static func add(_ folder: String, as name: String, to archive: ArchiveWriter) throws {
        for entry in try Folder.names(folder) where !entry.hasSuffix(Folder.draftSuffix) {
            let (path, inner) = ("\(folder)/\(entry)", "\(name)/\(entry)")
            if Folder.isFolder(path), !Folder.isLink(path) {
                try add(path, as: inner, to: archive)
            } else {
                try archive.add(fileAt: path, as: inner)
            }
        }
    }
}
