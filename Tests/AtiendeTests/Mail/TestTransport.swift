// A transport that is told what to do.

import Synchronization

@testable import Atiende

/// A transport that remembers, and refuses while it is told to.
final class TestTransport: Transport {
    private let sent = Mutex<[String]>([])
    private let tries = Atomic(0)
    private let refusal: Mutex<TransportFailure?>

    private let trap = Mutex<(@Sendable () -> Void)?>(nil)

    init(refusing reason: String? = nil) {
        refusal = Mutex(reason.map { TransportFailure(reason: $0, description: "\($0) at /var/mail") })
    }

    /// `proware 1 ana@cliente.example`
    var taken: [String] { sent.withLock { $0 } }
    var attempts: Int { tries.load(ordering: .relaxed) }

    /// What happens while a letter is being taken.
    func meanwhile(_ body: @escaping @Sendable () -> Void) { trap.withLock { $0 = body } }

    func accept() { refusal.withLock { $0 = nil } }

    func send(_ bytes: [UInt8], _ envelope: Envelope) throws {
        tries.wrappingAdd(1, ordering: .relaxed)
        if let refusal = refusal.withLock({ $0 }) { throw refusal }
        trap.withLock { $0 }?()
        sent.withLock { $0.append("\(envelope.tenant) \(envelope.id) \(envelope.to)") }
    }
}
