// The server's figures in Prometheus' text format, for whoever operates it.

internal import Glibc
internal import HTTP
internal import SQL
internal import Synchronization

enum Metrics {
    static func show(_ visit: Visit, _ request: Request) throws(Refusal) -> Response {
        guard visit.site.showsMetrics(to: request) else { throw .notFound }
        var text = MetricsText()
        if let server = visit.site.server.current { add(server, to: &text) }
        try add(visit.site.installation, to: &text)
        addAccounts(of: visit.site, to: &text)
        addProcess(to: &text)
        return Response(.ok, body: .bytes(text.bytes, type: "text/plain; version=0.0.4; charset=utf-8"))
            .adding("Cache-Control", "no-store")
    }

    private static func add(_ server: Server, to text: inout MetricsText) {
        let routes = server.routes
        text.begin("atiende_http_requests_total", .counter, "Responses by route and status class.")
        for route in routes {
            for (digit, count) in route.byClass.enumerated() where count > 0 {
                text.add("atiende_http_requests_total", count, ["route": "\(route.pattern)", "status": "\(digit)xx"])
            }
        }
        text.begin("atiende_http_request_seconds", .histogram, "Time from a request's first byte to its answer's last.")
        for route in routes {
            let labels = ["route": "\(route.pattern)"]
            text.add(
                histogram: "atiende_http_request_seconds", route.byLatency, microsecondBounds: RouteStatistics.bounds,
                sumMicroseconds: route.microseconds, labels)
        }
        text.single("atiende_http_response_bytes_total", .counter, "Bytes sent.", routes.reduce(0) { $0 + $1.bytes })
        text.single("atiende_http_connections", .gauge, "Connections open now.", server.connectionCount)
        let statistics = server.statistics
        text.single(
            "atiende_http_connections_accepted_total", .counter, "Connections taken.",
            statistics.accepted.load(ordering: .relaxed))
        text.single(
            "atiende_http_connections_refused_total", .counter, "Connections turned away at a limit.",
            statistics.turnedAway.load(ordering: .relaxed))
        text.single("atiende_worker_jobs", .gauge, "Jobs that run or wait on the workers.", server.workerLoad)
    }

    private static func add(_ installation: Installation, to text: inout MetricsText) throws(Refusal) {
        let desks = installation.desks.all
        text.single("atiende_tenants", .gauge, "Tenants in the directory.", try installation.tenants().count)
        text.single("atiende_tenants_open", .gauge, "Tenants open now.", desks.count)
        var sum = DatabaseFigures()
        for desk in desks { sum.add(desk.database) }
        sum.add(installation.control)
        sum.write(to: &text)
    }

    private static func addAccounts(of site: Site, to text: inout MetricsText) {
        text.begin("atiende_password_hashes_total", .counter, "Passwords hashed, by yescrypt's parameters.")
        for (parameters, count) in site.hashing.counted.sorted(by: { $0.key < $1.key }) {
            text.add("atiende_password_hashes_total", count, ["parameters": parameters])
        }
        text.single(
            "atiende_password_jobs", .gauge, "Jobs that run or wait where passwords are hashed.", site.hashing.load)
        text.single(
            "atiende_letters_written_total", .counter, "Letters written, sent or not.",
            site.lettersWritten.load(ordering: .relaxed))
    }

    private static func addProcess(to text: inout MetricsText) {
        let usage = ProcessUsage.now
        text.single("process_resident_memory_bytes", .gauge, "Resident memory.", usage.residentBytes)
        text.single("process_open_fds", .gauge, "Open descriptors.", usage.descriptors)
        text.single("process_max_fds", .gauge, "Most descriptors that may be open.", usage.descriptorLimit)
        text.begin("process_cpu_seconds_total", .counter, "Processor time, user and system.")
        text.add("process_cpu_seconds_total", seconds: usage.processorMicroseconds, [:])
        text.single("process_start_time_seconds", .gauge, "When the process started.", usage.startedAt)
    }
}
