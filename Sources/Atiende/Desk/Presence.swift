// Who is looking at which ticket just now. It lives in memory alone: a page that is open says so every few seconds.

internal import Synchronization

final class Presence: Sendable {
    /// Somebody who has not been heard of for so many seconds is gone.
    static let lasting = 45
    /// Of people at one ticket, and of tickets; whoever comes beyond it is not shown.
    static let mostPeople = 50
    static let mostTickets = 5_000

    struct Looker: Sendable, Equatable {
        let person: Person.ID
        let name: String
        var seenAt: Int
    }

    private let tickets = Mutex<[Ticket.ID: [Looker]]>([:])

    func look(at ticket: Ticket.ID, _ person: Person.ID, name: String, now: Int) {
        tickets.withLock { tickets in
            if tickets.count >= Self.mostTickets { Self.sweep(&tickets, now) }
            var lookers = (tickets[ticket] ?? []).filter { $0.person != person && Self.isHere($0, now) }
            guard lookers.count < Self.mostPeople, tickets[ticket] != nil || tickets.count < Self.mostTickets else {
                return
            }
            lookers.append(Looker(person: person, name: name, seenAt: now))
            tickets[ticket] = lookers
        }
    }

    func leave(_ ticket: Ticket.ID, _ person: Person.ID) {
        tickets.withLock { tickets in
            tickets[ticket]?.removeAll { $0.person == person }
            if tickets[ticket]?.isEmpty == true { tickets[ticket] = nil }
        }
    }

    /// The names of whoever else is there, whoever came first before.
    func others(at ticket: Ticket.ID, but person: Person.ID?, now: Int) -> [String] {
        tickets.withLock { $0[ticket] ?? [] }.filter { $0.person != person && Self.isHere($0, now) }.map(\.name)
    }

    /// For lists: who looks at each of these tickets.
    func lookers(at wanted: [Ticket.ID], now: Int) -> [Ticket.ID: [Looker]] {
        let tickets = tickets.withLock { $0 }
        var found: [Ticket.ID: [Looker]] = [:]
        for ticket in wanted {
            let here = (tickets[ticket] ?? []).filter { Self.isHere($0, now) }
            if !here.isEmpty { found[ticket] = here }
        }
        return found
    }

    private static func isHere(_ looker: Looker, _ now: Int) -> Bool {
        // The clock may have been set back meanwhile.
        (now - lasting...now + lasting).contains(looker.seenAt)
    }

    private static func sweep(_ tickets: inout [Ticket.ID: [Looker]], _ now: Int) {
        tickets = tickets.compactMapValues { lookers in
            let here = lookers.filter { isHere($0, now) }
            return here.isEmpty ? nil : here
        }
    }
}
