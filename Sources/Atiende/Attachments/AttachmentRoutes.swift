// A file that was sent, for whoever may see the message with which it came.

internal import HTTP
internal import SQL

enum AttachmentRoutes {
    /// Whatever a browser or a program might take its bytes for, they run nothing and reach nothing: only pictures known
    /// by their bytes are shown, all else is a download.
    static func show(_ visit: Visit, _ request: Request) throws(Refusal) -> Response {
        let desk = try visit.tenantDesk()
        let person = try visit.signedIn().person
        let token = visit.parameters["token"]
        let attachment = try desk.read { try $0.attachment(token, for: person, visit) }
        guard let body = desk.attachments.body(of: attachment) else {
            throw .broken("attachment \(attachment.id) has no bytes at \(attachment.sha256)")
        }
        return Response(.ok, body: .file(body))
            .adding(
                "Content-Disposition",
                AttachmentName.disposition(attachment.name, isInline: attachment.dimensions != nil)
            )
            .adding("Content-Security-Policy", "sandbox; default-src 'none'")
            .adding("Cache-Control", "private, no-store")
    }
}

extension Connection {
    /// A file that somebody may see: one of his own that waits, or one of a ticket that he may see, save for customers what
    /// came with a note.
    fileprivate func attachment(_ token: String, for person: Person, _ visit: Visit) throws -> Attachment {
        guard let found = try attachment(token) else { throw Refusal.notFound }
        guard let number = found.ticket else {
            guard found.person == person.id else { throw Refusal.notFound }
            return found.file
        }
        guard let ticket = try ticket(number), let event = found.file.event,
            try self.ticket(ticket.folio, in: visit.ticketScope()) != nil
        else { throw Refusal.notFound }
        if !person.role.isStaff, try isInternal(event: event) { throw Refusal.notFound }
        return found.file
    }
}
