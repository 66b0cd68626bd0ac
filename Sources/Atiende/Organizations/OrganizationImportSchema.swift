// The table of files of organizations that wait to be confirmed.

internal import SQL

extension Migration {
    static let organizationImports = Migration(
        "organizations by file",
        """
        CREATE TABLE organization_import (
            id INTEGER PRIMARY KEY AUTOINCREMENT,
            owner INTEGER NOT NULL REFERENCES person,
            name TEXT NOT NULL,
            content BLOB NOT NULL,
            sha256 BLOB NOT NULL,
            expires_at INTEGER NOT NULL
        ) STRICT
        """,
        """
        CREATE INDEX organization_import_by_end ON organization_import (expires_at)
        """)
}
