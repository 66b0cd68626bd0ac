// Organizations in the tenant's database.

internal import SLA
internal import SQL

/// An organization as it is kept.
struct OrganizationRecord: Sendable, Equatable {
    let id: Organization.ID
    let details: OrganizationDetails
    let state: Organization.State
    let distributor: Organization.ID?
    let mergedInto: Organization.ID?
    let createdAt: Int
    /// Grows with every change, also with two in one second.
    let changedAt: Int
}

extension Connection {
    /// Adds an organization. Throws a unique constraint where its tax number belongs to another one.
    func insert(
        _ details: OrganizationDetails, state: Organization.State, at now: Int
    ) throws(SQLError) -> Organization.ID {
        try execute(
            """
            INSERT INTO organization (legal_name, folded, country, tax_id, street, neighborhood, city, region,
                postal_code, email, phone, other_phone, state, created_at, changed_at)
            VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13, ?14, ?14)
            """, details.legalName, details.legalName.folded, details.country.rawValue, details.taxID?.normal,
            details.street, details.neighborhood, details.city, details.region, details.postalCode, details.email,
            details.phone, details.otherPhone, state, now)
        let id = Organization.ID(rawValue: Int(lastInsertRowID))
        try indexOrganization(id)
        return id
    }

    /// Throws a unique constraint where its new tax number belongs to another one.
    func update(_ id: Organization.ID, _ details: OrganizationDetails, at now: Int) throws(SQLError) {
        try execute(
            """
            UPDATE organization SET legal_name = ?1, folded = ?2, country = ?3, tax_id = ?4, street = ?5,
                neighborhood = ?6, city = ?7, region = ?8, postal_code = ?9, email = ?10, phone = ?11,
                other_phone = ?12, changed_at = max(?13, changed_at + 1) WHERE id = ?14
            """, details.legalName, details.legalName.folded, details.country.rawValue, details.taxID?.normal,
            details.street, details.neighborhood, details.city, details.region, details.postalCode, details.email,
            details.phone, details.otherPhone, now, id)
        try indexOrganization(id)
    }

    func organization(_ id: Organization.ID) throws(SQLError) -> OrganizationRecord? {
        try first(
            """
            SELECT id, legal_name, country, tax_id, street, neighborhood, city, region, postal_code, email, phone,
                other_phone, state, distributor, merged_into, created_at, changed_at
            FROM organization WHERE id = ?
            """, id
        ) { row in Self.organization(row) } ?? nil
    }

    /// The one that has a tax number; those that were merged into others have none.
    func organization(taxID: TaxID) throws(SQLError) -> OrganizationRecord? {
        try first(
            """
            SELECT id, legal_name, country, tax_id, street, neighborhood, city, region, postal_code, email, phone,
                other_phone, state, distributor, merged_into, created_at, changed_at
            FROM organization WHERE tax_id = ? AND state <> 'merged'
            """, taxID.normal
        ) { row in Self.organization(row) } ?? nil
    }

    func organizationName(_ id: Organization.ID) throws(SQLError) -> String? {
        try first("SELECT legal_name FROM organization WHERE id = ?", id) { $0.text(0) }
    }

    private static func organization(_ row: borrowing Row) -> OrganizationRecord? {
        guard let country = Country(rawValue: row.text(2)), let state = Organization.State(rawValue: row.text(12))
        else { return nil }
        let taxID = row.optionalText(3).flatMap { try? TaxID($0, country: country) }
        return OrganizationRecord(
            id: Organization.ID(rawValue: row.int(0)),
            details: OrganizationDetails(
                legalName: row.text(1), country: country, taxID: taxID, street: row.text(4), neighborhood: row.text(5),
                city: row.text(6), region: row.text(7), postalCode: row.text(8), email: row.text(9),
                phone: row.text(10), otherPhone: row.text(11)),
            state: state, distributor: row.optionalInt(13).map { Organization.ID(rawValue: $0) },
            mergedInto: row.optionalInt(14).map { Organization.ID(rawValue: $0) }, createdAt: row.int(15),
            changedAt: row.int(16))
    }

    func setState(_ state: Organization.State, of id: Organization.ID, at now: Int) throws(SQLError) {
        try execute(
            "UPDATE organization SET state = ?, changed_at = max(?, changed_at + 1) WHERE id = ?", state, now, id)
    }

    /// What searches find an organization by: also its tax number without the hyphen. Called whenever one of these
    /// changed.
    func indexOrganization(_ id: Organization.ID) throws(SQLError) {
        try execute("DELETE FROM organization_search WHERE rowid = ?", id)
        try execute(
            """
            INSERT INTO organization_search (rowid, words)
            SELECT id, legal_name || ' ' || coalesce(tax_id || ' ' || replace(tax_id, '-', ''), '') || ' ' || city
                || ' ' || email FROM organization WHERE id = ?
            """, id)
    }
}
