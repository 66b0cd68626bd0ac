// A number that rises with whatever pages name but do not keep: people, organizations, agreements, canned answers. What
// was written of them with the same number would be written the same again.

internal import SQL

extension Migration {
    static let naming = Migration(
        "naming",
        """
        CREATE TABLE naming (
            only INTEGER PRIMARY KEY CHECK (only = 1),
            edition INTEGER NOT NULL
        ) STRICT
        """,
        "INSERT INTO naming (only, edition) VALUES (1, 1)",
        """
        CREATE TRIGGER naming_of_people AFTER UPDATE OF name, email, phone, role, level, is_lead, state ON person
            BEGIN UPDATE naming SET edition = edition + 1 WHERE only = 1; END
        """,
        """
        CREATE TRIGGER naming_of_staff AFTER INSERT ON person WHEN NEW.role <> 'customer'
            BEGIN UPDATE naming SET edition = edition + 1 WHERE only = 1; END
        """,
        """
        CREATE TRIGGER naming_of_organizations AFTER UPDATE ON organization
            BEGIN UPDATE naming SET edition = edition + 1 WHERE only = 1; END
        """,
        """
        CREATE TRIGGER naming_of_agreements AFTER UPDATE ON agreement
            BEGIN UPDATE naming SET edition = edition + 1 WHERE only = 1; END
        """,
        """
        CREATE TRIGGER naming_of_terms AFTER INSERT ON agreement_term
            BEGIN UPDATE naming SET edition = edition + 1 WHERE only = 1; END
        """,
        """
        CREATE TRIGGER naming_of_changed_terms AFTER UPDATE ON agreement_term
            BEGIN UPDATE naming SET edition = edition + 1 WHERE only = 1; END
        """,
        """
        CREATE TRIGGER naming_of_answers AFTER INSERT ON canned_answer
            BEGIN UPDATE naming SET edition = edition + 1 WHERE only = 1; END
        """,
        """
        CREATE TRIGGER naming_of_changed_answers AFTER UPDATE ON canned_answer
            BEGIN UPDATE naming SET edition = edition + 1 WHERE only = 1; END
        """,
        """
        CREATE TRIGGER naming_of_gone_answers AFTER DELETE ON canned_answer
            BEGIN UPDATE naming SET edition = edition + 1 WHERE only = 1; END
        """,
        // Those who work on tickets, in the order in which every queue names them.
        """
        CREATE INDEX person_technicians ON person (folded, id, name) WHERE role = 'technician' AND state = 'active'
        """)
}
