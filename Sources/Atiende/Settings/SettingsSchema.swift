// The tables of what an admin decides about the desk beside what the provider's row says.

internal import SQL

extension Migration {
    /// A channel without a row in `channel_detail` is as the contract says.
    static let settings = Migration(
        "brand, languages, channels in detail",
        """
        CREATE TABLE brand (
            only INTEGER PRIMARY KEY CHECK (only = 1),
            hue INTEGER CHECK (hue BETWEEN 0 AND 359),
            logo_kind TEXT CHECK (logo_kind IN ('png', 'jpeg', 'webp', 'gif')),
            logo_digest TEXT,
            logo BLOB,
            CHECK ((logo IS NULL) = (logo_kind IS NULL) AND (logo IS NULL) = (logo_digest IS NULL))
        ) STRICT
        """,
        """
        INSERT INTO brand (only) VALUES (1)
        """,
        """
        CREATE TABLE preference (
            only INTEGER PRIMARY KEY CHECK (only = 1),
            first_language TEXT NOT NULL CHECK (first_language IN ('es', 'en')),
            has_both_languages INTEGER NOT NULL CHECK (has_both_languages IN (0, 1))
        ) STRICT
        """,
        """
        INSERT INTO preference (only, first_language, has_both_languages) VALUES (1, 'es', 1)
        """,
        """
        CREATE TABLE channel_detail (
            position INTEGER PRIMARY KEY REFERENCES channel ON DELETE CASCADE,
            hours TEXT NOT NULL,
            is_official INTEGER NOT NULL CHECK (is_official IN (0, 1))
        ) STRICT
        """,
        """
        CREATE INDEX outbox_failed ON outbox (attempts) WHERE sent_at IS NULL AND next_at IS NULL
        """)
}
