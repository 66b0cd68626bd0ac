// The table of files that wait to be confirmed.

internal import SQL

extension Migration {
    /// One table for whatever is taken in by file. Those from before held what was sent within the last hour.
    static let imports = Migration(
        "imports in one table",
        """
        CREATE TABLE pending_import (
            id INTEGER PRIMARY KEY AUTOINCREMENT,
            kind TEXT NOT NULL,
            owner INTEGER NOT NULL REFERENCES person,
            name TEXT NOT NULL,
            content BLOB NOT NULL,
            sha256 BLOB NOT NULL,
            expires_at INTEGER NOT NULL
        ) STRICT
        """,
        """
        CREATE INDEX pending_import_by_end ON pending_import (expires_at)
        """,
        """
        CREATE INDEX pending_import_by_owner ON pending_import (owner)
        """,
        """
        DROP TABLE people_import
        """,
        """
        DROP TABLE organization_import
        """)
}
