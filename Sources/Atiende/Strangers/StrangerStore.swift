// Reports of strangers in the tenant's database.

internal import Markup
internal import SQL

extension Connection {
    /// Keeps a report until its address is confirmed. False where too many wait, or wrote to this address, already.
    func keep(_ report: StrangerReport, under hash: [UInt8], at now: Int) throws(SQLError) -> Bool {
        try execute(
            """
            DELETE FROM stranger_report WHERE hash IN
                (SELECT hash FROM stranger_report WHERE at < ? ORDER BY at LIMIT ?)
            """, now - StrangerReport.Limits.seconds, StrangerReport.Limits.forgottenAtOnce)
        let ofAddress =
            try first(
                "SELECT count(*) FROM stranger_report WHERE email = ? AND at > ?", report.email.text,
                now - StrangerReport.Limits.letterSeconds
            ) { $0.int(0) } ?? 0
        let waiting = try first("SELECT count(*) FROM stranger_report WHERE at > ?", 0) { $0.int(0) } ?? 0
        guard ofAddress < StrangerReport.Limits.letters, waiting < StrangerReport.Limits.waiting else { return false }
        try execute(
            """
            INSERT INTO stranger_report (hash, email, name, company, subject, description, kind, language, at)
            VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)
            """, hash, report.email.text, report.name, report.company, report.subject, report.description, report.kind,
            report.language.rawValue, now)
        return true
    }

    /// Nil for a link that was used, has expired or is none.
    func strangerReport(_ hash: [UInt8], at now: Int) throws(SQLError) -> StrangerReport? {
        try first(
            """
            SELECT email, name, company, subject, description, kind, language FROM stranger_report
            WHERE hash = ? AND at > ?
            """, hash, now - StrangerReport.Limits.seconds
        ) { row in
            guard let email = EmailAddress(row.text(0)) else { return nil }
            return StrangerReport(
                email: email, name: row.text(1), company: row.text(2), subject: row.text(3), description: row.text(4),
                kind: row.text(5), language: Language(rawValue: row.text(6)) ?? .es)
        } ?? nil
    }

    /// Takes a report to make a ticket of it; nil where somebody was faster.
    func takeStrangerReport(_ hash: [UInt8], at now: Int) throws(SQLError) -> StrangerReport? {
        guard let report = try strangerReport(hash, at: now) else { return nil }
        try execute("DELETE FROM stranger_report WHERE hash = ?", hash)
        return report
    }

    /// The one organization to which somebody belongs; nil where there is none or several.
    func onlyMembership(of person: Person.ID) throws(SQLError) -> Organization.ID? {
        let found = try query(
            "SELECT organization FROM membership WHERE person = ? AND state = 'active' LIMIT 2", person
        ) { Organization.ID(rawValue: $0.int(0)) }
        return found.count == 1 ? found[0] : nil
    }
}
