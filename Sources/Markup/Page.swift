// What a page shows: a struct of finished words that names its template once and lists its fields once.

/// A struct with a file of its own in the directory of templates.
public protocol Page: Sendable {
    /// The file's path in the directory of templates: `home/index.html`.
    static var template: StaticString { get }
    static var fields: [Field<Self>] { get }
}

/// An element of a list, or a part of a page: fields, but no template.
public protocol Item: Sendable {
    static var fields: [Field<Self>] { get }
}

/// A name that a template may use, and how its value is read from `P`.
///
/// The constructors are inlinable so that the reader of a stored property becomes a plain load in the caller's module.
public struct Field<P>: Sendable {
    @usableFromInline let name: String
    @usableFromInline let value: FieldValue

    @inlinable
    init(name: StaticString, value: FieldValue) {
        self.name = name.description
        self.value = value
    }

    /// Text, escaped wherever it stands.
    @inlinable
    public static func text(_ name: StaticString, _ read: @escaping @Sendable (P) -> String) -> Field {
        Field(name: name, value: .text { read($0.assumingMemoryBound(to: P.self).pointee) })
    }

    /// A whole number, shown in plain digits; it chooses plurals where it is the argument `count`.
    @inlinable
    public static func number(_ name: StaticString, _ read: @escaping @Sendable (P) -> Int) -> Field {
        Field(name: name, value: .number { read($0.assumingMemoryBound(to: P.self).pointee) })
    }

    /// A condition for `{{#if}}` and `{{#unless}}`.
    @inlinable
    public static func flag(_ name: StaticString, _ read: @escaping @Sendable (P) -> Bool) -> Field {
        Field(name: name, value: .flag { read($0.assumingMemoryBound(to: P.self).pointee) })
    }

    /// Markup that is built already, for `{{{name}}}`.
    @inlinable
    public static func raw(_ name: StaticString, _ read: @escaping @Sendable (P) -> HTMLBuffer) -> Field {
        Field(name: name, value: .raw { read($0.assumingMemoryBound(to: P.self).pointee) })
    }

    /// Elements for `{{#each}}`.
    @inlinable
    public static func list<Row: Item>(_ name: StaticString, _ read: @escaping @Sendable (P) -> [Row]) -> Field {
        let elements = Nested(
            shape: Shape(Row.self),
            isEmpty: { read($0.assumingMemoryBound(to: P.self).pointee).isEmpty },
            visit: { owner, body in
                let rows = read(owner.assumingMemoryBound(to: P.self).pointee)
                rows.withUnsafeBufferPointer { rows in
                    guard let first = rows.baseAddress else { return }
                    for index in 0..<rows.count { body(UnsafeRawPointer(first + index)) }
                }
                return !rows.isEmpty
            })
        return Field(name: name, value: .list(elements))
    }

    /// An element that may be there or not, for `{{#with}}`.
    @inlinable
    public static func part<Part: Item>(_ name: StaticString, _ read: @escaping @Sendable (P) -> Part?) -> Field {
        let element = Nested(
            shape: Shape(Part.self),
            isEmpty: { read($0.assumingMemoryBound(to: P.self).pointee) == nil },
            visit: { owner, body in
                guard let part = read(owner.assumingMemoryBound(to: P.self).pointee) else { return false }
                withUnsafePointer(to: part) { body(UnsafeRawPointer($0)) }
                return true
            })
        return Field(name: name, value: .part(element))
    }

    /// The place of the page in its layout, `{{{content}}}`.
    public static var content: Field { Field(name: "content", value: .content) }
}

/// How a field's value is read, with the type of its owner taken away so that one program serves every page.
///
/// Each reader is given the address of a value of the type it was made for: the compiler of templates pairs the two,
/// and the address is used only while that value lives on the caller's stack or in the list being walked.
@usableFromInline
enum FieldValue: Sendable {
    case text(@Sendable (UnsafeRawPointer) -> String)
    case number(@Sendable (UnsafeRawPointer) -> Int)
    case flag(@Sendable (UnsafeRawPointer) -> Bool)
    case raw(@Sendable (UnsafeRawPointer) -> HTMLBuffer)
    case list(Nested)
    case part(Nested)
    case content
}

/// The elements of a list, or the one of a part.
@usableFromInline
struct Nested: Sendable {
    let shape: Shape
    let isEmpty: @Sendable (UnsafeRawPointer) -> Bool
    /// Calls the body with each element's address; false if there was none.
    let visit: @Sendable (UnsafeRawPointer, (UnsafeRawPointer) -> Void) -> Bool

    @usableFromInline
    init(
        shape: Shape, isEmpty: @escaping @Sendable (UnsafeRawPointer) -> Bool,
        visit: @escaping @Sendable (UnsafeRawPointer, (UnsafeRawPointer) -> Void) -> Bool
    ) {
        self.shape = shape
        self.isEmpty = isEmpty
        self.visit = visit
    }
}

/// A type as templates see it: its name and its fields. The fields are asked for late, since a type may hold itself.
@usableFromInline
struct Shape: Sendable {
    let id: ObjectIdentifier
    let typeName: String
    let fields: @Sendable () -> [(name: String, value: FieldValue)]

    @usableFromInline
    init<Element: Item>(_ type: Element.Type) {
        id = ObjectIdentifier(type)
        typeName = "\(type)"
        fields = { Element.fields.map { ($0.name, $0.value) } }
    }

    init<P: Page>(page type: P.Type) {
        id = ObjectIdentifier(type)
        typeName = "\(type)"
        fields = { P.fields.map { ($0.name, $0.value) } }
    }
}
