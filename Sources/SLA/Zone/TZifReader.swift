// Reads a TZif file (RFC 8536, versions 1 to 4) from bytes that nobody vouches for.

/// Why the bytes of a time zone could not be used.
public struct TimeZoneError: Error, Hashable, Sendable, CustomStringConvertible {
    public let zone: String
    public let reason: String

    public var description: String { "time zone \(zone): \(reason)" }
}

extension TimeZoneRules {
    /// The rules in the bytes of a TZif file, as systems keep them under `zoneinfo`.
    ///
    /// Any bytes may be handed in: what is not a zone is refused, never trapped on. Files that count leap seconds
    /// (`right/…`) are refused, because instants here do not.
    public init(name: String, tzif: [UInt8]) throws(TimeZoneError) {
        var reader = TZifReader(zone: name, bytes: tzif)
        self = try reader.rules()
    }
}

private struct TZifReader {
    let zone: String
    let bytes: [UInt8]
    var position = 0

    init(zone: String, bytes: [UInt8]) {
        self.zone = zone
        self.bytes = bytes
    }

    /// The counts of a header, in the order of the file.
    struct Header {
        var version: UInt8
        var utcFlags: Int
        var standardFlags: Int
        var leapSeconds: Int
        var changes: Int
        var types: Int
        var nameBytes: Int

        /// Bytes of the block that follows, whose times take `timeSize` bytes each. Counts have 32 bits: no overflow.
        func blockSize(timeSize: Int) -> Int {
            changes * (timeSize + 1) + types * 6 + nameBytes + leapSeconds * (timeSize + 4) + standardFlags + utcFlags
        }
    }

    func malformed(_ reason: String) -> TimeZoneError { TimeZoneError(zone: zone, reason: reason) }

    mutating func rules() throws(TimeZoneError) -> TimeZoneRules {
        var header = try readHeader()
        var timeSize = 4
        if header.version > 0 {
            try skip(header.blockSize(timeSize: 4))
            header = try readHeader()
            timeSize = 8
        }
        guard header.blockSize(timeSize: timeSize) <= bytes.count - position else {
            throw malformed("the file is cut short")
        }
        guard header.leapSeconds == 0 else { throw malformed("the file counts leap seconds") }
        guard 1...256 ~= header.types else { throw malformed("the file has no types of local time") }
        let end = position + header.blockSize(timeSize: timeSize)
        let (initial, changes) = try readChanges(header, timeSize: timeSize)
        position = end
        let rule = timeSize == 8 ? try readFooter() : nil
        return TimeZoneRules(name: zone, initialOffset: initial, changes: changes, rule: rule)
    }

    private mutating func readHeader() throws(TimeZoneError) -> Header {
        guard bytes.count - position >= 44, Array(bytes[position..<position + 4]) == [0x54, 0x5A, 0x69, 0x66] else {
            throw malformed("not a TZif file")
        }
        let version = bytes[position + 4]
        guard version == 0 || version >= 0x32 else { throw malformed("unknown version of TZif") }
        position += 20
        return Header(
            version: version, utcFlags: unsigned32(), standardFlags: unsigned32(), leapSeconds: unsigned32(),
            changes: unsigned32(), types: unsigned32(), nameBytes: unsigned32())
    }

    /// The caller has made sure that four bytes are left.
    private mutating func unsigned32() -> Int {
        defer { position += 4 }
        return bytes[position..<position + 4].reduce(0) { $0 << 8 | Int($1) }
    }

    private func signed(at start: Int, size: Int) -> Int {
        let first = Int(Int8(bitPattern: bytes[start]))
        return bytes[start + 1..<start + size].reduce(first) { $0 << 8 | Int($1) }
    }

    private mutating func skip(_ count: Int) throws(TimeZoneError) {
        guard count <= bytes.count - position else { throw malformed("the file is cut short") }
        position += count
    }

    /// The offset before the first change, and the changes within the years 1 to 9999 in order.
    private func readChanges(
        _ header: Header, timeSize: Int
    ) throws(TimeZoneError) -> (initial: Int, changes: [(at: Int, offset: Int)]) {
        let indexes = position + header.changes * timeSize
        let types = indexes + header.changes
        var offsets: [Int] = []
        for type in 0..<header.types {
            let offset = signed(at: types + type * 6, size: 4)
            guard abs(offset) < PosixRule.widestOffset else { throw malformed("an offset of more than 26 hours") }
            offsets.append(offset)
        }
        var initial = offsets[0]
        var changes: [(at: Int, offset: Int)] = []
        changes.reserveCapacity(header.changes)
        var previous = Int.min
        for index in 0..<header.changes {
            let at = signed(at: position + index * timeSize, size: timeSize)
            guard index == 0 || at > previous else { throw malformed("its changes are not in order") }
            previous = at
            let type = Int(bytes[indexes + index])
            guard type < offsets.count else { throw malformed("a change to a type that does not exist") }
            if at < Instant.earliest.seconds {
                initial = offsets[type]
            } else if at <= Instant.latest.seconds {
                changes.append((at, offsets[type]))
            }
        }
        return (initial, changes)
    }

    /// The rule for later years between two line ends; nothing when the line is empty: then the last offset stays.
    private func readFooter() throws(TimeZoneError) -> PosixRule? {
        let footer = bytes[position...]
        guard footer.first == 0x0A, let end = footer.dropFirst().firstIndex(of: 0x0A) else {
            throw malformed("the rule for later years is missing")
        }
        let text = footer[(footer.startIndex + 1)..<end]
        guard !text.isEmpty else { return nil }
        guard let rule = PosixRuleReader.read(text) else {
            throw malformed("the rule for later years cannot be read")
        }
        return rule
    }
}
