// The table of the terms that run: what lists and the overview find without reading every agreement.

internal import SQL

extension Migration {
    /// One row for an organization that signed: which of its agreements counts, and when its current term ends. Terms that
    /// renewed are brought up to date before they are asked for.
    static let agreementTerms = Migration(
        "agreement terms",
        """
        CREATE TABLE agreement_term (
            organization INTEGER PRIMARY KEY REFERENCES organization,
            agreement INTEGER NOT NULL REFERENCES agreement,
            plan TEXT NOT NULL,
            ends_on TEXT NOT NULL,
            -- The last day for a notice; NULL once the agreement is over.
            notice_by TEXT
        ) STRICT
        """,
        """
        CREATE INDEX agreement_term_by_end ON agreement_term (ends_on) WHERE notice_by IS NOT NULL
        """,
        """
        CREATE INDEX agreement_term_by_notice ON agreement_term (notice_by) WHERE notice_by IS NOT NULL
        """)
}
