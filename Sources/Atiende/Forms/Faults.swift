// What is wrong with a form, field by field, in finished words.

public struct Faults: Error, Sendable, Equatable {
    struct Fault: Sendable, Equatable {
        let field: String
        let text: String
    }

    /// In the order in which they were found.
    private(set) var list: [Fault] = []

    var isEmpty: Bool { list.isEmpty }

    subscript(_ field: String) -> String { list.first { $0.field == field }?.text ?? "" }

    /// The first fault of a field is the one that is told.
    mutating func add(_ field: String, _ text: String) {
        guard self[field].isEmpty else { return }
        list.append(Fault(field: field, text: text))
    }

    /// The same in the order of the fields, whichever was looked at first.
    func ordered(by fields: [String]) -> Faults {
        var faults = Faults()
        faults.list = fields.flatMap { field in list.filter { $0.field == field } }
        faults.list += list.filter { !fields.contains($0.field) }
        return faults
    }

    static func one(_ field: String, _ text: String) -> Faults {
        var faults = Faults()
        faults.add(field, text)
        return faults
    }

    /// Throws itself unless there is nothing wrong.
    func check() throws(Faults) { if !isEmpty { throw self } }
}
