// The tables, as migrations in order. One that was released never changes: what comes later is a new one.

internal import SQL

enum Schema {
    /// `control.sqlite`: the installation.
    static let control = [
        Migration(
            "tenants and hosts",
            """
            CREATE TABLE tenant (
                slug TEXT PRIMARY KEY,
                id TEXT NOT NULL UNIQUE,
                name TEXT NOT NULL,
                contract TEXT NOT NULL,
                time_zone TEXT NOT NULL,
                place TEXT NOT NULL
            ) STRICT, WITHOUT ROWID
            """,
            """
            CREATE INDEX tenant_by_name ON tenant (name, slug)
            """,
            """
            CREATE TABLE host (
                name TEXT PRIMARY KEY,
                tenant TEXT NOT NULL REFERENCES tenant ON DELETE CASCADE
            ) STRICT, WITHOUT ROWID
            """,
            """
            CREATE INDEX host_by_tenant ON host (tenant)
            """)
    ]

    /// `desk.sqlite`: one tenant.
    static let desk: [Migration] = [
        Migration(
            "provider and submissions",
            """
            CREATE TABLE provider (
                only INTEGER PRIMARY KEY CHECK (only = 1),
                name TEXT NOT NULL,
                contract TEXT NOT NULL,
                time_zone TEXT NOT NULL,
                locale TEXT NOT NULL,
                icon TEXT NOT NULL
            ) STRICT
            """,
            """
            CREATE TABLE opening (
                weekday INTEGER NOT NULL CHECK (weekday BETWEEN 1 AND 7),
                opens INTEGER NOT NULL CHECK (opens BETWEEN 0 AND 1440),
                closes INTEGER NOT NULL CHECK (closes > opens AND closes <= 1440),
                PRIMARY KEY (weekday, opens)
            ) STRICT, WITHOUT ROWID
            """,
            """
            CREATE TABLE channel (
                position INTEGER PRIMARY KEY,
                kind TEXT NOT NULL,
                address TEXT NOT NULL
            ) STRICT
            """,
            """
            CREATE TABLE submission (
                key BLOB PRIMARY KEY,
                at INTEGER NOT NULL,
                location TEXT NOT NULL
            ) STRICT, WITHOUT ROWID
            """,
            """
            CREATE INDEX submission_by_time ON submission (at)
            """),
        .organizations,
        .people,
        .sessions,
        .audit,
        .outbox,
        .twoStep,
        .drafts,
        .agreementTerms,
        .tickets,
        .organizationImports,
        .auditByTime,
        .settings,
        .peopleImports,
        .signUps,
        .linkLetters,
        .ticketWork,
        .escalations,
        .cannedAnswers,
        .membershipOffers,
        .imports,
        .attachmentRoom,
        .queues,
        .strangerReports,
        .ticketWords,
        .ticketLetters,
        .attachmentWaiting,
        .naming,
    ]
}
