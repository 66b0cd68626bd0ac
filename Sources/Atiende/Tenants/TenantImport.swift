// A tenant out of an archive. It is unpacked and looked at beside the tenants, under a name that no tenant can have;
// nothing appears before all of it was found whole.

internal import HTTP
internal import SQL
internal import Synchronization

extension Installation {
    struct Imported {
        let tenant: Tenant
        /// The hosts that others have by now.
        let takenHosts: [String]
    }

    /// - Parameter slug: Its slug here; the archive's own without it.
    func importTenant(from path: String, as slug: Slug?) throws -> Imported {
        let archive = try ArchiveReader(path: path)
        let manifest = try Self.manifest(archive)
        let slug = slug ?? manifest.slug
        guard try directory.tenant(slug) == nil else { throw Refusal.conflict }
        guard zones.knows(manifest.timeZone) else {
            throw ArchiveFault("has the time zone \(manifest.timeZone), which this system does not know")
        }
        let draft = try TenantFolder(
            path: root + "/tenants/\(slug).\(PendingMove.imported)\(Random.identifier().prefix(8))")
        do {
            try Folder.make(draft.path)
            try Self.unpack(archive, to: draft)
            try verify(draft, manifest)
            let imported = try appear(draft, manifest, as: slug)
            log.write(.info, "tenant-imported", [("tenant", slug.rawValue), ("from", path)])
            return imported
        } catch {
            if Folder.exists(draft.path) { try? Folder.removeAll(draft.path) }
            throw error
        }
    }

    private static func manifest(_ archive: ArchiveReader) throws -> TenantManifest {
        let header = try archive.next()
        guard header.path == ArchiveEntry.manifest else { throw ArchiveFault("is no archive of a tenant") }
        return try TenantManifest(reading: archive.bytes(of: header, atMost: TenantManifest.longest))
    }

    private static func unpack(_ archive: ArchiveReader, to draft: TenantFolder) throws {
        let database = try archive.next()
        guard database.path == ArchiveEntry.database else { throw ArchiveFault("lacks its \(ArchiveEntry.database)") }
        try archive.extract(database, to: draft.database)
        var folders: Set<String> = []
        while true {
            let header = try archive.next()
            if header.path == ArchiveEntry.sums {
                try archive.verify(header)
                break
            }
            guard header.path.hasPrefix(ArchiveEntry.files) else {
                throw ArchiveFault("holds \(header.path), which belongs to no tenant")
            }
            let file = draft.path + "/" + header.path
            let folder = Folder.parent(of: file)
            if folders.insert(folder).inserted { try Folder.make(folder) }
            try archive.extract(header, to: file)
        }
        for folder in folders { try syncUp(from: folder, to: draft.path) }
    }

    /// Also the folders between, which may hold no file of their own.
    private static func syncUp(from folder: String, to top: String) throws(SystemError) {
        var folder = folder
        while folder.utf8.count > top.utf8.count {
            try Folder.sync(folder)
            folder = Folder.parent(of: folder)
        }
    }

    /// Whether the database is whole, of a version that this program knows, and of the tenant that the manifest names.
    private func verify(_ draft: TenantFolder, _ manifest: TenantManifest) throws {
        do {
            if let finding = try Database.check(path: draft.database).first { throw ArchiveFault(finding) }
            var settings = Database.Settings()
            settings.creates = false
            let database = try Database(path: draft.database, migrations: Schema.desk, settings: settings)
            defer { database.close(checkpointing: true) }
            let provider = try database.read { try $0.provider() }
            guard provider.contract == manifest.contract else {
                throw ArchiveFault("it is another tenant's than \(ArchiveEntry.manifest) says")
            }
            // Its own, which its pages go by.
            guard zones.knows(provider.timeZone) else { throw ArchiveFault("unknown time zone \(provider.timeZone)") }
        } catch {
            let why = Refusal(error).why.replacing(draft.database, with: ArchiveEntry.database)
            throw ArchiveFault("has a database that cannot be used: \(why)")
        }
    }

    /// The folder, then the row, as for a new tenant.
    private func appear(_ draft: TenantFolder, _ manifest: TenantManifest, as slug: Slug) throws -> Imported {
        try changing.withLock { _ in
            try finishPendingMove()
            let tenants = try directory.tenants()
            guard !tenants.contains(where: { $0.slug == slug }) else { throw Refusal.conflict }
            let isKnown = tenants.contains { $0.id == manifest.id }
            let tenant = Tenant(
                slug: slug, id: isKnown ? try Random.identifier() : manifest.id, name: manifest.name,
                contract: manifest.contract, timeZone: manifest.timeZone)
            try draft.create(id: tenant.id)
            let folder = TenantFolder(root: root, slug: slug)
            try clearRemains(of: folder)
            let arrival = PendingMove(slug: slug, id: tenant.id, kind: .arrive)
            try take(.decide, of: arrival)
            do {
                guard Folder.rename(draft.path, to: folder.path) else {
                    throw Refusal.broken("\(draft.path) cannot be renamed")
                }
                try Folder.sync(Folder.parent(of: folder.path))
                try directory.add(tenant)
            } catch {
                // What cannot be taken back now is taken back when the data are opened.
                for step in arrival.steps.dropFirst() { try take(step, of: arrival) }
                throw error
            }
            try take(.forget, of: arrival)
            return Imported(tenant: tenant, takenHosts: try map(manifest.hosts, to: slug))
        }
    }

    private func map(_ hosts: [String], to slug: Slug) throws(Refusal) -> [String] {
        var taken: [String] = []
        for host in hosts {
            if try directory.tenant(host: host) == nil {
                try directory.map(host: host, to: slug)
            } else {
                taken.append(host)
            }
        }
        return taken
    }
}
