// What is changed of an account: a form that was shown before is known to be older, whatever the clock says.

import SQL
import Testing

@testable import Atiende

@Suite struct AccountStoreTests {
    private static let changes: [@Sendable (SQL.Connection, Person.ID, Int) throws -> Void] = [
        { try $0.setPassword(PasswordHash(text: "x"), of: $1, at: $2) },
        { try $0.setIdentity(KeptIdentity(question: "?", answer: PasswordHash(text: "x")), of: $1, at: $2) },
        { try $0.setAddress(#require(EmailAddress("nueva@ceiba.example")), of: $1, at: $2) },
        { try $0.deactivate($1, at: $2) },
    ]

    @Test(arguments: changes.indices, [-60, 0, 60])
    func `the instant of a change only grows`(_ change: Int, _ moved: Int) throws {
        let site = try TestSite()
        let ana = try site.add("ana@ceiba.example")
        let before = site.clock.now
        let after = try site.desk("proware").write { connection in
            try Self.changes[change](connection, ana, before + moved)
            return try connection.first("SELECT changed_at FROM person WHERE id = ?", ana) { $0.int(0) }
        }
        #expect(after == max(before + 1, before + moved))
    }
}
