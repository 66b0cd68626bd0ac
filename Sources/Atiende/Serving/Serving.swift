// A server from start to stop: opens the data, reads the templates, listens, and closes all of it in order.

internal import Dispatch
internal import Glibc
public import HTTP

public final class Serving: Sendable {
    public let site: Site
    private let server: Server
    private let commands: Server
    private let log: Log
    private let escalations: EscalationTimer
    /// Who can come in to the demo, one a line: tenant, role, e-mail, password, separated by tabs. Empty without it.
    public let demoLogins: String

    /// Seconds for running requests to end once the server is told to stop; the rest of the ten is for the disk.
    private static let drainSeconds = 5

    /// Opens everything and listens. Nothing is left behind when it throws.
    public init(
        _ settings: ServeSettings, resources: String, log: Log, tenantRoutes: [Route] = []
    ) throws(CommandFault) {
        self.log = log
        _ = ProcessUsage.start
        // A longer path would be cut, and the socket lie elsewhere.
        guard settings.data.utf8.count <= CommandSocket.longestRoot else {
            throw .failed("the path of the data folder is longer than \(CommandSocket.longestRoot) bytes")
        }
        let installation = try Self.open(settings, log)
        if let url = settings.publicURL { installation.publicURL.value = url }
        installation.attachmentQuota.value = settings.tenantFiles * 1024 * 1024
        do {
            site = Site(
                installation, try Resources(resources, isForDevelopment: settings.reloadsTemplates, log: log),
                metricsReaders: settings.metricsReaders)
            demoLogins = settings.isDemo ? try Demo.make(in: installation, at: site.clock()) : ""
            server = try Server(
                Self.configuration(settings), application: Gate(site, tenantRoutes: tenantRoutes), observer: log)
            if settings.publicURL == nil, let address = server.addresses.first, case .tcp = address {
                installation.publicURL.value = "http://\(address)"
            }
            let socket = ListenAddress.unix(path: CommandSocket.path(in: installation.root))
            commands = try Server(
                Configuration(addresses: [socket], loops: 1, workers: 2), application: CommandSocket(installation),
                observer: log)
            // Not even for the group: whoever may write here may do everything.
            guard chmod(CommandSocket.path(in: installation.root), 0o600) == 0 else {
                throw SystemError("chmod \(CommandSocket.path(in: installation.root))", errno)
            }
        } catch {
            installation.close()
            throw .failed((error as? Refusal)?.why ?? "\(error)")
        }
        escalations = EscalationTimer(site)
        site.server.current = server
    }

    private static func open(_ settings: ServeSettings, _ log: Log) throws(CommandFault) -> Installation {
        do throws(Installation.Failure) {
            return try Installation(root: settings.data, log: log, openDesks: settings.openTenants) { why in
                // What the disk holds is no longer known: the supervisor starts the process again, which looks.
                log.write(.error, "disk-failed", [("why", why)])
                log.flush(within: 1)
                _exit(70)
            }
        } catch {
            switch error {
            case .inUse: throw .failed("\(settings.data) is open in another process")
            case .failed(let why): throw .failed(why)
            }
        }
    }

    static func configuration(_ settings: ServeSettings) -> Configuration {
        let processors = max(1, Int(sysconf(Int32(_SC_NPROCESSORS_ONLN))))
        var configuration = Configuration(
            addresses: settings.listen, loops: settings.loops ?? processors, workers: settings.workers)
        configuration.limits = settings.limits
        configuration.trustedProxies = settings.trustedProxies
        configuration.commonFields = SecurityFields.common
        configuration.secureFields = SecurityFields.overTLS
        return configuration
    }

    public var addresses: [ListenAddress] { server.addresses }

    public func start() {
        server.start()
        commands.start()
        site.postman.start()
        escalations.start()
        for address in addresses { log.write(.info, "listening", [("address", "\(address)")]) }
    }

    /// Lets running requests end, closes idle connections, brings the write-ahead logs in. Blocks for ten seconds at
    /// the most.
    public func stop() {
        log.write(.info, "stopping")
        let both = DispatchGroup()
        DispatchQueue(label: "atiende.stop").async(group: both) { [commands] in
            commands.stop(within: Self.drainSeconds)
        }
        server.stop(within: Self.drainSeconds)
        both.wait()
        escalations.stop()
        site.postman.stop()
        site.server.current = nil
        site.installation.close()
        log.write(.info, "stopped")
        log.flush(within: 1)
    }
}
