// What the staff does to a ticket beside the conversation.

internal import Markup
internal import SLA

extension DeskAction {
    /// Of every form of the page but the composer's and the properties'.
    static let all = [
        assignment, level, severity, status, diagnosis, recovery, cause, agreedDate, lock, followers, links, unlinking,
    ]

    static func named(_ name: String) -> DeskAction? { all.first { $0.name == name } }

    // MARK: Who works on it

    static let assignment = DeskAction(
        "assignment", .assign, [.select("assignee", "desk.assignee", isOptional: true, isShort: false)],
        collides: { if case .assigned = $0 { true } else { false } },
        check: { sent, forms in
            let asked = sent["assignee"]
            if !asked.isEmpty, !forms.assignable.contains(where: { "\($0.id)" == asked }) {
                sent.fault("assignee", "desk.fault.assignee")
            }
        },
        perform: { work, sent, words in
            try work.assign(to: sent.optional("assignee").flatMap { Person.ID($0) })
            return words.text("desk.trail.assignment", ["to": .text(sent["assignee"])])
        })

    static let level = DeskAction(
        "level", .escalate,
        [
            .select("level", "desk.level", isShort: false),
            .text("levelReason", "desk.levelReason", upTo: 4_000, rows: 3),
            .text("levelDiagnosis", "desk.levelDiagnosis", upTo: 8_000, rows: 4, isOptional: true, hasHint: true),
        ],
        collides: { if case .level = $0 { true } else { false } },
        check: { sent, forms in
            guard let to = Int(sent["level"]), forms.otherLevels.contains(to) else {
                if sent.isGood("level") { sent.fault("level", "desk.fault.level") }
                return
            }
            // Straight to the third level and down a reason is enough (FP-7).
            if to == forms.ticket.level + 1, sent["levelDiagnosis"].isEmpty {
                sent.fault("levelDiagnosis", "desk.fault.levelDiagnosis")
            }
        },
        perform: { work, sent, words in
            guard let level = Int(sent["level"]) else { throw Refusal.conflict }
            let before = work.ticket.level
            guard level != before else { throw Faults.one("level", words.text("desk.fault.level")) }
            try work.move(to: level, why: sent["levelReason"], diagnosis: sent["levelDiagnosis"])
            return words.text("desk.trail.level", ["from": .number(before), "to": .number(level)])
        })

    static let lock = DeskAction(
        "lock", .unlock, [.line("locked", "desk.lock", isOptional: true)],
        perform: { work, sent, words in
            if sent["locked"] == "on" {
                guard work.allows(.lock) else {
                    throw Faults.one(DeskReply.stale, words.text("desk.fault.lockedMeanwhile"))
                }
                try work.lock()
            } else {
                try work.unlock()
            }
            return words.text(sent["locked"] == "on" ? "desk.trail.locked" : "desk.trail.unlocked")
        })

    // MARK: What it is

    static let severity = DeskAction(
        "severity", .classify,
        [
            .choice("severity", "desk.severity"),
            .text("severityReason", "desk.severityReason", upTo: 4_000, rows: 3, hasHint: true),
        ],
        collides: { if case .severity = $0 { true } else { false } },
        check: { sent, forms in
            if sent.isGood("severity"), !forms.severities.contains(where: { $0.severity.rawValue == sent["severity"] })
            {
                sent.fault("severity", "desk.fault.severity")
            }
            if sent["severity"] == forms.ticket.severity.rawValue { sent.fault("severity", "desk.fault.sameSeverity") }
        },
        perform: { work, sent, words in
            let before = work.ticket.severity
            let after = Severity(rawValue: sent["severity"])
            guard after != before else { throw Faults.one("severity", words.text("desk.fault.sameSeverity")) }
            try work.classify(after, why: sent["severityReason"])
            return words.text("desk.trail.severity", ["from": .text(before.rawValue), "to": .text(after.rawValue)])
        })

    static let status = DeskAction(
        "status", .note,
        [
            .select("statusTo", "desk.statusTo", isShort: false),
            .text("statusReason", "desk.statusReason", upTo: 4_000, rows: 2, isOptional: true, hasHint: true),
        ],
        collides: { kind in
            switch kind {
            case .status, .customerMessage, .merged: true
            default: false
            }
        },
        check: { sent, forms in
            guard sent.isGood("statusTo") else { return }
            guard let status = TicketStatus(rawValue: sent["statusTo"]), forms.statuses.contains(status) else {
                return sent.fault("statusTo", "desk.fault.status")
            }
            if status == .resolved, forms.ticket.answeredAt == nil { sent.fault("statusTo", "desk.fault.unanswered") }
            if status == .closed, sent["statusReason"].isEmpty { sent.fault("statusReason", "desk.fault.closing") }
        },
        perform: { work, sent, words in
            guard let status = TicketStatus(rawValue: sent["statusTo"]) else { throw Refusal.conflict }
            let before = work.ticket.status
            guard let action = status.action(from: before), status != before, work.allows(action) else {
                throw Faults.one("statusTo", words.text("desk.fault.status"))
            }
            try work.set(status, why: sent["statusReason"])
            return words.text("desk.trail.status", ["from": .text(before.rawValue), "to": .text(status.rawValue)])
        })

    static let agreedDate = DeskAction(
        "agreed-date", .agree,
        [
            .date("agreedOn", "desk.agreedOn", isOptional: true, hasHint: true),
            .text("agreedReason", "desk.agreedReason", upTo: 4_000, rows: 2, hasHint: true),
            .tick("handOver", "desk.handOver"),
        ],
        collides: { if case .agreed = $0 { true } else { false } },
        check: { sent, forms in
            let date = CivilDate(sent["agreedOn"])
            if !sent["agreedOn"].isEmpty, date == nil { sent.fault("agreedOn", "desk.fault.date") }
            if let date, let today = forms.today, date < today { sent.fault("agreedOn", "desk.fault.past") }
            if sent["agreedOn"].isEmpty, forms.reading.details.agreedOn == nil {
                sent.fault("agreedOn", "desk.fault.date")
            }
        },
        perform: { work, sent, words in
            try work.agree(on: CivilDate(sent["agreedOn"]), why: sent["agreedReason"])
            if sent.isTicked("handOver"), work.ticket.status != .inDevelopment, work.allows(.develop) {
                try work.set(.inDevelopment)
            }
            return words.text("desk.trail.agreed", ["date": .text(sent["agreedOn"])])
        })
}

// MARK: What is found out

extension DeskAction {
    static let diagnosis = DeskAction(
        "diagnosis", .diagnose,
        [
            .choice("reproduction", "diagnosis.reproduction"),
            .text("errorMessages", "diagnosis.errorMessages", upTo: 8_000, rows: 2, isOptional: true),
            .text("expected", "diagnosis.expected", upTo: 4_000, rows: 2, isOptional: true),
            .text("actual", "diagnosis.actual", upTo: 4_000, rows: 2, isOptional: true),
            .line("diagnosedVersion", "diagnosis.version", isOptional: true),
            .line("diagnosedEnvironment", "diagnosis.environment", isOptional: true),
            .line("knownProblem", "diagnosis.knownProblem", upTo: 500, isOptional: true, hasHint: true),
            .text("diagnosis", "desk.diagnosisSummary", upTo: 8_000, rows: 3),
        ],
        collides: { if case .diagnosis = $0 { true } else { false } },
        check: { sent, _ in
            if sent.isGood("reproduction"), Diagnosis.Reproduction(rawValue: sent["reproduction"]) == nil {
                sent.fault("reproduction", "desk.fault.choice")
            }
        },
        perform: { work, sent, words in
            let diagnosis = Diagnosis(
                reproduction: Diagnosis.Reproduction(rawValue: sent["reproduction"]) ?? .notTried,
                errorMessages: sent["errorMessages"], expected: sent["expected"], actual: sent["actual"],
                version: sent["diagnosedVersion"], environment: sent["diagnosedEnvironment"],
                knownProblem: sent["knownProblem"])
            try work.diagnose(diagnosis, sent["diagnosis"])
            return words.text("desk.trail.diagnosis")
        })

    static let recovery = DeskAction(
        "recovery", .recover, [.text("recovery", "desk.recovery", upTo: 8_000, rows: 3, hasHint: true)],
        collides: { if case .recovered = $0 { true } else { false } },
        perform: { work, sent, words in
            try work.recover(sent["recovery"])
            return words.text("desk.trail.recovery")
        })

    static let cause = DeskAction(
        "cause", .explainCause,
        [
            .text("cause", "desk.cause", upTo: 8_000, rows: 3, hasHint: true),
            .text("solution", "desk.solution", upTo: 8_000, rows: 3, hasHint: true),
        ],
        collides: { if case .rootCause = $0 { true } else { false } },
        perform: { work, sent, words in
            try work.explain(cause: sent["cause"], solution: sent["solution"])
            return words.text("desk.trail.cause")
        })

    // MARK: Who and what belongs to it

    static let followers = DeskAction(
        "followers", .follow,
        [
            .mail("follower", "desk.follower", hasHint: true, autocomplete: "off"),
            .line("follows", "desk.follower", isOptional: true),
        ],
        perform: { work, sent, words in
            let address = EmailAddress(sent["follower"])?.text ?? sent["follower"]
            let follows = sent["follows"] != "off"
            guard let person = try work.connection.person(email: address) else {
                throw Faults.one("follower", words.text("desk.fault.follower"))
            }
            let isStaff = person.role.isStaff && person.state == .active
            let isTheirs = try work.connection.belongs(person.id, to: work.ticket.organization)
            guard !follows || isStaff || isTheirs else {
                throw Faults.one("follower", words.text("desk.fault.follower"))
            }
            guard try work.connection.isFollowed(work.ticket.id, by: person.id) != follows else {
                throw Faults.one("follower", words.text("desk.fault.follows"))
            }
            try work.follow(person.id, follows)
            return words.text(follows ? "desk.trail.follows" : "desk.trail.leaves", ["who": .text(address)])
        })

    private static let linkSpecs: [FieldSpec] = [
        .select("link", "desk.link"), .line("linked", "desk.linked", upTo: 20, hasHint: true, isShort: true),
    ]

    static let links = DeskAction(
        "links", .link, linkSpecs, check: { sent, _ in checkLink(&sent) },
        perform: { work, sent, words in
            let (kind, other) = try linked(work, sent, words)
            let links = try work.connection.links(of: work.ticket.id)
            guard !links.contains(TicketState.Link(kind: kind, other: other.id)) else {
                throw Faults.one("linked", words.text("desk.fault.linkedAlready"))
            }
            try work.link(kind, to: other)
            return words.text("desk.trail.linked", ["folio": .text("\(other.folio)")])
        })

    static let unlinking = DeskAction(
        unlinkingPath, .link, linkSpecs, check: { sent, _ in checkLink(&sent) },
        perform: { work, sent, words in
            let (kind, other) = try linked(work, sent, words)
            let links = try work.connection.links(of: work.ticket.id)
            guard links.contains(TicketState.Link(kind: kind, other: other.id)) else { throw Refusal.conflict }
            try work.unlink(kind, from: other)
            return words.text("desk.trail.unlinked", ["folio": .text("\(other.folio)")])
        })

    private static func checkLink(_ sent: inout SentForm) {
        if sent.isGood("link"), TicketLink(rawValue: sent["link"]) == nil { sent.fault("link", "desk.fault.choice") }
        if sent.isGood("linked"), Folio(sent["linked"].uppercased()) == nil { sent.fault("linked", "desk.fault.folio") }
    }

    private static func linked(
        _ work: TicketWork, _ sent: SentForm, _ words: Words
    ) throws -> (TicketLink, Ticket) {
        guard let kind = TicketLink(rawValue: sent["link"]), let folio = Folio(sent["linked"].uppercased()),
            let other = try work.connection.ticket(folio, in: .desk), other.id != work.ticket.id
        else { throw Faults.one("linked", words.text("desk.fault.folio")) }
        return (kind, other)
    }
}
