// What an operator may set: each setting once, with its flag, its default and its words. A flag wins over the
// environment (`--idle-seconds` is ATIENDE_IDLE_SECONDS there), and both over the default.

public import HTTP

public struct ServeSettings: Sendable {
    public var data = ""
    public var listen: [ListenAddress] = []
    /// How people reach the server; nil for the first address that it listens on.
    public var publicURL: String?
    public var isDemo = false
    public var resources: String?
    public var reloadsTemplates = false
    public var writesAccess = true
    public var loops: Int?
    public var workers = 32
    public var openTenants = 256
    /// Megabytes of attachments that one tenant may keep.
    public var tenantFiles = 20_480
    public var limits = Limits()
    public var trustedProxies = TrustedProxies()
    public var metricsReaders = TrustedProxies.thisMachine

    /// How many descriptors it takes to use all that is allowed: an open tenant has its database, its log and its index
    /// open in the writer and in up to four readers.
    public var descriptors: Int { limits.connections + openTenants * 15 + 256 }

    /// The defaults, which lack a data folder.
    public init() {}

    struct Setting: Sendable {
        let option: Command.Option
        /// In the words of the help; empty for what has none.
        let standard: String
        /// Takes one value; false when it is not of the right form.
        let apply: @Sendable (inout ServeSettings, String) -> Bool
    }

    static let all: [Setting] =
        [
            Setting(
                option: .init("--data", "DIR", "the folder that holds everything; made when missing"), standard: ""
            ) { settings, value in
                settings.data = value
                return !value.isEmpty
            },
            Setting(
                option: .init(
                    "--listen", "HOST:PORT", "where to listen: HOST:PORT, [IPV6]:PORT or unix:PATH", isRepeatable: true),
                standard: "127.0.0.1:8080"
            ) { settings, value in
                guard let address = ListenAddress(value) else { return false }
                settings.listen.append(address)
                return true
            },
            Setting(
                option: .init("--url", "URL", "how people reach the server: the beginning of links in letters"),
                standard: "http:// and the first address it listens on"
            ) { settings, value in
                settings.publicURL = PublicURL.normal(value)
                return settings.publicURL != nil
            },
            Setting(
                option: .init("--demo", nil, "makes the five providers when the folder is empty"), standard: ""
            ) { settings, _ in
                settings.isDemo = true
                return true
            },
            Setting(
                option: .init("--resources", "DIR", "the folder with Public and Templates"),
                standard: "../share/atiende beside the program, else the working folder"
            ) { settings, value in
                settings.resources = value
                return !value.isEmpty
            },
            Setting(
                option: .init("--templates-reload", nil, "for development: templates are read anew when they change"),
                standard: ""
            ) { settings, _ in
                settings.reloadsTemplates = true
                return true
            },
            Setting(option: .init("--access-log", "on|off", "a line for every request"), standard: "on") {
                settings, value in
                settings.writesAccess = value == "on"
                return value == "on" || value == "off"
            },
            networks(
                "--trusted-proxy",
                "whose X-Forwarded fields are believed: addresses, networks or unix, divided by commas", "none"
            ) {
                $0.trustedProxies = $1
            },
            networks("--metrics-from", "who may read /metrics", "127.0.0.1, ::1, unix") { $0.metricsReaders = $1 },
            number("--loops", "event loops", "the number of processors", 1...256) { $0.loops = $1 },
            number("--workers", "queues for work that blocks", "32", 1...1024) { $0.workers = $1 },
            number("--open-tenants", "tenants open at once", "256", 1...100_000) { $0.openTenants = $1 },
            number("--tenant-files", "megabytes of attachments that a tenant may keep", "20480", 1...1_000_000_000) {
                $0.tenantFiles = $1
            },
        ] + limits

    private static let limits: [Setting] = [
        number("--request-line-bytes", "longest request line", "8192", 256...1_048_576) { $0.limits.requestLine = $1 },
        number("--header-bytes", "largest header section", "32768", 1024...1_048_576) { $0.limits.headerSection = $1 },
        number("--header-fields", "most header fields", "100", 10...10_000) { $0.limits.fields = $1 },
        number("--form-bytes", "largest form", "1048576", 1024...1_073_741_824) { $0.limits.formBody = $1 },
        number("--upload-bytes", "largest form with files", "125894656", 1024...17_179_869_184) {
            $0.limits.uploadBody = $1
        },
        number("--header-seconds", "time for a request's header", "10", 1...3600) { $0.limits.headerSeconds = $1 },
        number("--body-rate", "bytes a second that a body must keep on average", "1024", 0...1_073_741_824) {
            $0.limits.bodyBytesPerSecond = $1
        },
        number("--response-rate", "bytes a second at which a response must be taken", "1024", 0...1_073_741_824) {
            $0.limits.responseBytesPerSecond = $1
        },
        number("--idle-seconds", "how long a connection may be idle", "60", 1...86_400) { $0.limits.idleSeconds = $1 },
        number("--connections", "connections at once", "10000", 1...1_000_000) { $0.limits.connections = $1 },
        number("--connections-per-address", "connections at once from one address", "512", 1...1_000_000) {
            $0.limits.connectionsPerAddress = $1
        },
    ]

    private static func number(
        _ name: String, _ help: String, _ standard: String, _ bounds: ClosedRange<Int>,
        _ set: @escaping @Sendable (inout ServeSettings, Int) -> Void
    ) -> Setting {
        let words = "\(help) (\(bounds.lowerBound) to \(bounds.upperBound))"
        return Setting(option: .init(name, "N", words), standard: standard) { settings, value in
            guard value.utf8.count <= 12, let number = Int(value), bounds.contains(number) else { return false }
            set(&settings, number)
            return true
        }
    }

    private static func networks(
        _ name: String, _ help: String, _ standard: String,
        _ set: @escaping @Sendable (inout ServeSettings, TrustedProxies) -> Void
    ) -> Setting {
        Setting(option: .init(name, "LIST", help), standard: standard) { settings, value in
            guard let networks = try? TrustedProxies(value) else { return false }
            set(&settings, networks)
            return true
        }
    }
}

extension ServeSettings {
    /// Settings from flags, then from the environment, then the defaults.
    public init(_ invocation: Invocation, environment: [String: String]) throws(CommandFault) {
        for setting in Self.all {
            let name = setting.option.name
            let variable = Self.variable(name)
            var values = invocation.all(name)
            var source = name
            if values.isEmpty, let value = environment[variable] {
                source = variable
                values = setting.option.value == nil ? try Self.switched(variable, value) : [value]
            }
            for value in values where !setting.apply(&self, value) {
                throw .usage("\(source) \(value): \(setting.option.help)")
            }
        }
        guard !data.isEmpty else { throw .usage("serve needs --data DIR (or ATIENDE_DATA)") }
        if listen.isEmpty { listen = [.tcp(host: "127.0.0.1", port: 8080)] }
    }

    /// A switch that is on has one value, an empty one.
    private static func switched(_ variable: String, _ value: String) throws(CommandFault) -> [String] {
        switch value {
        case "1": [""]
        case "0", "": []
        default: throw .usage("\(variable) \(value): 1 is on, 0 is off")
        }
    }

    /// `--idle-seconds` → `ATIENDE_IDLE_SECONDS`.
    public static func variable(_ option: String) -> String {
        "ATIENDE_" + option.dropFirst(2).map { $0 == "-" ? "_" : $0.uppercased() }.joined()
    }
}

extension TrustedProxies {
    /// Peers on the same machine.
    public static let thisMachine = (try? TrustedProxies("127.0.0.0/8, ::1, unix")) ?? TrustedProxies()
}

/// `https://mesa.example`, perhaps with a port.
enum PublicURL {
    /// Without a final slash; nil for anything but a scheme and a host.
    static func normal(_ text: String) -> String? {
        let trimmed = text.hasSuffix("/") ? text.dropLast() : text[...]
        for scheme in ["https://", "http://"] where trimmed.hasPrefix(scheme) {
            let host = trimmed.dropFirst(scheme.count)
            let isHost = (1...255).contains(host.utf8.count) && host.utf8.allSatisfy(isHostByte)
            return isHost ? String(trimmed) : nil
        }
        return nil
    }

    private static func isHostByte(_ byte: UInt8) -> Bool {
        switch byte {
        case 0x30...0x39, 0x41...0x5A, 0x61...0x7A, 0x2D, 0x2E, 0x3A, 0x5B, 0x5D: true
        default: false
        }
    }
}
