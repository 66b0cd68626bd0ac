// The tenants that are open: they open at their first request, and those used least recently close when there are many.

internal import Glibc
internal import SQL
internal import Synchronization

final class OpenDesks: Sendable {
    private struct Table {
        var open: [Slug: (desk: Desk, lastUse: Int)] = [:]
        /// Closed to new requests, but still held by some that run.
        var leaving: [Slug: WeakDesk] = [:]
        /// One lock for each tenant that is being opened: others do not wait for it.
        var opening: [Slug: OpeningLock] = [:]
        var uses = 0
    }

    private struct WeakDesk {
        weak var desk: Desk?
    }

    private final class OpeningLock: Sendable {
        let mutex = Mutex(())
    }

    private let table = Mutex(Table())
    private let root: String
    private let limit: Int
    private let zones: Zones
    private let onFatal: @Sendable (Slug, SQLError) -> Void

    init(root: String, limit: Int, zones: Zones, onFatal: @escaping @Sendable (Slug, SQLError) -> Void) {
        self.root = root
        self.limit = max(1, limit)
        self.zones = zones
        self.onFatal = onFatal
    }

    /// The desk if it is open already: for event loops, which must not wait.
    func ready(_ slug: Slug) -> Desk? {
        table.withLock { table in
            guard let desk = table.open[slug]?.desk else { return nil }
            table.uses += 1
            table.open[slug]?.lastUse = table.uses
            return desk
        }
    }

    /// Opens the desk where it is not open. Blocks: never on an event loop.
    func desk(of tenant: Tenant) throws(Refusal) -> Desk {
        if let desk = ready(tenant.slug) { return desk }
        let lock = table.withLock { table in
            let lock = table.opening[tenant.slug] ?? OpeningLock()
            table.opening[tenant.slug] = lock
            return lock
        }
        return try lock.mutex.withLock { _ throws(Refusal) in
            if let desk = ready(tenant.slug) ?? returning(tenant.slug) { return desk }
            let desk = try open(tenant)
            keep(desk)
            return desk
        }
    }

    /// A desk that was let go while requests still held it.
    private func returning(_ slug: Slug) -> Desk? {
        guard let desk = table.withLock({ $0.leaving[slug]?.desk }) else { return nil }
        keep(desk)
        return desk
    }

    /// The last holder of a desk that is leaving may still be closing it: its lock goes a moment later.
    private func open(_ tenant: Tenant) throws(Refusal) -> Desk {
        for _ in 0..<20 {
            do throws(Refusal) {
                return try Desk(tenant, root: root, zones: zones, onFatal: onFatal)
            } catch {
                guard case .unavailable(retryAfter: 5, _) = error else { throw error }
                usleep(25_000)
            }
        }
        return try Desk(tenant, root: root, zones: zones, onFatal: onFatal)
    }

    private func keep(_ desk: Desk) {
        // The desk that leaves may close here, outside the lock.
        let leaving = table.withLock { table -> Desk? in
            table.uses += 1
            table.leaving[desk.tenant.slug] = nil
            table.opening[desk.tenant.slug] = nil
            table.open[desk.tenant.slug] = (desk, table.uses)
            guard table.open.count > limit, let oldest = table.open.min(by: { $0.value.lastUse < $1.value.lastUse })
            else { return nil }
            table.open[oldest.key] = nil
            table.leaving[oldest.key] = WeakDesk(desk: oldest.value.desk)
            table.leaving = table.leaving.filter { $0.value.desk != nil }
            return oldest.value.desk
        }
        _ = leaving
    }

    /// Lets a tenant go; the folder is free once nobody uses it any more.
    func release(_ slug: Slug) {
        let leaving = table.withLock { table -> Desk? in
            guard let desk = table.open.removeValue(forKey: slug)?.desk else { return nil }
            table.leaving[slug] = WeakDesk(desk: desk)
            return desk
        }
        _ = leaving
    }

    func releaseAll() {
        let leaving = table.withLock { table in
            defer { table.open = [:] }
            return table.open.values.map(\.desk)
        }
        _ = leaving
    }

    /// Those open now, for the metrics.
    var all: [Desk] { table.withLock { $0.open.values.map(\.desk) } }
}
