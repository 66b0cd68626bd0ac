// Tells whoever has a queue open when its counts change, by server-sent events.

internal import Dispatch
internal import HTTP
internal import Markup
internal import SQL
internal import Synchronization

enum QueueEvents {
    static func show(_ visit: Visit, _ request: Request) throws(Refusal) -> Response {
        Response(.ok, body: .events(visit.site.queueBell.listen(visit, try visit.signedIn(), try visit.tenantDesk())))
    }
}

/// Everybody who listens, of all desks. A desk is looked at every few seconds while somebody listens there, once for all
/// of them, and never kept open for them.
final class QueueBell: Sendable {
    private struct Listener {
        let number: Int
        let session: [UInt8]
        let person: Person.ID
        let numbers: NumberStyle
        let stream: EventStream
        /// What it heard last.
        var heard = ""
    }

    private struct State {
        var listeners: [Slug: [Listener]] = [:]
        var lastNumber = 0
        var isTicking = false
        var rounds = 0
    }

    /// Windows of one person: with one more, the first one hears no more.
    static let mostOfOne = 6
    private static let roundSeconds = 2
    /// So many rounds without a word are as many as a proxy waits for.
    private static let quietRounds = 8

    private let installation: Installation
    private let clock: @Sendable () -> Int
    private let state = Mutex(State())
    private let queue = DispatchQueue(label: "atiende.queues")

    init(_ installation: Installation, clock: @escaping @Sendable () -> Int) {
        self.installation = installation
        self.clock = clock
    }

    var listenerCount: Int { state.withLock { $0.listeners.values.reduce(0) { $0 + $1.count } } }

    func listen(_ visit: Visit, _ session: Session, _ desk: Desk) -> EventStream {
        let slug = desk.tenant.slug
        let number = state.withLock { state in
            state.lastNumber += 1
            return state.lastNumber
        }
        let stream = EventStream { [weak self] in self?.leave(slug, number) }
        let listener = Listener(
            number: number, session: session.hash, person: session.person.id, numbers: visit.numbers, stream: stream)
        let (first, begins) = state.withLock { state in
            var listeners = state.listeners[slug] ?? []
            let own = listeners.filter { $0.person == listener.person }
            let first = own.count >= Self.mostOfOne ? own.first : nil
            listeners.removeAll { $0.number == first?.number }
            state.listeners[slug] = listeners + [listener]
            let begins = !state.isTicking
            state.isTicking = true
            return (first?.stream, begins)
        }
        first?.end()
        if begins { schedule() }
        return stream
    }

    private func leave(_ slug: Slug, _ number: Int) {
        state.withLock { $0.listeners[slug]?.removeAll { $0.number == number } }
    }

    private func schedule() {
        queue.asyncAfter(deadline: .now() + .seconds(Self.roundSeconds)) { [weak self] in
            guard let self else { return }
            tell()
            let goesOn = state.withLock { state in
                state.listeners = state.listeners.filter { !$0.value.isEmpty }
                state.isTicking = !state.listeners.isEmpty
                return state.isTicking
            }
            if goesOn { schedule() }
        }
    }

    /// Looks at every desk that somebody listens to.
    func tell() {
        let (listeners, isKeptAlive) = state.withLock { state in
            state.rounds += 1
            return (state.listeners, state.rounds % Self.quietRounds == 0)
        }
        for (slug, listeners) in listeners {
            // Looking is no use of a desk: it closes as if nobody listened.
            guard let desk = installation.desks.peek(slug), let rules = desk.ticketRules else {
                for listener in listeners { end(listener, slug) }
                continue
            }
            tell(listeners, slug, desk, rules.contract, isKeptAlive: isKeptAlive)
        }
    }

    private func tell(
        _ listeners: [Listener], _ slug: Slug, _ desk: Desk, _ contract: Contract, isKeptAlive: Bool
    ) {
        let now = clock()
        let policy = desk.policy
        let read = try? desk.read { connection in
            let open = try listeners.filter {
                try connection.session($0.session, policy, at: now)?.standing == .complete
            }
            let version = try connection.lastTicketEvent()
            return (
                try desk.queueBoard.counts(connection, version: version, at: now), version, Set(open.map(\.number))
            )
        }
        // Of a database that cannot be asked just now nothing is told.
        guard let (counts, version, open) = read else { return }
        for listener in listeners {
            guard open.contains(listener.number) else {
                end(listener, slug)
                continue
            }
            let text = Self.text(counts, version, contract, listener.person, listener.numbers)
            if text != listener.heard {
                note(text, listener.number, slug)
                if !listener.stream.send(event: "counts", data: text) { leave(slug, listener.number) }
            } else if isKeptAlive, !listener.stream.keepAlive() {
                leave(slug, listener.number)
            }
        }
    }

    private func end(_ listener: Listener, _ slug: Slug) {
        leave(slug, listener.number)
        listener.stream.end()
    }

    private func note(_ text: String, _ number: Int, _ slug: Slug) {
        state.withLock { state in
            guard let index = state.listeners[slug]?.firstIndex(where: { $0.number == number }) else { return }
            state.listeners[slug]?[index].heard = text
        }
    }

    /// `{"version":812,"counts":{"all":["38",""],"breached":["2","late"],…}}`
    private static func text(
        _ counts: QueueCounts, _ version: Int, _ contract: Contract, _ person: Person.ID, _ numbers: NumberStyle
    ) -> String {
        var told = JSON.Object()
        for view in QueueFrame.views(contract) {
            guard let count = counts.count(of: view, for: person) else { continue }
            let text = QueueFrame.countText(count, of: view, numbers)
            told[view.key] = .array([.string(text), .string(QueueFrame.tone(view, count))])
        }
        return (["version": .int(version), "counts": .object(told)] as JSON).text()
    }
}
