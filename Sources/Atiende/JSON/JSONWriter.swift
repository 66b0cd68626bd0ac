// Writes JSON, the same bytes for the same value every time.

extension JSON {
    /// How a document is laid out.
    public enum Layout: Sendable {
        /// On one line, without a space.
        case compact
        /// For people: indented by two, but what fits on a line of 120 bytes stays on it. Ends with a line feed.
        case pretty
    }

    /// The order of the members of objects.
    public enum KeyOrder: Sendable {
        case given
        /// By the bytes of the keys in UTF-8, which is the order of their code points.
        case sorted
    }

    /// The document as UTF-8. Texts keep every character but quotes, backslashes and control characters.
    public func bytes(_ layout: Layout = .compact, keys: KeyOrder = .given) -> [UInt8] {
        var writer = JSONWriter(order: keys)
        switch layout {
        case .compact: writer.compact(self)
        case .pretty:
            writer.pretty(self, indent: 0, after: 0)
            writer.bytes.append(0x0A)
        }
        return writer.bytes
    }

    public func text(_ layout: Layout = .compact, keys: KeyOrder = .given) -> String {
        String(decoding: bytes(layout, keys: keys), as: UTF8.self)
    }

    /// The one form that a hash is taken over: compact, keys sorted.
    public var canonical: [UInt8] { bytes(.compact, keys: .sorted) }
}

private struct JSONWriter {
    let order: JSON.KeyOrder
    var bytes: [UInt8] = []

    static let lineLength = 120

    init(order: JSON.KeyOrder) { self.order = order }

    func members(_ object: JSON.Object) -> [JSON.Object.Member] {
        switch order {
        case .given: object.members
        case .sorted: object.members.sorted { $0.key.utf8.lexicographicallyPrecedes($1.key.utf8) }
        }
    }

    /// `space` follows colons and commas.
    mutating func compact(_ value: JSON, space: String = "") {
        switch value {
        case .array(let elements):
            bytes.append(UInt8(ascii: "["))
            for (index, element) in elements.enumerated() {
                if index > 0 { bytes += ",\(space)".utf8 }
                compact(element, space: space)
            }
            bytes.append(UInt8(ascii: "]"))
        case .object(let object):
            bytes.append(UInt8(ascii: "{"))
            for (index, member) in members(object).enumerated() {
                if index > 0 { bytes += ",\(space)".utf8 }
                string(member.key)
                bytes += ":\(space)".utf8
                compact(member.value, space: space)
            }
            bytes.append(UInt8(ascii: "}"))
        default: scalar(value)
        }
    }

    mutating func scalar(_ value: JSON) {
        switch value {
        case .null: bytes += "null".utf8
        case .bool(let value): bytes += (value ? "true" : "false").utf8
        case .int(let value): bytes += String(value).utf8
        case .decimal(let text): bytes += text.utf8
        case .string(let text): string(text)
        case .array, .object: break
        }
    }

    /// `after`: how many bytes stand on the line already, or follow on it.
    mutating func pretty(_ value: JSON, indent: Int, after: Int) {
        if fits(value, in: Self.lineLength - after) { return compact(value, space: " ") }
        switch value {
        case .array(let elements):
            bytes.append(UInt8(ascii: "["))
            for (index, element) in elements.enumerated() {
                newLine(indent + 2, isFirst: index == 0)
                pretty(element, indent: indent + 2, after: indent + 3)
            }
            newLine(indent, isFirst: true)
            bytes.append(UInt8(ascii: "]"))
        case .object(let object):
            bytes.append(UInt8(ascii: "{"))
            for (index, member) in members(object).enumerated() {
                newLine(indent + 2, isFirst: index == 0)
                string(member.key)
                bytes += ": ".utf8
                pretty(member.value, indent: indent + 2, after: indent + 5 + member.key.utf8.count)
            }
            newLine(indent, isFirst: true)
            bytes.append(UInt8(ascii: "}"))
        default: scalar(value)
        }
    }

    private mutating func newLine(_ indent: Int, isFirst: Bool) {
        if !isFirst { bytes.append(UInt8(ascii: ",")) }
        bytes.append(0x0A)
        bytes += [UInt8](repeating: 0x20, count: indent)
    }

    /// Whether a value takes no more than `room` bytes on a line; escapes are not counted.
    private func fits(_ value: JSON, in room: Int) -> Bool {
        var room = room
        spend(value, &room)
        return room >= 0
    }

    /// Stops as soon as the room is spent.
    private func spend(_ value: JSON, _ room: inout Int) {
        switch value {
        case .null: room -= 4
        case .bool(let value): room -= value ? 4 : 5
        case .int(let value): room -= String(value).utf8.count
        case .decimal(let text): room -= text.utf8.count
        case .string(let text): room -= text.utf8.count + 2
        case .array(let elements):
            room -= elements.isEmpty ? 2 : elements.count * 2
            for element in elements where room >= 0 { spend(element, &room) }
        case .object(let object):
            room -= object.members.isEmpty ? 2 : object.members.count * 2
            for member in object.members where room >= 0 {
                room -= member.key.utf8.count + 4
                spend(member.value, &room)
            }
        }
    }

    mutating func string(_ text: String) {
        bytes.append(UInt8(ascii: "\""))
        for byte in text.utf8 {
            switch byte {
            case UInt8(ascii: "\""), UInt8(ascii: "\\"): bytes += [UInt8(ascii: "\\"), byte]
            case 0x08: bytes += "\\b".utf8
            case 0x09: bytes += "\\t".utf8
            case 0x0A: bytes += "\\n".utf8
            case 0x0C: bytes += "\\f".utf8
            case 0x0D: bytes += "\\r".utf8
            case 0..<0x20:
                let digits = Array("0123456789abcdef".utf8)
                bytes += "\\u00".utf8
                bytes += [digits[Int(byte >> 4)], digits[Int(byte & 15)]]
            default: bytes.append(byte)
            }
        }
        bytes.append(UInt8(ascii: "\""))
    }
}
