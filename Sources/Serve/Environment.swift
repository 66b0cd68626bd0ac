// The process's environment: the only place that reads it.

internal import Glibc

enum Environment {
    /// The variables that are Atiende's, by name.
    static func read() -> [String: String] {
        var found: [String: String] = [:]
        var entry = environ
        while let text = entry.pointee {
            let pair = String(cString: text)
            if pair.hasPrefix("ATIENDE_"), let equals = pair.firstIndex(of: "=") {
                found[String(pair[..<equals])] = String(pair[pair.index(after: equals)...])
            }
            entry += 1
        }
        return found
    }
}
