// What letters to customers may quote of a ticket. It is made of public facts alone: there is no way from a note, a
// diagnosis or a reason of the staff's to one of these.

struct PublicMessage: Sendable, Equatable {
    let author: Person.ID?
    let isOfStaff: Bool
    let text: String

    /// Nil for what is no message.
    init?(_ fact: PublicFact) {
        switch fact.entry.fact.kind {
        case .staffMessage: isOfStaff = true
        case .customerMessage: isOfStaff = false
        default: return nil
        }
        author = fact.entry.fact.actor
        text = fact.entry.fact.body
    }
}
