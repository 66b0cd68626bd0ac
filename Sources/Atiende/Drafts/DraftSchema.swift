// The table of drafts.

internal import SQL

extension Migration {
    static let drafts = Migration(
        "drafts",
        """
        CREATE TABLE draft (
            id INTEGER PRIMARY KEY AUTOINCREMENT,
            person INTEGER NOT NULL REFERENCES person,
            path TEXT NOT NULL,
            title TEXT NOT NULL,
            fields TEXT NOT NULL,
            at INTEGER NOT NULL,
            UNIQUE (person, path)
        ) STRICT
        """,
        """
        CREATE INDEX draft_by_person ON draft (person, at)
        """,
        """
        CREATE INDEX draft_by_time ON draft (at)
        """)
}
