// Indexes for what queues ask by the clock, and for lists of what is done.

internal import SQL

extension Migration {
    static let queues = Migration(
        "queues",
        // With the instant of the breach, so that counting what is about to be breached reads nothing but the index.
        "DROP INDEX ticket_by_soon",
        """
        CREATE INDEX ticket_by_soon ON ticket (soon_at, breaks_at) WHERE done_at IS NULL AND soon_at IS NOT NULL
        """,
        // What waits for the customer's word on its solution, apart from what nobody expects anything of.
        """
        CREATE INDEX ticket_by_end ON ticket ((status = 'resolved' AND is_merged = 0), done_at, id)
            WHERE done_at IS NOT NULL
        """)
}
