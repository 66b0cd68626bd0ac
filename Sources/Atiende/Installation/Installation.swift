// The data of one Atiende: a folder that one process has open, with the directory of tenants and the desks.

internal import HTTP
internal import SQL
internal import Synchronization

public final class Installation: Sendable {
    public let root: String
    /// Which tenants there are, and where.
    let directory: any Directory
    /// The directory's file, for what is about the file: backup, check, figures.
    let control: Database
    let desks: OpenDesks
    public let zones = Zones()
    public let log: Log
    /// How people reach this installation, without a final slash. What stands in letters comes from here, never from what
    /// a request says its host is.
    let publicURL = Locked("http://127.0.0.1:8080")
    /// Bytes of attachments that one tenant may keep.
    let attachmentQuota = Locked(20_480 * 1024 * 1024)
    /// One new tenant at a time: two of the same name would take each other's folder for a remains. One change of what
    /// tenants there are, too.
    let changing = Mutex(())
    /// Who goes through the tenants' folders now.
    let traffic = Mutex(Traffic())
    // Held for its deinit: it goes with the process or with the installation.
    private let lock: FolderLock

    /// Why the data cannot be opened.
    public enum Failure: Error, Sendable {
        /// Another process has it open; it answers commands at its control socket.
        case inUse
        case failed(String)
    }

    /// Seconds for the databases to be closed; what is not brought in then stays in their write-ahead logs.
    private static let closingSeconds = 2.5

    /// Opens the data in `root`.
    /// - Parameters:
    ///   - makesFolder: Whether an installation is made where there is none.
    ///   - onFatal: Called once when the disk can no longer be trusted: the process must end and start again.
    public init(
        root: String, log: Log, openDesks: Int, makesFolder: Bool = true,
        onFatal: @escaping @Sendable (_ why: String) -> Void
    ) throws(Failure) {
        self.root = root
        self.log = log
        guard makesFolder || Folder.exists(Self.control(root)) else { throw .failed("no Atiende data in \(root)") }
        lock = try Self.lock(root)
        try Self.refuseLostDirectory(root)
        do throws(Refusal) {
            let directory = try ControlDirectory(path: Self.control(root)) { onFatal("control.sqlite: \($0)") }
            self.directory = directory
            control = directory.file
        } catch { throw .failed("\(root)/control.sqlite: \(error.why)") }
        desks = OpenDesks(root: root, limit: openDesks, zones: zones) { onFatal("tenant \($0): \($1)") }
        sweepRemains()
        do throws(Refusal) { try finishPendingMove() } catch {
            log.write(.error, "move-not-finished", [("why", error.why)])
        }
    }

    private static func control(_ root: String) -> String { root + "/control.sqlite" }

    private static func lock(_ root: String) throws(Failure) -> FolderLock {
        let lock: FolderLock?
        do throws(SystemError) {
            try Folder.make(root + "/tenants")
            lock = try FolderLock(path: root + "/lock")
        } catch { throw .failed("\(error)") }
        guard let lock else { throw .inUse }
        return lock
    }

    /// Tenants' folders without a directory are a restore that was cut off, or a loss: never a new installation.
    private static func refuseLostDirectory(_ root: String) throws(Failure) {
        guard !Folder.exists(control(root)) else { return }
        do throws(SystemError) {
            guard try !Folder.names(root + "/tenants").isEmpty else { return }
        } catch { throw .failed("\(error)") }
        throw .failed("\(root) holds tenants but no control.sqlite: restore a backup into an empty folder")
    }

    /// Closes every database, with its write-ahead log brought in.
    public func close() {
        desks.closeAll(within: Self.closingSeconds)
        control.close(checkpointing: true)
    }

    /// Where uploads of a tenant are kept while they arrive.
    func incoming(of tenant: Tenant) -> String { TenantFolder(root: root, slug: tenant.slug).incoming }

    /// The whole address of a tenant's path, for letters: under its own host name, where it has one.
    func url(of tenant: Tenant, _ path: String) -> String {
        let installation = publicURL.value
        let hosts = (try? directory.hosts()) ?? []
        guard let host = hosts.first(where: { $0.tenant == tenant.slug }) else {
            return "\(installation)/t/\(tenant.slug)\(path)"
        }
        return (installation.hasPrefix("https://") ? "https://" : "http://") + host.name + path
    }

    public func tenants() throws(Refusal) -> [Tenant] { try directory.tenants() }

    /// The desk of a tenant that is here. Blocks while it opens.
    public func desk(of tenant: Tenant) throws(Refusal) -> Desk {
        try tenant.requireHere()
        return try desks.desk(of: tenant)
    }

    // MARK: New tenants

    /// Makes a tenant's folder and database, then its row: one that is in the directory is complete.
    public func create(_ slug: Slug, name: String, from contract: Contract, timeZone: String) throws(Refusal) {
        try changing.withLock { _ throws(Refusal) in
            try finishPendingMove()
            guard try directory.tenant(slug) == nil else { throw .conflict }
            let tenant = Tenant(
                slug: slug, id: try Random.identifier(), name: name, contract: contract.key, timeZone: timeZone)
            let folder = TenantFolder(root: root, slug: slug)
            try clearRemains(of: folder)
            try Refusal.catching {
                try folder.create(id: tenant.id)
                let database = try Database(path: folder.database, migrations: Schema.desk)
                defer { database.close(checkpointing: true) }
                let provider = contract.provider(name: name, timeZone: timeZone)
                try database.write {
                    try $0.insert(provider)
                    try $0.keep(AccessPolicy(contract.policies))
                }
            }
            try directory.add(tenant)
        }
        log.write(.info, "tenant-created", [("tenant", slug.rawValue), ("contract", contract.key)])
    }

    /// A creation that was cut off left a folder that no row names. Moved aside, never deleted: it might be a tenant
    /// whose directory was lost.
    func clearRemains(of folder: TenantFolder) throws(Refusal) {
        guard Folder.exists(folder.path) else { return }
        let aside = try folder.path + ".left-" + Random.identifier().prefix(8)
        guard Folder.rename(folder.path, to: aside) else {
            throw .broken("\(folder.path) is in the way and cannot be moved")
        }
        log.write(.warning, "folder-moved-aside", [("from", folder.path), ("to", aside)])
    }
}

extension Tenant {
    /// Refuses where the tenant is elsewhere or on its way.
    func requireHere() throws(Refusal) {
        switch place {
        case .here: return
        case .moving: throw .unavailable(retryAfter: 2, why: "tenant \(slug) is moving")
        case .elsewhere(let base): throw .elsewhere(base)
        }
    }
}
