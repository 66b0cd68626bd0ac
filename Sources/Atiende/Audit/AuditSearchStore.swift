// Reading the trail, newest first.

internal import SQL

extension Connection {
    /// How many rows of an index are looked at for one page: what is left out by a second condition must not cost more,
    /// however long the trail is. The page then says that there are older ones.
    static let auditWindow = 20_000

    /// - Parameter place: Rows below it; those from it on were shown already.
    func auditPage(
        _ question: AuditQuestion, below place: AuditPlace, limit: Int, window: Int = Connection.auditWindow
    ) throws(SQLError) -> AuditPage {
        let values: [(any SQLValue)?] = [
            question.leadValue, min(place.at, question.until ?? Int.max),
            question.until.map { $0 <= place.at } == true ? 0 : place.id, question.from ?? Int.min,
        ]
        let last = try first(Self.windowEnd[question.lead], values: values + [window - 1]) { row in
            AuditPlace(at: row.int(0), id: row.int(1))
        }
        var rows = try query(
            Self.rows[question.lead],
            values: values + [
                last?.at ?? Int.min, last?.id ?? Int.min, question.act, question.organization,
                question.isDone.map { $0 ? "done" : "refused" }, question.isByStaff, limit + 1,
            ], row: AuditRow.init)
        guard rows.count > limit else { return AuditPage(rows: rows, older: last) }
        rows.removeLast()
        return AuditPage(rows: rows, older: rows.last?.place)
    }

    /// Whether somebody did this to that since an instant.
    func wasRecorded(_ act: AuditEntry.Act, _ subject: String, by actor: Person.ID, since: Int) throws(SQLError) -> Bool
    {
        try first(
            """
            SELECT 1 FROM audit INDEXED BY audit_by_actor_time
            WHERE actor = ?3 AND at > ?2 AND act = ?1 AND subject = ?4 LIMIT 1
            """, act, since, actor, subject
        ) { _ in true } ?? false
    }

    /// Who changed something last, and when.
    func lastChange(of subject: String) throws(SQLError) -> (name: String, at: Int)? {
        try first(
            """
            SELECT p.name, a.at FROM audit AS a INDEXED BY audit_by_subject JOIN person AS p ON p.id = a.actor
            WHERE a.subject = ? AND a.outcome = 'done' ORDER BY a.id DESC LIMIT 1
            """, subject
        ) { row in (row.text(0), row.int(1)) }
    }

    // MARK: Whom the filters name

    func peopleNamed(_ words: [String], limit: Int) throws(SQLError) -> [(id: Person.ID, name: String, email: String)] {
        guard !words.isEmpty else { return [] }
        let sought = words.map { "\"\($0)\"*" }.joined(separator: " ")
        return try query(
            """
            SELECT p.id, p.name, p.email FROM person_search AS s JOIN person AS p ON p.id = s.rowid
            WHERE s.words MATCH ? LIMIT ?
            """, sought, limit
        ) { row in (Person.ID(rawValue: row.int(0)), row.text(1), row.text(2)) }
    }

    func organizationsNamed(_ start: String, limit: Int) throws(SQLError) -> [(id: Organization.ID, name: String)] {
        try query(
            """
            SELECT id, legal_name FROM organization INDEXED BY organization_by_name
            WHERE folded >= ?1 AND folded < ?1 || char(0x10FFFF) ORDER BY folded, id LIMIT ?2
            """, start, limit
        ) { row in (Organization.ID(rawValue: row.int(0)), row.text(1)) }
    }
}

// MARK: Statements

extension Connection {
    /// By the index that they use; `AuditSearchTests` looks at the plan of each.
    static let rows = AuditStatements { lead in
        SQLText(verbatim: "SELECT") + columns + lead.condition
            + """
              AND (a.at, a.id) >= (?5, ?6) AND (?7 IS NULL OR a.act = ?7) AND (?8 IS NULL OR a.organization = ?8)
                AND (?9 IS NULL OR a.outcome = ?9) AND (NOT ?10 OR actor.role <> 'customer')
            ORDER BY a.at DESC, a.id DESC LIMIT ?11
            """
    }

    static let windowEnd = AuditStatements { lead in
        SQLText(verbatim: "SELECT") + " a.at, a.id FROM audit AS a" + lead.condition
            + " ORDER BY a.at DESC, a.id DESC LIMIT 1 OFFSET ?5"
    }

    private static let columns: SQLText = """
         a.at, a.id, a.act, a.subject, coalesce(person.name, subject.legal_name, ''), a.outcome = 'done',
            a.address, a.before, a.after, coalesce(actor.name, ''), coalesce(actor.email, ''),
            coalesce(concerned.legal_name, '')
        FROM audit AS a
        """
}

/// One statement for each index.
struct AuditStatements: Sendable {
    private let texts: [AuditQuestion.Lead: SQLText]

    init(_ make: (AuditQuestion.Lead) -> SQLText) {
        texts = Dictionary(uniqueKeysWithValues: AuditQuestion.Lead.allCases.map { ($0, make($0)) })
    }

    subscript(_ lead: AuditQuestion.Lead) -> SQLText { texts[lead] ?? "" }
}

extension AuditQuestion {
    /// What `?1` stands for.
    fileprivate var leadValue: (any SQLValue)? {
        switch lead {
        case .actor: actor
        case .organization: organization
        case .act: act
        case .refusal, .time: nil
        }
    }
}

extension AuditQuestion.Lead {
    fileprivate var condition: SQLText {
        let names: SQLText = """

            LEFT JOIN person AS actor ON actor.id = a.actor
            LEFT JOIN organization AS concerned ON concerned.id = a.organization
            LEFT JOIN person ON a.subject LIKE 'person:%' AND person.id = CAST(substr(a.subject, 8) AS INTEGER)
            LEFT JOIN organization AS subject
                ON a.subject LIKE 'organization:%' AND subject.id = CAST(substr(a.subject, 14) AS INTEGER)
            """
        let range: SQLText = " AND (a.at, a.id) < (?2, ?3) AND a.at >= ?4"
        return SQLText(verbatim: " INDEXED BY \(index)") + names + SQLText(verbatim: " WHERE \(equality)") + range
    }

    private var index: String {
        switch self {
        case .actor: "audit_by_actor_time"
        case .organization: "audit_by_organization_time"
        case .act: "audit_by_act_time"
        case .refusal: "audit_by_refusal"
        case .time: "audit_by_time"
        }
    }

    private var equality: String {
        switch self {
        case .actor: "a.actor = ?1"
        case .organization: "a.organization = ?1"
        case .act: "a.act = ?1"
        case .refusal: "a.outcome = 'refused' AND ?1 IS NULL"
        case .time: "?1 IS NULL"
        }
    }
}

extension AuditRow {
    fileprivate init(_ row: borrowing Row) {
        self.init(
            place: AuditPlace(at: row.int(0), id: row.int(1)), act: row.text(2), subject: row.text(3),
            subjectName: row.text(4), isDone: row.bool(5), address: row.text(6), before: row.text(7),
            after: row.text(8), actorName: row.text(9), actorEmail: row.text(10), organization: row.text(11))
    }
}
