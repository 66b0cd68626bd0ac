// The seam to whatever takes letters away. Today they become files; SMTP comes behind the same method.

internal import Glibc
internal import HTTP
internal import SLA

/// Whose letter it is and between which addresses it goes.
struct Envelope: Sendable {
    let tenant: Slug
    /// The letter's number in the tenant's outbox: the same letter has it at each attempt.
    let id: Int
    /// Seconds since 1970; never changes.
    let createdAt: Int
    let from: EmailAddress
    let to: EmailAddress
}

protocol Transport: Sendable {
    /// Returns once the letter is in safe hands. What it throws is a `TransportFailure`, or something that the log alone
    /// hears of.
    func send(_ bytes: [UInt8], _ envelope: Envelope) throws
}

struct TransportFailure: Error, CustomStringConvertible {
    /// For the tenant's own people: no path, no machine.
    let reason: String
    /// For the log.
    let description: String
}

/// A file for each letter, for its owner alone, complete or absent. A letter that is sent again takes its own place.
struct MailFolder: Transport {
    /// `DATA/mail`
    let path: String

    init(root: String) { path = root + "/mail" }

    func send(_ bytes: [UInt8], _ envelope: Envelope) throws {
        let folder = path + "/" + envelope.tenant.rawValue
        do throws(SystemError) {
            try make(folder)
            try Folder.write(bytes, to: folder + "/" + Self.name(envelope))
        } catch {
            throw TransportFailure(reason: String(cString: strerror(error.code)), description: "\(error)")
        }
    }

    /// `20261116T150000Z-17.eml`
    private static func name(_ envelope: Envelope) -> String {
        let stamp = "\(Instant(clamping: envelope.createdAt))".filter { $0 != "-" && $0 != ":" }
        return "\(stamp)-\(envelope.id).eml"
    }

    private func make(_ folder: String) throws(SystemError) {
        guard !Folder.exists(folder) else { return }
        try Folder.make(folder)
        try Folder.sync(path)
        try Folder.sync(Folder.parent(of: path))
    }
}
