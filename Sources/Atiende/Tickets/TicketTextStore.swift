// The text of tickets as searches find it: a row an event, under the event's number.

internal import SQL

extension Connection {
    /// Whatever customers may not read goes where their searches do not look.
    func indexText(_ words: [String], of event: Int, isInternal: Bool) throws(SQLError) {
        let text = words.joined(separator: "\n")
        try execute(
            "INSERT INTO ticket_text (rowid, shown, hidden) VALUES (?, ?, ?)", event, isInternal ? "" : text,
            isInternal ? text : "")
    }
}
