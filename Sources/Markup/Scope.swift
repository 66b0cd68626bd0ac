// Which names can be used at a place of a template, and what they stand for.

enum Scope {
    /// The fields of a page or of an element. `owner` is the place of its address while the program runs.
    case owner(Int, Shape, [String: FieldValue])
    /// What a partial was given, and what it used of that.
    case arguments([String: Reference], used: Set<String>)
}

enum Reference {
    case literal(String)
    case value(owner: Int, FieldValue, field: String)
    /// A name that is not there; the fault is noted already.
    case unknown
}

extension Compiler {
    private var owners: Int {
        scopes.count {
            if case .owner = $0 { true } else { false }
        }
    }

    /// Opens the scope of a page or an element.
    mutating func enter(_ shape: Shape, _ file: String, line: Int) {
        let declared = shape.fields()
        var fields: [String: FieldValue] = [:]
        fields.reserveCapacity(declared.count)
        for (name, value) in declared {
            if fields.updateValue(value, forKey: name) != nil {
                note("\(shape.typeName) declares the field \"\(name)\" twice", line, in: file)
            }
            if Tag.reservedNames.contains(name) {
                note("\(shape.typeName) declares \"\(name)\", which is the name of a tag", line, in: file)
            }
        }
        let owner = owners
        scopes.append(.owner(owner, shape, fields))
        program.depth = max(program.depth, owner + 1)
        if usage.fields[shape.id] == nil {
            usage.fields[shape.id] = Usage.Fields(
                typeName: shape.typeName, file: file, line: line, declared: declared.map(\.name))
        }
    }

    /// Finds a name in the innermost scope that has it; notes a fault if none has.
    mutating func resolve(_ name: String, _ line: Int) -> Reference {
        for index in scopes.indices.reversed() {
            switch scopes[index] {
            case .arguments(let arguments, let used):
                guard let reference = arguments[name] else { continue }
                scopes[index] = .arguments(arguments, used: used.union([name]))
                return reference
            case .owner(let owner, let shape, let fields):
                if let value = fields[name] {
                    usage.fields[shape.id]?.used.insert(name)
                    return .value(owner: owner, value, field: name)
                }
            }
        }
        let names = namesInScope
        note("no field \"\(name)\" in \(names.types)\(suggestion(for: name, among: names.fields))", line)
        return .unknown
    }

    mutating func resolve(_ arguments: [Argument], _ line: Int) -> [String: Reference] {
        var references: [String: Reference] = [:]
        for argument in arguments {
            switch argument.value {
            case .literal(let text): references[argument.name] = .literal(text)
            case .field(let name): references[argument.name] = resolve(name, line)
            }
        }
        return references
    }

    /// From the innermost outwards: `QueueRow or QueuePage`.
    private var namesInScope: (types: String, fields: [String]) {
        var types: [String] = []
        var names: [String] = []
        for scope in scopes.reversed() {
            switch scope {
            case .arguments(let arguments, _): names += arguments.keys
            case .owner(_, let shape, let fields):
                types.append(shape.typeName)
                names += fields.keys
            }
        }
        return (types.joined(separator: " or "), names)
    }
}
