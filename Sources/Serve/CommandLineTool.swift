// Finds the command, runs it here or in the server that has the data open, prints what it says.

internal import Atiende
internal import Glibc

enum CommandLineTool {
    /// Returns the status that the process ends with; one line on standard error says why it is not 0.
    static func run(_ words: [String], environment: [String: String]) -> Int32 {
        do throws(CommandFault) {
            guard write(try answer(words, environment), to: STDOUT_FILENO) else {
                throw .failed("standard output takes nothing")
            }
            return 0
        } catch {
            complain(error.message)
            return error.status
        }
    }

    private static func answer(_ words: [String], _ environment: [String: String]) throws(CommandFault) -> String {
        if words.isEmpty { return Help.overview }
        if words.first == "help" { return try Help.text(for: Array(words.dropFirst())) }
        // A word after `--` is an operand, whatever it looks like.
        let asking = words.prefix { $0 != "--" }
        if let question = asking.firstIndex(where: { $0 == "--help" || $0 == "-h" }) {
            let asked = Array(words[..<question])
            if let command = try? CommandList.find(asked).command { return Help.text(for: command) }
            return try Help.text(for: asked)
        }
        let (command, rest) = try CommandList.find(words)
        var invocation = try Invocation(rest, of: command)
        if let data = environment["ATIENDE_DATA"], command.options.contains(where: { $0.name == "--data" }) {
            invocation.supply("--data", data)
        }
        if let url = environment["ATIENDE_URL"], case .onData = command.action,
            command.options.contains(where: { $0.name == "--url" })
        {
            invocation.supply("--url", url)
        }
        if command.options.contains(where: { $0.readsInput && invocation.has($0.name) }) {
            invocation.input = try StandardInput.line()
        }
        switch command.action {
        case .alone(let action), .offline(let action):
            return try action(invocation)
        case .onData(let makesFolder, let action):
            return try onData(command, invocation, makesFolder, action)
        case .filter(let action):
            let lines = LineStream(input: STDIN_FILENO, output: STDOUT_FILENO)
            try action(invocation, lines)
            try lines.flush()
            return ""
        case .serve:
            try ServerProcess.run(ServeSettings(invocation, environment: environment))
        }
    }

    private static func onData(
        _ command: Command, _ invocation: Invocation, _ makesFolder: Bool,
        _ action: (Invocation, Installation) throws(CommandFault) -> String
    ) throws(CommandFault) -> String {
        let data = try invocation.data()
        let log = Log(descriptor: STDERR_FILENO, writesAccess: false, isQuiet: true)
        defer { log.flush(within: 1) }
        let installation: Installation
        do throws(Installation.Failure) {
            installation = try Installation(root: data, log: log, openDesks: 16, makesFolder: makesFolder) { _ in }
        } catch {
            switch error {
            case .inUse:
                return try CommandSocket.ask(
                    invocation.words(of: command, from: workingFolder()), input: invocation.input, root: data)
            case .failed(let why): throw .failed(why)
            }
        }
        defer { installation.close() }
        return try action(invocation, installation)
    }

    private static func workingFolder() throws(CommandFault) -> String {
        guard let path = getcwd(nil, 0) else { throw .failed("the working folder is gone") }
        defer { free(path) }
        return String(cString: path)
    }

    private static func complain(_ message: String) { _ = write("atiende: \(message)\n", to: STDERR_FILENO) }

    /// False where nobody takes what is written.
    static func write(_ text: String, to descriptor: Int32) -> Bool {
        var bytes = Array(text.utf8)[...]
        while !bytes.isEmpty {
            let count = bytes.withUnsafeBytes { Glibc.write(descriptor, $0.baseAddress, $0.count) }
            let code = errno
            guard count > 0 || code == EINTR else { return false }
            bytes = bytes.dropFirst(max(0, count))
        }
        return true
    }
}
