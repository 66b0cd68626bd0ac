// The demo: everybody who is printed can come in, and is whom the line says.

import Testing

@testable import Atiende

@Suite struct DemoTests {
    private let folder = TemporaryFolder()

    private func make() throws -> (lines: [[String]], again: String, first: String, site: TestSite) {
        let site = try TestSite(tenants: [], in: folder)
        let first = try Demo.make(in: site.installation, at: TestSite.monday)
        let lines = first.split(separator: "\n").map { $0.split(separator: "\t").map(String.init) }
        return (lines, try Demo.make(in: site.installation, at: TestSite.monday), first, site)
    }

    @Test func `five providers each have three companies, two people in each, and a whole team`() throws {
        let (lines, again, first, site) = try make()
        #expect(again == first, "the next start tells the same")
        #expect(lines.allSatisfy { $0.count == 4 } && Set(lines.map { $0[3] }).count == 1)
        for contract in Contract.all {
            let people = lines.filter { $0[0] == contract.key }
            #expect(people.filter { $0[1] == "customer" }.count == 6)
            #expect(people.filter { $0[1] == "technician" }.count == 4)
            #expect(people.filter { $0[1] == "admin" }.count == 1)
            #expect(Set(people.map { $0[2] }).count == 11)
            #expect(people.allSatisfy { EmailAddress($0[2]) != nil && $0[2].hasSuffix(".example") })
            let (organizations, taxed) = try site.desk(contract.key).read {
                try $0.first("SELECT count(*), count(tax_id) FROM organization") { ($0.int(0), $0.int(1)) } ?? (0, 0)
            }
            let plans = try site.desk(contract.key).read {
                try $0.query("SELECT DISTINCT plan FROM agreement") { $0.text(0) }
            }
            #expect(plans.count == min(3, contract.plans.count))
            #expect(organizations == 3 && taxed == 3, "\(contract.key)")
        }
    }

    @Test func `one of each role comes in with the printed password`() throws {
        let (lines, _, _, site) = try make()
        for role in ["customer", "technician", "admin"] {
            let line = try #require(lines.first { $0[0] == "proware" && $0[1] == role })
            let browser = try Browser(site, "proware", as: line[2], password: line[3])
            #expect(try browser.get("/").status == 200)
        }
    }
}
