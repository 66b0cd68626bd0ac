// One's own sessions: what is open, and closing it. Admins close those of others.

internal import HTTP
internal import Markup
internal import SQL

enum SessionRoutes {
    static func index(_ visit: Visit, _ request: Request) throws(Refusal) -> Response {
        let desk = try visit.tenantDesk()
        let own = try visit.signedIn()
        let sessions = try desk.read { try $0.sessions(of: own.person.id, desk.policy, at: visit.now) }
        let moments = MailWords(words: visit.words, zone: try visit.zone(), now: visit.now)
        let page = SessionsPage(
            sessions: sessions.map { session in
                let isOwn = session.hash == own.hash
                return SessionsPage.Row(
                    device: visit.words.device(session.agent), address: session.address,
                    since: moments.moment(session.startedAt), used: moments.moment(session.usedAt), isOwn: isOwn,
                    needsCode: session.needsCode,
                    closeHref: isOwn ? "" : visit.link("/sessions/\(session.publicID)"), keys: visit.formKeys())
            }, othersHref: sessions.contains { $0.hash != own.hash } ? visit.link("/sessions") : "",
            keys: visit.formKeys())
        return visit.show(page, visit.site.pages.sessions, title: visit.words.text("sessions.title"))
    }

    static func delete(_ visit: Visit, _ request: Request) throws(Refusal) -> Submission {
        guard case .form(let form) = request.body else { throw .forbidden }
        guard let id = Hexadecimal.bytes(visit.parameters["id"]), id.count == ListedSession.publicBytes else {
            throw .notFound
        }
        let person = try visit.signedIn().person.id
        let entry = visit.entry(.sessionEnded, "person:\(person)")
        let location = visit.link("/sessions")
        return try .file(form, said: "sessions.said.closed") { connection in
            guard try connection.endSession(id, of: person) else { throw Refusal.notFound }
            try connection.record(entry)
            return location
        }
    }

    static func deleteOthers(_ visit: Visit, _ request: Request) throws(Refusal) -> Submission {
        guard case .form(let form) = request.body else { throw .forbidden }
        let session = try visit.signedIn()
        let entry = visit.entry(.sessionEnded, "person:\(session.person.id)")
        let location = visit.link("/sessions")
        return try .file(form, said: "sessions.said.othersClosed") { connection in
            try connection.endSessions(of: session.person.id, except: session.hash)
            try connection.record(entry)
            return location
        }
    }

    // MARK: By an admin

    /// Ends all sessions of somebody.
    static func deleteAll(_ visit: Visit, _ request: Request) throws(Refusal) -> Submission {
        guard case .form(let form) = request.body else { throw .forbidden }
        let person = try person(visit)
        let entry = visit.entry(.sessionEnded, "person:\(person.id)")
        let location = visit.link("/admin/people/\(person.id)")
        return try .file(form, said: "sessions.said.allClosed") { connection in
            try connection.endSessions(of: person.id)
            try connection.record(entry)
            return location
        }
    }

    /// Takes away the second step of somebody who lost his telephone and his paper. One's own is turned off with the
    /// password, where the provider lets one.
    static func resetTwoStep(_ visit: Visit, _ request: Request) throws(Refusal) -> Submission {
        guard case .form(let form) = request.body else { throw .forbidden }
        let person = try person(visit)
        guard person.id != visit.session?.person.id else { throw .forbidden }
        let entry = visit.entry(.twoStepOff, "person:\(person.id)")
        let letter = visit.letter(.twoStepReset, to: person, visit.personLanguage(person))
        let location = visit.link("/admin/people/\(person.id)")
        return try .file(form, said: "sessions.said.reset") { connection in
            guard try connection.turnOffTwoStep(of: person.id) else { throw Refusal.conflict }
            try connection.endSessions(of: person.id)
            try connection.record(entry)
            if let letter { try connection.enqueue(letter, at: visit.now) }
            return location
        }
    }

    private static func person(_ visit: Visit) throws(Refusal) -> Person {
        guard let id = Person.ID(visit.parameters["id"]),
            let person = try visit.tenantDesk().read({ try $0.person(id) })
        else { throw .notFound }
        return person
    }

    // MARK: Staying

    /// Somebody at a page says that he is still there.
    static func stay(_ visit: Visit, _ request: Request) throws(Refusal) -> Submission {
        let desk = try visit.tenantDesk()
        let session = try visit.signedIn()
        return .answer(
            .later { answer in
                desk.database.write({ try $0.touchSession(session.hash, at: visit.now) }) { result in
                    guard case .success = result else {
                        answer(ErrorPage.response(.serviceUnavailable, visit).adding("Retry-After", "30"))
                        return
                    }
                    // A script goes on with the page; a form without one goes home.
                    let isPage = request.field("Sec-Fetch-Mode") == "navigate"
                    let response = isPage ? Response.seeOther(visit.link("/")) : Response(.noContent)
                    let seconds = desk.policy.idleMinutes * 60
                    answer(response.adding("Session-Seconds", String(seconds)))
                }
            })
    }
}

extension Words {
    /// `Chrome en Windows`, `Safari en iPhone`, or that it is not known.
    func device(_ agent: String) -> String {
        let device = Device(agent: agent)
        switch (device.browser.isEmpty, device.system.isEmpty) {
        case (true, true): return text("sessions.device.unknown")
        case (false, true): return device.browser
        case (true, false): return device.system
        case (false, false):
            return text("sessions.device", ["browser": .text(device.browser), "system": .text(device.system)])
        }
    }
}
