// The directory in `control.sqlite`. One process writes it, so what it wrote last is known without asking again: every
// request looks its tenant up, and that costs a dictionary.

internal import HTTP
public import SQL
internal import Synchronization

final class ControlDirectory: Directory {
    private struct Snapshot {
        var ordered: [Tenant] = []
        var bySlug: [Slug: Tenant] = [:]
        var byHost: [String: Slug] = [:]
    }

    /// For backups, checks and figures, which are about the file.
    let file: Database
    private let snapshot = Mutex(Snapshot())
    /// Held by a change until its snapshot is in place, so that snapshots follow each other as the changes did.
    private let changing = Mutex(())

    init(path: String, onFatal: @escaping @Sendable (SQLError) -> Void) throws(Refusal) {
        var settings = Database.Settings()
        settings.readers = 1
        settings.checksAtOpening = true
        settings.onFatal = onFatal
        let database = try Refusal.catching {
            try Database(path: path, migrations: Schema.control, settings: settings)
        }
        let first = try Refusal.catching { try database.read { try Self.read($0) } }
        file = database
        snapshot.withLock { $0 = first }
    }

    /// The tenants in a file that need not be open.
    static func tenants(in path: String) throws -> [Tenant] {
        try read(Connection(path: path, role: .reader)).ordered
    }

    func tenants() -> [Tenant] { snapshot.withLock(\.ordered) }

    func tenant(_ slug: Slug) -> Tenant? { snapshot.withLock { $0.bySlug[slug] } }

    func tenant(host: String) -> Tenant? {
        snapshot.withLock { snapshot in
            snapshot.byHost.isEmpty ? nil : snapshot.byHost[host].flatMap { snapshot.bySlug[$0] }
        }
    }

    func add(_ tenant: Tenant) throws(Refusal) {
        do throws(Refusal) {
            try change { connection in
                try connection.execute(
                    "INSERT INTO tenant (slug, id, name, contract, time_zone, place) VALUES (?, ?, ?, ?, ?, ?)",
                    tenant.slug, tenant.id, tenant.name, tenant.contract, tenant.timeZone, tenant.place.text)
            }
        } catch {
            if case .storage(let error) = error, .constraint ~= error { throw .conflict }
            throw error
        }
    }

    func place(_ tenant: Slug, at place: Tenant.Place) throws(Refusal) {
        try change { connection in
            try connection.execute("UPDATE tenant SET place = ? WHERE slug = ?", place.text, tenant)
            guard connection.changes > 0 else { throw Refusal.notFound }
        }
    }

    func map(host: String, to tenant: Slug) throws(Refusal) {
        let name = host.hostName
        do throws(Refusal) {
            try change { connection in
                try connection.execute(
                    """
                    INSERT INTO host (name, tenant) VALUES (?, ?)
                        ON CONFLICT (name) DO UPDATE SET tenant = excluded.tenant
                    """, name, tenant)
            }
        } catch {
            if case .storage(let error) = error, .constraintForeignKey ~= error { throw .notFound }
            throw error
        }
    }

    func remove(_ tenant: Slug) throws(Refusal) {
        try change { connection in
            try connection.execute("DELETE FROM tenant WHERE slug = ?", tenant)
            guard connection.changes > 0 else { throw Refusal.notFound }
        }
    }

    func rename(_ tenant: Slug, to slug: Slug, name: String) throws(Refusal) {
        do throws(Refusal) {
            try change { connection in
                try connection.rename(tenant, to: slug)
                try connection.execute(
                    "UPDATE tenant SET name = ?, place = ? WHERE slug = ?", name, Tenant.Place.here.text, slug)
                guard connection.changes > 0 else { throw Refusal.notFound }
            }
        } catch {
            if case .storage(let error) = error, .constraint ~= error { throw .conflict }
            throw error
        }
    }

    func describe(_ tenant: Slug, name: String, timeZone: String) throws(Refusal) {
        try change { connection in
            try connection.execute(
                "UPDATE tenant SET name = ?, time_zone = ? WHERE slug = ?", name, timeZone, tenant)
            guard connection.changes > 0 else { throw Refusal.notFound }
        }
    }

    func hosts() -> [(name: String, tenant: Slug)] {
        snapshot.withLock(\.byHost).map { ($0.key, $0.value) }.sorted { $0.name < $1.name }
    }

    func unmap(host: String) throws(Refusal) {
        let name = host.hostName
        try change { connection in
            try connection.execute("DELETE FROM host WHERE name = ?", name)
            guard connection.changes > 0 else { throw Refusal.notFound }
        }
    }

    func proveCommit() throws(Refusal) { try Refusal.catching { try file.proveCommit() } }

    /// The snapshot is read within the transaction: what was committed is known, whatever fails afterwards.
    private func change(_ body: @escaping @Sendable (Connection) throws -> Void) throws(Refusal) {
        try changing.withLock { _ throws(Refusal) in
            let fresh = try Refusal.catching {
                try file.write { connection in
                    try body(connection)
                    return try Self.read(connection)
                }
            }
            snapshot.withLock { $0 = fresh }
        }
    }

    private static func read(_ connection: Connection) throws(SQLError) -> Snapshot {
        var snapshot = Snapshot()
        let tenants = try connection.query(
            "SELECT slug, id, name, contract, time_zone, place FROM tenant ORDER BY name, slug"
        ) { row in
            Slug(rawValue: row.text(0)).map { slug in
                Tenant(
                    slug: slug, id: row.text(1), name: row.text(2), contract: row.text(3), timeZone: row.text(4),
                    place: Tenant.Place(text: row.text(5)))
            }
        }
        snapshot.ordered = tenants.compactMap { $0 }
        for tenant in snapshot.ordered { snapshot.bySlug[tenant.slug] = tenant }
        let hosts = try connection.query("SELECT name, tenant FROM host") { ($0.text(0), Slug(rawValue: $0.text(1))) }
        for (name, slug) in hosts { snapshot.byHost[name] = slug }
        return snapshot
    }
}

extension Slug: SQLValue {}

extension Connection {
    /// The hosts point to the slug: they go over to a second row before the first one goes. The id, which is unique, is
    /// borrowed from nobody meanwhile.
    fileprivate func rename(_ tenant: Slug, to slug: Slug) throws(SQLError) {
        guard tenant != slug else { return }
        let id = try first("SELECT id FROM tenant WHERE slug = ?", tenant) { $0.text(0) }
        guard let id else { return }
        try execute(
            """
            INSERT INTO tenant (slug, id, name, contract, time_zone, place)
                SELECT ?, id || ' renamed', name, contract, time_zone, place FROM tenant WHERE slug = ?
            """, slug, tenant)
        try execute("UPDATE host SET tenant = ? WHERE tenant = ?", slug, tenant)
        try execute("DELETE FROM tenant WHERE slug = ?", tenant)
        try execute("UPDATE tenant SET id = ? WHERE slug = ?", id, slug)
    }
}

extension Tenant.Place {
    /// `here`, `moving`, or the base URL of the other machine.
    fileprivate var text: String {
        switch self {
        case .here: "here"
        case .moving: "moving"
        case .elsewhere(let base): base
        }
    }

    fileprivate init(text: String) {
        switch text {
        case "here": self = .here
        case "moving": self = .moving
        default: self = .elsewhere(text)
        }
    }
}
