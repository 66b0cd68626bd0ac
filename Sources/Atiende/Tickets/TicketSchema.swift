// The tables of tickets: what happened, which is only ever added to, and what follows from it, which can be made again.

internal import SQL

extension Migration {
    static let tickets = Migration(
        "tickets",
        """
        CREATE TABLE ticket (
            id INTEGER PRIMARY KEY AUTOINCREMENT,
            folio TEXT NOT NULL UNIQUE,
            organization INTEGER NOT NULL REFERENCES organization,
            requester INTEGER REFERENCES person,
            kind TEXT NOT NULL,
            channel TEXT NOT NULL,
            subject TEXT NOT NULL,
            opened_at INTEGER NOT NULL,
            -- What follows was derived from the events and the plan.
            severity TEXT NOT NULL,
            level INTEGER NOT NULL CHECK (level BETWEEN 1 AND 3),
            status TEXT NOT NULL CHECK (status IN ('new', 'open', 'waitingCustomer', 'waitingThirdParty',
                'inDevelopment', 'resolved', 'closed')),
            plan TEXT NOT NULL,
            plan_version INTEGER NOT NULL,
            changed_at INTEGER NOT NULL,
            -- Since when it is resolved, closed or merged; NULL while it is open.
            done_at INTEGER,
            -- The nearest due instant of its live clocks.
            due_at INTEGER,
            -- When the next step fires or the next clock is breached if nothing happens until then.
            next_at INTEGER
        ) STRICT
        """,
        """
        CREATE INDEX ticket_by_organization ON ticket (organization, kind, id)
        """,
        """
        CREATE INDEX ticket_open_by_kind ON ticket (kind, due_at IS NULL, due_at, id) WHERE done_at IS NULL
        """,
        """
        CREATE INDEX ticket_by_next ON ticket (next_at) WHERE next_at IS NOT NULL
        """,
        """
        CREATE TABLE ticket_event (
            id INTEGER PRIMARY KEY AUTOINCREMENT,
            ticket INTEGER NOT NULL REFERENCES ticket,
            -- When it was so, and when it was written down.
            at INTEGER NOT NULL,
            recorded_at INTEGER NOT NULL,
            -- NULL where nobody did it: the program.
            actor INTEGER REFERENCES person,
            type TEXT NOT NULL,
            payload TEXT NOT NULL
        ) STRICT
        """,
        """
        CREATE INDEX ticket_event_by_ticket ON ticket_event (ticket, at, id)
        """,
        """
        CREATE TRIGGER ticket_event_never_changes BEFORE UPDATE ON ticket_event
            BEGIN SELECT raise(ABORT, 'what happened to a ticket is never changed'); END
        """,
        """
        CREATE TRIGGER ticket_event_never_goes BEFORE DELETE ON ticket_event
            BEGIN SELECT raise(ABORT, 'what happened to a ticket is never removed'); END
        """,
        // REPLACE takes a row away without a word to the triggers of DELETE.
        """
        CREATE TRIGGER ticket_event_never_replaced BEFORE INSERT ON ticket_event
            WHEN EXISTS (SELECT 1 FROM ticket_event WHERE id = NEW.id)
            BEGIN SELECT raise(ABORT, 'what happened to a ticket is never replaced'); END
        """,
        """
        CREATE TABLE clock (
            ticket INTEGER NOT NULL REFERENCES ticket,
            -- From 1, in the order in which the runs of the ticket's clocks began to exist.
            run INTEGER NOT NULL CHECK (run >= 1),
            clock TEXT NOT NULL,
            level INTEGER,
            -- As it was at the last event: a clock that runs may have been breached since.
            state TEXT NOT NULL CHECK (state IN ('running', 'paused', 'met', 'breached', 'cancelled')),
            is_paused INTEGER NOT NULL CHECK (is_paused IN (0, 1)),
            started_at INTEGER NOT NULL,
            stopped_at INTEGER,
            -- Seconds of its calendar.
            budget INTEGER NOT NULL,
            consumed INTEGER NOT NULL,
            due_at INTEGER,
            -- From then on it is breached, if it was not stopped.
            breaks_at INTEGER,
            -- Of the contract; NULL where every second counts.
            calendar TEXT,
            clause TEXT NOT NULL,
            PRIMARY KEY (ticket, run)
        ) STRICT, WITHOUT ROWID
        """,
        """
        CREATE INDEX clock_by_due ON clock (due_at, ticket) WHERE stopped_at IS NULL AND due_at IS NOT NULL
        """,
        """
        CREATE TABLE folio_counter (
            year INTEGER PRIMARY KEY,
            last INTEGER NOT NULL CHECK (last BETWEEN 1 AND 999999)
        ) STRICT
        """)
}
