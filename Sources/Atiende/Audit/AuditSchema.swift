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
}
