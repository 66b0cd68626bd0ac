// The tables of who may come in: organizations, people, what ties them, log-ins, links, and the trail of what was done.

internal import SQL

extension Migration {
    static let organizations = Migration(
        "organizations",
        """
        CREATE TABLE organization (
            id INTEGER PRIMARY KEY AUTOINCREMENT,
            legal_name TEXT NOT NULL,
            folded TEXT NOT NULL,
            country TEXT NOT NULL CHECK (country IN ('MX', 'CO')),
            tax_id TEXT,
            street TEXT NOT NULL DEFAULT '',
            neighborhood TEXT NOT NULL DEFAULT '',
            city TEXT NOT NULL DEFAULT '',
            region TEXT NOT NULL DEFAULT '',
            postal_code TEXT NOT NULL DEFAULT '',
            email TEXT NOT NULL DEFAULT '',
            phone TEXT NOT NULL DEFAULT '',
            other_phone TEXT NOT NULL DEFAULT '',
            distributor INTEGER REFERENCES organization,
            state TEXT NOT NULL CHECK (state IN ('pending', 'active', 'closed', 'merged')),
            merged_into INTEGER REFERENCES organization,
            created_at INTEGER NOT NULL,
            changed_at INTEGER NOT NULL,
            CHECK ((state = 'merged') = (merged_into IS NOT NULL))
        ) STRICT
        """,
        """
        CREATE UNIQUE INDEX organization_by_tax_id ON organization (tax_id)
            WHERE tax_id IS NOT NULL AND state <> 'merged'
        """,
        """
        CREATE INDEX organization_by_name ON organization (folded, id)
        """,
        """
        CREATE INDEX organization_by_state ON organization (state, folded, id)
        """,
        """
        CREATE INDEX organization_by_distributor ON organization (distributor) WHERE distributor IS NOT NULL
        """,
        """
        CREATE TABLE agreement (
            id INTEGER PRIMARY KEY AUTOINCREMENT,
            organization INTEGER NOT NULL REFERENCES organization,
            plan TEXT NOT NULL,
            plan_version INTEGER NOT NULL,
            starts_on TEXT NOT NULL,
            months INTEGER NOT NULL CHECK (months BETWEEN 1 AND 120),
            renews INTEGER NOT NULL CHECK (renews IN (0, 1)),
            notice_on TEXT,
            notice_by TEXT,
            ends_on TEXT,
            signed_at INTEGER NOT NULL,
            accepted_by INTEGER REFERENCES person,
            accepted_at INTEGER,
            document TEXT NOT NULL,
            sha256 BLOB NOT NULL
        ) STRICT
        """,
        """
        CREATE INDEX agreement_by_organization ON agreement (organization, id)
        """,
        """
        CREATE VIRTUAL TABLE organization_search USING fts5
            (words, tokenize = "unicode61 remove_diacritics 2", prefix = '2 3')
        """,
        """
        CREATE TABLE organization_note (
            id INTEGER PRIMARY KEY AUTOINCREMENT,
            organization INTEGER NOT NULL REFERENCES organization,
            author INTEGER NOT NULL REFERENCES person,
            at INTEGER NOT NULL,
            body TEXT NOT NULL
        ) STRICT
        """,
        """
        CREATE INDEX organization_note_by_organization ON organization_note (organization, id)
        """)

    static let people = Migration(
        "people",
        """
        CREATE TABLE person (
            id INTEGER PRIMARY KEY AUTOINCREMENT,
            email TEXT NOT NULL UNIQUE,
            name TEXT NOT NULL,
            folded TEXT NOT NULL,
            role TEXT NOT NULL CHECK (role IN ('customer', 'technician', 'admin')),
            level INTEGER CHECK (level BETWEEN 1 AND 3),
            is_lead INTEGER NOT NULL DEFAULT 0 CHECK (is_lead IN (0, 1)),
            state TEXT NOT NULL CHECK (state IN ('pending', 'invited', 'active', 'deactivated')),
            phone TEXT NOT NULL DEFAULT '',
            language TEXT CHECK (language IN ('es', 'en')),
            time_zone TEXT,
            theme TEXT NOT NULL DEFAULT '' CHECK (theme IN ('', 'light', 'dark')),
            has_shortcuts INTEGER NOT NULL DEFAULT 1 CHECK (has_shortcuts IN (0, 1)),
            notices TEXT NOT NULL DEFAULT 'all' CHECK (notices IN ('all', 'own', 'none')),
            speaks TEXT NOT NULL DEFAULT '',
            password TEXT,
            password_at INTEGER,
            two_step_key BLOB,
            two_step_at INTEGER,
            two_step_last INTEGER NOT NULL DEFAULT 0,
            identity_question TEXT,
            identity_answer TEXT,
            created_at INTEGER NOT NULL,
            changed_at INTEGER NOT NULL,
            deactivated_at INTEGER,
            CHECK ((role = 'technician') = (level IS NOT NULL)),
            CHECK ((state = 'deactivated') = (deactivated_at IS NOT NULL))
        ) STRICT
        """,
        """
        CREATE INDEX person_by_name ON person (folded, id)
        """,
        """
        CREATE INDEX person_by_role ON person (role, folded, id)
        """,
        """
        CREATE INDEX person_by_state ON person (state, folded, id)
        """,
        """
        CREATE VIRTUAL TABLE person_search USING fts5
            (words, tokenize = "unicode61 remove_diacritics 2", prefix = '2 3')
        """,
        """
        CREATE TABLE membership (
            person INTEGER NOT NULL REFERENCES person,
            organization INTEGER NOT NULL REFERENCES organization,
            is_manager INTEGER NOT NULL DEFAULT 0 CHECK (is_manager IN (0, 1)),
            state TEXT NOT NULL CHECK (state IN ('pending', 'active')),
            since INTEGER NOT NULL,
            PRIMARY KEY (person, organization)
        ) STRICT, WITHOUT ROWID
        """,
        """
        CREATE INDEX membership_by_organization ON membership (organization, state, person)
        """,
        """
        CREATE TABLE person_skill (
            person INTEGER NOT NULL REFERENCES person,
            category TEXT NOT NULL,
            PRIMARY KEY (person, category)
        ) STRICT, WITHOUT ROWID
        """,
        """
        CREATE TABLE presence (
            person INTEGER NOT NULL REFERENCES person,
            weekday INTEGER NOT NULL CHECK (weekday BETWEEN 1 AND 7),
            opens INTEGER NOT NULL CHECK (opens BETWEEN 0 AND 1440),
            closes INTEGER NOT NULL CHECK (closes > opens AND closes <= 1440),
            PRIMARY KEY (person, weekday, opens)
        ) STRICT, WITHOUT ROWID
        """,
        """
        CREATE TABLE recovery_code (
            person INTEGER NOT NULL REFERENCES person,
            hash BLOB NOT NULL,
            used_at INTEGER,
            PRIMARY KEY (person, hash)
        ) STRICT, WITHOUT ROWID
        """,
        """
        CREATE TABLE access_policy (
            only INTEGER PRIMARY KEY CHECK (only = 1),
            idle_minutes INTEGER NOT NULL CHECK (idle_minutes BETWEEN 5 AND 10080),
            longest_hours INTEGER NOT NULL CHECK (longest_hours BETWEEN 1 AND 720),
            password_days INTEGER CHECK (password_days BETWEEN 1 AND 3650),
            two_step_roles TEXT NOT NULL DEFAULT ''
        ) STRICT
        """,
        """
        INSERT INTO access_policy (only, idle_minutes, longest_hours, password_days)
            SELECT 1, iif(contract = 'seres', 10, 480), 168, iif(contract = 'seres', 30, NULL) FROM provider
        """)

    static let sessions = Migration(
        "sessions",
        """
        CREATE TABLE session (
            hash BLOB PRIMARY KEY,
            person INTEGER NOT NULL REFERENCES person,
            needs_code INTEGER NOT NULL CHECK (needs_code IN (0, 1)),
            started_at INTEGER NOT NULL,
            used_at INTEGER NOT NULL,
            organization INTEGER REFERENCES organization,
            address TEXT NOT NULL,
            agent TEXT NOT NULL
        ) STRICT, WITHOUT ROWID
        """,
        """
        CREATE INDEX session_by_person ON session (person, used_at)
        """,
        """
        CREATE INDEX session_by_use ON session (used_at)
        """,
        """
        CREATE TABLE one_time_link (
            hash BLOB PRIMARY KEY,
            person INTEGER NOT NULL REFERENCES person,
            purpose TEXT NOT NULL CHECK (purpose IN ('set', 'recover', 'address')),
            address TEXT,
            created_at INTEGER NOT NULL,
            expires_at INTEGER NOT NULL
        ) STRICT, WITHOUT ROWID
        """,
        """
        CREATE INDEX one_time_link_by_person ON one_time_link (person, purpose)
        """,
        """
        CREATE INDEX one_time_link_by_end ON one_time_link (expires_at)
        """,
        """
        CREATE TABLE attempt (
            key TEXT PRIMARY KEY,
            failures INTEGER NOT NULL,
            last_at INTEGER NOT NULL
        ) STRICT, WITHOUT ROWID
        """,
        """
        CREATE INDEX attempt_by_time ON attempt (last_at)
        """)
}
