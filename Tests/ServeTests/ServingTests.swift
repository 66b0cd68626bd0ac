// The server as people run it: it answers, stops when it is told to, and is the same after it was killed.

import Foundation
import Testing

@Suite struct ServingTests {
    private let folder = TemporaryFolder()
    private let slugs = ["factupronto", "ingressio", "seres", "bizflow", "proware"]

    @Test func `the demo answers for the site and every provider, in both languages`() throws {
        let server = try RunningServer(data: folder / "data", ["--demo"])
        #expect(server.get("/").contains("Centros de ayuda"))
        for slug in slugs {
            #expect(server.get("/t/\(slug)/").contains("Centro de ayuda de"))
            #expect(server.get("/t/\(slug)/", "Accept-Language: en\r\n").contains("help centre</title>"))
        }
        #expect(server.status("/readyz") == 200 && server.status("/metrics") == 200)
        server.program.send(SIGTERM)
        #expect(server.program.wait() == 0)
    }

    @Test(arguments: [SIGTERM, SIGINT])
    func `told to stop while a request runs it ends the request first, then itself`(_ signal: Int32) throws {
        let server = try RunningServer(data: folder / "data", ["--demo"])
        let client = try #require(Client(port: server.port))
        let idle = try #require(Client(port: server.port))
        let health = "GET /healthz HTTP/1.1\r\nHost: a.example\r\n\r\n"
        idle.send(health)
        #expect(idle.receive(until: "ok\n").hasPrefix("HTTP/1.1 200 "))
        // The second one begins with the first one's bytes; the rest of its head comes after the signal.
        client.send(health + "GET /t/proware/ HTTP/1.1\r\nHost: a.example\r\n")
        #expect(client.receive(until: "ok\n").hasPrefix("HTTP/1.1 200 "))
        server.program.send(signal)
        #expect(eventually { server.program.complained.contains("event=stopping") })
        usleep(200_000)
        client.send("\r\n")
        let answer = client.receive()
        #expect(
            answer.hasPrefix("HTTP/1.1 200 ") && answer.contains("Proware") && answer.contains("Connection: close"),
            "\(answer) \(server.program.complained)")
        #expect(server.program.wait() == 0)
        #expect(server.program.complained.contains("event=stopped"))
        #expect(idle.receive() == "", "an idle connection is closed without a word")
        #expect(Client(port: server.port) == nil)
        // All of it is in the one file of each.
        #expect(access(folder / "data/control.sqlite-wal", F_OK) != 0)
        #expect(access(folder / "data/tenants/proware/desk.sqlite-wal", F_OK) != 0)
    }

    @Test func `told to stop it is gone within ten seconds, whatever clients do not do`() throws {
        let server = try RunningServer(data: folder / "data", ["--demo"])
        let stuck = try (0..<5).map { _ in try #require(Client(port: server.port)) }
        for client in stuck { client.send("GET / HTTP/1.1\r\nHost: a.exa") }
        usleep(200_000)
        let start = ContinuousClock.now
        server.program.send(SIGTERM)
        #expect(server.program.wait() == 0)
        #expect(ContinuousClock.now - start < .seconds(15))
        withExtendedLifetime(stuck) {}
    }

    @Test func `killed and started again it serves the same, on the same port`() throws {
        let port = Client.freePort()
        var pages: [String] = []
        for round in 0..<4 {
            let words = ["--listen", "127.0.0.1:\(port)"] + (round == 0 ? ["--demo"] : [])
            let server = try RunningServer(data: folder / "data", words)
            let now = (["/"] + slugs.map { "/t/\($0)/" }).map { body(Client.get($0, port: port)) }
            #expect(pages.isEmpty || now == pages)
            pages = now
            server.program.send(SIGKILL)
            #expect(server.program.wait() == -SIGKILL)
        }
        #expect(try Program.run(["check", "--data", folder / "data"]).output == "ok: control.sqlite and 5 tenants\n")
    }

    /// Without what changes from minute to minute.
    private func body(_ answer: String) -> String {
        let body = answer.components(separatedBy: "\r\n\r\n").dropFirst().joined()
        return body.replacing(/<section class="hours".*?<\/section>/.dotMatchesNewlines(), with: "")
            .replacing(/<h1>.*?<\/h1>/, with: "")
    }

    @Test func `a second server on the same data says so and ends`() throws {
        let server = try RunningServer(data: folder / "data")
        let second = try Program.run(["serve", "--data", folder / "data", "--listen", "127.0.0.1:0"])
        #expect(second.status == 1)
        #expect(second.errors == "atiende: \(folder / "data") is open in another process\n")
        #expect(server.status("/") == 200)
    }

    @Test func `a port in use is said with the address`() throws {
        let server = try RunningServer(data: folder / "data")
        for words in [
            ["--listen", "127.0.0.1:\(server.port)"],
            ["--listen", "127.0.0.1:0", "--listen", "127.0.0.1:\(server.port)"],
        ] {
            let second = try Program.run(["serve", "--data", folder / "other"] + words)
            #expect(second.status == 1)
            #expect(second.errors.hasSuffix("atiende: bind 127.0.0.1:\(server.port): Address already in use\n"))
        }
        #expect(server.status("/") == 200)
    }

    @Test func `an address that is not of this machine is said, too`() throws {
        let program = try Program.run(["serve", "--data", folder / "data", "--listen", "192.0.2.1:8080"])
        #expect(program.status == 1 && program.errors.contains("bind 192.0.2.1:8080"))
        let unknown = try Program.run(["serve", "--data", folder / "data", "--listen", "nowhere.invalid:8080"])
        #expect(unknown.status == 1 && unknown.errors.contains("nowhere.invalid"))
    }

    @Test func `it listens on a local socket, alone or beside a port`() throws {
        let path = folder / "web.sock"
        for _ in 0..<2 {
            let server = try RunningServer(data: folder / "data", ["--listen", "unix:\(path)", "--demo"])
            let client = try #require(Client(path: path))
            client.send("GET /t/seres/ HTTP/1.1\r\nHost: a.example\r\nConnection: close\r\n\r\n")
            #expect(client.receive().contains("SERES"))
            #expect(server.status("/t/seres/") == 200)
            // Killed, it leaves its socket behind; the next one takes the place.
            server.program.send(SIGKILL)
            server.program.wait()
        }
    }

    @Test func `it may be set up by its environment alone`() throws {
        let port = Client.freePort()
        let program = try Program(
            ["serve"],
            [
                "ATIENDE_DATA": folder / "data", "ATIENDE_LISTEN": "127.0.0.1:\(port)", "ATIENDE_DEMO": "1",
                "ATIENDE_ACCESS_LOG": "off",
            ])
        #expect(eventually { Client.status("/t/proware/", port: port) == 200 })
        #expect(!program.complained.contains("event=request"))
        let list = try Program.run(["tenant", "list"], ["ATIENDE_DATA": folder / "data"])
        #expect(list.status == 0 && list.output.split(separator: "\n").count == 5)
        program.send(SIGTERM)
        #expect(program.wait() == 0)
    }

    @Test func `without descriptors left it waits, and answers again when there are some`() throws {
        let server = try RunningServer(data: folder / "data", ["--demo"], shell: "ulimit -n 64")
        #expect(server.status("/t/proware/") == 200)
        #expect(server.program.complained.contains("event=few-descriptors"))
        var clients = (0..<200).compactMap { _ in Client(port: server.port) }
        #expect(clients.count > 64)
        #expect(eventually { server.program.complained.contains("not accepting for a moment") })
        let before = server.program.processorSeconds
        sleep(2)
        #expect(server.program.processorSeconds - before < 1, "it spins")
        clients = []
        #expect(eventually { server.status("/t/proware/") == 200 })
        #expect(server.program.complained.split(separator: "\n").count < 300, "it floods its log")
    }

    @Test(.enabled(if: canCompile, "the fault is put in by a small library in C"))
    func `a failed sync ends the process, and what was answered is there after it`() throws {
        let library = folder / "fault.so"
        let source = """
            #include <errno.h>
            #include <unistd.h>
            #include <sys/syscall.h>
            static int fails(void) { return access("\(folder / "fault")", F_OK) == 0; }
            int fsync(int f) { if (fails()) { errno = EIO; return -1; } return syscall(SYS_fsync, f); }
            int fdatasync(int f) { if (fails()) { errno = EIO; return -1; } return syscall(SYS_fdatasync, f); }
            """
        try source.write(toFile: folder / "fault.c", atomically: true, encoding: .utf8)
        try #require(compile(folder / "fault.c", to: library))
        let server = try RunningServer(data: folder / "data", ["--demo"], ["LD_PRELOAD": library])
        #expect(server.status("/readyz") == 200)
        try "".write(toFile: folder / "fault", atomically: true, encoding: .utf8)
        // Reads go on; the next commit is the end.
        #expect(server.status("/t/proware/") == 200)
        _ = eventually { server.status("/readyz") != 200 }
        #expect(server.program.wait() == 70)
        #expect(server.program.complained.contains("event=disk-failed why=\"control.sqlite"))
        unlink(folder / "fault")
        let again = try RunningServer(data: folder / "data")
        #expect(again.status("/readyz") == 200 && again.status("/t/proware/") == 200)
    }
}

private func compile(_ source: String, to library: String) -> Bool {
    (try? Program.run(["-shared", "-fPIC", "-o", library, source], program: "cc").status) == 0
}

private let canCompile: Bool = {
    let folder = TemporaryFolder()
    guard (try? "int x;".write(toFile: folder / "x.c", atomically: true, encoding: .utf8)) != nil else { return false }
    return compile(folder / "x.c", to: folder / "x.so")
}()
