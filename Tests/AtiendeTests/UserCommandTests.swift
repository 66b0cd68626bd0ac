// People added from the command line: the link that is printed, the password that is never a word.

import SQL
import Testing

@testable import Atiende
@testable import HTTP

@Suite struct UserCommandTests {
    private let site: TestSite

    init() throws { site = try TestSite(tenants: ["proware"]) }

    private func run(_ words: [String], input: String? = nil) throws -> String {
        let (command, rest) = try CommandList.find(["user", "add"] + words)
        guard case .onData(_, let action) = command.action else { throw CommandFault.usage("not on data") }
        var invocation = try Invocation(rest, of: command)
        invocation.input = input
        return try action(invocation, site.installation)
    }

    private static let ana = [
        "--tenant=proware", "--role=customer", "--email=Ana@Ceiba.example", "--name=Ana Quintero",
    ]

    private func person(_ email: String) throws -> Person? {
        try site.desk("proware").read { try $0.person(email: email) }
    }

    @Test func `the link that is printed sets the first password`() throws {
        let printed = try run(Self.ana + ["--organization", "Almacenes La Ceiba"])
        let link = try #require(
            printed.wholeMatch(of: /http:\/\/127\.0\.0\.1:8080(\/t\/proware\/password\/set\?token=[0-9a-f]{64})\n/))
        #expect(try person("ana@ceiba.example")?.state == .invited)
        // The command reads the clock of the machine.
        site.clock.now = Site.systemClock() + 60
        #expect(try site.get(String(link.1)).text.contains("ana@ceiba.example"))
        #expect(try site.count("membership") == 1 && site.count("organization") == 1)
        #expect(try site.letters().isEmpty)
    }

    @Test func `a company that is there is not made again, however it is written`() throws {
        let ceiba = try site.addOrganization("Almacenes La Ceiba")
        _ = try run(Self.ana + ["--organization", "ALMACENES LA CEIBA"])
        #expect(try site.count("organization") == 1)
        let found = try site.desk("proware").read {
            try $0.first("SELECT organization FROM membership") { Organization.ID(rawValue: $0.int(0)) }
        }
        #expect(found == ceiba)
    }

    @Test func `where the installation is reached is told, not guessed`() throws {
        #expect(try run(Self.ana + ["--url", "https://ayuda.example/"]).hasPrefix("https://ayuda.example/t/proware/"))
    }

    @Test func `a password from standard input opens the account at once`() throws {
        let words = [
            "--tenant=proware", "--role=technician", "--level=2", "--lead", "--email=tomas@proware.example",
            "--name=Tomás", "--password-stdin",
        ]
        #expect(try run(words, input: "jirafa-de-papel-7") == "added tomas@proware.example\n")
        let tomas = try #require(try person("tomas@proware.example"))
        #expect(tomas.role == .technician(level: 2) && tomas.isLead && tomas.state == .active)
        #expect(try Browser(site, "proware", as: "tomas@proware.example", password: "jirafa-de-papel-7").token != nil)
        #expect(try site.count("one_time_link") == 0)
    }

    @Test(arguments: [
        (["--tenant=seres"], 1, "there is no tenant seres"), (["--tenant=../x"], 1, "there is no tenant ../x"),
        (["--role=tecnico"], 2, "unknown role tecnico"),
        (["--role=techician"], 2, "unknown role techician; did you mean technician?"),
        (["--level=2"], 2, "--level is for a technician"), (["--lead"], 2, "--lead is for a technician"),
        (["--role=technician", "--level=4"], 2, "--level is 1, 2 or 3"),
        (["--role=technician", "--level=x"], 2, "--level is 1, 2 or 3"),
        (["--role=admin", "--organization=X"], 2, "--organization is for a customer"),
        (["--organization="], 2, "--organization takes"), (["--organization=a\nb"], 2, "--organization takes"),
        (["--email=ana"], 2, "ana is no e-mail address"),
        (["--email=a@b.example\r\nBcc: x@y.example"], 2, "a@b.example"),
        (["--name="], 2, "--name takes"), (["--name=a\nb"], 2, "--name takes"), (["--url=ayuda"], 2, "--url takes"),
        (["--password-stdin"], 2, "the password needs 8 characters"),
        (["--password-stdin=jirafa-de-papel-7"], 2, "--password-stdin takes no value"),
    ])
    func `what will not do is told in a line, and nobody is added`(
        _ words: [String], _ status: Int32, _ message: String
    ) throws {
        let names = Set(words.map { $0.prefix { $0 != "=" } })
        let base = Self.ana.filter { !names.contains($0.prefix { $0 != "=" }) }
        let fault = #expect(throws: CommandFault.self) { try run(base + words) }
        #expect(fault?.status == status && fault?.message.hasPrefix(message) == true, "\(fault?.message ?? "")")
        #expect(try site.count("person") == 0 && site.count("organization") == 0)
    }

    @Test(arguments: ["contraseña1", "quintero-1", "proware-99", String(repeating: "ñu", count: 43), "", "corta"])
    func `a password that a page would refuse is refused`(_ password: String) throws {
        #expect(throws: CommandFault.self) { try run(Self.ana + ["--password-stdin"], input: password) }
        #expect(try site.count("person") == 0)
    }

    @Test func `an address that has an account is told so, and nothing else is done`() throws {
        _ = try run(Self.ana)
        let fault = #expect(throws: CommandFault.self) { try run(Self.ana + ["--organization=Otra"]) }
        #expect(fault?.message == "ana@ceiba.example has an account already")
        #expect(try site.count("person") == 1 && site.count("organization") == 0 && site.count("one_time_link") == 1)
    }

    @Test func `a running server takes the password beside the words`() throws {
        let root = site.installation.root
        let server = try Server(
            Configuration(addresses: [.unix(path: CommandSocket.path(in: root))], loops: 1, workers: 2),
            application: CommandSocket(site.installation), observer: site.log.log)
        server.start()
        defer { server.stop(within: 5) }
        let said = try CommandSocket.ask(
            ["user", "add"] + Self.ana + ["--password-stdin"], input: "jirafa ñandú 🦒 7", root: root)
        #expect(said == "added ana@ceiba.example\n")
        #expect(try Browser(site, "proware", as: "ana@ceiba.example", password: "jirafa ñandú 🦒 7").token != nil)
        #expect(!site.log.text.contains("jirafa"))
        #expect(throws: CommandFault.self) {
            try CommandSocket.ask(["user", "add"] + Self.ana + ["--password-stdin"], root: root)
        }
    }

    @Test(arguments: ["-1", "1000", "x", "99999999999999999999"])
    func `a size that cannot be is refused`(_ size: String) throws {
        var parser = RequestParser(limits: Limits())
        let body = "tenant\0list"
        let head =
            "POST /command HTTP/1.1\r\nHost: localhost\r\nInput-Size: \(size)\r\nContent-Length: \(body.utf8.count)\r\n\r\n"
        var request = try #require(try Array(head.utf8).withUnsafeBytes { try parser.parse($0) }).request
        guard case .serve(let rule, _, let handler) = CommandSocket(site.installation).receive(request) else {
            Issue.record("not served")
            return
        }
        var reader = try BodyReader(request, rule, Limits())
        _ = try Array(body.utf8).withUnsafeBytes { try reader.receive($0) }
        request.body = try reader.finish()
        #expect(handler(request).status == .unprocessableContent)
    }
}
