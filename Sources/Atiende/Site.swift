// Everything that a handler may reach, one value.

internal import Glibc
internal import HTTP
internal import Markup
internal import Synchronization

public final class Site: Sendable {
    public let installation: Installation
    let assets: Assets
    let templates: Templates
    let pages: Pages
    let readiness: Readiness
    let hashing: Hashing
    /// Letters that were written, sent or not.
    let lettersWritten = Atomic(0)
    let postman: Postman
    let queueBell: QueueBell
    /// The one reading of the clock: seconds since 1970.
    let clock: @Sendable () -> Int
    let isForDevelopment: Bool
    /// Set once the server runs, for its figures.
    let server = RunningServer()
    private let metricsReaders: TrustedProxies

    init(
        _ installation: Installation, _ resources: Resources, metricsReaders: TrustedProxies,
        passwordCost: PasswordCost = .standard, clock: @escaping @Sendable () -> Int = Site.systemClock
    ) {
        self.installation = installation
        assets = resources.assets
        templates = resources.templates
        pages = resources.pages
        isForDevelopment = resources.isForDevelopment
        readiness = Readiness(installation.directory, log: installation.log)
        hashing = Hashing(cost: passwordCost)
        postman = Postman(installation, MailFolder(root: installation.root), clock: clock)
        queueBell = QueueBell(installation, clock: clock)
        self.clock = clock
        self.metricsReaders = metricsReaders
    }

    /// Who asks is the socket's peer, or whom a trusted proxy names as the one who came to it. Nobody is shown them
    /// through a proxy that was not declared: all its visitors would pass for the machine on which it runs.
    func showsMetrics(to request: Request) -> Bool {
        let address = request.origin.address
        let client = request.fieldValues("X-Forwarded-For").last?.split { $0 == "," || $0 == " " }.last
        guard client == nil || client ?? "" == address else { return false }
        if address == "unix" { return metricsReaders.trusts(.unix) }
        return IPAddress(address).map { metricsReaders.trusts(.internet($0)) } ?? false
    }

    /// A file of `Public`: under `/assets/`, or one of those that browsers ask for at the root by themselves.
    func asset(for request: Request) -> Asset? {
        if let asset = assets.asset(for: request) { return asset }
        let path = request.pathText
        return Self.atTheRoot.contains(path) ? assets.asset(named: String(path.dropFirst())) : nil
    }

    private static let atTheRoot: Set<String> = ["/favicon.ico", "/apple-touch-icon.png", "/robots.txt"]

    public static let systemClock: @Sendable () -> Int = {
        var time = timespec()
        clock_gettime(CLOCK_REALTIME, &time)
        return time.tv_sec
    }
}

/// The server that serves this site, once there is one.
final class RunningServer: Sendable {
    private let server = Mutex<Server?>(nil)

    var current: Server? {
        get { server.withLock(\.self) }
        set { server.withLock { $0 = newValue } }
    }
}

/// What pages are made of, read once: the same for every site in a process.
struct Resources: Sendable {
    let assets: Assets
    let templates: Templates
    let pages: Pages
    /// Files are read anew when they change, and the page of components is there.
    let isForDevelopment: Bool

    /// Reads `Public` and `Templates`; every fault of a template, a word or a reference between assets is in the error.
    init(_ folder: String, isForDevelopment: Bool, log: Log) throws {
        let assets =
            isForDevelopment
            ? try Assets(rereading: folder + "/Public") { log.write(.error, "assets", [("why", "\($0)")]) }
            : try Assets(directory: folder + "/Public")
        templates = try Templates(
            directory: folder + "/Templates", wordsUsedByCode: Words.usedByCode, reloads: isForDevelopment,
            asset: { assets.url(for: $0) })
        pages = try Pages(templates)
        self.assets = assets
        self.isForDevelopment = isForDevelopment
    }
}
