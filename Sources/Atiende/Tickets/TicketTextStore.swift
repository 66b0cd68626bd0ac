// The text of tickets as searches find it: a row an event, under the event's number.

internal import SQL

extension Connection {
    /// Whatever customers may not read goes where their searches do not look.
    func indexText(shown: [String], hidden: [String], of event: Int) throws {
        guard !shown.isEmpty || !hidden.isEmpty else { return }
        let (shown, hidden) = (shown.joined(separator: "\n"), hidden.joined(separator: "\n"))
        try atCommit { connection in
            try connection.execute(
                "INSERT INTO ticket_text (rowid, shown, hidden) VALUES (?, ?, ?)", event, shown, hidden)
        }
    }
}
