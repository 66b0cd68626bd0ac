// The table of who was asked to belong to an organization.

internal import SQL

extension Migration {
    /// One row for an organization and an address, as typed. It goes when the person becomes a member; one that was
    /// declined or withdrawn stays until its time is over, so that nobody asks more often by withdrawing.
    static let membershipOffers = Migration(
        "membership offers",
        """
        CREATE TABLE membership_offer (
            id INTEGER PRIMARY KEY AUTOINCREMENT,
            organization INTEGER NOT NULL REFERENCES organization,
            email TEXT NOT NULL,
            name TEXT NOT NULL,
            person INTEGER NOT NULL REFERENCES person,
            state TEXT NOT NULL DEFAULT 'open' CHECK (state IN ('open', 'declined', 'withdrawn')),
            offered_by INTEGER NOT NULL REFERENCES person,
            offered_at INTEGER NOT NULL,
            -- Of the link for a first password that its letter brought: whoever follows it accepts.
            link BLOB,
            UNIQUE (organization, email)
        ) STRICT
        """,
        """
        CREATE INDEX membership_offer_by_organization ON membership_offer (organization, id)
        """,
        """
        CREATE INDEX membership_offer_by_person ON membership_offer (person, id)
        """,
        """
        CREATE INDEX membership_offer_by_manager ON membership_offer (offered_by)
        """)
}
