// Agreements in the tenant's database: what was signed, as it was signed.

internal import SLA
internal import SQL

/// An agreement without its document.
struct AgreementRecord: Sendable, Equatable {
    let id: Int
    /// The key of the plan, and the version of the contract that it was signed under.
    let plan: String
    let planVersion: Int
    let term: AgreementTerm
    /// Which side gave notice.
    let noticeBy: AgreementSide?
    let signedAt: Int
    /// Who of the customer's accepted it, and when.
    let acceptedBy: String
    let acceptedAt: Int?
    let sha256: [UInt8]
}

enum AgreementSide: String, Sendable, CaseIterable, SQLValue {
    case provider
    case customer
}

struct NewAgreement: Sendable {
    let organization: Organization.ID
    let plan: String
    let planVersion: Int
    let term: AgreementTerm
    /// As it is downloaded from then on.
    let document: String
    let sha256: [UInt8]
}

/// An agreement whose end is near, or for whose notice the last day is.
struct EndingAgreement: Sendable, Equatable {
    let organization: Organization.ID
    let name: String
    let endsOn: CivilDate
    let noticeBy: CivilDate
}

extension Connection {
    /// It counts from now on; those before it stay as they were.
    func sign(_ agreement: NewAgreement, today: CivilDate, at now: Int) throws(SQLError) -> Int {
        try execute(
            """
            INSERT INTO agreement (organization, plan, plan_version, starts_on, months, renews, ends_on, signed_at,
                document, sha256)
            VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
            """, agreement.organization, agreement.plan, agreement.planVersion, "\(agreement.term.startsOn)",
            agreement.term.months, agreement.term.renews, agreement.term.endsOn.map { "\($0)" }, now,
            agreement.document, agreement.sha256)
        let id = Int(lastInsertRowID)
        try execute(
            """
            INSERT INTO agreement_term (organization, agreement, plan, ends_on) VALUES (?, ?, ?, '')
            ON CONFLICT (organization) DO UPDATE SET agreement = excluded.agreement, plan = excluded.plan
            """, agreement.organization, id, agreement.plan)
        try keepTerm(agreement.term, of: agreement.organization, today: today)
        return id
    }

    private func keepTerm(_ term: AgreementTerm, of organization: Organization.ID, today: CivilDate) throws(SQLError) {
        let endsOn: CivilDate
        var noticeBy: CivilDate?
        switch term.standing(on: today) {
        case .running(let span, _): (endsOn, noticeBy) = (span.ends, span.noticeBy)
        case .ended(let day): endsOn = day
        }
        try execute(
            "UPDATE agreement_term SET ends_on = ?, notice_by = ? WHERE organization = ?", "\(endsOn)",
            noticeBy.map { "\($0)" }, organization)
    }

    /// Whether a term that is kept as running is over.
    func hasPastTerms(today: CivilDate) throws(SQLError) -> Bool {
        try first(
            "SELECT 1 FROM agreement_term WHERE notice_by IS NOT NULL AND ends_on < ? LIMIT 1", "\(today)"
        ) { _ in true } ?? false
    }

    /// Brings the terms that are over up to date, up to a number of them, the oldest first.
    func renewTerms(today: CivilDate, limit: Int) throws(SQLError) {
        let past = try query(
            """
            SELECT t.organization, a.starts_on, a.months, a.renews, a.notice_on
            FROM agreement_term AS t JOIN agreement AS a ON a.id = t.agreement
            WHERE t.notice_by IS NOT NULL AND t.ends_on < ? ORDER BY t.ends_on LIMIT ?
            """, "\(today)", limit
        ) { row in (Organization.ID(rawValue: row.int(0)), Self.term(row, from: 1)) }
        for (organization, term) in past { try keepTerm(term, of: organization, today: today) }
    }

    /// The agreement that counts.
    func agreement(of organization: Organization.ID) throws(SQLError) -> AgreementRecord? {
        try first(
            """
            SELECT a.id, a.plan, a.plan_version, a.notice_by, a.signed_at, p.name, a.accepted_at, a.sha256, a.starts_on,
                a.months, a.renews, a.notice_on
            FROM agreement_term AS t JOIN agreement AS a ON a.id = t.agreement
            LEFT JOIN person AS p ON p.id = a.accepted_by WHERE t.organization = ?
            """, organization
        ) { row in Self.agreement(row) }
    }

    /// All of them, the last one first.
    func agreements(of organization: Organization.ID, limit: Int) throws(SQLError) -> [AgreementRecord] {
        try query(
            """
            SELECT a.id, a.plan, a.plan_version, a.notice_by, a.signed_at, p.name, a.accepted_at, a.sha256, a.starts_on,
                a.months, a.renews, a.notice_on
            FROM agreement AS a LEFT JOIN person AS p ON p.id = a.accepted_by
            WHERE a.organization = ? ORDER BY a.id DESC LIMIT ?
            """, organization, limit
        ) { row in Self.agreement(row) }
    }

    private static func agreement(_ row: borrowing Row) -> AgreementRecord {
        AgreementRecord(
            id: row.int(0), plan: row.text(1), planVersion: row.int(2), term: term(row, from: 8),
            noticeBy: row.optionalText(3).flatMap { AgreementSide(rawValue: $0) }, signedAt: row.int(4),
            acceptedBy: row.text(5), acceptedAt: row.optionalInt(6), sha256: row.blob(7))
    }

    private static func term(_ row: borrowing Row, from column: Int) -> AgreementTerm {
        AgreementTerm(
            startsOn: CivilDate(row.text(column)) ?? .earliest, months: row.int(column + 1),
            renews: row.bool(column + 2), noticeOn: row.optionalText(column + 3).flatMap { CivilDate($0) })
    }

    /// The document as it was signed, byte for byte; nil where the organization has no such agreement.
    func agreementDocument(_ id: Int, of organization: Organization.ID) throws(SQLError) -> [UInt8]? {
        try first(
            "SELECT CAST(document AS BLOB) FROM agreement WHERE id = ? AND organization = ?", id, organization
        ) { $0.blob(0) }
    }

    /// False where that agreement does not count any more, or was accepted before.
    func accept(
        _ id: Int, of organization: Organization.ID, by person: Person.ID, at now: Int
    ) throws(SQLError) -> Bool {
        try execute(
            """
            UPDATE agreement SET accepted_by = ?1, accepted_at = ?2 WHERE id = ?3 AND accepted_at IS NULL
                AND id = (SELECT agreement FROM agreement_term WHERE organization = ?4)
            """, person, now, id, organization)
        return changes == 1
    }

    func giveNotice(
        _ agreement: AgreementRecord, of organization: Organization.ID, on day: CivilDate, by side: AgreementSide,
        today: CivilDate
    ) throws(SQLError) {
        var term = agreement.term
        term.noticeOn = day
        try execute(
            "UPDATE agreement SET notice_on = ?, notice_by = ?, ends_on = ? WHERE id = ?", "\(day)", side,
            term.endsOn.map { "\($0)" }, agreement.id)
        try keepTerm(term, of: organization, today: today)
    }

    /// Agreements whose last day for a notice comes by that day, the most urgent first. Before it is asked,
    /// `renewTerms` has been.
    func agreementsEnding(by day: CivilDate, limit: Int) throws(SQLError) -> [EndingAgreement] {
        try query(
            """
            SELECT o.id, o.legal_name, t.ends_on, t.notice_by
            FROM agreement_term AS t CROSS JOIN organization AS o ON o.id = t.organization
            WHERE t.notice_by IS NOT NULL AND t.notice_by <= ? AND o.state = 'active' ORDER BY t.notice_by LIMIT ?
            """, "\(day)", limit
        ) { row in
            EndingAgreement(
                organization: Organization.ID(rawValue: row.int(0)), name: row.text(1),
                endsOn: CivilDate(row.text(2)) ?? .earliest, noticeBy: CivilDate(row.text(3)) ?? .earliest)
        }
    }
}
