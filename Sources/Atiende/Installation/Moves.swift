// Tenants renamed and deleted: one move at a time, in steps that may be cut off between any two.

internal import HTTP
internal import SQL
internal import Synchronization

extension Installation {
    /// Copies of folders that are being made, and the move that would be in their way.
    struct Traffic {
        var copies = 0
        var isMoving = false
    }

    /// Seconds for running requests to let go of a tenant's desk.
    private static let closingWait = 4.0

    /// Gives a tenant another slug, another name, or both. Its hosts stay its own.
    func rename(_ slug: Slug, to new: Slug?, name: String?) throws(Refusal) {
        try changing.withLock { _ throws(Refusal) in
            try finishPendingMove()
            let tenant = try known(slug)
            let target = new ?? slug
            if target != slug {
                guard try directory.tenant(target) == nil else { throw .conflict }
                try clearRemains(of: TenantFolder(root: root, slug: target))
            }
            // One that does not open would not be mended by a move.
            _ = try desk(of: tenant)
            try run(
                PendingMove(slug: slug, id: tenant.id, kind: .rename(to: target, name: name ?? tenant.name)), tenant)
            log.write(.info, "tenant-renamed", [("from", slug.rawValue), ("to", target.rawValue)])
        }
    }

    /// Ends a tenant. Returns what of it could not be removed, in words; nil where nothing is left.
    func delete(_ slug: Slug) throws(Refusal) -> String? {
        try changing.withLock { _ throws(Refusal) in
            try finishPendingMove()
            let tenant = try known(slug)
            let move = PendingMove(slug: slug, id: tenant.id, kind: .delete)
            try run(move, tenant)
            log.write(.warning, "tenant-deleted", [("tenant", slug.rawValue), ("id", tenant.id)])
            let left = [root + "/tenants/" + move.aside, TenantFolder(root: root, slug: slug).path]
                .filter(Folder.exists)
            return left.isEmpty ? nil : left.joined(separator: " and ") + " could not be removed and stayed"
        }
    }

    func known(_ slug: Slug) throws(Refusal) -> Tenant {
        guard let tenant = try directory.tenant(slug) else { throw .notFound }
        return tenant
    }

    /// Keeps every tenant in its place while folders are copied.
    func holdingPlaces<T>(_ body: () throws -> T) throws -> T {
        let isFree = traffic.withLock { traffic in
            if !traffic.isMoving { traffic.copies += 1 }
            return !traffic.isMoving
        }
        guard isFree else { throw Refusal.unavailable(retryAfter: 5, why: "a tenant is moving; try again in a moment") }
        defer { traffic.withLock { $0.copies -= 1 } }
        return try body()
    }

    // MARK: Steps

    private func run(_ move: PendingMove, _ tenant: Tenant) throws(Refusal) {
        let isFree = traffic.withLock { traffic in
            if traffic.copies == 0 { traffic.isMoving = true }
            return traffic.copies == 0
        }
        guard isFree else {
            throw .unavailable(retryAfter: 60, why: "a backup or an export is running; try again when it is over")
        }
        defer {
            desks.unseal(move.slug)
            traffic.withLock { $0.isMoving = false }
        }
        var step = PendingMove.Step.decide
        do throws(Refusal) {
            for next in move.steps {
                step = next
                try take(next, of: move)
            }
        } catch {
            guard mayTurnBack(move, at: step) else {
                log.write(.error, "move-not-finished", [("tenant", move.slug.rawValue), ("why", error.why)])
                throw .broken("\(error.why); what is left to do is done when the data are opened again")
            }
            try directory.place(move.slug, at: tenant.place)
            try PendingMove.forget(in: root)
            throw error
        }
    }

    /// Whether all is still where it was.
    private func mayTurnBack(_ move: PendingMove, at step: PendingMove.Step) -> Bool {
        guard [.decide, .halt, .close, .folder].contains(step), (try? directory.tenant(move.slug))??.id == move.id
        else { return false }
        return move.kind == .delete || TenantFolder(root: root, slug: move.slug).fault(id: move.id) == nil
    }

    /// Goes on with a move that was cut off. The caller is alone with the directory.
    func finishPendingMove() throws(Refusal) {
        guard let move = try PendingMove.read(in: root) else { return }
        do throws(Refusal) {
            for step in move.steps.dropFirst() { try take(step, of: move) }
            desks.unseal(move.slug)
        } catch {
            desks.unseal(move.slug)
            throw .unavailable(
                retryAfter: 60, why: "a change of tenant \(move.slug) that was cut off cannot be finished: \(error.why)"
            )
        }
        log.write(.warning, "move-finished", [("tenant", move.slug.rawValue)])
    }

    func take(_ step: PendingMove.Step, of move: PendingMove) throws(Refusal) {
        switch step {
        case .decide: try move.write(in: root)
        case .halt:
            if try directory.tenant(move.slug)?.id == move.id { try directory.place(move.slug, at: .moving) }
        case .close: try freeFolder(move)
        case .folder: try moveFolder(move)
        case .name: try writeName(move)
        case .directory: try changeRow(move)
        case .removal: removeAside(move)
        case .withdraw: try withdraw(move)
        case .forget: try PendingMove.forget(in: root)
        }
    }

    private func freeFolder(_ move: PendingMove) throws(Refusal) {
        try desks.seal(move.slug, within: Self.closingWait)
        let folder = TenantFolder(root: root, slug: move.slug)
        // Another process may have it open.
        if folder.fault(id: move.id) == nil { try folder.lock(id: move.id).release() }
    }

    private func moveFolder(_ move: PendingMove) throws(Refusal) {
        let old = TenantFolder(root: root, slug: move.slug)
        switch move.kind {
        case .rename(let slug, _):
            let new = TenantFolder(root: root, slug: slug)
            guard new.fault(id: move.id) != nil else { return }
            guard !Folder.exists(new.path) else { throw .conflict }
            try shift(old, to: new.path, id: move.id)
        case .delete, .arrive:
            // Another's folder, or none: not this tenant's to take away.
            guard old.fault(id: move.id) == nil else { return }
            // The tenant is gone by now: a folder that cannot go stays, and whoever asked hears of it.
            do throws(Refusal) {
                try shift(old, to: root + "/tenants/" + move.aside, id: move.id)
            } catch { log.write(.warning, "folder-not-removed", [("path", old.path), ("why", error.why)]) }
        }
    }

    /// In one step of the file system, while nobody has the folder open.
    private func shift(_ folder: TenantFolder, to path: String, id: String) throws(Refusal) {
        let lock = try folder.lock(id: id)
        defer { lock.release() }
        guard Folder.rename(folder.path, to: path) else {
            throw .unavailable(retryAfter: 60, why: "\(folder.path) cannot be renamed: is it a disk of its own?")
        }
        try Refusal.catching { try Folder.sync(Folder.parent(of: path)) }
    }

    private func writeName(_ move: PendingMove) throws(Refusal) {
        guard case .rename(let slug, let name) = move.kind else { return }
        let folder = TenantFolder(root: root, slug: slug)
        let lock = try folder.lock(id: move.id)
        defer { lock.release() }
        var settings = Database.Settings()
        settings.creates = false
        try Refusal.catching {
            let database = try Database(path: folder.database, migrations: Schema.desk, settings: settings)
            defer { database.close(checkpointing: true) }
            try database.write { try $0.renameProvider(to: name) }
        }
    }

    private func changeRow(_ move: PendingMove) throws(Refusal) {
        guard let row = try directory.tenants().first(where: { $0.id == move.id }) else { return }
        switch move.kind {
        case .rename(let slug, let name): try directory.rename(row.slug, to: slug, name: name)
        case .delete: try directory.remove(row.slug)
        case .arrive: break
        }
    }

    private func withdraw(_ move: PendingMove) throws(Refusal) {
        guard try !directory.tenants().contains(where: { $0.id == move.id }) else { return }
        try moveFolder(move)
        removeAside(move)
    }

    private func removeAside(_ move: PendingMove) { remove(root + "/tenants/" + move.aside) }

    // MARK: Remains

    /// Removes what deletions and imports that were cut off left, when the data are opened: nothing runs then.
    func sweepRemains() {
        for name in (try? Folder.names(root + "/tenants")) ?? [] where PendingMove.isRemains(name) {
            remove(root + "/tenants/" + name)
        }
    }

    private func remove(_ path: String) {
        guard Folder.exists(path) else { return }
        do throws(SystemError) { try Folder.removeAll(path) } catch {
            log.write(.warning, "folder-not-removed", [("path", path), ("why", "\(error)")])
        }
    }
}
