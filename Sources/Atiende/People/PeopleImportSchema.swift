// Tables of people that were sent and not yet taken in; and the words by which people are found, made anew.

internal import SQL

extension Migration {
    static let peopleImports = Migration(
        "people by file, and found by role and state",
        """
        CREATE TABLE people_import (
            id INTEGER PRIMARY KEY AUTOINCREMENT,
            owner INTEGER NOT NULL REFERENCES person,
            name TEXT NOT NULL,
            content BLOB NOT NULL,
            sha256 BLOB NOT NULL,
            expires_at INTEGER NOT NULL
        ) STRICT
        """,
        """
        CREATE INDEX people_import_by_end ON people_import (expires_at)
        """,
        """
        DELETE FROM person_search
        """,
        """
        INSERT INTO person_search (rowid, words)
            SELECT id, replace(name, char(57344), ' ') || ' ' || email || ' ' || phone || ' ' || char(57344) || role
                || coalesce(' ' || char(57344) || level, '') || ' ' || char(57344) || state
            FROM person
        """)
}
