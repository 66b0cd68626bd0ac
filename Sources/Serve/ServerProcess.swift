// The process of `atiende serve`: runs until a signal, drains, ends with 0.

internal import Atiende
internal import CLinux
internal import Dispatch
internal import Glibc

enum ServerProcess {
    /// Returns only by throwing: a server that runs ends the process itself.
    static func run(_ settings: ServeSettings) throws(CommandFault) -> Never {
        // A thread's memory arena is never given back; two serve the loops, and workers share them.
        atiende_limit_arenas(2)
        let log = Log(descriptor: STDERR_FILENO, writesAccess: settings.writesAccess)
        raiseDescriptorLimit(settings, log)
        let serving = try Serving(settings, resources: resources(settings), log: log)
        let queue = DispatchQueue(label: "atiende.signals")
        let sources = [SIGTERM, SIGINT].map { number in
            signal(number, SIG_IGN)
            let source = DispatchSource.makeSignalSource(signal: number, queue: queue)
            source.setEventHandler {
                endAfter(seconds: stoppingSeconds)
                serving.stop()
                exit(0)
            }
            source.activate()
            return source
        }
        serving.start()
        // A reader that is gone is no reason not to serve.
        _ = CommandLineTool.write(serving.demoLogins, to: STDOUT_FILENO)
        return withExtendedLifetime(sources) { dispatchMain() }
    }

    /// Past this many seconds the process ends whatever it waits for: a disk that does not answer, or a log that nobody
    /// reads. What was answered with success is on the disk by then.
    private static let stoppingSeconds = 9.5

    private static func endAfter(seconds: Double) {
        DispatchQueue(label: "atiende.end").asyncAfter(deadline: .now() + seconds) { _exit(0) }
    }

    /// Shells and containers hand out few descriptors by default and allow more.
    private static func raiseDescriptorLimit(_ settings: ServeSettings, _ log: Log) {
        let wanted = rlim_t(settings.descriptors)
        var limit = rlimit()
        guard getrlimit(__rlimit_resource_t(RLIMIT_NOFILE.rawValue), &limit) == 0, limit.rlim_cur < wanted else {
            return
        }
        limit.rlim_cur = min(wanted, limit.rlim_max)
        setrlimit(__rlimit_resource_t(RLIMIT_NOFILE.rawValue), &limit)
        guard limit.rlim_cur < wanted else { return }
        log.write(
            .warning, "few-descriptors", [("allowed", String(limit.rlim_cur)), ("wanted", String(wanted))])
    }

    /// Where `Public` and `Templates` are: as told, or beside an installed program, or in the working folder.
    private static func resources(_ settings: ServeSettings) -> String {
        if let told = settings.resources { return told }
        var path = [CChar](repeating: 0, count: Int(PATH_MAX) + 1)
        let length = readlink("/proc/self/exe", &path, path.count - 1)
        guard length > 0 else { return "." }
        let program = String(decoding: path[..<length].map { UInt8(bitPattern: $0) }, as: UTF8.self)
        let folder = program.split(separator: "/").dropLast(2).map { "/" + $0 }.joined()
        let shared = folder + "/share/atiende"
        return access(shared + "/Templates", R_OK) == 0 ? shared : "."
    }
}
