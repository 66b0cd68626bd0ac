// Takes what is due in the outboxes to the transport: when it is told that something was put in, and every few seconds.
// On the way it takes the secrets of expired links out of the letters that brought them.
//
// One letter at a time, on one queue, in the one process that has the data open. A letter is claimed before it is sent
// and marked after; if the process dies in between it goes out again, else it goes out once.

internal import Dispatch
internal import SQL
internal import Synchronization

final class Postman: Sendable {
    private struct State {
        /// When the first letter of a tenant is due, or its first link expires: tenants that may have been closed since.
        var waiting: [Slug: Int] = [:]
        /// Those on their way to the queue.
        var nudged: Set<Slug> = []
        /// Taken by the transport, while the database could not say so.
        var taken: Set<Taken> = []
    }

    private struct Taken: Hashable {
        let tenant: Slug
        let id: Int
    }

    private let installation: Installation
    private let transport: any Transport
    private let clock: @Sendable () -> Int
    private let queue = DispatchQueue(label: "atiende.postman")
    private let state = Mutex(State())
    private let isRunning = Atomic(false)
    private let isStopped = Atomic(false)

    private static let roundSeconds = 15
    /// Letters of one tenant in a row, while others may wait for theirs.
    private static let share = 50
    /// Seconds after which a tenant is tried again whose database could not be asked.
    private static let pause = 60

    init(_ installation: Installation, _ transport: any Transport, clock: @escaping @Sendable () -> Int) {
        self.installation = installation
        self.transport = transport
        self.clock = clock
    }

    /// Looks into every outbox that is here, one after the other, and from then on into those that may hold something.
    func start() {
        isRunning.store(true, ordering: .relaxed)
        do throws(Refusal) {
            walk(try installation.tenants()[...])
        } catch {
            installation.log.write(.error, "mail-not-started", [("why", error.why)])
        }
        scheduleRound()
    }

    /// No letter is handed over any more once it returns.
    func stop() {
        isStopped.store(true, ordering: .sequentiallyConsistent)
        queue.sync {}
    }

    /// Something was committed that may have put a letter in this tenant's outbox.
    func nudge(_ tenant: Slug) {
        guard isRunning.load(ordering: .relaxed), state.withLock({ $0.nudged.insert(tenant).inserted }) else { return }
        queue.async { [weak self] in
            guard let self else { return }
            // Before it is looked at: what comes in later nudges again.
            state.withLock { _ = $0.nudged.remove(tenant) }
            visit(tenant)
        }
    }

    /// All that is due now, of tenants that are open and of those known to have something; blocks until it is done.
    func makeRound() { queue.sync { round() } }

    private var mustEnd: Bool { isStopped.load(ordering: .sequentiallyConsistent) }
}

// MARK: On the queue

extension Postman {
    private func walk(_ tenants: ArraySlice<Tenant>) {
        queue.async { [weak self] in
            guard let self, let tenant = tenants.first, !mustEnd else { return }
            if tenant.place == .here { visit(tenant.slug) }
            walk(tenants.dropFirst())
        }
    }

    private func scheduleRound() {
        queue.asyncAfter(deadline: .now() + .seconds(Self.roundSeconds)) { [weak self] in
            guard let self, !mustEnd else { return }
            round()
            scheduleRound()
        }
    }

    private func round() {
        let now = clock()
        var slugs = Set(state.withLock { $0.waiting.filter { $0.value <= now }.keys })
        slugs.formUnion(installation.desks.all.map(\.tenant.slug))
        for slug in slugs { visit(slug) }
    }

    /// Delivers what a tenant has, open or not; one that was closed does not stay open for it.
    private func visit(_ slug: Slug) {
        guard !mustEnd else { return }
        if let desk = installation.desks.peek(slug) { return deliver(desk) }
        do throws(Refusal) {
            guard let tenant = try installation.directory.tenant(slug) else { return forget(slug) }
            if case .elsewhere = tenant.place { return forget(slug) }
            deliver(try installation.desk(of: tenant))
            installation.desks.release(slug)
        } catch {
            postpone(slug, error)
        }
    }

    private func deliver(_ desk: Desk) {
        let slug = desk.tenant.slug
        do throws(Refusal) {
            let nextEnd = try forgetLinks(of: desk)
            for _ in 0..<Self.share {
                let now = clock()
                guard !mustEnd else { return }
                let nextLetter = try desk.read { try $0.nextLetterDue() }
                guard let nextLetter, nextLetter <= now else {
                    return state.withLock { $0.waiting[slug] = [nextLetter, nextEnd].compactMap(\.self).min() }
                }
                guard let letter = try desk.write({ try $0.claimLetter(at: now) }) else { continue }
                try send(letter, of: desk, at: now)
            }
            state.withLock { $0.waiting[slug] = clock() }
            queue.async { [weak self] in self?.visit(slug) }
        } catch {
            if error.isDamage { installation.desks.discard(desk) }
            postpone(slug, error)
        }
    }

    /// Returns when the first link expires of those that are left.
    private func forgetLinks(of desk: Desk) throws(Refusal) -> Int? {
        let now = clock()
        while let next = try desk.read({ try $0.nextLinkEnd() }) {
            guard next <= now, !mustEnd else { return next }
            try desk.write { try $0.forgetLinks(at: now) }
        }
        return nil
    }

    private func send(_ letter: OutboxLetter, of desk: Desk, at now: Int) throws(Refusal) {
        let taken = Taken(tenant: desk.tenant.slug, id: letter.id)
        if !state.withLock({ $0.taken.contains(taken) }) {
            guard let message = MIMEMessage(letter, of: desk.provider) else {
                return try desk.write { try $0.markHopeless(letter.id, "no address") }
            }
            // Told to stop since the claim: the letter is due again by itself.
            guard !mustEnd else { return }
            do {
                let envelope = Envelope(
                    tenant: taken.tenant, id: letter.id, createdAt: letter.createdAt, from: message.from.address,
                    to: message.to.address)
                try transport.send(message.bytes, envelope)
            } catch {
                return try noteFailure(error, letter, desk, now)
            }
            state.withLock { _ = $0.taken.insert(taken) }
        }
        try desk.write { try $0.markSent(letter.id, at: now) }
        state.withLock { _ = $0.taken.remove(taken) }
    }

    private func noteFailure(
        _ error: any Error, _ letter: OutboxLetter, _ desk: Desk, _ now: Int
    ) throws(Refusal) {
        installation.log.write(
            .warning, "mail-not-sent",
            [
                ("tenant", desk.tenant.slug.rawValue), ("letter", "\(letter.id)"),
                ("attempt", "\(letter.state.attempts)"), ("why", "\(error)"),
            ])
        let reason = (error as? TransportFailure)?.reason ?? ""
        try desk.write { try $0.markFailed(letter, reason, at: now) }
    }

    private func forget(_ slug: Slug) {
        state.withLock { _ = $0.waiting.removeValue(forKey: slug) }
    }

    private func postpone(_ slug: Slug, _ refusal: Refusal) {
        state.withLock { $0.waiting[slug] = clock() + Self.pause }
        installation.log.write(.warning, "mail-waits", [("tenant", slug.rawValue), ("why", refusal.why)])
    }
}
