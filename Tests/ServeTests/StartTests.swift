// A start that cannot be: said in words on standard error, with status 1 or 2, never a trap.

import Foundation
import Testing

@Suite struct StartTests {
    private let folder = TemporaryFolder()

    /// A copy of the repository's pages to be harmed.
    private func resources() throws -> String {
        let copy = folder / "resources"
        try FileManager.default.createDirectory(atPath: copy, withIntermediateDirectories: true)
        for name in ["Public", "Templates"] {
            try FileManager.default.copyItem(atPath: Program.repository + "/" + name, toPath: copy + "/" + name)
        }
        return copy
    }

    private func edit(_ path: String, _ change: (String) -> String) throws {
        try change(String(contentsOfFile: path, encoding: .utf8)).write(toFile: path, atomically: true, encoding: .utf8)
    }

    private func start(_ resources: String) throws -> (status: Int32, output: String, errors: String) {
        try Program.run(["serve", "--data", folder / "data", "--listen", "127.0.0.1:0", "--resources", resources])
    }

    enum Harm: String, CaseIterable {
        case misspeltField = "portal/index.html:4: "
        case missingTemplate = "portal/index.html"
        case missingWord = "\"portal.channels\" is missing in en"
        case missingPartial = "shared/icon"
        case unknownKey = "site/index.html:3: "
        case unusedWord = "words/es.site.txt:"
        case missingAsset = "atiende.css"

        func apply(to resources: String, _ edit: (String, (String) -> String) throws -> Void) throws {
            let templates = resources + "/Templates"
            switch self {
            case .misspeltField:
                try edit(templates + "/portal/index.html") { $0.replacing("{{greeting}}", with: "{{saludo}}") }
            case .missingTemplate: unlink(templates + "/portal/index.html")
            case .missingWord:
                try edit(templates + "/words/en.portal.txt") { text in
                    text.split(separator: "\n").filter { !$0.hasPrefix("portal.channels") }.joined(separator: "\n")
                        + "\n"
                }
            case .missingPartial: unlink(templates + "/shared/icon.html")
            case .unknownKey:
                try edit(templates + "/site/index.html") {
                    $0.replacing("t \"site.heading\"", with: "t \"site.nothing\"")
                }
            case .unusedWord: try edit(templates + "/words/es.site.txt") { $0 + "site.nobody = Nadie\n" }
            case .missingAsset: unlink(resources + "/Public/atiende.css")
            }
        }
    }

    @Test(arguments: Harm.allCases)
    func `a fault in the pages stops the start, with file and line`(_ harm: Harm) throws {
        let resources = try resources()
        try harm.apply(to: resources, edit)
        let program = try start(resources)
        #expect(program.status == 1 && program.errors.hasPrefix("atiende: "))
        #expect(program.errors.contains(harm.rawValue), "\(program.errors)")
    }

    @Test func `all faults are told at once`() throws {
        let resources = try resources()
        for harm in [Harm.misspeltField, .missingWord, .unusedWord] { try harm.apply(to: resources, edit) }
        let program = try start(resources)
        #expect(program.status == 1)
        for harm in [Harm.misspeltField, .missingWord, .unusedWord] { #expect(program.errors.contains(harm.rawValue)) }
    }

    @Test func `pages that are not there are said to be`() throws {
        let program = try start(folder / "nothing")
        #expect(program.status == 1 && program.errors.contains(folder / "nothing"))
    }

    @Test func `data that are a file, or below one, or in a place that may not be written, are refused`() throws {
        try "file".write(toFile: folder / "file", atomically: true, encoding: .utf8)
        let long = folder / String(repeating: "long/", count: 30)
        for (data, words) in [
            (folder / "file", "Not a directory"), (folder / "file/data", "Not a directory"),
            ("/proc/atiende", "/proc/atiende"), (long, "longer than 93 bytes"),
        ] {
            let program = try Program.run(["serve", "--data", data, "--listen", "127.0.0.1:0"])
            #expect(program.status == 1, "\(data)")
            #expect(program.errors.hasPrefix("atiende: ") && program.errors.contains(words), "\(program.errors)")
        }
    }

    @Test func `a damaged directory is named`() throws {
        try FileManager.default.createDirectory(atPath: folder / "data", withIntermediateDirectories: true)
        try String(repeating: "junk", count: 4096).write(
            toFile: folder / "data/control.sqlite", atomically: true, encoding: .utf8)
        let program = try Program.run(["serve", "--data", folder / "data", "--listen", "127.0.0.1:0"])
        #expect(program.status == 1 && program.errors.contains("data/control.sqlite"))
    }
}

@Suite struct CommandTests {
    private let folder = TemporaryFolder()

    @Test(arguments: [
        ["help"], ["--help"], ["-h"], [], ["help", "serve"], ["serve", "--help"], ["serve", "-h"], ["help", "tenant"],
        ["tenant", "--help"], ["tenant", "create", "--help"], ["tenant", "create", "x", "--help"], ["help", "check"],
    ])
    func `help is on standard output`(_ words: [String]) throws {
        let program = try Program.run(words)
        #expect(program.status == 0 && program.errors == "" && program.output.contains("  "))
    }

    @Test(arguments: [
        (["sevre"], "unknown command sevre; did you mean serve?"),
        (["tenant", "creat"], "unknown command tenant creat; did you mean tenant create?"),
        (["help", "sevre"], "unknown command sevre; did you mean serve?"),
        (["serve", "--dta", "x"], "unknown option --dta of serve; did you mean --data?"),
        (["serve"], "serve needs --data DIR (or ATIENDE_DATA)"), (["check"], "where? give --data DIR or ATIENDE_DATA"),
        (["tenant", "list", "--data", ""], "where? give --data DIR or ATIENDE_DATA"),
        (["serve", "--data", "/tmp/x", "--workers", "0"], "--workers 0: queues for work that blocks (1 to 1024)"),
        (["tenant", "create", "x", "--data", "/tmp/x"], "tenant create needs --contract NAME"),
    ])
    func `words that are wrong end with status 2 and one line`(_ words: [String], _ line: String) throws {
        let program = try Program.run(words)
        #expect(program.status == 2 && program.output == "")
        #expect(program.errors == "atiende: \(line)\n")
    }

    @Test(arguments: [["tenant", "list"], ["check"], ["backup", "copy"]])
    func `what works on data makes none`(_ words: [String]) throws {
        let program = try Program.run(words + ["--data", "none"], folder: folder.path)
        #expect(program.status == 1 && program.errors == "atiende: no Atiende data in none\n")
        #expect(try FileManager.default.contentsOfDirectory(atPath: folder.path) == [])
    }

    @Test func `a command that finds a server running has it done there`() throws {
        let server = try RunningServer(
            data: folder / "data", ["--resources", Program.repository], folder: "/")
        #expect(server.status("/t/ayuda/") == 404)
        let made = try Program.run(
            ["tenant", "create", "ayuda", "--contract", "seres", "--name", "Ñandú  =  \"1\"", "--data", "data"],
            folder: folder.path)
        #expect(made.status == 0 && made.output == "created ayuda\n")
        #expect(server.get("/t/ayuda/").contains("Ñandú  =  &quot;1&quot;"))
        let again = try Program.run(
            ["tenant", "create", "ayuda", "--contract", "seres", "--data", folder / "data"])
        #expect(again.status == 1 && again.errors == "atiende: tenant ayuda exists already\n")
        // The server works in another folder: what is relative here must not land there.
        for words in [
            ["backup", "one", "--data", "data"], ["backup", "--data", "data", "two"],
            ["backup", "--data=data", "--", "three"],
        ] {
            let copy = try Program.run(words, folder: folder.path)
            #expect(copy.status == 0, "\(copy.errors)")
        }
        for name in ["one", "two", "three"] { #expect(access(folder / "\(name)/control.sqlite", F_OK) == 0) }
        #expect(try Program.run(["check", "--data", folder / "data"]).output == "ok: control.sqlite and 1 tenants\n")
        var information = stat()
        #expect(stat(folder / "data/commands.sock", &information) == 0 && information.st_mode & 0o777 == 0o600)
    }

    @Test func `a backup comes back, through the program alone`() throws {
        for slug in ["proware", "seres"] {
            let made = try Program.run(["tenant", "create", slug, "--contract", slug, "--data", folder / "data"])
            #expect(made.status == 0)
        }
        #expect(try Program.run(["backup", folder / "copy", "--data", folder / "data"]).status == 0)
        let refused = try Program.run(["restore", folder / "copy", "--data", folder / "data"])
        #expect(refused.status == 1 && refused.errors == "atiende: \(folder / "data") is not empty\n")
        #expect(try Program.run(["restore", folder / "copy", "--data", folder / "new"]).status == 0)
        let server = try RunningServer(data: folder / "new")
        #expect(server.status("/t/proware/") == 200 && server.status("/t/seres/") == 200)
    }

    @Test func `output that nobody can take is a failure`() throws {
        let program = try Program(["help"], shell: "exec > /dev/full")
        #expect(program.wait() == 1)
    }
}
