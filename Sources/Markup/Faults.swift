// What is wrong with templates and words, each fault with its place, all of them together.

/// One thing to mend, in a file under the directory of templates.
public struct Fault: Hashable, Sendable, CustomStringConvertible {
    public let file: String
    /// Counted from 1; 0 where the fault has no line.
    public let line: Int
    public let message: String

    public var description: String { line > 0 ? "\(file):\(line): \(message)" : "\(file): \(message)" }
}

/// Every fault that was found, in the order of files and lines.
public struct TemplateFaults: Error, Sendable, CustomStringConvertible {
    public let faults: [Fault]

    init(_ faults: [Fault]) { self.faults = inOrder(faults) }

    public var description: String { faults.map(\.description).joined(separator: "\n") }
}

/// Sorted by place, each once.
func inOrder(_ faults: [Fault]) -> [Fault] {
    Set(faults).sorted { ($0.file, $0.line, $0.message) < ($1.file, $1.line, $1.message) }
}

/// ` (did you mean "subject"?)` if one of the names is near; else nothing.
func suggestion(for name: String, among names: some Sequence<String>) -> String {
    let limit = max(2, name.utf8.count / 3)
    let nearest = names.map { (distance: editDistance(name, $0, limit: limit), name: $0) }.min { $0 < $1 }
    guard let nearest, nearest.distance <= limit else { return "" }
    return " (did you mean \"\(nearest.name)\"?)"
}

/// Levenshtein's distance between two names; anything beyond the limit may be said to be just beyond it.
private func editDistance(_ one: String, _ other: String, limit: Int) -> Int {
    let a = Array(one.utf8.prefix(100))
    let b = Array(other.utf8.prefix(100))
    guard abs(a.count - b.count) <= limit else { return limit + 1 }
    var row = Array(0...b.count)
    for i in a.indices {
        var diagonal = row[0]
        row[0] = i + 1
        for j in b.indices {
            let substituted = diagonal + (a[i] == b[j] ? 0 : 1)
            diagonal = row[j + 1]
            row[j + 1] = min(substituted, row[j] + 1, row[j + 1] + 1)
        }
    }
    return row[b.count]
}
