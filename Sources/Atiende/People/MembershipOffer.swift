// That somebody may belong to an organization, for as long as he has neither accepted nor refused. Whoever manages the
// organization sees of it what he typed himself, whether there is an account behind the address or not, and whatever
// became of it there: nobody learns from it who has an account.

internal import HTTP
internal import Markup
internal import SLA
internal import SQL

struct MembershipOffer: Sendable, Equatable {
    typealias ID = Identifier<MembershipOffer>

    /// What the manager typed; the address in its normal form.
    struct Draft: Sendable {
        let organization: Organization.ID
        let name: String
        let email: String
        let person: Person.ID
        let manager: Person.ID
    }

    let id: ID
    let name: String
    let email: String
    let offeredAt: Int

    var endsAt: Int { offeredAt + Self.seconds }

    /// As long as a link for the first password, so that both end at once.
    static let seconds = OneTimeLink.Purpose.set.seconds
    /// Asked again within this time, it stays as it is and no other letter goes: nobody fills a mailbox of somebody else.
    static let letterGap = 900
    /// Of one organization, within `seconds`; those that were withdrawn count too.
    static let most = 200
}

/// The same for whoever may accept it.
struct ReceivedOffer: Sendable, Equatable {
    let id: MembershipOffer.ID
    let organization: Organization.ID
    let organizationName: String
    let managerName: String
    let endsAt: Int
}

extension Connection {
    /// Makes a person a member, within the write of what shows that he wants it.
    func accept(_ offer: ReceivedOffer, by person: Person.ID, _ visit: Visit) throws {
        try insertMembership(of: person, in: offer.organization, isManager: false, at: visit.now)
        try record(
            visit.entry(
                .offerAccepted, "person:\(person)", of: offer.organization, by: person, after: offer.organizationName))
    }
}

// MARK: Answering

enum MembershipOffers {
    static func accept(_ visit: Visit, _ request: Request) throws(Refusal) -> Submission {
        guard case .form(let form) = request.body else { throw .forbidden }
        let (session, id) = try find(visit)
        return try .file(form, said: "people.said.joined") { connection in
            guard let offer = try connection.receivedOffer(id, of: session.person.id, at: visit.now) else {
                throw Refusal.notFound
            }
            try connection.accept(offer, by: session.person.id, visit)
            guard session.membership == nil else { return visit.link("/organizations/choose") }
            // Whoever was here for nobody is here for this one.
            try connection.chooseOrganization(offer.organization, for: session.hash)
            return visit.link("/")
        }
    }

    /// The organization is not told: it would learn that the address has an account.
    static func decline(_ visit: Visit, _ request: Request) throws(Refusal) -> Submission {
        guard case .form(let form) = request.body else { throw .forbidden }
        let (session, id) = try find(visit)
        return try .file(form, said: "people.said.refused") { connection in
            guard let offer = try connection.receivedOffer(id, of: session.person.id, at: visit.now) else {
                throw Refusal.notFound
            }
            try connection.declineOffer(id)
            try connection.record(
                visit.entry(
                    .offerDeclined, "person:\(session.person.id)", of: offer.organization,
                    before: offer.organizationName))
            return visit.link("/organizations/choose")
        }
    }

    static func withdraw(_ visit: Visit, _ request: Request) throws(Refusal) -> Submission {
        guard case .form(let form) = request.body else { throw .forbidden }
        let membership = try visit.membership()
        guard let id = MembershipOffer.ID(visit.parameters["id"]) else { throw .notFound }
        return try .file(form, said: "people.said.withdrawn") { connection in
            try connection.requireManager(visit)
            guard let (offer, person) = try connection.withdrawOffer(id, of: membership.organization, at: visit.now)
            else { throw Refusal.notFound }
            try connection.record(
                visit.entry(
                    .offerWithdrawn, "person:\(person)", of: membership.organization,
                    before: "\(offer.name) <\(offer.email)>"))
            return visit.link(Colleagues.path)
        }
    }

    private static func find(_ visit: Visit) throws(Refusal) -> (Session, MembershipOffer.ID) {
        let session = try visit.signedIn()
        guard session.person.role == .customer, let id = MembershipOffer.ID(visit.parameters["id"]) else {
            throw .notFound
        }
        return (session, id)
    }
}
