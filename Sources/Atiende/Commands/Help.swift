// `atiende help`: what there is, and each command in full.

public enum Help {
    /// All commands, a line each.
    public static var overview: String {
        let everyday = CommandList.all.filter { !$0.isForDevelopment }
        let rows = everyday.map { ($0.name, $0.summary) } + [("help [COMMAND]", "explains a command")]
        return "Atiende, a help desk whose service levels can be audited.\n\n" + table(rows)
            + "\natiende help COMMAND tells what each takes.\n"
    }

    /// What there is to say about the words of a command, or about the first words of several.
    public static func text(for words: [String]) throws(CommandFault) -> String {
        guard !words.isEmpty else { return overview }
        let family = CommandList.family(words)
        if !family.isEmpty { return table(family.map { ($0.usage, $0.summary) }) }
        let (command, rest) = try CommandList.find(words)
        if let extra = rest.first { throw .usage("help takes the words of one command, and \(extra) is none of them") }
        return text(for: command)
    }

    public static func text(for command: Command) -> String {
        var text = "\(command.usage)\n\n\(command.summary)\n"
        if case .serve = command.action {
            return "atiende serve --data DIR [OPTIONS]\n\n\(command.summary)\n\n\(ServeCommand.details)"
        }
        let operands = command.operands.map { ($0.name, $0.help) }
        let options = command.options.map { option in
            (option.name + (option.value.map { " " + $0 } ?? ""), option.help)
        }
        if !(operands + options).isEmpty { text += "\n" + table(operands + options) }
        return text
    }

    /// Two columns.
    static func table(_ rows: [(String, String)]) -> String {
        let width = rows.map(\.0.count).max() ?? 0
        return rows.map { name, words in
            "  \(name)\(String(repeating: " ", count: width - name.count))  \(words)\n"
        }.joined()
    }
}
