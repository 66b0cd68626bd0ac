// Attachments in the tenant's database. Their bytes were written and synced before the row that names them.

internal import SQL

extension Connection {
    /// Binds a waiting file to the event with which it came. Returns its name. Nobody but who sent it can: another's is not
    /// found.
    func attach(_ file: Attachment.ID, to event: Int, of ticket: Ticket.ID, by person: Person.ID?) throws -> String {
        let name = try first(
            """
            UPDATE attachment SET ticket = ?, event = ? WHERE id = ? AND ticket IS NULL AND person IS ?
            RETURNING name
            """, ticket, event, file, person
        ) { $0.text(0) }
        guard let name else { throw Refusal.notFound }
        return name
    }
}
