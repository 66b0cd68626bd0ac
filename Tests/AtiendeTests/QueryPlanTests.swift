// No statement of a store looks through a table that grows, nor sorts what an index has in order.

import Foundation
import Testing

@testable import Atiende
@testable import SQL

/// A statement as it stands in a store's source.
struct StoredStatement: CustomTestStringConvertible, Sendable {
    let file: String
    let text: String

    var testDescription: String { "\(file): \(text.split(whereSeparator: \.isWhitespace).joined(separator: " "))" }

    /// Every literal of a `…Store.swift` that begins with a verb of SQL.
    static let all: [StoredStatement] = {
        let root = TestSite.resources + "/Sources/Atiende"
        let paths = FileManager.default.enumerator(atPath: root)?.compactMap { $0 as? String } ?? []
        return paths.filter { $0.hasSuffix("Store.swift") }.sorted().flatMap { path -> [StoredStatement] in
            let source = (try? String(contentsOfFile: root + "/" + path, encoding: .utf8)) ?? ""
            let long = source.matches(of: /"""\s*((?:SELECT|INSERT|UPDATE|DELETE|WITH)\s[^"]*?)\s*"""/).map(\.1)
            let short = source.matches(of: /"((?:SELECT|INSERT|UPDATE|DELETE|WITH) [^"\n]*)"/).map(\.1)
            return (long + short).map { StoredStatement(file: path, text: String($0)) }
        }
    }()
}

@Suite struct QueryPlanTests {
    private static let shared = Result { try TestSite() }

    /// Tables that a statement may read as a whole: those of a few rows, and the directory, which is kept in memory.
    private static let readWhole: Set<Substring> = [
        "provider", "opening", "channel", "access_policy", "tenant", "host", "CONSTANT",
        "pending_import",
        // A list of numbers that the statement is given, and what another step of the plan found.
        "wanted", "(subquery-1)",
        // The words of the full text, from one on and no further.
        "ticket_word",
    ]

    /// What is asked for once, to mend what was derived, and reads all there is.
    private static let repairs = ["INSERT INTO ticket_tally (sort, count)\n            SELECT"]

    @Test(arguments: StoredStatement.all.filter { statement in !repairs.contains { statement.text.hasPrefix($0) } })
    func `a statement finds its rows by an index`(_ statement: StoredStatement) throws {
        let site = try Self.shared.get()
        let sql = SQLText(verbatim: statement.text)
        let plan: [String]
        if let known = try? site.desk("proware").database.read({ try $0.plan(of: sql) }) {
            plan = known
        } else {
            plan = try site.installation.control.read { try $0.plan(of: sql) }
        }
        #expect(!plan.contains { $0.contains("TEMP B-TREE") }, "\(plan)")
        // A virtual table that is told what to look for (`0:=` is a row by its number) is not read as a whole.
        for step in plan.filter({ $0.hasPrefix("SCAN ") && $0.firstMatch(of: /VIRTUAL TABLE INDEX \d+:\S/) == nil }) {
            let table = step.split(separator: " ")[1]
            #expect(Self.readWhole.contains(table), "\(plan)")
        }
    }

    @Test func `the statements are found`() {
        #expect(StoredStatement.all.count >= 15)
        #expect(Set(StoredStatement.all.map(\.file)).count >= 3)
    }
}

@Suite struct TemplateTests {
    @Test func `every template binds to its page, every word is there in both languages`() throws {
        // Fails with each fault, its file and its line.
        _ = try TestSite(tenants: [])
    }
}
