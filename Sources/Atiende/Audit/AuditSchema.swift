// The trail of what people did: rows are added, never changed and never removed (SE-9, FP-12).

internal import SQL

extension Migration {
    static let audit = Migration(
        "audit trail",
        """
        CREATE TABLE audit (
            id INTEGER PRIMARY KEY AUTOINCREMENT,
            at INTEGER NOT NULL,
            actor INTEGER REFERENCES person,
            act TEXT NOT NULL,
            subject TEXT NOT NULL,
            organization INTEGER REFERENCES organization,
            outcome TEXT NOT NULL CHECK (outcome IN ('done', 'refused')),
            address TEXT NOT NULL,
            before TEXT NOT NULL DEFAULT '',
            after TEXT NOT NULL DEFAULT ''
        ) STRICT
        """,
        """
        CREATE INDEX audit_by_actor ON audit (actor, id)
        """,
        """
        CREATE INDEX audit_by_act ON audit (act, id)
        """,
        """
        CREATE INDEX audit_by_subject ON audit (subject, id)
        """,
        """
        CREATE INDEX audit_by_organization ON audit (organization, id) WHERE organization IS NOT NULL
        """,
        """
        CREATE INDEX audit_by_time ON audit (at, id)
        """,
        """
        CREATE TRIGGER audit_never_changes BEFORE UPDATE ON audit
            BEGIN SELECT raise(ABORT, 'the audit trail is never changed'); END
        """,
        """
        CREATE TRIGGER audit_never_shrinks BEFORE DELETE ON audit
            BEGIN SELECT raise(ABORT, 'the audit trail is never shortened'); END
        """)

    /// A reader of the trail asks for days, and a clock may have been set back between two rows: order is by time, then
    /// by number. SQLite ends every index with the number.
    static let auditByTime = Migration(
        "audit trail by time",
        """
        CREATE INDEX audit_by_actor_time ON audit (actor, at)
        """,
        """
        CREATE INDEX audit_by_act_time ON audit (act, at)
        """,
        """
        CREATE INDEX audit_by_organization_time ON audit (organization, at) WHERE organization IS NOT NULL
        """,
        """
        CREATE INDEX audit_by_refusal ON audit (at) WHERE outcome = 'refused'
        """,
        // What REPLACE takes away fires no trigger of removal (SQLite, "REPLACE" of its conflict clauses).
        """
        CREATE TRIGGER audit_never_overwrites BEFORE INSERT ON audit
            WHEN EXISTS (SELECT 1 FROM audit WHERE id = NEW.id)
            BEGIN SELECT raise(ABORT, 'the audit trail is never changed'); END
        """)
}
