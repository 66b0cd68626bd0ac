// The one timer of the process: every second it carries out what became due on the tickets of each tenant that is here, and
// forgets files that waited too long for their form.
//
// One tenant after the other on one queue, in small transactions between which everybody else's writes have their turn.
// What is due of a tenant that is closed is known from when it was closed; one that was not seen yet is opened and looked
// at. What became due while nothing ran is carried out at the start, once.

internal import Dispatch
internal import SLA
internal import SQL
internal import Synchronization

final class EscalationTimer: Sendable {
    private struct State {
        /// When something is due of tenants that are closed: `Int.max` for nothing.
        var closed: [Slug: Int] = [:]
        /// Until when tenants are left alone whose database could not be asked.
        var paused: [Slug: Int] = [:]
    }

    private let site: Site
    private let queue = DispatchQueue(label: "atiende.escalations")
    private let state = Mutex(State())
    private let isStopped = Atomic(false)

    /// Tickets of one transaction, and how long it takes at the most: pages that write wait for it.
    private static let batch = 48
    private static let batchNanoseconds: UInt64 = 12_000_000
    /// How long one tenant has the timer for itself while others may have something due.
    private static let shareNanoseconds: UInt64 = 300_000_000
    /// Tenants that are opened only to be looked at, of one round.
    private static let visitsPerRound = 8
    /// Seconds after which a tenant, or a ticket, is tried again that could not be read.
    private static let tenantPause = 60
    static let ticketPause = 3600

    init(_ site: Site) { self.site = site }

    func start() { scheduleRound() }

    /// Nothing is carried out any more once it returns.
    func stop() {
        isStopped.store(true, ordering: .sequentiallyConsistent)
        queue.sync {}
    }

    /// All that is due now; blocks until it is done.
    func makeRound() { queue.sync { round() } }

    private var mustEnd: Bool { isStopped.load(ordering: .sequentiallyConsistent) }
    private var desks: OpenDesks { site.installation.desks }
}

// MARK: On the queue

extension EscalationTimer {
    private func scheduleRound() {
        queue.asyncAfter(deadline: .now() + .seconds(1)) { [weak self] in
            guard let self, !mustEnd else { return }
            round()
            scheduleRound()
        }
    }

    private func round() {
        var busy = desks.all
        while !busy.isEmpty, !mustEnd { busy = busy.filter { carryOut($0) } }
        visitClosed()
    }

    /// Opens tenants that are closed and have something due, or were never seen.
    private func visitClosed() {
        let told = desks.takeClosings()
        state.withLock { state in for (slug, due) in told { state.closed[slug] = due } }
        guard let tenants = try? site.installation.tenants() else { return }
        let now = site.clock()
        let known = state.withLock(\.closed)
        let due = tenants.filter { tenant in
            tenant.place == .here && known[tenant.slug] ?? Int.min <= now && !isPaused(tenant.slug)
                && desks.peek(tenant.slug) == nil
        }
        for tenant in due.prefix(Self.visitsPerRound) where !mustEnd { visit(tenant) }
        let slugs = Set(tenants.map(\.slug))
        state.withLock { state in
            state.closed = state.closed.filter { slugs.contains($0.key) }
            state.paused = state.paused.filter { slugs.contains($0.key) && $0.value > now }
        }
    }

    private func isPaused(_ slug: Slug) -> Bool {
        state.withLock { $0.paused[slug] ?? Int.min } > site.clock()
    }

    private func visit(_ tenant: Tenant) {
        do throws(Refusal) {
            let desk = try site.installation.desk(of: tenant)
            while carryOut(desk) {}
            let next = try desk.read { try $0.nextInstant() }
            state.withLock { $0.closed[tenant.slug] = next ?? Int.max }
            desks.release(tenant.slug)
        } catch { postpone(tenant.slug, error) }
    }

    private func postpone(_ slug: Slug, _ refusal: Refusal) {
        let end = site.clock() + Self.tenantPause
        state.withLock { $0.paused[slug] = end }
        site.installation.log.write(.warning, "escalations-wait", [("tenant", slug.rawValue), ("why", refusal.why)])
    }

    /// What is due of an open desk. Returns whether more is due now.
    private func carryOut(_ desk: Desk) -> Bool {
        guard !isPaused(desk.tenant.slug) else { return false }
        do throws(Refusal) { try sweep(desk) } catch {
            if error.isDamage { desks.discard(desk) }
            postpone(desk.tenant.slug, error)
            return false
        }
        return desk.ticketRules.map { carryOut(desk, $0) } ?? false
    }

    /// Files that no form took in time go, and bytes that belong to nothing any more.
    private func sweep(_ desk: Desk) throws(Refusal) {
        let now = site.clock()
        guard let next = try desk.read({ try $0.nextSweepInstant() }), next <= now else { return }
        try desk.sweepAttachments(at: now)
    }

    /// What is due of a desk's tickets, a batch after the other, for a while.
    private func carryOut(_ desk: Desk, _ rules: TicketRules) -> Bool {
        let end = DispatchTime.now().uptimeNanoseconds + Self.shareNanoseconds
        var hasWritten = false
        defer { if hasWritten { site.postman.nudge(desk.tenant.slug) } }
        do throws(Refusal) {
            while !mustEnd {
                let now = site.clock()
                guard let next = try desk.read({ try $0.nextTicketInstant() }), next <= now else { return false }
                guard DispatchTime.now().uptimeNanoseconds < end else { return true }
                let failures = try desk.write { [site] connection in
                    try Self.carryOutBatch(desk, rules, site, connection, at: now)
                }
                hasWritten = true
                for failure in failures { tell(failure, desk) }
            }
        } catch {
            if error.isDamage { desks.discard(desk) }
            postpone(desk.tenant.slug, error)
        }
        return false
    }

    private func tell(_ failure: Failure, _ desk: Desk) {
        site.installation.log.write(
            .error, "escalation-failed",
            [("tenant", desk.tenant.slug.rawValue), ("ticket", "\(failure.ticket)"), ("why", failure.why)])
    }

    private struct Failure: Sendable {
        let ticket: Ticket.ID
        let why: String
    }

    /// Some of what is due. A ticket that cannot be read stops no other: it is looked at again later.
    private static func carryOutBatch(
        _ desk: Desk, _ rules: TicketRules, _ site: Site, _ connection: Connection, at now: Int
    ) throws -> [Failure] {
        let end = DispatchTime.now().uptimeNanoseconds + batchNanoseconds
        let news = TicketNews(site: site, desk: desk, rules: rules, now: now)
        var notices: [EscalationNotice] = []
        var failures: [Failure] = []
        for ticket in try connection.ticketsDue(at: now, limit: batch) {
            do {
                notices += try connection.savepoint {
                    let before = try connection.ticket(ticket)
                    let notices = try connection.escalate(ticket, rules, at: now)
                    // What nobody answered closes by itself.
                    if let before, before.status == .resolved { try news.tell(since: before, in: connection) }
                    return notices
                }
            } catch {
                try connection.postpone(ticket, until: now + ticketPause)
                failures.append(Failure(ticket: ticket, why: (error as? Refusal)?.why ?? "\(error)"))
            }
            if DispatchTime.now().uptimeNanoseconds > end { break }
        }
        try EscalationLetters(site: site, desk: desk, rules: rules, now: now).enqueue(notices, in: connection)
        return failures
    }
}
