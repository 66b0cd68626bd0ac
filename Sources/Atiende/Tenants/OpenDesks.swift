// The tenants that are open: they open at their first request, and those used least recently close when there are many.

internal import Dispatch
internal import SQL
internal import Synchronization

final class OpenDesks: Sendable {
    private struct Table {
        var open: [Slug: (desk: Desk, lastUse: Int)] = [:]
        /// Closed to new requests, but still held by some that run, or on the way to being closed.
        var leaving: [Slug: Leaving] = [:]
        /// One lock for each tenant that was ever opened: others do not wait for its disk.
        var opening: [Slug: OpeningLock] = [:]
        var failures: [Slug: Failure] = [:]
        /// Kept closed while their folders move.
        var sealed: Set<Slug> = []
        var uses = 0
    }

    private struct Leaving {
        /// Nil also where the desk must not be taken back.
        weak var desk: Desk?
        let closed: DispatchGroup
    }

    /// Why a tenant could not be opened a moment ago.
    private struct Failure {
        let refusal: Refusal
        let end: DispatchTime
    }

    private final class OpeningLock: Sendable {
        let mutex = Mutex(())
    }

    private let table = Mutex(Table())
    /// When something is due next of tenants that were closed, since it was last asked.
    private let closings = Mutex<[Slug: Int]>([:])
    private let root: String
    private let limit: Int
    private let zones: Zones
    private let onFatal: @Sendable (Slug, SQLError) -> Void
    /// Where desks are closed: whoever lets go of one last, an event loop perhaps, must not wait for its disk.
    private let closers = (0..<4).map { DispatchQueue(label: "atiende.closer.\($0)") }

    /// How long a failure answers for the attempts that follow it: a tenant whose disk is broken must not keep the
    /// workers, which others need too, busy with finding that out again.
    private static let failureMemory = DispatchTimeInterval.seconds(1)
    /// How long an opening waits for the same tenant's closing.
    private static let closingWait = DispatchTimeInterval.seconds(2)

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

    /// The desk if it is open. To look is no use of it, which would keep it from closing.
    func peek(_ slug: Slug) -> Desk? { table.withLock { $0.open[slug]?.desk } }

    /// Those open now, for the metrics.
    var all: [Desk] { table.withLock { $0.open.values.map(\.desk) } }

    /// The tenants that were closed since this was asked last, each with when something is due next of it: `Int.max` for
    /// never, `Int.min` where nobody knows.
    func takeClosings() -> [Slug: Int] {
        closings.withLock { closings in
            defer { closings = [:] }
            return closings
        }
    }

    // MARK: Opening

    /// Opens the desk where it is not open. Blocks: never on an event loop.
    func desk(of tenant: Tenant) throws(Refusal) -> Desk {
        if let desk = ready(tenant.slug) { return desk }
        let lock = openingLock(tenant.slug)
        return try lock.mutex.withLock { _ throws(Refusal) in
            guard !table.withLock({ $0.sealed.contains(tenant.slug) }) else {
                throw .unavailable(retryAfter: 2, why: "tenant \(tenant.slug) is moving")
            }
            if let desk = ready(tenant.slug) ?? returning(tenant.slug) { return desk }
            if let refusal = recentFailure(tenant.slug) { throw refusal }
            return try open(tenant)
        }
    }

    private func openingLock(_ slug: Slug) -> OpeningLock {
        table.withLock { table in
            let lock = table.opening[slug] ?? OpeningLock()
            table.opening[slug] = lock
            return lock
        }
    }

    /// A desk that was let go while requests still held it.
    private func returning(_ slug: Slug) -> Desk? {
        guard let desk = table.withLock({ $0.leaving[slug]?.desk }) else { return nil }
        keep(desk)
        return desk
    }

    private func recentFailure(_ slug: Slug) -> Refusal? {
        table.withLock { table in
            guard let failure = table.failures[slug] else { return nil }
            if DispatchTime.now() < failure.end { return failure.refusal }
            table.failures[slug] = nil
            return nil
        }
    }

    private func open(_ tenant: Tenant) throws(Refusal) -> Desk {
        do throws(Refusal) {
            try waitUntilClosed(tenant.slug)
            let closer = closers[Int(truncatingIfNeeded: UInt(bitPattern: tenant.slug.hashValue) % UInt(closers.count))]
            let desk = try Desk(
                tenant, root: root, zones: zones, closer: closer,
                onClosing: { [weak self] slug, next in
                    // What cannot be read is looked at.
                    self?.closings.withLock { $0[slug] = next ?? Int.min }
                }, onFatal: onFatal)
            keep(desk)
            return desk
        } catch {
            var refusal = error
            // Whatever is wrong with one tenant's folder is a reason to come back later, not a fault of the program.
            if case .broken(let why) = error { refusal = .unavailable(retryAfter: 60, why: why) }
            table.withLock { [refusal] in
                $0.failures[tenant.slug] = Failure(refusal: refusal, end: .now() + Self.failureMemory)
            }
            throw refusal
        }
    }

    private func waitUntilClosed(_ slug: Slug) throws(Refusal) {
        guard let closed = table.withLock({ $0.leaving[slug]?.closed }) else { return }
        guard closed.wait(timeout: .now() + Self.closingWait) == .success else {
            throw .unavailable(retryAfter: 5, why: "tenant \(slug) is still being closed")
        }
    }

    private func keep(_ desk: Desk) {
        table.withLock { table in
            table.uses += 1
            table.leaving[desk.tenant.slug] = nil
            table.open[desk.tenant.slug] = (desk, table.uses)
            guard table.open.count > limit, let oldest = table.open.min(by: { $0.value.lastUse < $1.value.lastUse })
            else { return }
            table.open[oldest.key] = nil
            table.leaving = table.leaving.filter { $0.value.closed.wait(timeout: .now()) != .success }
            table.leaving[oldest.key] = Leaving(desk: oldest.value.desk, closed: oldest.value.desk.closed)
        }
    }

    // MARK: Closing

    /// Lets a tenant go; the folder is free once nobody uses it any more.
    func release(_ slug: Slug) {
        table.withLock { table in
            guard let desk = table.open.removeValue(forKey: slug)?.desk else { return }
            table.leaving[slug] = Leaving(desk: desk, closed: desk.closed)
        }
    }

    /// Lets go of a desk that met damage, for good: the next request opens the folder anew, and finds it mended or
    /// says what is wrong with it.
    func discard(_ desk: Desk) {
        let slug = desk.tenant.slug
        table.withLock { table in
            if table.open[slug]?.desk === desk { table.open[slug] = nil }
            guard table.open[slug] == nil else { return }
            table.leaving[slug] = Leaving(desk: nil, closed: desk.closed)
        }
    }

    /// Lets all go and waits until they are closed, or the time is up.
    func closeAll(within seconds: Double) {
        let closings = table.withLock { table in
            for (slug, entry) in table.open {
                table.leaving[slug] = Leaving(desk: entry.desk, closed: entry.desk.closed)
            }
            table.open = [:]
            return table.leaving.values.map(\.closed)
        }
        let deadline = DispatchTime.now() + seconds
        for closed in closings { _ = closed.wait(timeout: deadline) }
    }
}

extension OpenDesks {
    /// Lets a tenant go and keeps it closed until `unseal`: whoever asks for it is refused, also those who looked it up
    /// before. Returns once its folder is free; where it does not come free in time, the tenant is as it was.
    func seal(_ slug: Slug, within seconds: Double) throws(Refusal) {
        table.withLock { _ = $0.sealed.insert(slug) }
        // Who holds this lock asked before the seal was there.
        openingLock(slug).mutex.withLock { _ in }
        release(slug)
        guard let closed = table.withLock({ $0.leaving[slug]?.closed }) else { return }
        guard closed.wait(timeout: .now() + seconds) == .success else {
            unseal(slug)
            throw .unavailable(retryAfter: 5, why: "tenant \(slug) is in use; try again in a moment")
        }
    }

    func unseal(_ slug: Slug) {
        table.withLock { table in
            table.sealed.remove(slug)
            // What was wrong with the folder that was there is no longer said of the one that is.
            table.failures[slug] = nil
        }
    }
}
