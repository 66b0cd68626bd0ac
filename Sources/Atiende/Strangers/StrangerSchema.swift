// The table of reports that wait for their address to be confirmed.

internal import SQL

extension Migration {
    static let strangerReports = Migration(
        "reports of strangers",
        // Only the hash of what the letter says is kept.
        """
        CREATE TABLE stranger_report (
            hash BLOB PRIMARY KEY,
            email TEXT NOT NULL,
            name TEXT NOT NULL,
            company TEXT NOT NULL,
            subject TEXT NOT NULL,
            description TEXT NOT NULL,
            kind TEXT NOT NULL,
            language TEXT NOT NULL,
            at INTEGER NOT NULL
        ) STRICT, WITHOUT ROWID
        """,
        """
        CREATE INDEX stranger_report_by_email ON stranger_report (email, at)
        """,
        """
        CREATE INDEX stranger_report_by_time ON stranger_report (at)
        """)
}
