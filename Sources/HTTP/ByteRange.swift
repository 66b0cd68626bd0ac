// The part of a representation that a client asks for (RFC 9110 §14).

public enum ByteRange: Equatable, Sendable {
    /// No range is asked for, or none that is served: answer 200 with everything.
    case whole
    /// Answer 206 with these bytes; never empty.
    case part(Range<Int>)
    /// Answer 416.
    case unsatisfiable

    /// Reads the value of a Range field for a representation of `size` bytes. A field that is malformed or of another
    /// unit must be ignored (§14.2). Several ranges are ignored too, as §14.2 allows: their answer is a multipart body
    /// whose overlapping parts are a known way to make a server send much for little, and no browser needs them.
    public init(_ value: ArraySlice<UInt8>, size: Int) {
        self = .whole
        guard let (unit, ranges) = value.split(at: .equals), unit.matches("bytes") else { return }
        let range = ranges.trimmed
        guard !range.contains(.comma), let (firstDigits, lastDigits) = range.split(at: .minus) else { return }
        if firstDigits.isEmpty {
            guard let length = Self.position(lastDigits) else { return }
            if length == 0 {
                self = .unsatisfiable
            } else if size > 0 {
                self = .part(max(0, size - length)..<size)
            }
            return
        }
        guard let first = Self.position(firstDigits) else { return }
        guard let last = lastDigits.isEmpty ? Int.max : Self.position(lastDigits), last >= first else { return }
        self = first < size ? .part(first..<(min(last, size - 1) + 1)) : .unsatisfiable
    }

    /// The value of Content-Range; nil for a whole representation, which has none.
    public func contentRange(size: Int) -> String? {
        switch self {
        case .whole: nil
        case .part(let range): "bytes \(range.lowerBound)-\(range.upperBound - 1)/\(size)"
        case .unsatisfiable: "bytes */\(size)"
        }
    }

    /// A position of digits alone; one that no `Int` holds lies beyond every end, which is all that matters.
    private static func position(_ digits: ArraySlice<UInt8>) -> Int? {
        guard !digits.isEmpty, digits.allSatisfy({ $0.isDigit }) else { return nil }
        return digits.decimal ?? Int.max
    }
}

extension Request {
    /// What to send of a representation once its preconditions let the request proceed.
    public func byteRange(_ validators: Validators, size: Int) -> ByteRange {
        guard let value = onlyField("range"), rangeApplies(validators) else { return .whole }
        return ByteRange(value, size: size)
    }
}
