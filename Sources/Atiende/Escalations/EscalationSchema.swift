// What was done because a clock ran out, or nearly: each once.

internal import SQL

extension Migration {
    static let escalations = Migration(
        "escalations",
        """
        CREATE TABLE firing (
            ticket INTEGER NOT NULL REFERENCES ticket,
            run INTEGER NOT NULL,
            -- `step PLAN VERSION POSITION`, or `breach NUMBER`: what is done once for each run of a clock.
            cause TEXT NOT NULL,
            due_at INTEGER NOT NULL,
            at INTEGER NOT NULL,
            PRIMARY KEY (ticket, run, cause)
        ) STRICT, WITHOUT ROWID
        """,
        """
        CREATE INDEX person_on_duty ON person (role, level, id) WHERE state = 'active' AND role <> 'customer'
        """)
}
