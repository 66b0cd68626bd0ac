// The words of the command line: what they mean, and what is said to those that mean nothing.

import Testing

@testable import Atiende
@testable import HTTP

/// A command with one of everything.
private let sample = Command(
    ["sample", "do"], [.init("FROM", "where it begins"), .init("TO", "where it ends", isOptional: true, isPath: true)],
    [
        .init("--name", "TEXT", "a name", isRequired: true), .init("--loud", nil, "a switch"),
        .init("--tag", "T", "tags", isRepeatable: true), CommandList.data,
    ], "does something", .alone { _ in "" })

@Suite struct InvocationTests {
    @Test(
        arguments: [
            (["a", "--name", "n"], ["a"], "n", false, []), (["--name=n", "a"], ["a"], "n", false, []),
            (["--name", "n", "--loud", "a", "b"], ["a", "b"], "n", true, []), (["--name=", "a"], ["a"], "", false, []),
            (["--name=a=b", "a"], ["a"], "a=b", false, []), (["--name", "--loud", "a"], ["a"], "--loud", false, []),
            (["a", "--name=n", "--tag", "1", "--tag=2"], ["a"], "n", false, ["1", "2"]),
            (["--name=n", "--", "--loud", "--"], ["--loud", "--"], "n", false, []),
            (["--name", "--", "a"], ["a"], "--", false, []),
            (["", "--name=n"], [""], "n", false, []), (["-", "--name=n"], ["-"], "n", false, []),
            (["ñandú 🙂", "--name=é"], ["ñandú 🙂"], "é", false, []),
        ] as [([String], [String], String, Bool, [String])])
    func `words are sorted into operands and options`(
        _ words: [String], _ operands: [String], _ name: String, _ isLoud: Bool, _ tags: [String]
    ) throws {
        let invocation = try Invocation(words, of: sample)
        #expect(invocation.operands == operands && invocation["--name"] == name)
        #expect(invocation.has("--loud") == isLoud && invocation.all("--tag") == tags)
        // What another process is told means the same, wherever it works.
        let again = try Invocation(Array(invocation.words(of: sample, from: "/w").dropFirst(2)), of: sample)
        #expect(again["--name"] == name && again.all("--tag") == tags && again.has("--loud") == isLoud)
        #expect(again.operands.first == operands.first)
        if operands.count == 2 { #expect(again.operands[1] == "/w/" + operands[1]) }
    }

    @Test func `a path that is absolute stays, and the folder of the data is left out`() throws {
        let invocation = try Invocation(["from", "/to", "--data", "d", "--name=n"], of: sample)
        #expect(invocation.words(of: sample, from: "/w") == ["sample", "do", "--name=n", "--", "from", "/to"])
    }

    @Test(arguments: [
        ([], "sample do needs FROM: atiende sample do FROM [TO] --name TEXT [--loud] [--tag T] [--data DIR]"),
        (["a"], "sample do needs --name TEXT"), (["a", "--name"], "--name needs a value: --name TEXT"),
        (["a", "b", "c", "--name=n"], "sample do does not take c"),
        (["a", "--name=n", "--name=m"], "--name is given twice"),
        (["a", "--name=n", "--loud=1"], "--loud takes no value"),
        (["a", "--loud", "--loud", "--name=n"], "--loud is given twice"),
        (["a", "--nmae", "n"], "unknown option --nmae of sample do; did you mean --name?"),
        (["a", "--=x"], "unknown option -- of sample do"),
        (["a", "--completely-different"], "unknown option --completely-different of sample do"),
        (["a", "--" + String(repeating: "x", count: 100_000)], "unknown option --xxx"),
    ])
    func `words that are wrong are refused in one line`(_ words: [String], _ message: String) {
        let fault = #expect(throws: CommandFault.self) { _ = try Invocation(words, of: sample) }
        #expect(fault?.status == 2)
        #expect(fault?.message.hasPrefix(message) == true, "\(fault?.message.prefix(200) ?? "")")
        #expect(fault?.message.contains("\n") == false)
    }

    @Test(arguments: [["x"], ["x", "--data", ""], ["x", "--data="]])
    func `a command that works on data says so when it is not told where they are`(_ words: [String]) throws {
        let invocation = try Invocation(words, of: BackupCommands.backup)
        let fault = #expect(throws: CommandFault.self) { try invocation.data() }
        #expect(fault?.message.contains("--data DIR or ATIENDE_DATA") == true && fault?.status == 2)
    }

    @Test func `what was not given may come from another source, what was given stays`() throws {
        var invocation = try Invocation(["x"], of: BackupCommands.backup)
        invocation.supply("--data", "from-environment")
        #expect(try invocation.data() == "from-environment")
        invocation.supply("--data", "later")
        #expect(try invocation.data() == "from-environment")
    }
}

@Suite struct CommandListTests {
    @Test(arguments: [
        (["sevre"], "unknown command sevre; did you mean serve?"),
        (["backpu"], "unknown command backpu; did you mean backup?"),
        (["hlep"], "unknown command hlep; did you mean help?"),
        (["tenants"], "unknown command tenants; did you mean tenant?"),
        (["tenant", "creat"], "unknown command tenant creat; did you mean tenant create?"),
        (["tenant", "lst"], "unknown command tenant lst; did you mean tenant list?"),
        (["tenant"], "atiende tenant needs one of: create, list"),
        (["tenant", "explode"], "unknown command tenant explode"),
        (["tenant", "exprot", "x"], "unknown command tenant exprot; did you mean tenant export?"),
        (["tenant", "remane"], "unknown command tenant remane; did you mean tenant rename?"),
        (["tenant", "host"], "atiende tenant host needs one of: add, remove, list"),
        (["tenant", "host", "ad"], "unknown command tenant host ad; did you mean tenant host add?"),
        (["xyzzy"], "unknown command xyzzy; see atiende help"),
        ([""], "unknown command ; see atiende help"), ([], "no command; see atiende help"),
        (["--data", "x"], "unknown command --data"), (["serve "], "unknown command serve ; did you mean serve?"),
    ])
    func `a command that does not exist is answered with the nearest that does`(_ words: [String], _ message: String) {
        let fault = #expect(throws: CommandFault.self) { _ = try CommandList.find(words) }
        #expect(fault?.status == 2 && fault?.message.hasPrefix(message) == true, "\(fault?.message ?? "")")
    }

    @Test(arguments: CommandList.all.map(\.words))
    func `every command is found, listed and explained`(_ words: [String]) throws {
        let (command, rest) = try CommandList.find(words + ["x", "--y"])
        #expect(command.words == words && rest == ["x", "--y"])
        #expect(Help.overview.contains("  \(command.name) ") != command.isForDevelopment)
        #expect(Help.overview.contains(command.summary) != command.isForDevelopment)
        let text = try Help.text(for: words)
        #expect(text.hasPrefix("atiende \(command.name)") && text.contains(command.summary))
        for option in command.options { #expect(text.contains("  " + option.name) && text.contains(option.help)) }
        for operand in command.operands { #expect(text.contains(operand.name) && text.contains(operand.help)) }
    }

    @Test func `help of the first word of several lists them`() throws {
        let text = try Help.text(for: ["tenant"])
        #expect(text.contains("atiende tenant create SLUG") && text.contains("atiende tenant list"))
        #expect(text.contains("atiende tenant host add SLUG HOST"))
        let hosts = try Help.text(for: ["tenant", "host"])
        #expect(hosts.contains("atiende tenant host remove HOST") && !hosts.contains("create"))
        #expect(throws: CommandFault.self) { try Help.text(for: ["tenant", "host", "add", "x"]) }
        #expect(throws: CommandFault.self) { try Help.text(for: ["serve", "now"]) }
        #expect(throws: CommandFault.self) { try Help.text(for: ["nothing"]) }
        #expect(try Help.text(for: []) == Help.overview)
    }
}

@Suite struct SettingsTests {
    private func settings(
        _ words: [String] = [], _ environment: [String: String] = [:]
    ) throws -> ServeSettings {
        try ServeSettings(Invocation(["--data", "d"] + words, of: ServeCommand.command), environment: environment)
    }

    @Test func `help tells every setting with its default and its variable`() throws {
        let text = try Help.text(for: ["serve"])
        for setting in ServeSettings.all {
            #expect(text.contains("  " + setting.option.name + " ") && text.contains(setting.option.help))
            #expect(setting.standard.isEmpty || text.contains("[\(setting.standard)]"))
        }
        #expect(text.contains("ATIENDE_IDLE_SECONDS"))
    }

    @Test func `the defaults that help tells are those that hold`() throws {
        let plain = try settings()
        for setting in ServeSettings.all where setting.option.value == "N" && Int(setting.standard) != nil {
            var told = ServeSettings()
            #expect(setting.apply(&told, setting.standard))
            #expect(
                "\(told.limits) \(told.workers) \(told.openTenants)"
                    == "\(plain.limits) \(plain.workers) \(plain.openTenants)",
                "\(setting.option.name)")
        }
        #expect(plain.listen == [.tcp(host: "127.0.0.1", port: 8080)])
        #expect(!plain.isDemo && plain.writesAccess && !plain.reloadsTemplates && plain.resources == nil)
    }

    @Test func `a flag wins over the environment, and both over the default`() throws {
        #expect(try settings().limits.idleSeconds == 60)
        #expect(try settings([], ["ATIENDE_IDLE_SECONDS": "30"]).limits.idleSeconds == 30)
        #expect(try settings(["--idle-seconds", "20"], ["ATIENDE_IDLE_SECONDS": "30"]).limits.idleSeconds == 20)
        let listening = try settings(["--listen=[::1]:1", "--listen", "unix:/s"], ["ATIENDE_LISTEN": "127.0.0.1:9"])
        #expect(listening.listen == [.tcp(host: "::1", port: 1), .unix(path: "/s")])
        #expect(try settings([], ["ATIENDE_LISTEN": "127.0.0.1:9"]).listen == [.tcp(host: "127.0.0.1", port: 9)])
        let plain = try Invocation([], of: ServeCommand.command)
        #expect(try ServeSettings(plain, environment: ["ATIENDE_DATA": "e"]).data == "e")
    }

    @Test func `a switch of the environment is on, off, or a mistake`() throws {
        #expect(try settings([], ["ATIENDE_DEMO": "1"]).isDemo)
        #expect(try !settings([], ["ATIENDE_DEMO": "0"]).isDemo)
        #expect(try !settings([], ["ATIENDE_DEMO": ""]).isDemo)
        #expect(try settings(["--demo"], ["ATIENDE_DEMO": "0"]).isDemo)
        let fault = #expect(throws: CommandFault.self) { try settings([], ["ATIENDE_DEMO": "true"]) }
        #expect(fault?.message == "ATIENDE_DEMO true: 1 is on, 0 is off")
    }

    @Test(arguments: ServeSettings.all.filter { $0.option.value == "N" }.map(\.option.name))
    func `a number outside its bounds is refused with the bounds`(_ name: String) throws {
        let setting = try #require(ServeSettings.all.first { $0.option.name == name })
        let bounds = try #require(setting.option.help.firstMatch(of: /\((\d+) to (\d+)\)$/))
        let (least, most) = try (#require(Int(bounds.1)), #require(Int(bounds.2)))
        for value in ["\(least)", "\(most)"] { _ = try settings([name, value]) }
        for value in [
            "\(least - 1)", "\(most + 1)", "", " 1", "1 ", "1.5", "1e3", "0x10", "ten", "٣", "9223372036854775808",
            String(repeating: "9", count: 100_000),
        ] {
            let fault = #expect(throws: CommandFault.self) { try settings(["\(name)=\(value)"]) }
            #expect(fault?.status == 2 && fault?.message.hasPrefix("\(name) ") == true)
            #expect(fault?.message.hasSuffix("(\(least) to \(most))") == true)
        }
    }

    @Test(arguments: [
        ("--listen", "8080"), ("--listen", ":8080"), ("--listen", "127.0.0.1:"), ("--listen", "127.0.0.1:65536"),
        ("--listen", "::1:80"), ("--listen", "unix:"), ("--listen", "unix:" + String(repeating: "a", count: 108)),
        ("--access-log", "yes"), ("--access-log", ""), ("--trusted-proxy", "10.0.0.0/33"), ("--trusted-proxy", "all"),
        ("--trusted-proxy", "10.0.0.1,,10.0.0.2"), ("--metrics-from", "localhost"), ("--resources", ""),
    ])
    func `a value that is none is refused in words`(_ name: String, _ value: String) {
        for words in [["\(name)=\(value)"], []] {
            let variables = words.isEmpty ? [ServeSettings.variable(name): value] : [:]
            let fault = #expect(throws: CommandFault.self) { try settings(words, variables) }
            #expect(fault?.status == 2)
            #expect(fault?.message.hasPrefix(words.isEmpty ? ServeSettings.variable(name) : name) == true)
        }
    }

    @Test func `a server without data does not start`() throws {
        for environment in [[:], ["ATIENDE_DATA": ""]] {
            let invocation = try Invocation([], of: ServeCommand.command)
            let fault = #expect(throws: CommandFault.self) {
                try ServeSettings(invocation, environment: environment)
            }
            #expect(fault?.status == 2)
        }
    }
}
