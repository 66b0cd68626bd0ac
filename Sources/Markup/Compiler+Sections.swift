// Sections: what is shown or not, or once for each element. Every way through a section ends in the same place of HTML.

extension Compiler {
    mutating func addSection(_ section: Section) {
        let reference = resolve(section.field, section.line)
        guard let entry = context.atEdge else {
            return note("{{#\(section.kind.rawValue)}} may not stand in \(context.description)", section.line)
        }
        context = entry
        switch section.kind {
        case .if, .unless: addChoice(section, reference, entry)
        case .each:
            if case .value(let owner, .list(let elements), _) = reference {
                addElements(section, elements, of: owner, entry)
            } else {
                noteMismatch(section, reference, "a list")
            }
        case .with:
            if case .value(let owner, .part(let element), _) = reference {
                addElements(section, element, of: owner, entry)
            } else {
                noteMismatch(section, reference, "a part")
            }
        }
    }

    private mutating func noteMismatch(_ section: Section, _ reference: Reference, _ needed: String) {
        // Inside, every name of the elements would be a fault again: the body is left out.
        usage.isComplete = false
        if case .unknown = reference { return }
        note("{{#\(section.kind.rawValue) \(section.field)}} needs \(needed)", section.line)
    }

    private mutating func addChoice(_ section: Section, _ reference: Reference, _ entry: MarkupContext) {
        let choice = addGap()
        compile(section.body)
        let bodyEnd = context
        var otherwise = target()
        if section.elseLine != nil {
            let end = addGap()
            otherwise = target()
            context = entry
            compile(section.otherwise)
            fill(end, with: .skip(to: target()))
        }
        fill(choice, with: operation(for: reference, isNegated: section.kind == .unless, next: choice + 1, otherwise))
        close(section, entry, bodyEnd)
    }

    /// Skips the body if the condition does not hold.
    private func operation(for reference: Reference, isNegated: Bool, next: Int, _ otherwise: Int) -> Operation {
        switch reference {
        case .unknown: return .skip(to: next)
        case .literal(let text): return .skip(to: text.isEmpty == isNegated ? next : otherwise)
        case .value(let owner, let value, _):
            let test = Self.test(value)
            let isShown: Test = isNegated ? { @Sendable value in !test(value) } : test
            return .skipUnless(owner: owner, isShown, to: otherwise)
        }
    }

    /// A value holds if there is something to show: not empty, not zero, not false.
    private static func test(_ value: FieldValue) -> Test {
        switch value {
        case .flag(let read): read
        case .text(let read): { !read($0).isEmpty }
        case .number(let read): { read($0) != 0 }
        case .raw(let read): { !read($0).isEmpty }
        case .list(let nested), .part(let nested): { !nested.isEmpty($0) }
        case .content: { _ in true }
        }
    }

    private mutating func addElements(_ section: Section, _ nested: Nested, of owner: Int, _ entry: MarkupContext) {
        if section.kind == .each { context = entry.repeated }
        let loop = addGap()
        enter(nested.shape, file, line: section.line)
        compile(section.body)
        scopes.removeLast()
        let bodyEnd = context
        let end = target()
        context = entry
        compile(section.otherwise)
        fill(loop, with: .each(owner: owner, nested, end: end, next: target()))
        close(section, entry, bodyEnd)
    }

    /// Both ways must end where the section began; without `{{else}}` the other way is to skip the body.
    private mutating func close(_ section: Section, _ entry: MarkupContext, _ bodyEnd: MarkupContext) {
        let otherEnd = section.elseLine == nil ? entry : context
        let bodyTag = section.elseLine == nil ? "{{/\(section.kind.rawValue)}}" : "{{else}}"
        let body = checkedEnd(bodyEnd, entry, bodyTag, section, section.elseLine ?? section.endLine)
        let other = checkedEnd(otherEnd, entry, "{{/\(section.kind.rawValue)}}", section, section.endLine)
        context = body.flatMap { body in other.flatMap { body.joined(with: $0) } } ?? entry
    }

    private mutating func checkedEnd(
        _ end: MarkupContext, _ entry: MarkupContext, _ tag: String, _ section: Section, _ line: Int
    ) -> MarkupContext? {
        if let edge = end.atEdge, entry.joined(with: edge) != nil { return edge }
        note("\(tag) stands in \(end.description), but \(section.opening) in \(entry.description)", line)
        return nil
    }
}

extension MarkupContext {
    /// This edge as the beginning of what may come again after itself: nothing may depend on being the first time.
    fileprivate var repeated: MarkupContext {
        var again = self
        if place == .between { again.place = .edge }
        switch url {
        case .start, .prefix, .mixed: again.url = .mixed
        case .none, .afterValue, .settled, .foreign: break
        }
        return again
    }
}
