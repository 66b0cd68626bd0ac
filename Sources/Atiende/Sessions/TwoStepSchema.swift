// The table of second steps that are being set up.

internal import SQL

extension Migration {
    /// A key waits for its first code in a row of the session that asked for it: it goes with the session, nobody else is
    /// ever shown it, and a page that is only looked at writes nothing. It is not derived from the session's cookie:
    /// whoever got hold of an old cookie would have the key for good.
    static let twoStep = Migration(
        "second step",
        """
        CREATE TABLE two_step_offer (
            session BLOB PRIMARY KEY REFERENCES session ON DELETE CASCADE ON UPDATE CASCADE,
            key BLOB NOT NULL,
            made_at INTEGER NOT NULL
        ) STRICT, WITHOUT ROWID
        """)
}
