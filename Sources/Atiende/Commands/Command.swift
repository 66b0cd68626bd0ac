// A command of the command line: its words, what it takes, what it does. The same value parses, explains and runs it.

public struct Command: Sendable {
    /// The words that name it: `["tenant", "create"]`.
    public let words: [String]
    /// What must follow the words, in order.
    public let operands: [Operand]
    public let options: [Option]
    /// One line for the list of commands.
    public let summary: String
    public let action: Action
    /// For whoever develops: not in the list that help shows, only by its name.
    public var isForDevelopment = false

    public struct Operand: Sendable {
        public let name: String
        public let help: String
        public let isOptional: Bool
        /// Whether it names a file or a folder, which is looked for from where the command was given.
        public let isPath: Bool

        public init(_ name: String, _ help: String, isOptional: Bool = false, isPath: Bool = false) {
            self.name = name
            self.help = help
            self.isOptional = isOptional
            self.isPath = isPath
        }
    }

    public struct Option: Sendable {
        /// With its dashes: `--contract`.
        public let name: String
        /// What stands for its value in the help; nil for a switch.
        public let value: String?
        public let help: String
        public let isRequired: Bool
        public let isRepeatable: Bool
        /// Whether it asks for what standard input holds: a secret is none of the words that everybody on the machine
        /// can see.
        public let readsInput: Bool

        public init(
            _ name: String, _ value: String? = nil, _ help: String, isRequired: Bool = false,
            isRepeatable: Bool = false, readsInput: Bool = false
        ) {
            self.name = name
            self.value = value
            self.help = help
            self.isRequired = isRequired
            self.isRepeatable = isRepeatable
            self.readsInput = readsInput
        }
    }

    /// What a command works on decides where it runs.
    public enum Action: Sendable {
        /// Nothing but its words.
        case alone(@Sendable (Invocation) throws(CommandFault) -> String)
        /// The data, which only one process has open: a running server does it for the caller. Most work on what is
        /// there; `makesFolder` begins an installation.
        case onData(
            makesFolder: Bool = false, _ run: @Sendable (Invocation, Installation) throws(CommandFault) -> String)
        /// Files that no server has open.
        case offline(@Sendable (Invocation) throws(CommandFault) -> String)
        /// Standard input and output, as a filter.
        case filter(@Sendable (Invocation, LineStream) throws(CommandFault) -> Void)
        /// The server itself.
        case serve
    }

    public init(
        _ words: [String], _ operands: [Operand], _ options: [Option], _ summary: String, _ action: Action,
        isForDevelopment: Bool = false
    ) {
        self.words = words
        self.operands = operands
        self.options = options
        self.summary = summary
        self.action = action
        self.isForDevelopment = isForDevelopment
    }

    public var name: String { words.joined(separator: " ") }

    /// `atiende tenant create SLUG --contract NAME [--name TEXT]`
    public var usage: String {
        var parts = ["atiende", name]
        parts += operands.map { $0.isOptional ? "[\($0.name)]" : $0.name }
        for option in options {
            let text = option.name + (option.value.map { " " + $0 } ?? "")
            parts.append(option.isRequired ? text : "[\(text)]")
        }
        return parts.joined(separator: " ")
    }
}

/// Why a command did not do what was asked, in one line, with the status that the process ends with.
public struct CommandFault: Error, Sendable {
    public let message: String
    public let status: Int32

    /// The words were wrong.
    public static func usage(_ message: String) -> CommandFault { CommandFault(message: message, status: 2) }
    /// The words were right, and it could not be done.
    public static func failed(_ message: String) -> CommandFault { CommandFault(message: message, status: 1) }

    /// Runs what may fail in other words, and lets it fail in a command's alone.
    static func catching<T>(_ body: () throws -> T) throws(CommandFault) -> T {
        do { return try body() } catch {
            throw error as? CommandFault ?? .failed(Refusal(error).why)
        }
    }
}
