// A JSON document as a value (RFC 8259). Reading it is in JSONParser.swift, writing it in JSONWriter.swift.

/// A JSON value. Two are equal when they say the same in the same order; `canonical` compares whatever the order.
public enum JSON: Hashable, Sendable {
    case null
    case bool(Bool)
    /// A number without a fraction that fits, however it was written: `2`, `2.0` and `2e0` are the same.
    case int(Int)
    /// Any other number, exactly as it was written.
    case decimal(String)
    case string(String)
    case array([JSON])
    case object(Object)

    /// The members of an object in their order, each key once.
    public struct Object: Hashable, Sendable {
        public private(set) var members: [Member]

        public struct Member: Hashable, Sendable {
            public let key: String
            public var value: JSON

            public init(_ key: String, _ value: JSON) {
                self.key = key
                self.value = value
            }
        }

        public init() { members = [] }

        /// The caller vouches that no key comes twice.
        init(unchecked members: [Member]) { self.members = members }

        /// The value of a key, found by looking at one member after the other. Setting a new key adds it at the end,
        /// setting nil takes the member away.
        public subscript(key: String) -> JSON? {
            get { members.first { $0.key == key }?.value }
            set {
                let index = members.firstIndex { $0.key == key }
                switch (index, newValue) {
                case (let index?, let value?): members[index].value = value
                case (let index?, nil): members.remove(at: index)
                case (nil, let value?): members.append(Member(key, value))
                case (nil, nil): break
                }
            }
        }
    }
}

extension JSON {
    /// The member of an object; nil where there is none, or no object.
    public subscript(key: String) -> JSON? {
        if case .object(let object) = self { object[key] } else { nil }
    }

    /// The text of a string; nil for anything else.
    public var text: String? {
        if case .string(let text) = self { text } else { nil }
    }

    /// What it is, in words.
    var kind: String {
        switch self {
        case .null: "null"
        case .bool: "true or false"
        case .int, .decimal: "a number"
        case .string: "a text"
        case .array: "a list"
        case .object: "an object"
        }
    }
}

// So that a document is written in Swift as it reads in JSON: `["id": 7, "result": .string(text)]`.

extension JSON: ExpressibleByStringLiteral, ExpressibleByIntegerLiteral, ExpressibleByBooleanLiteral {
    public init(stringLiteral value: String) { self = .string(value) }
    public init(integerLiteral value: Int) { self = .int(value) }
    public init(booleanLiteral value: Bool) { self = .bool(value) }
}

extension JSON: ExpressibleByArrayLiteral, ExpressibleByDictionaryLiteral {
    public init(arrayLiteral elements: JSON...) { self = .array(elements) }

    /// The last value of a key counts.
    public init(dictionaryLiteral elements: (String, JSON)...) {
        var object = Object()
        for (key, value) in elements { object[key] = value }
        self = .object(object)
    }
}

extension JSON {
    /// A text, or null for none.
    public static func optional(_ text: String?) -> JSON { text.map(JSON.string) ?? .null }

    /// A number, or null for none.
    public static func optional(_ number: Int?) -> JSON { number.map(JSON.int) ?? .null }
}
