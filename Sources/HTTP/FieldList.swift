// What several field values share (RFC 9110 §5.6): tokens, lists divided by commas, and weights. It reads bytes where
// they lie in the head; nothing is copied.
//
// Questions about bytes are asked by closures: a key path in their place (`allSatisfy(\.isTokenByte)`) measured 50 ns for
// each byte.

extension UInt8 {
    /// A byte of a token (RFC 9110 §5.6.2).
    var isTokenByte: Bool {
        switch self {
        case 0x30...0x39, 0x41...0x5A, 0x61...0x7A: true
        // ! # $ % & ' * + - . ^ _ ` | ~
        case 0x21, 0x23...0x27, 0x2A, 0x2B, 0x2D, 0x2E, 0x5E, 0x5F, 0x60, 0x7C, 0x7E: true
        default: false
        }
    }

    /// C0 controls and DEL.
    var isControl: Bool { self < 0x20 || self == 0x7F }

    static let comma: UInt8 = 0x2C
    static let colon: UInt8 = 0x3A
    static let semicolon: UInt8 = 0x3B
    static let equals: UInt8 = 0x3D
    static let quote: UInt8 = 0x22
    static let backslash: UInt8 = 0x5C
    static let percent: UInt8 = 0x25
    static let minus: UInt8 = 0x2D
    static let slash: UInt8 = 0x2F
}

extension ArraySlice<UInt8> {
    /// Without blanks at both ends.
    var trimmed: ArraySlice<UInt8> {
        var slice = self
        while let first = slice.first, first.isBlank { slice = slice.dropFirst() }
        while let last = slice.last, last.isBlank { slice = slice.dropLast() }
        return slice
    }

    /// Equality without regard to ASCII case.
    func matches(_ word: StaticString) -> Bool {
        guard count == word.utf8CodeUnitCount else { return false }
        return word.withUTF8Buffer { wanted in
            zip(self, wanted).allSatisfy { $0.lowercased == $1.lowercased }
        }
    }

    /// What lies before and after the first such byte; nil when there is none.
    func split(at byte: UInt8) -> (before: ArraySlice<UInt8>, after: ArraySlice<UInt8>)? {
        guard let index = firstIndex(of: byte) else { return nil }
        return (self[..<index], self[(index + 1)...])
    }

    /// A decimal number of digits alone; nil for anything else, also for more than `Int` holds.
    var decimal: Int? {
        guard !isEmpty else { return nil }
        var value = 0
        for byte in self {
            guard byte.isDigit else { return nil }
            let (tens, overflowed) = value.multipliedReportingOverflow(by: 10)
            let (sum, carried) = tens.addingReportingOverflow(Int(byte &- 0x30))
            if overflowed || carried { return nil }
            value = sum
        }
        return value
    }

    /// Visits the elements of a list until `visit` says false: divided by commas that stand outside double quotes,
    /// without the blanks around them; empty elements are skipped (RFC 9110 §5.6.1.2). False when it was stopped.
    @discardableResult
    func eachElement(_ visit: (ArraySlice<UInt8>) -> Bool) -> Bool {
        var start = startIndex
        var isQuoted = false
        for index in startIndex...endIndex {
            if index < endIndex {
                if self[index] == .quote { isQuoted.toggle() }
                if isQuoted || self[index] != .comma { continue }
            }
            let element = self[start..<index].trimmed
            start = index + 1
            if !element.isEmpty && !visit(element) { return false }
        }
        return true
    }
}

extension Request {
    /// Visits the elements of all fields of that name, which make one list (RFC 9110 §5.3), until `visit` says false.
    func eachElement(of name: StaticString, _ visit: (ArraySlice<UInt8>) -> Bool) {
        for field in fields where matches(field.name, name) {
            guard head[field.value].eachElement(visit) else { return }
        }
    }

    /// The value of the field of that name where there is exactly one.
    func onlyField(_ name: StaticString) -> ArraySlice<UInt8>? {
        var found: ArraySlice<UInt8>?
        for field in fields where matches(field.name, name) {
            if found != nil { return nil }
            found = head[field.value]
        }
        return found
    }

    func hasField(_ name: StaticString) -> Bool { fields.contains { matches($0.name, name) } }
}

/// An element with its weight, `gzip;q=0.5`. Parameters other than `q` are passed over.
struct WeightedElement {
    let value: ArraySlice<UInt8>
    /// 0 to 1000; 1000 where none is given (RFC 9110 §12.4.2).
    let thousandths: Int

    /// Nil where the weight is malformed.
    init?(_ element: ArraySlice<UInt8>) {
        guard let (value, parameters) = element.split(at: .semicolon) else {
            self.value = element
            thousandths = 1000
            return
        }
        self.value = value.trimmed
        var weight = 1000
        for parameter in parameters.split(separator: .semicolon) {
            guard let (name, number) = parameter.trimmed.split(at: .equals), name.matches("q") else { continue }
            guard let parsed = Self.thousandths(number) else { return nil }
            weight = parsed
        }
        thousandths = weight
    }

    /// `qvalue`: 0 or 1 with at most three decimals, and nothing above 1.
    private static func thousandths(_ number: ArraySlice<UInt8>) -> Int? {
        guard let whole = number.first, whole == 0x30 || whole == 0x31, number.count <= 5 else { return nil }
        var value = whole == 0x31 ? 1000 : 0
        let decimals = number.dropFirst()
        guard let point = decimals.first else { return value }
        guard point == 0x2E else { return nil }
        var unit = 100
        for digit in decimals.dropFirst() {
            guard digit.isDigit else { return nil }
            value += Int(digit &- 0x30) * unit
            unit /= 10
        }
        return value <= 1000 ? value : nil
    }
}
