// A tenant that is open here: its folder is locked, its database is ready.

internal import Dispatch
internal import HTTP
internal import Markup
internal import SLA
public import SQL
internal import Synchronization

public final class Desk: Sendable {
    public let tenant: Tenant
    let folder: TenantFolder
    public let database: Database
    let queueBoard = QueueBoard()
    let queueRows = Shelf<QueueRowKey, KeptQueueRow>(most: KeptQueueRow.mostBytes)
    let queueControls = Shelf<Language, KeptQueueControls>(most: KeptQueueControls.mostBytes)
    let deskSheets = Shelf<DeskSheetKey, KeptDeskSheet>(most: KeptDeskSheet.mostBytes)
    private let current: Locked<DeskSettings>
    /// Empty once the database is closed and the folder is free.
    let closed = DispatchGroup()
    /// Who looks at which ticket just now.
    let presence = Presence()
    private let closer: DispatchQueue
    private let zones: Zones
    private let lock: FolderLock
    private let onClosing: @Sendable (Slug, _ nextInstant: Int?) -> Void

    /// Opens the folder: takes its lock, brings its schema up to date, looks at small databases page by page, and
    /// removes uploads that a crash left behind. Takes milliseconds to seconds: never on an event loop.
    /// - Parameters:
    ///   - closer: Where it is closed once nobody holds it any more.
    ///   - onClosing: Told then when something is due next of its tickets; nil where that cannot be read.
    init(
        _ tenant: Tenant, root: String, zones: Zones, closer: DispatchQueue,
        onClosing: @escaping @Sendable (Slug, _ nextInstant: Int?) -> Void = { _, _ in },
        onFatal: @escaping @Sendable (Slug, SQLError) -> Void
    ) throws(Refusal) {
        let folder = TenantFolder(root: root, slug: tenant.slug)
        lock = try folder.lock(id: tenant.id)
        var settings = Database.Settings()
        settings.creates = false
        settings.checksAtOpening = Folder.size(folder.database) < Self.largestChecked
        settings.onFatal = { onFatal(tenant.slug, $0) }
        let database = try Refusal.catching {
            try Database(path: folder.database, migrations: Schema.desk, settings: settings)
        }
        try Refusal.catching {
            try Folder.make(folder.files)
            try Folder.make(folder.incoming)
            for name in try Folder.names(folder.incoming) { Folder.remove(folder.incoming + "/" + name) }
        }
        current = Locked(try DeskSettings(database, zones))
        self.zones = zones
        self.tenant = tenant
        self.folder = folder
        self.database = database
        self.closer = closer
        self.onClosing = onClosing
        closed.enter()
    }

    deinit {
        closer.async { [database, lock, closed, onClosing, slug = tenant.slug] in
            // Nobody writes any more: what is due next stays so until it is opened again.
            onClosing(slug, try? database.read { try $0.nextInstant() ?? Int.max })
            database.close(checkpointing: true)
            // Another process may take the folder only now.
            lock.release()
            closed.leave()
        }
    }

    var provider: Provider { current.value.provider }
    /// When the provider attends, in its zone.
    var calendar: Calendar { current.value.calendar }
    var zone: TimeZoneRules { calendar.zone }
    var policy: AccessPolicy { current.value.policy }
    /// What its tickets are counted by; nil for a contract that is not known here.
    var ticketRules: TicketRules? { current.value.ticketRules }
    var languages: OfferedLanguages { current.value.languages }
    var brand: Brand { current.value.brand }

    /// Reads again what every page needs, after an admin changed it.
    func reloadSettings() throws(Refusal) {
        var settings = try DeskSettings(database, zones)
        current.change {
            settings.number = $0.number + 1
            $0 = settings
        }
        // Nobody takes what was made before any more.
        queueRows.clear()
        queueControls.clear()
        deskSheets.clear()
    }

    /// Rises whenever the settings change. Whoever keeps what was made of them asks for it before he asks for them.
    var settingsNumber: Int { current.value.number }

    /// A larger database is not looked at as a whole before its first page is served: that would take seconds.
    private static let largestChecked = 64 * 1024 * 1024

    public func read<T: Sendable>(_ body: (Connection) throws -> T) throws(Refusal) -> T {
        try Refusal.catching { try database.read(body) }
    }

    /// Returns once what was written is on the disk.
    public func write<T: Sendable>(_ body: @escaping @Sendable (Connection) throws -> T) throws(Refusal) -> T {
        try Refusal.catching { try database.write(body) }
    }
}

/// What every page of a desk needs, read once.
struct DeskSettings: Sendable {
    /// Rises with every change.
    var number = 1
    let provider: Provider
    let calendar: Calendar
    let policy: AccessPolicy
    let ticketRules: TicketRules?
    let languages: OfferedLanguages
    let brand: Brand

    init(_ database: Database, _ zones: Zones) throws(Refusal) {
        (provider, policy, languages, brand) = try Refusal.catching {
            try database.read { try ($0.provider(), $0.accessPolicy(), $0.offeredLanguages(), $0.brand()) }
        }
        let zone = try zones.rules(provider.timeZone)
        calendar = provider.calendar(in: zone)
        ticketRules = try Contract.named(provider.contract).map { contract throws(Refusal) in
            try TicketRules(contract, in: zone)
        }
    }
}

/// A value that one thread at a time reads or replaces.
final class Locked<Value: Sendable>: Sendable {
    private let mutex: Mutex<Value>

    init(_ value: Value) { mutex = Mutex(value) }

    var value: Value {
        get { mutex.withLock { $0 } }
        set { mutex.withLock { $0 = newValue } }
    }

    func change(_ change: (inout Value) -> Void) { mutex.withLock { change(&$0) } }
}
