// Reads a JSON document strictly into values of our own: every fault is collected with its path, so that whoever wrote
// the document hears of all of them at once.
//
//     let plan = try JSONReader.read(json) { document in
//         document.allow("name", "targets")
//         let name = document["name"].text()
//         let amounts = document["targets"].list().map { $0["amount"].int(in: 1...) }
//         …
//     }

/// A part of a document that is being read. Whatever is wrong with it is noted once, with its path, and reading goes
/// on: a faulty part gives nil, an empty list or the default that was asked for, and so do all parts below it.
public struct JSONReader {
    private let content: Content
    private let path: JSONPath?
    private let faults: JSONFaultList

    private enum Content {
        case value(JSON)
        case missing
        /// Part of something whose fault is noted already.
        case faulty
    }

    /// Reads a whole document. Throws every fault that was found; a body that gives nil has noted one.
    public static func read<Value>(
        _ document: JSON, _ body: (JSONReader) -> Value?
    ) throws(JSONFaults) -> Value {
        let faults = JSONFaultList()
        let value = body(JSONReader(content: .value(document), path: nil, faults: faults))
        if let value, faults.count == 0 { return value }
        if faults.count == 0 { faults.append(nil, "cannot be read") }
        throw JSONFaults(list: faults.list, more: faults.count - faults.list.count)
    }

    /// Notes a fault of this part: `must not be before its start`.
    public func fault(_ reason: @autoclosure () -> String) {
        if case .faulty = content { return }
        faults.append(path, reason())
    }

    // MARK: Parts

    /// The member of an object.
    public subscript(key: String) -> JSONReader {
        let path = JSONPath(path, .key(key))
        let object = take("an object") { if case .object(let object) = $0 { object } else { nil } }
        let content = object.map { $0[key].map(Content.value) ?? .missing }
        return JSONReader(content: content ?? .faulty, path: path, faults: faults)
    }

    /// The element of a list.
    public subscript(index: Int) -> JSONReader {
        let path = JSONPath(path, .index(index))
        let elements = take("a list") { if case .array(let elements) = $0 { elements } else { nil } }
        let content = elements.map { $0.indices.contains(index) ? Content.value($0[index]) : .missing }
        return JSONReader(content: content ?? .faulty, path: path, faults: faults)
    }

    /// This part if it is there; nil where it is left out or null.
    public var ifPresent: JSONReader? {
        switch content {
        case .missing, .value(.null): nil
        case .value, .faulty: self
        }
    }

    /// What stands there, as it is; null where nothing does.
    public var json: JSON {
        if case .value(let value) = content { value } else { .null }
    }

    /// Takes the value if it is of the right kind; otherwise notes what it must be.
    private func take<Value>(_ expected: String, _ convert: (JSON) -> Value?) -> Value? {
        switch content {
        case .faulty: return nil
        case .missing: faults.append(path, "is missing")
        case .value(let value):
            if let value = convert(value) { return value }
            faults.append(path, "must be \(expected), not \(value.kind)")
        }
        return nil
    }

    // MARK: Objects and lists

    /// Says which members this object may have: any other is a fault, with the nearest right key.
    public func allow(_ keys: String...) { allow(keys) }

    public func allow(_ keys: [String]) {
        for member in members(atMost: .max) where !keys.contains(member.key) {
            faults.append(JSONPath(path, .key(member.key)), unknown(member.key, keys))
        }
    }

    private func unknown(_ key: String, _ keys: [String]) -> String {
        "is not known" + (NearestWord.to(key, among: keys).map { "; did you mean \($0)?" } ?? "")
    }

    /// The members of an object whose keys are the document's own, in their order.
    public func members(atMost limit: Int = 10_000) -> [(key: String, value: JSONReader)] {
        let members = take("an object") { if case .object(let object) = $0 { object.members } else { nil } }
        guard let members else { return [] }
        guard members.count <= limit else {
            faults.append(path, "must not have more than \(limit) members")
            return []
        }
        return members.map { member in
            let path = JSONPath(path, .key(member.key))
            return (member.key, JSONReader(content: .value(member.value), path: path, faults: faults))
        }
    }

    /// The elements of a list.
    public func list(atLeast least: Int = 0, atMost limit: Int = 10_000) -> [JSONReader] {
        let elements = take("a list") { if case .array(let elements) = $0 { elements } else { nil } }
        guard let elements else { return [] }
        guard elements.count >= least else {
            faults.append(path, least == 1 ? "must not be empty" : "must have at least \(least) elements")
            return []
        }
        guard elements.count <= limit else {
            faults.append(path, "must not have more than \(limit) elements")
            return []
        }
        return elements.enumerated().map { index, element in
            JSONReader(content: .value(element), path: JSONPath(path, .index(index)), faults: faults)
        }
    }
}

// Single values. Each notes its fault and gives nil; `ifPresent` goes before what may be left out:
// `reader["level"].ifPresent?.int(in: 1...3)`.

extension JSONReader {
    public func bool() -> Bool? {
        take("true or false") { if case .bool(let value) = $0 { value } else { nil } }
    }

    public func int(in range: ClosedRange<Int> = .min ... .max) -> Int? {
        guard let value = integer() else { return nil }
        if range.contains(value) { return value }
        if range.upperBound == .max {
            fault("must be at least \(range.lowerBound)")
        } else if range.lowerBound == .min {
            fault("must be at most \(range.upperBound)")
        } else if value < range.lowerBound, range.lowerBound == 1 {
            fault("must be at least 1")
        } else {
            fault("must be between \(range.lowerBound) and \(range.upperBound)")
        }
        return nil
    }

    public func int(in range: PartialRangeFrom<Int>) -> Int? { int(in: range.lowerBound ... .max) }

    public func int(in range: PartialRangeThrough<Int>) -> Int? { int(in: .min...range.upperBound) }

    private func integer() -> Int? {
        if case .value(.decimal) = content {
            fault("must be a whole number of at most eighteen digits")
            return nil
        }
        return take("a whole number") { if case .int(let value) = $0 { value } else { nil } }
    }

    /// A text of 1 to `limit` bytes, or of none where it may be empty. Control characters are a fault, but for the
    /// line feeds and tabs of a text that has lines.
    public func text(atMost limit: Int = 1_000, mayBeEmpty: Bool = false, hasLines: Bool = false) -> String? {
        guard let text = take("a text", { $0.text }) else { return nil }
        if text.isEmpty, !mayBeEmpty {
            fault("must not be empty")
        } else if text.utf8.count > limit {
            fault("must not be longer than \(limit) bytes")
        } else if text.utf8.contains(where: { $0 < 0x20 && !(hasLines && ($0 == 0x0A || $0 == 0x09)) || $0 == 0x7F }) {
            fault("must not contain control characters")
        } else {
            return text
        }
        return nil
    }

    /// A text that stands for something else: `at.text("an instant like 2026-01-31T10:00:00Z", Instant.init)`.
    public func text<Value>(_ expected: String, _ convert: (String) -> Value?) -> Value? {
        guard let text = take(expected, { $0.text }) else { return nil }
        if let value = convert(text) { return value }
        fault("must be \(expected)")
        return nil
    }

    /// One of the words of an enumeration.
    public func word<Word: RawRepresentable & CaseIterable>(_ type: Word.Type) -> Word? where Word.RawValue == String {
        word(Word.allCases.map(\.rawValue)).flatMap(Word.init(rawValue:))
    }

    /// One of some words.
    public func word(_ words: [String]) -> String? {
        guard let text = take("a text", { $0.text }) else { return nil }
        if words.contains(text) { return text }
        fault(
            "must be one of \(words.joined(separator: ", "))"
                + (NearestWord.to(text, among: words).map { "; did you mean \($0)?" } ?? ""))
        return nil
    }
}
