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

    static let attachmentWaiting = Migration(
        "how long attachments wait",
        // A form's a day; a draft's as long as the draft.
        "ALTER TABLE attachment ADD COLUMN until INTEGER NOT NULL DEFAULT 0",
        "UPDATE attachment SET until = at + 86400 WHERE ticket IS NULL",
        "DROP INDEX attachment_waiting",
        """
        CREATE INDEX attachment_waiting ON attachment (until) WHERE ticket IS NULL
        """,
        """
        CREATE INDEX attachment_waiting_by_person ON attachment (person) WHERE ticket IS NULL
        """)
}
