// Which desks are open: few at a time, each once, whatever comes together.

import Dispatch
import Synchronization
import Testing

@testable import Atiende

/// Counts what many threads saw.
final class Counted: Sendable {
    private let table = Mutex<[String: Int]>([:])

    func count(_ what: String) { table.withLock { $0[what, default: 0] += 1 } }
    var counts: [String: Int] { table.withLock { $0 } }
}

@Suite struct OpenDesksTests {
    @Test func `with room for one two tenants are served in turn`() throws {
        let site = try TestSite(openDesks: 1)
        for _ in 0..<6 {
            for (slug, name) in [("proware", "Proware"), ("seres", "SERES")] {
                let answer = try site.get("/t/\(slug)/")
                #expect(answer.status == 200 && answer.text.contains(name))
                #expect(site.installation.desks.all.map(\.tenant.slug.rawValue) == [slug])
            }
        }
    }

    @Test func `many who ask for a closed desk at once open it once`() throws {
        let site = try TestSite()
        let desks = Counted()
        let tenant = try site.tenant("proware")
        DispatchQueue.concurrentPerform(iterations: 16) { _ in
            let desk = try? site.installation.desk(of: tenant)
            desks.count(desk.map { "\(ObjectIdentifier($0))" } ?? "refused")
        }
        #expect(desks.counts.count == 1 && desks.counts["refused"] == nil)
    }

    @Test func `a desk in use while another takes its place is used again, not opened twice`() throws {
        let site = try TestSite(openDesks: 1)
        let held = try site.desk("proware")
        _ = try site.desk("seres")
        #expect(site.installation.desks.ready(held.tenant.slug) == nil)
        #expect(try held.read { try $0.provider().name } == "Proware")
        #expect(try site.desk("proware") === held)
    }

    @Test func `a desk that is let go closes its file and frees its folder`() throws {
        let site = try TestSite()
        let closed = try site.desk("proware").closed
        site.installation.desks.release(Slug(rawValue: "proware")!)
        #expect(closed.wait(timeout: .now() + 60) == .success)
        #expect(try FolderLock(path: site.tenantFolder("proware") + "/lock") != nil)
    }

    @Test func `letting go and opening again at once never fails`() throws {
        let site = try TestSite(openDesks: 1)
        let outcomes = Counted()
        DispatchQueue.concurrentPerform(iterations: 4) { worker in
            for round in 0..<40 {
                let slug = (worker + round) % 2 == 0 ? "proware" : "seres"
                do {
                    let name = try site.desk(slug).read { try $0.provider().name }
                    outcomes.count(name)
                } catch {
                    outcomes.count("\(error)")
                }
                if round % 3 == worker % 3 { site.installation.desks.release(Slug(rawValue: slug)!) }
            }
        }
        #expect(outcomes.counts == ["Proware": 80, "SERES": 80])
    }

    @Test func `a discarded desk is not handed out again, and its tenant opens anew once it is closed`() throws {
        let site = try TestSite()
        var held: Desk? = try site.desk("proware")
        let old = ObjectIdentifier(held!)
        site.installation.desks.discard(held!)
        #expect(throws: Refusal.self) { try site.desk("proware") }
        held = nil
        #expect(eventually { (try? site.desk("proware")) != nil })
        let fresh = try site.desk("proware")
        #expect(ObjectIdentifier(fresh) != old || site.installation.desks.all.count == 1)
        // Discarding what was already replaced does not touch its successor.
        #expect(site.installation.desks.ready(fresh.tenant.slug) === fresh)
    }

    @Test func `a tenant that cannot be opened does not hold up those who ask for it`() throws {
        let site = try TestSite()
        let lock = try #require(try FolderLock(path: site.tenantFolder("proware") + "/lock"))
        let tenant = try site.tenant("proware")
        let outcomes = Counted()
        let clock = ContinuousClock()
        let time = clock.measure {
            DispatchQueue.concurrentPerform(iterations: 64) { _ in
                outcomes.count((try? site.installation.desk(of: tenant)) == nil ? "refused" : "opened")
            }
        }
        #expect(outcomes.counts == ["refused": 64])
        // One after the other they would take half a minute.
        #expect(time < .seconds(15))
        lock.release()
        #expect(eventually { (try? site.installation.desk(of: tenant)) != nil })
    }

    @Test func `closing all brings in every log and leaves single files`() throws {
        let site = try TestSite()
        for slug in ["proware", "seres"] {
            try site.desk(slug).write { try $0.execute("UPDATE provider SET name = name || '!'") }
        }
        site.close()
        for slug in ["proware", "seres"] {
            #expect(!Folder.exists(site.tenantFolder(slug) + "/desk.sqlite-wal"))
        }
        #expect(!Folder.exists(site.folder / "data/control.sqlite-wal"))
        let reopened = try TestSite(tenants: [], in: copy(of: site.folder))
        #expect(try reopened.get("/t/proware/").text.contains("Proware!"))
    }

    private func copy(of folder: TemporaryFolder) throws -> TemporaryFolder {
        let copy = TemporaryFolder()
        try Folder.copyAll(folder / "data", to: copy / "data")
        return copy
    }
}
