// Finds the command, runs it here or in the server that has the data open, prints what it says.

internal import Atiende
internal import Glibc

enum CommandLineTool {
    /// Returns the status that the process ends with; one line on standard error says why it is not 0.
    static func run(_ words: [String], environment: [String: String]) -> Int32 {
        do throws(CommandFault) {
            try say(answer(words, environment))
            return 0
        } catch {
            complain(error.message)
            return error.status
        }
    }

    private static func answer(_ words: [String], _ environment: [String: String]) throws(CommandFault) -> String {
        if words.isEmpty || words == ["--help"] || words == ["help"] { return Help.overview }
        if words.first == "help" { return Help.text(for: try CommandList.find(Array(words.dropFirst())).command) }
        let (command, rest) = try CommandList.find(words)
        if rest.contains("--help") { return Help.text(for: command) }
        var invocation = try Invocation(rest, of: command)
        if let data = environment["ATIENDE_DATA"], command.options.contains(where: { $0.name == "--data" }) {
            invocation.supply("--data", data)
        }
        switch command.action {
        case .alone(let action), .offline(let action):
            return try action(invocation)
        case .onData(let action):
            return try onData(words, invocation, command, action)
        case .serve:
            try ServerProcess.run(ServeSettings(invocation, environment: environment))
        }
    }

    private static func onData(
        _ words: [String], _ invocation: Invocation, _ command: Command,
        _ action: (Invocation, Installation) throws(CommandFault) -> String
    ) throws(CommandFault) -> String {
        guard let data = invocation["--data"] else { throw .usage("\(command.name) needs --data DIR") }
        let log = Log(descriptor: STDERR_FILENO, writesAccess: false, isQuiet: true)
        let installation: Installation
        do throws(Installation.Failure) {
            installation = try Installation(root: data, log: log, openDesks: 16) { _ in }
        } catch {
            switch error {
            case .inUse: return try CommandSocket.ask(absolute(words), root: data)
            case .failed(let why): throw .failed(why)
            }
        }
        defer { installation.close() }
        return try action(invocation, installation)
    }

    /// The server works in another folder: paths that are relative here are made absolute for it.
    private static func absolute(_ words: [String]) -> [String] {
        guard words.first == "backup", let here = getcwd(nil, 0) else { return words }
        defer { free(here) }
        let folder = String(cString: here)
        return words.enumerated().map { index, word in
            let isPath = index == 1 && !word.hasPrefix("-") || index > 0 && words[index - 1] == "--data"
            return isPath && !word.hasPrefix("/") ? folder + "/" + word : word
        }
    }

    private static func say(_ text: String) { write(text, to: STDOUT_FILENO) }

    private static func complain(_ message: String) { write("atiende: \(message)\n", to: STDERR_FILENO) }

    private static func write(_ text: String, to descriptor: Int32) {
        var bytes = Array(text.utf8)[...]
        while !bytes.isEmpty {
            let count = bytes.withUnsafeBytes { Glibc.write(descriptor, $0.baseAddress, $0.count) }
            let code = errno
            guard count > 0 || code == EINTR else { return }
            bytes = bytes.dropFirst(max(0, count))
        }
    }
}
