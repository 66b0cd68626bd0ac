// What is wrong with a document that is JSON, but not the document that it should be.

/// A fault, with the path to it.
public struct JSONFault: Hashable, Sendable, CustomStringConvertible {
    /// `plans[1].targets[4].amount`; empty for the document as a whole.
    public let path: String
    /// `must be at least 1`
    public let reason: String

    public init(path: String, reason: String) {
        self.path = path
        self.reason = reason
    }

    public var description: String { path.isEmpty ? "the document \(reason)" : "\(path): \(reason)" }
}

/// Every fault of a document (the first hundred of them), in the order in which it was read; never empty.
public struct JSONFaults: Error, Hashable, Sendable, CustomStringConvertible {
    public let list: [JSONFault]
    /// How many more there are.
    public let more: Int

    /// One sentence: the first fault, and how many others there are.
    public var description: String {
        let others = list.count - 1 + more
        let rest = others == 0 ? "" : others == 1 ? " (and 1 more fault)" : " (and \(others) more faults)"
        return (list.first?.description ?? "the document cannot be read") + rest
    }

    /// A line for each fault.
    public var lines: [String] { list.map(\.description) + (more == 0 ? [] : ["and \(more) more"]) }
}

/// Collects the faults of a document while it is read.
final class JSONFaultList {
    static let most = 100

    private(set) var list: [JSONFault] = []
    private(set) var count = 0

    /// Whether another fault would only be counted.
    var isFull: Bool { count >= Self.most }

    /// Notes a fault once, however often it is met. The reason is only made where it will be kept.
    func append(_ path: JSONPath?, _ reason: @autoclosure () -> String) {
        if !isFull {
            let fault = JSONFault(path: path?.text ?? "", reason: reason())
            if list.contains(fault) { return }
            list.append(fault)
        }
        count += 1
    }
}

/// The way from the document to a part of it, made into text only for a fault.
final class JSONPath {
    private let parent: JSONPath?
    private let step: Step

    enum Step {
        case key(String)
        case index(Int)
    }

    init(_ parent: JSONPath?, _ step: Step) {
        self.parent = parent
        self.step = step
    }

    var text: String {
        let before = parent?.text ?? ""
        switch step {
        case .index(let index): return "\(before)[\(index)]"
        case .key(let key) where Self.isPlain(key): return before.isEmpty ? key : "\(before).\(key)"
        case .key(let key): return "\(before)[\(JSON.string(key.excerpt).text())]"
        }
    }

    /// Letters, digits, `-` and `_`.
    private static func isPlain(_ key: String) -> Bool {
        1...60 ~= key.utf8.count
            && key.utf8.allSatisfy {
                switch $0 {
                case 0x30...0x39, 0x41...0x5A, 0x61...0x7A, 0x2D, 0x5F: true
                default: false
                }
            }
    }
}
