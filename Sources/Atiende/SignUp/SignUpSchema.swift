// The table of accounts that people made for themselves.

internal import SQL

extension Migration {
    /// A row stands while its account may be forgotten again: invited people, whom somebody else added, never are.
    static let signUps = Migration(
        "sign-ups",
        """
        CREATE TABLE sign_up (
            person INTEGER PRIMARY KEY REFERENCES person ON DELETE CASCADE,
            at INTEGER NOT NULL
        ) STRICT
        """,
        """
        CREATE INDEX sign_up_by_time ON sign_up (at)
        """,
        // Before a person or an organization goes, the database looks for whatever refers to it.
        """
        CREATE INDEX organization_note_by_author ON organization_note (author)
        """,
        """
        CREATE INDEX agreement_by_acceptor ON agreement (accepted_by) WHERE accepted_by IS NOT NULL
        """,
        """
        CREATE INDEX ticket_by_requester ON ticket (requester) WHERE requester IS NOT NULL
        """,
        """
        CREATE INDEX ticket_event_by_actor ON ticket_event (actor) WHERE actor IS NOT NULL
        """,
        """
        CREATE INDEX session_by_organization ON session (organization) WHERE organization IS NOT NULL
        """,
        """
        CREATE INDEX organization_by_merger ON organization (merged_into) WHERE merged_into IS NOT NULL
        """)
}
