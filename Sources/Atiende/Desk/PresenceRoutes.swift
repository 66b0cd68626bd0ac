// What a page of a ticket asks every few seconds: who else is here, and whether anything happened since it was made.

internal import HTTP
internal import Markup
internal import SLA
internal import SQL

enum PresenceRoutes {
    /// It is asked by itself: it prolongs nobody's session.
    static func show(_ visit: Visit, _ request: Request) throws(Refusal) -> Response {
        let folio = visit.parameters["folio"]
        let session = try visit.signedIn()
        let desk = try visit.tenantDesk()
        let seen = visit.asked("version").flatMap { Identifier<TicketEntry>($0)?.rawValue }
        let (ticket, newest) = try desk.read { connection in
            let ticket = try connection.ticket(folio, in: .desk)
            let newer = try seen.map { try connection.story(of: ticket.id, after: $0) } ?? []
            return (
                ticket,
                try newer.last { $0.fact.actor != session.person.id }?.fact.actor.flatMap {
                    try connection.speaker($0)?.name
                }
            )
        }
        if visit.asked("leaving") != nil {
            desk.presence.leave(ticket.id, session.person.id)
        } else {
            desk.presence.look(at: ticket.id, session.person.id, name: session.person.name, now: visit.now)
        }
        visit.returnUse()
        let news = newest.map { visit.words.text("desk.news", ["name": .text($0)]) } ?? ""
        let answer: JSON = [
            "text": .string(try DeskTicket.presence(visit, ticket)), "news": .string(news),
            "reload": .string(visit.words.text("desk.reload")),
        ]
        return Response(.ok, body: .bytes(answer.bytes(), type: "application/json"))
            .adding("Cache-Control", "no-store")
    }
}

extension Visit {
    /// Gives the session back the use that it had before this request: what a page asks by itself prolongs nothing.
    func returnUse() {
        guard let session, let desk, let policy = self.desk?.policy, now - session.usedAt >= policy.touchSeconds else {
            return
        }
        desk.database.write({ try $0.takeBackUse(of: session.hash, to: session.usedAt, from: now) }) { _ in }
    }
}
