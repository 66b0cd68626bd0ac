// All of a ticket in one ZIP file (SE-10): its page, its events, its attachments. A customer's holds what customers see,
// the staff's everything. It is made while it is sent.

internal import HTTP
internal import Markup
internal import SLA
internal import SQL
internal import Synchronization

enum TicketFile {
    static func show(_ visit: Visit, _ request: Request) throws(Refusal) -> Response {
        let desk = try visit.tenantDesk()
        let scope = try visit.ticketScope()
        let isForStaff = try visit.signedIn().person.role.isStaff
        let (ticket, entries, sources) = try desk.read { connection in
            let ticket = try connection.ticket(visit.parameters["folio"], in: scope)
            let entries = try connection.story(of: ticket.id)
            return (ticket, entries, try connection.sources(for: entries, of: ticket))
        }
        let told = isForStaff ? entries : entries.compactMap(PublicFact.init).map(\.entry)
        let numbers = Set(told.map(\.id))
        let files = sources.files.filter { numbers.contains($0.key) }.flatMap(\.value).sorted { $0.id < $1.id }
        guard files.reduce(0, { $0 + $1.size }) < mostBytes else {
            throw .unavailable(
                retryAfter: 3600, why: "ticket \(ticket.folio) has more attachments than a ZIP file holds")
        }
        // Nothing leaves that the trail does not know of.
        let entry = visit.entry(.exported, "ticket:\(ticket.id)", of: ticket.organization, after: "\(ticket.folio)")
        try desk.write { try $0.record(entry) }
        let names = TicketFileNames(files)
        let page = try TicketFilePage(
            ticket, visit.conversation(of: ticket, entries, sources, isForStaff: isForStaff), names, visit)
        let html = visit.site.pages.ticketFile.render(page, language: visit.language)
        let events = TicketFileEvents.document(told, sources, isForStaff: isForStaff).bytes(.pretty)
        let wall = try visit.zone().wallTime(at: Instant(clamping: visit.now))
        let stream = TicketFileStream(
            parts: [("\(ticket.folio).html", html), ("events.json", events)],
            files: files.map { (names.path(of: $0), $0) }, desk.attachments,
            ZipWriter(
                year: wall.date.parts.year, month: wall.date.parts.month, day: wall.date.parts.day, second: wall.second)
        )
        return Response(.ok, body: .stream(StreamBody(type: "application/zip") { try stream.next() }))
            .adding("Content-Disposition", "attachment; filename=\"\(ticket.folio).zip\"")
            .adding("Cache-Control", "no-store")
    }

    /// Below what a ZIP file without extensions holds.
    private static let mostBytes = 3 * 1024 * 1024 * 1024
}

/// The places of attachments in the file. Each begins with its number: none is another's, hidden, a folder above, or a
/// name that a system keeps for itself.
struct TicketFileNames: Sendable {
    /// By token.
    private var names: [String: String] = [:]

    init(_ files: [Attachment]) {
        for (index, file) in files.enumerated() { names[file.token] = "\(index + 1)-\(Self.safe(file.name))" }
    }

    func path(of file: Attachment) -> String { "files/" + (names[file.token] ?? file.token) }

    /// Where the page in the file leads instead of to an address of ours.
    func href(of address: String) -> String {
        let token = address.split(separator: "/").last { names[String($0)] != nil }.map(String.init) ?? ""
        return "files/" + PercentCoding.encode(segment: names[token] ?? "")
    }

    private static let longest = 120

    /// Without what means something to a file system: the end, which tells the kind, is kept.
    static func safe(_ name: String) -> String {
        var scalars = String.UnicodeScalarView()
        for scalar in name.unicodeScalars {
            let isTaken = "/\\:*?\"<>|".unicodeScalars.contains(scalar)
            let isUnseen = scalar.value < 0x20 || 0x7F...0x9F ~= scalar.value
            scalars.append(isTaken || isUnseen ? "_" : scalar)
        }
        var text = String(scalars)
        while text.utf8.count > longest { text.removeFirst() }
        while let last = text.last, last == "." || last == " " { text.removeLast() }
        return text.isEmpty ? "_" : text
    }
}

/// Makes the file piece by piece.
private final class TicketFileStream: Sendable {
    private struct State {
        /// zlib's stream stays with it: one call at a time has it.
        let zip: ZipWriter
        var parts: ArraySlice<(name: String, bytes: [UInt8])>
        var files: ArraySlice<(path: String, file: Attachment)>
        var open: (bytes: FileBytes, offset: Int)?
        var isFinished = false
    }

    private let folder: AttachmentFolder
    /// The body asks for one piece at a time, on whichever worker is free.
    private let state: Mutex<State>
    private static let piece = 64 * 1024

    init(
        parts: [(String, [UInt8])], files: [(String, Attachment)], _ folder: AttachmentFolder, _ zip: sending ZipWriter
    ) {
        self.folder = folder
        state = Mutex(
            State(
                zip: zip, parts: parts.map { (name: $0.0, bytes: $0.1) }[...],
                files: files.map { (path: $0.0, file: $0.1) }[...]))
    }

    func next() throws -> [UInt8]? {
        try state.withLock { state in
            if let (name, bytes) = state.parts.popFirst() {
                return try state.zip.begin(name) + state.zip.add(bytes) + state.zip.end()
            }
            if let open = state.open { return try goOn(open.bytes, open.offset, &state) }
            while let (path, file) = state.files.popFirst() {
                // One whose bytes are gone is left out; `atiende check` tells of it.
                guard let place = folder.file(file.sha256), let bytes = FileBytes(place) else { continue }
                state.open = (bytes, 0)
                return try state.zip.begin(path)
            }
            guard !state.isFinished else { return nil }
            state.isFinished = true
            return try state.zip.finish()
        }
    }

    /// An empty piece is no end of the body: what zlib keeps for now comes with a later one.
    private func goOn(_ bytes: FileBytes, _ offset: Int, _ state: inout State) throws -> [UInt8] {
        var packed: [UInt8] = []
        var offset = offset
        while packed.isEmpty, offset < bytes.count {
            let count = min(Self.piece, bytes.count - offset)
            guard let piece = bytes.bytes(at: offset, count) else {
                throw Refusal.broken("an attachment cannot be read")
            }
            packed = try state.zip.add(Array(piece))
            offset += count
        }
        if offset < bytes.count {
            state.open = (bytes, offset)
            return packed
        }
        state.open = nil
        return try packed + state.zip.end()
    }
}

/// What happened, for programs.
enum TicketFileEvents {
    static func document(_ entries: [TicketEntry], _ sources: ConversationSources, isForStaff: Bool) -> JSON {
        let told = isForStaff ? entries : entries.filter { !$0.fact.kind.isOfFollowers }
        return .array(told.map { event($0, sources) })
    }

    private static func event(_ entry: TicketEntry, _ sources: ConversationSources) -> JSON {
        let fact = entry.fact
        let actor = fact.actor.flatMap { sources.people[$0] }
        return [
            "at": .string("\(Instant(clamping: fact.at))"),
            "recordedAt": .string("\(Instant(clamping: entry.recordedAt))"),
            "actor": actor.map { .string($0.name) } ?? .null,
            "type": .string(fact.kind.type),
            "details": fact.kind.payload,
            "text": .string(fact.body),
            "files": .array((sources.files[entry.id] ?? []).map { .string($0.name) }),
        ]
    }
}

extension TicketFact.Kind {
    /// Who of the staff follows a ticket concerns no customer.
    fileprivate var isOfFollowers: Bool {
        switch self {
        case .followed, .unfollowed: true
        default: false
        }
    }
}
