// The table of canned answers.

internal import SQL

extension Migration {
    static let cannedAnswers = Migration(
        "canned answers",
        """
        CREATE TABLE canned_answer (
            id INTEGER PRIMARY KEY AUTOINCREMENT,
            name TEXT NOT NULL,
            -- For order and for telling two apart: without accents and capitals.
            folded TEXT NOT NULL UNIQUE,
            body TEXT NOT NULL,
            changed_at INTEGER NOT NULL
        ) STRICT
        """)
}
