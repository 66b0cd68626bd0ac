// What the pages of tickets look up: columns and indexes for queues, files, the text that is searched, and tallies.

internal import SQL

extension Migration {
    static let ticketWork = Migration(
        "ticket work",
        // Derived from the events, like the columns before them; that the people are there, the events vouch for.
        "ALTER TABLE ticket ADD COLUMN assignee INTEGER",
        "ALTER TABLE ticket ADD COLUMN category TEXT NOT NULL DEFAULT ''",
        "ALTER TABLE ticket ADD COLUMN product_version TEXT NOT NULL DEFAULT ''",
        "ALTER TABLE ticket ADD COLUMN environment TEXT NOT NULL DEFAULT ''",
        "ALTER TABLE ticket ADD COLUMN service TEXT NOT NULL DEFAULT ''",
        "ALTER TABLE ticket ADD COLUMN phone TEXT NOT NULL DEFAULT ''",
        "ALTER TABLE ticket ADD COLUMN tags TEXT NOT NULL DEFAULT ''",
        "ALTER TABLE ticket ADD COLUMN is_private INTEGER NOT NULL DEFAULT 0",
        // 0 for the gravest.
        "ALTER TABLE ticket ADD COLUMN severity_rank INTEGER NOT NULL DEFAULT 0",
        // due_at, or the end of time where nothing is due: the first column of a queue's order.
        "ALTER TABLE ticket ADD COLUMN due_order INTEGER NOT NULL DEFAULT 9223372036854775807",
        // Of the clock that is due first.
        "ALTER TABLE ticket ADD COLUMN due_run INTEGER",
        // From when that one is about to be breached, and from when one is.
        "ALTER TABLE ticket ADD COLUMN soon_at INTEGER",
        "ALTER TABLE ticket ADD COLUMN breaks_at INTEGER",
        // The last public word.
        "ALTER TABLE ticket ADD COLUMN word_at INTEGER NOT NULL DEFAULT 0",
        "ALTER TABLE ticket ADD COLUMN word_by INTEGER",
        "ALTER TABLE ticket ADD COLUMN word_is_staff INTEGER NOT NULL DEFAULT 0",
        "ALTER TABLE ticket ADD COLUMN answered_at INTEGER",
        // `YYYY-MM-DD` on the tenant's calendar.
        "ALTER TABLE ticket ADD COLUMN agreed_on TEXT",
        "ALTER TABLE ticket ADD COLUMN face TEXT",
        "ALTER TABLE ticket ADD COLUMN keeper INTEGER",
        "ALTER TABLE ticket ADD COLUMN is_merged INTEGER NOT NULL DEFAULT 0",
        "ALTER TABLE ticket ADD COLUMN reopenings INTEGER NOT NULL DEFAULT 0",
        // The number of its last event: a form that was made before it is stale.
        "ALTER TABLE ticket ADD COLUMN version INTEGER NOT NULL DEFAULT 0",
        """
        CREATE INDEX ticket_queue ON ticket (due_order, severity_rank, opened_at, id) WHERE done_at IS NULL
        """,
        """
        CREATE INDEX ticket_queue_by_assignee ON ticket (assignee, due_order, severity_rank, opened_at, id)
            WHERE done_at IS NULL
        """,
        """
        CREATE INDEX ticket_queue_by_level ON ticket (level, due_order, severity_rank, opened_at, id)
            WHERE done_at IS NULL
        """,
        """
        CREATE INDEX ticket_queue_by_status ON ticket (status, due_order, severity_rank, opened_at, id)
            WHERE done_at IS NULL
        """,
        """
        CREATE INDEX ticket_by_breach ON ticket (breaks_at) WHERE done_at IS NULL AND breaks_at IS NOT NULL
        """,
        """
        CREATE INDEX ticket_by_soon ON ticket (soon_at) WHERE done_at IS NULL AND soon_at IS NOT NULL
        """,
        """
        CREATE INDEX ticket_by_requester_change ON ticket (requester, changed_at, id)
        """,
        """
        CREATE INDEX ticket_by_change ON ticket (organization, changed_at, id)
        """,
        // What somebody wrote, apart from what clocks follow: deriving a ticket again never reads it.
        "ALTER TABLE ticket_event ADD COLUMN body TEXT NOT NULL DEFAULT ''",
        """
        CREATE TABLE ticket_follower (
            ticket INTEGER NOT NULL REFERENCES ticket,
            person INTEGER NOT NULL REFERENCES person,
            PRIMARY KEY (ticket, person)
        ) STRICT, WITHOUT ROWID
        """,
        """
        CREATE INDEX ticket_follower_by_person ON ticket_follower (person, ticket)
        """,
        """
        CREATE TABLE ticket_link (
            ticket INTEGER NOT NULL REFERENCES ticket,
            kind TEXT NOT NULL CHECK (kind IN ('parent', 'child', 'duplicate', 'related')),
            other INTEGER NOT NULL,
            PRIMARY KEY (ticket, kind, other)
        ) STRICT, WITHOUT ROWID
        """,
        """
        CREATE TABLE ticket_tag (
            ticket INTEGER NOT NULL REFERENCES ticket,
            tag TEXT NOT NULL,
            PRIMARY KEY (ticket, tag)
        ) STRICT, WITHOUT ROWID
        """,
        """
        CREATE INDEX ticket_tag_by_tag ON ticket_tag (tag, ticket)
        """,
        // How many open tickets there are of each sort (`level:2`, `assignee:7`): counting them would cost more with
        // every ticket.
        """
        CREATE TABLE ticket_tally (
            sort TEXT PRIMARY KEY,
            count INTEGER NOT NULL
        ) STRICT, WITHOUT ROWID
        """,
        // A row an event, under its number; what customers may find, and what only staff may.
        """
        CREATE VIRTUAL TABLE ticket_text USING fts5
            (shown, hidden, content = '', columnsize = 0, tokenize = "unicode61 remove_diacritics 2")
        """,
        """
        CREATE TABLE attachment (
            id INTEGER PRIMARY KEY AUTOINCREMENT,
            -- By which it is asked for.
            token TEXT NOT NULL UNIQUE,
            -- NULL while the form to which it belongs was not accepted.
            ticket INTEGER REFERENCES ticket,
            event INTEGER REFERENCES ticket_event,
            person INTEGER REFERENCES person,
            name TEXT NOT NULL,
            -- As it is served.
            type TEXT NOT NULL,
            size INTEGER NOT NULL,
            sha256 TEXT NOT NULL,
            -- Of a picture that pages show; NULL for every other file.
            width INTEGER,
            height INTEGER,
            at INTEGER NOT NULL,
            CHECK ((ticket IS NULL) = (event IS NULL))
        ) STRICT
        """,
        """
        CREATE INDEX attachment_by_event ON attachment (event) WHERE event IS NOT NULL
        """,
        """
        CREATE INDEX attachment_by_ticket ON attachment (ticket, id) WHERE ticket IS NOT NULL
        """,
        """
        CREATE INDEX attachment_by_person ON attachment (person, at)
        """,
        """
        CREATE INDEX attachment_by_hash ON attachment (sha256)
        """)
}
