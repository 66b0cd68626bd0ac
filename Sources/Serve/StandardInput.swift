// What a command is given on standard input besides its words: one line.

internal import Atiende
internal import Glibc

enum StandardInput {
    /// Bytes: no command takes a longer line.
    private static let longest = 4096

    /// The line without its end; whatever follows it is a mistake.
    static func line() throws(CommandFault) -> String {
        let bytes = try LineStream(input: STDIN_FILENO, output: STDOUT_FILENO).all(atMost: longest)
        guard bytes.count <= longest, var text = String(validating: bytes, as: UTF8.self) else {
            throw .usage("standard input holds no line of text of up to \(longest) bytes")
        }
        if text.last?.isNewline == true { text.removeLast() }
        guard !text.contains(where: \.isNewline) else { throw .usage("standard input holds more than one line") }
        return text
    }
}
