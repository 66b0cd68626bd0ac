// The words that stand in tickets, one after the other as a search needs them to go on with a beginning.

internal import SQL

extension Migration {
    /// Holds nothing: it reads the index of the full text.
    static let ticketWords = Migration(
        "words of tickets",
        """
        CREATE VIRTUAL TABLE ticket_word USING fts5vocab (ticket_text, instance)
        """)
}
