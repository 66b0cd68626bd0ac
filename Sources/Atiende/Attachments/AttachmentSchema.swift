// What keeping attachments needs beside their table: how much there is, what waits, and what belongs to nothing any more.

internal import SQL

extension Migration {
    static let attachmentRoom = Migration(
        "room for attachments",
        // Bytes on the disk; what came twice is there once.
        """
        CREATE TABLE attachment_room (
            only INTEGER PRIMARY KEY CHECK (only = 1),
            bytes INTEGER NOT NULL
        ) STRICT
        """,
        "INSERT INTO attachment_room (only, bytes) VALUES (1, 0)",
        // Files whose last row went: their bytes follow.
        """
        CREATE TABLE attachment_loose (
            sha256 TEXT PRIMARY KEY
        ) STRICT, WITHOUT ROWID
        """,
        """
        CREATE INDEX attachment_waiting ON attachment (at) WHERE ticket IS NULL
        """)
}
