// What letters about tickets say, in their reader's language and zone. Links lead to the ticket's page: nothing is done by
// following one.

internal import Markup
internal import SLA

struct TicketLetters: Sendable {
    let site: Site
    let desk: Desk
    let rules: TicketRules
    let now: Int

    /// What somebody said, with his name.
    struct Quote: Sendable {
        let author: String
        let text: String
    }

    // MARK: To customers

    func received(_ ticket: Ticket, _ clocks: [TicketClock], for reader: NewsReader) throws -> WrittenLetter {
        let moments = moments(for: reader)
        let words = moments.words
        let promise = PromiseWords(moments: moments, contract: rules.contract)
        let promises = clocks.filter { $0.clock != .acknowledge }.compactMap(promise.line)
        let cases = rules.contract.severities.map {
            $0.name.text(in: words.language) + ": " + $0.definition.text(in: words.language)
        }
        let severity = rules.contract.severity(ticket.severity)?.name.text(in: words.language) ?? ""
        var paragraphs = [
            words.text("news.received.what", ["when": .text(moments.on(ticket.openedAt))]), ticket.subject,
        ]
        if !promises.isEmpty { paragraphs.append(promises.joined(separator: "\n")) }
        paragraphs += [
            words.text("news.received.severity", ["severity": .text(severity)]), cases.joined(separator: "\n"),
        ]
        return try letter("received", ticket, paragraphs, for: reader, words)
    }

    func answered(_ ticket: Ticket, _ quotes: [Quote], for reader: NewsReader) throws -> WrittenLetter {
        let words = moments(for: reader).words
        return try letter("answered", ticket, quoted(quotes, words), for: reader, words)
    }

    /// Asks to confirm.
    func resolved(_ ticket: Ticket, _ quotes: [Quote], for reader: NewsReader) throws -> WrittenLetter {
        let words = moments(for: reader).words
        let paragraphs = [words.text("news.resolved.what")] + quoted(quotes, words) + [words.text("news.resolved.ask")]
        return try letter("resolved", ticket, paragraphs, for: reader, words)
    }

    /// - Parameter isAsked: Whether the reader is asked how it went: three faces (PW-8).
    func closed(
        _ ticket: Ticket, _ quotes: [Quote], for reader: NewsReader, isAsked: Bool
    ) throws -> WrittenLetter {
        let words = moments(for: reader).words
        var paragraphs = [words.text("news.closed.what")] + quoted(quotes, words)
        guard isAsked else { return try letter("closed", ticket, paragraphs, for: reader, words) }
        paragraphs.append(words.text("news.closed.ask"))
        let faces = SurveyFace.allCases.map { face in
            Letter.Action(
                label: words.text("news.face.\(face.rawValue)"),
                url: site.installation.url(of: desk.tenant, "/tickets/\(ticket.folio)?face=\(face.rawValue)#survey"))
        }
        return try letter("closed", ticket, paragraphs, for: reader, words, links: faces)
    }

    // MARK: To staff

    func heard(
        _ ticket: Ticket, _ quotes: [Quote], isReopened: Bool, for reader: NewsReader
    ) throws -> WrittenLetter {
        let words = moments(for: reader).words
        let kind = isReopened ? "reopened" : "heard"
        return try letter(kind, ticket, [words.text("news.\(kind).what")] + quoted(quotes, words), for: reader, words)
    }

    func assigned(_ ticket: Ticket, for reader: NewsReader) throws -> WrittenLetter {
        let moments = moments(for: reader)
        let words = moments.words
        var paragraphs = [words.text("news.assigned.what"), ticket.subject]
        if let due = ticket.dueAt {
            paragraphs.append(words.text("news.assigned.due", ["when": .text(moments.on(due))]))
        }
        return try letter("assigned", ticket, paragraphs, for: reader, words)
    }

    // MARK: Parts

    private func quoted(_ quotes: [Quote], _ words: Words) -> [String] {
        quotes.map { quote in
            guard !quote.author.isEmpty else { return quote.text }
            return words.text("news.wrote", ["name": .text(quote.author)]) + "\n" + quote.text
        }
    }

    /// Letters of one ticket have one subject, which begins with its folio: some mail programs go by it.
    private func letter(
        _ kind: String, _ ticket: Ticket, _ paragraphs: [String], for reader: NewsReader, _ words: Words,
        links: [Letter.Action] = []
    ) throws -> WrittenLetter {
        let page = reader.isStaff ? "/desk/\(ticket.folio)" : "/tickets/\(ticket.folio)"
        let letter = Letter(
            kind: Letter.Kind(rawValue: "ticket.\(kind)"),
            recipient: try Mailbox(name: reader.name, email: reader.email),
            language: words.language,
            subject: words.text(
                "news.subject", ["folio": .text("\(ticket.folio)"), "subject": .text(ticket.subject)]),
            paragraphs: paragraphs,
            action: Letter.Action(
                label: words.text("news.open", ["folio": .text("\(ticket.folio)")]),
                url: site.installation.url(of: desk.tenant, page)), links: links, ticket: ticket.folio)
        return site.write(letter, for: desk.provider.name)
    }

    private func moments(for reader: NewsReader) -> Moments {
        let chosen = reader.language.flatMap(Language.init(rawValue:)).flatMap(desk.languages.having)
        let zone = reader.timeZone.flatMap { try? site.installation.zones.rules($0) } ?? desk.zone
        return Moments(words: site.templates.words(in: chosen ?? desk.languages.first), zone: zone, now: now)
    }
}
