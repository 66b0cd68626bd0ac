// The server that is measured: the product's own, with its gate, tenants, databases and templates, and a table of rows
// beside them.

import Atiende
import Dispatch
import Glibc
import HTTP
import SQL

enum BenchServer {
    /// A server of our own in another process.
    struct Running: Sendable {
        let child: Child
        let port: UInt16
        let folder: String

        func end() {
            child.stop()
            removeFolder(folder)
        }

        /// Starts again on the same data after the old process is gone.
        func restart() -> Running? { BenchServer.launch(folder: folder, rows: 0) }

        /// What forms carry that this visitor's page made; good as long as the cookie is the same.
        func seal() -> String {
            guard let client = RawClient(port: port) else { return "" }
            defer { client.close() }
            client.send(
                "GET /t/bench/login HTTP/1.1\r\nHost: a\r\nCookie: form-bench=\(BenchServer.visitor)\r\n\r\n")
            let page = client.response().map { String(decoding: $0.body, as: UTF8.self) } ?? ""
            return page.firstMatch(of: /name="csrf" value="([0-9a-f]*)"/).map { String($0.1) } ?? ""
        }

        /// Runs a command of the product on the data of this server.
        @discardableResult
        func command(_ words: [String]) -> String {
            let program = BenchServer.program.split(separator: "/").dropLast().map { "/" + $0 }.joined() + "/atiende"
            return output(of: [program] + words + ["--data", folder])
        }

        /// The keys of inserts that cannot be found.
        func missing(of keys: [String]) -> [String] {
            guard let client = RawClient(port: port) else { return keys }
            defer { client.close() }
            return keys.filter { key in
                client.send("GET /t/bench/rows/\(key) HTTP/1.1\r\nHost: a\r\n\r\n")
                return client.response()?.status != 200
            }
        }

        /// What `atiende check` says once the server is stopped.
        func check() -> String {
            child.stop()
            let program = BenchServer.program.split(separator: "/").dropLast().map { "/" + $0 }.joined() + "/atiende"
            return output(of: [program, "check", "--data", folder]).filter { $0 != "\n" }
        }
    }

    static var program: String {
        var path = [CChar](repeating: 0, count: 4096)
        let length = readlink("/proc/self/exe", &path, path.count - 1)
        return String(decoding: path[..<max(0, length)].map { UInt8(bitPattern: $0) }, as: UTF8.self)
    }

    static func start(rows: Int) -> Running? { launch(folder: makeTemporaryFolder(), rows: rows) }

    private static func launch(folder: String, rows: Int) -> Running? {
        let port = freePort()
        guard let child = Child([program, "server", folder, String(port), String(rows)], silent: false) else {
            return nil
        }
        let running = Running(child: child, port: port, folder: folder)
        for _ in 0..<1200 {
            if let client = RawClient(port: port) {
                client.send("GET /t/bench/ping HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n")
                let isReady = client.response()?.status == 200
                client.close()
                if isReady { return running }
            }
            usleep(25_000)
        }
        running.end()
        return nil
    }

    /// A port that nobody listens on just now.
    static func freePort() -> UInt16 {
        let probe = socket(AF_INET, Int32(SOCK_STREAM.rawValue), 0)
        defer { close(probe) }
        var address = sockaddr_in()
        address.sin_family = sa_family_t(AF_INET)
        address.sin_addr.s_addr = UInt32(0x7F00_0001).bigEndian
        var length = socklen_t(MemoryLayout<sockaddr_in>.size)
        withUnsafeMutablePointer(to: &address) { pointer in
            pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) {
                _ = bind(probe, $0, length)
                getsockname(probe, $0, &length)
            }
        }
        return UInt16(bigEndian: address.sin_port)
    }

    /// A static file of 20 KB: what is sent does not matter, but that it is text like a stylesheet.
    static let asset: [UInt8] = Array(
        String(repeating: ".queue td { padding: 0.5rem; color: #19202f }\n", count: 500).utf8.prefix(20_480))

    /// The cookie of a visitor who is not in, and with it the seal of his forms.
    static let visitor = String(repeating: "5a", count: 32)

    static func insertRequest(key: String, seal: String) -> String {
        let body = "csrf=\(seal)&key=\(key)&subject=No+se+puede+timbrar+la+factura+de+noviembre"
        return "POST /t/bench/inserts HTTP/1.1\r\nHost: a\r\nContent-Type: application/x-www-form-urlencoded\r\n"
            + "Cookie: form-bench=\(visitor)\r\nContent-Length: \(body.utf8.count)\r\n\r\n\(body)"
    }

    // MARK: In the other process

    /// The product's files with one more: the stylesheet that is measured.
    private static func resources(_ folder: String) -> String {
        let copy = folder + "/resources"
        guard mkdir(copy, 0o700) == 0 else { return copy }
        Child(["cp", "-R", "Public", "Templates", copy])?.wait()
        _ = writeBytes(asset, to: copy + "/Public/bench.css")
        return copy
    }

    /// `server FOLDER PORT ROWS`
    static func run(_ words: [String]) -> Never {
        guard words.count == 3, let port = UInt16(words[1]), let rows = Int(words[2]) else { exit(2) }
        var settings = ServeSettings()
        settings.data = words[0]
        settings.listen = [.tcp(host: "127.0.0.1", port: port)]
        settings.writesAccess = false
        settings.limits.connections = 20_000
        settings.limits.connectionsPerAddress = 20_000
        do {
            let log = Log(descriptor: STDERR_FILENO, writesAccess: false, isQuiet: true)
            let pages = try RowPages()
            let serving = try Serving(
                settings, resources: resources(words[0]), log: log, tenantRoutes: Rows(pages).routes)
            try Rows.seed(serving.site.installation, count: rows)
            serving.start()
            signal(SIGTERM, SIG_IGN)
            let source = DispatchSource.makeSignalSource(signal: SIGTERM, queue: DispatchQueue(label: "signals"))
            source.setEventHandler {
                serving.stop()
                exit(0)
            }
            source.activate()
            withExtendedLifetime(source) { dispatchMain() }
        } catch {
            say("bench server: \(error)")
            exit(1)
        }
    }
}
