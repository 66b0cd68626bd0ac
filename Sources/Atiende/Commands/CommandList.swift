// Every command, in the order in which help lists them.

public enum CommandList {
    public static let all: [Command] = [
        ServeCommand.command,
        TenantCommands.create,
        TenantCommands.list,
        TenantMoveCommands.rename,
        TenantMoveCommands.delete,
        TenantArchiveCommands.export,
        TenantArchiveCommands.import,
        TenantHostCommands.add,
        TenantHostCommands.remove,
        TenantHostCommands.list,
        UserCommands.add,
        EvaluationCommands.slaEvaluate,
        EvaluationCommands.slaExplain,
        EvaluationCommands.uptimeEvaluate,
        EvaluationCommands.holidays,
        ContractCommands.list,
        ContractCommands.print,
        ContractCommands.check,
        BackupCommands.backup,
        BackupCommands.restore,
        CheckCommand.command,
        BenchDataCommand.command,
        BenchDueCommand.command,
    ]

    static let data = Command.Option("--data", "DIR", "the folder that holds everything (or ATIENDE_DATA)")

    /// The commands that begin with words and have more: `tenant create`, `tenant list`.
    static func family(_ words: [String]) -> [Command] {
        all.filter { $0.words.count > words.count && $0.words.starts(with: words) }
    }

    /// The command that the first words name, and the words after it.
    public static func find(_ words: [String]) throws(CommandFault) -> (command: Command, rest: [String]) {
        for command in all where words.starts(with: command.words) {
            return (command, Array(words.dropFirst(command.words.count)))
        }
        guard let first = words.first else { throw .usage("no command; see atiende help") }
        guard !family([first]).isEmpty else {
            let nearest = NearestWord.to(
                first, among: all.filter { !$0.isForDevelopment }.compactMap(\.words.first) + ["help"])
            throw .usage("unknown command \(first)" + (nearest.map { "; did you mean \($0)?" } ?? "; see atiende help"))
        }
        throw lost(words, after: family(Array(words.prefix(2))).isEmpty || words.count < 2 ? 1 : 2)
    }

    /// So many words are the beginning of several commands, and what follows is none of theirs.
    private static func lost(_ words: [String], after count: Int) -> CommandFault {
        let beginning = Array(words.prefix(count))
        let verbs = family(beginning).map { $0.words[count...].joined(separator: " ") }
        let name = beginning.joined(separator: " ")
        guard words.count > count else {
            return .usage("atiende \(name) needs one of: \(verbs.joined(separator: ", "))")
        }
        let nearest = NearestWord.to(words[count], among: verbs).map { "; did you mean \(name) \($0)?" } ?? ""
        return .usage("unknown command \(name) \(words[count])\(nearest)")
    }
}
