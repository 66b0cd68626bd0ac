// Every command, in the order in which help lists them.

public enum CommandList {
    public static let all: [Command] = [
        ServeCommand.command,
        TenantCommands.create,
        TenantCommands.list,
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
    ]

    static let data = Command.Option("--data", "DIR", "the folder that holds everything (or ATIENDE_DATA)")

    /// The commands that begin with a word: `tenant create`, `tenant list`.
    static func family(_ word: String) -> [Command] { all.filter { $0.words.first == word && $0.words.count > 1 } }

    /// The command that the first words name, and the words after it.
    public static func find(_ words: [String]) throws(CommandFault) -> (command: Command, rest: [String]) {
        for command in all where words.starts(with: command.words) {
            return (command, Array(words.dropFirst(command.words.count)))
        }
        guard let first = words.first else { throw .usage("no command; see atiende help") }
        let family = family(first)
        guard family.isEmpty else {
            let verbs = family.map { $0.words[1...].joined(separator: " ") }
            guard words.count > 1 else {
                throw .usage("atiende \(first) needs one of: \(verbs.joined(separator: ", "))")
            }
            let nearest = NearestWord.to(words[1], among: verbs).map { "; did you mean \(first) \($0)?" } ?? ""
            throw .usage("unknown command \(first) \(words[1])\(nearest)")
        }
        let nearest = NearestWord.to(first, among: all.compactMap(\.words.first) + ["help"])
        throw .usage("unknown command \(first)" + (nearest.map { "; did you mean \($0)?" } ?? "; see atiende help"))
    }
}
