// The tables of outgoing mail.

internal import SQL

extension Migration {
    /// A letter is due while `next_at` is there. It was sent where `sent_at` is there, and given up where neither is.
    /// The long columns come last: a list of letters does not read them.
    static let outbox = Migration(
        "outgoing mail",
        """
        CREATE TABLE outbox (
            id INTEGER PRIMARY KEY,
            kind TEXT NOT NULL,
            recipient_address TEXT NOT NULL COLLATE NOCASE,
            recipient_name TEXT NOT NULL,
            language TEXT NOT NULL,
            created_at INTEGER NOT NULL,
            next_at INTEGER,
            attempts INTEGER NOT NULL DEFAULT 0 CHECK (attempts >= 0),
            sent_at INTEGER,
            message_id TEXT NOT NULL UNIQUE,
            error TEXT,
            subject TEXT NOT NULL,
            text TEXT NOT NULL,
            html TEXT NOT NULL,
            CHECK (sent_at IS NULL OR next_at IS NULL)
        ) STRICT
        """,
        """
        CREATE INDEX outbox_due ON outbox (next_at) WHERE next_at IS NOT NULL
        """,
        """
        CREATE INDEX outbox_by_time ON outbox (created_at)
        """,
        """
        CREATE INDEX outbox_by_recipient ON outbox (recipient_address, created_at DESC, id DESC)
        """)

    /// Which ticket a letter is about: its folio.
    static let ticketLetters = Migration(
        "letters about tickets",
        """
        ALTER TABLE outbox ADD COLUMN ticket TEXT
        """)

    /// Which letter brings a link: its secret is taken out of the letter once it opens nothing any more.
    static let linkLetters = Migration(
        "letters of links",
        """
        ALTER TABLE one_time_link ADD COLUMN letter INTEGER REFERENCES outbox ON DELETE SET NULL
        """,
        """
        CREATE INDEX one_time_link_by_letter ON one_time_link (letter) WHERE letter IS NOT NULL
        """)
}
