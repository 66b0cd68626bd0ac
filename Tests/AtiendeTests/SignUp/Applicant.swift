// Somebody who signs up, as a browser sends what he typed.

import SQL
import Testing

@testable import Atiende
@testable import HTTP

enum Applicant {
    static let email = "ana@nandu.example"
    static let nit = "900123456-8"

    static let person = ["name": "Ana Ñáñez", "email": email, "phone": "300 123 4567", "language": "es"]

    /// Both steps, with the second one's button.
    static func form(_ changes: [String: String] = [:]) -> [(String, String)] {
        let all = person.merging(["step": "person"]) { $1 }.merging(changes) { $1 }
        return Company.form(changes.filter { Company.form().map(\.0).contains($0.key) })
            + all.filter { field in !Company.form().contains { $0.0 == field.key } }.sorted { $0.key < $1.key }
            .map { ($0.key, $0.value) }
    }

    static func firstStep(_ changes: [String: String] = [:]) -> [(String, String)] {
        form(changes.merging(["step": "company"]) { $1 })
    }
}

extension TestSite {
    @discardableResult
    func signUp(
        _ changes: [String: String] = [:], at tenant: String = "proware", from address: String? = nil
    ) throws -> Answer {
        let browser = Browser(self, tenant)
        guard let address else { return try browser.post("/signup", Applicant.form(changes)) }
        return try browser.post("/signup", Applicant.form(changes), ["X-Forwarded-For": address])
    }

    /// One line for each row, in the order of their numbers.
    func lines(_ sql: SQLText, _ tenant: String = "proware") throws -> [String] {
        try desk(tenant).read { connection in
            try connection.query(sql) { row in
                (0..<row.columnCount).map { row.optionalText($0) ?? "NULL" }.joined(separator: "|")
            }
        }
    }

    func people(_ tenant: String = "proware") throws -> [String] {
        try lines("SELECT email, name, role, state FROM person ORDER BY id", tenant)
    }

    func organizations(_ tenant: String = "proware") throws -> [String] {
        try lines("SELECT tax_id, legal_name, state FROM organization ORDER BY id", tenant)
    }

    func memberships(_ tenant: String = "proware") throws -> [String] {
        try lines(
            """
            SELECT p.email, o.tax_id, m.is_manager, m.state FROM membership AS m JOIN person AS p ON p.id = m.person
            JOIN organization AS o ON o.id = m.organization ORDER BY p.id
            """, tenant)
    }

    func letterLines(_ tenant: String = "proware") throws -> [String] {
        try letters(tenant).map { "\($0.kind) \($0.recipient)" }
    }

    /// A company with its tax number, and whoever manages it.
    @discardableResult
    func addCompany(
        managedBy manager: String? = nil, state: Organization.State = .active, to tenant: String = "proware"
    ) throws -> Organization.ID {
        let now = clock.now
        let id = try desk(tenant).write {
            var details = try Company.details(123_456, "Ferretería de Antes S. A.")
            details.taxID = try TaxID(Applicant.nit, country: .colombia)
            return try $0.insert(details, state: state, at: now)
        }
        if let manager { try add(manager, to: tenant, of: id, isManager: true) }
        return id
    }

    /// As whoever has the letter does it.
    func followLastLink(_ tenant: String = "proware") throws {
        let token = try #require(try letters(tenant).compactMap(\.token).last)
        let browser = Browser(self, tenant)
        #expect(try browser.get("/password/set?token=\(token)").status == 200)
        let answer = try browser.post(
            "/password/set",
            [
                "token": token, "password": Browser.password, "again": Browser.password, "question": "own",
                "ownQuestion": "¿Cómo se llama el río?", "answer": "Magdalena",
            ])
        #expect(answer.status == 303 && answer.field("Location") == "/t/\(tenant)/login")
    }
}
