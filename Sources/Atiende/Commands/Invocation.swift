// The words after a command's name, sorted into operands and options.

public struct Invocation: Sendable {
    public private(set) var operands: [String] = []
    private var values: [String: [String]] = [:]
    /// What standard input held, where an option asks for it.
    public var input: String?

    /// Refuses what the command does not take, with the nearest right word.
    public init(_ words: [String], of command: Command) throws(CommandFault) {
        var index = 0
        var onlyOperands = false
        while index < words.count {
            let word = words[index]
            index += 1
            guard !onlyOperands, word.hasPrefix("--") else {
                operands.append(word)
                continue
            }
            if word == "--" {
                onlyOperands = true
                continue
            }
            let name = String(word.prefix { $0 != "=" })
            let option = try Self.option(name, of: command)
            var value = ""
            if name.utf8.count < word.utf8.count {
                value = String(word.dropFirst(name.count + 1))
                guard option.value != nil else { throw .usage("\(name) takes no value") }
            } else if option.value != nil {
                guard index < words.count else { throw .usage("\(name) needs a value: \(name) \(option.value ?? "")") }
                value = words[index]
                index += 1
            }
            guard option.isRepeatable || values[name] == nil else { throw .usage("\(name) is given twice") }
            values[name, default: []].append(value)
        }
        try checkCount(command)
    }

    private static func option(_ name: String, of command: Command) throws(CommandFault) -> Command.Option {
        if let option = command.options.first(where: { $0.name == name }) { return option }
        let nearest = NearestWord.to(name, among: command.options.map(\.name))
        throw .usage("unknown option \(name) of \(command.name)" + (nearest.map { "; did you mean \($0)?" } ?? ""))
    }

    private func checkCount(_ command: Command) throws(CommandFault) {
        let needed = command.operands.filter { !$0.isOptional }
        if operands.count < needed.count {
            throw .usage("\(command.name) needs \(needed[operands.count].name): \(command.usage)")
        }
        if operands.count > command.operands.count {
            throw .usage("\(command.name) does not take \(operands[command.operands.count]): \(command.usage)")
        }
        for option in command.options where option.isRequired && values[option.name] == nil {
            throw .usage("\(command.name) needs \(option.name) \(option.value ?? "")")
        }
    }

    /// The value of an option; nil when it is not given.
    public subscript(_ option: String) -> String? { values[option]?.first }

    public func all(_ option: String) -> [String] { values[option] ?? [] }

    public func has(_ option: String) -> Bool { values[option] != nil }

    /// The folder that `--data` names.
    public func data() throws(CommandFault) -> String {
        guard let data = self["--data"], !data.isEmpty else { throw .usage("where? give --data DIR or ATIENDE_DATA") }
        return data
    }

    /// The words again, for a process that has the data open and works in another folder: paths are made absolute, and
    /// `--data` is left out.
    public func words(of command: Command, from folder: String) -> [String] {
        var words = command.words
        for option in command.options where option.name != "--data" {
            for value in all(option.name) {
                words.append(option.value == nil ? option.name : option.name + "=" + value)
            }
        }
        words.append("--")
        for (operand, kind) in zip(operands, command.operands) {
            words.append(kind.isPath && !operand.hasPrefix("/") ? folder + "/" + operand : operand)
        }
        return words
    }

    /// Sets an option that was not given, from another source.
    public mutating func supply(_ option: String, _ value: String) {
        if values[option] == nil { values[option] = [value] }
    }
}
