// Which tickets somebody may see: decided here, applied in the stores.

internal import SQL

enum TicketScope: Sendable, Equatable {
    /// Every ticket of the desk.
    case desk
    /// Those of an organization, save what others of it marked as private (PW-3).
    case organization(Organization.ID, Person.ID)
}

extension Visit {
    /// Not found for whoever belongs to no organization and is not of the staff.
    func ticketScope() throws(Refusal) -> TicketScope {
        let person = try signedIn().person
        return person.role.isStaff ? .desk : .organization(try membership().organization, person.id)
    }
}

extension Connection {
    /// A ticket that may be seen; nil for any other, whether it is there or not.
    func ticket(_ folio: Folio, in scope: TicketScope) throws(SQLError) -> Ticket? {
        guard let ticket = try ticket(folio) else { return nil }
        switch scope {
        case .desk: return ticket
        case .organization(let organization, let person):
            guard ticket.organization == organization else { return nil }
            if !ticket.isPrivate || ticket.requester == person { return ticket }
            return try isFollowed(ticket.id, by: person) ? ticket : nil
        }
    }

    /// Of the path's `{folio}`.
    func ticket(_ text: String, in scope: TicketScope) throws -> Ticket {
        guard let folio = Folio(text), let ticket = try ticket(folio, in: scope) else {
            throw Refusal.notFound
        }
        return ticket
    }
}
