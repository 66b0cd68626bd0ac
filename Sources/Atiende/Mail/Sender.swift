// In whose name letters go out.

internal import Glibc

extension Mailbox {
    /// The provider, at its address of support, so that an answer reaches somebody; where it has none, at the address
    /// of this machine that nobody reads.
    static func sender(of provider: Provider, host: String = Self.machine) -> Mailbox? {
        let support = provider.channels.first { $0.kind == .mail }.flatMap { EmailAddress($0.address) }
        guard let address = support ?? EmailAddress("no-reply@\(host)") else { return nil }
        return Mailbox(name: provider.name, address: address)
    }

    /// The name of the machine, as far as it can be the domain of an address: one that names no network is local.
    private static let machine: String = {
        // HOST_NAME_MAX is 64.
        var name = [CChar](repeating: 0, count: 65)
        let isKnown = gethostname(&name, name.count - 1) == 0
        let text = String(decoding: name.prefix { $0 != 0 }.map(UInt8.init(bitPattern:)), as: UTF8.self)
        let names = isKnown ? [text, "\(text).localdomain"] : []
        return names.first { EmailAddress("a@\($0)") != nil } ?? "localhost.localdomain"
    }()
}

extension MIMEMessage {
    /// Nil where the outbox's row names no address that mail can go to, or no sender can be named.
    init?(_ letter: OutboxLetter, of provider: Provider) {
        guard let from = Mailbox.sender(of: provider), let to = letter.recipient else { return nil }
        self.init(
            date: letter.createdAt, from: from, to: to, subject: letter.subject,
            identifier: HeaderText(letter.messageID), thread: letter.ticket.map { HeaderText("ticket.\($0)") },
            language: letter.language, text: letter.text, html: letter.html)
    }
}
