// Markup that was made for nobody in particular: where a form's keys go, or the server's clock, each reader's own are put
// when it is shown. What is put there is marked while it is made by words that nobody can guess, so that no text of a
// customer's can pass for them.

internal import Glibc
internal import Markup

struct OpenMarkup: Sendable {
    private enum Filling: Sendable {
        case seal
        case key
        case now
    }

    private let bytes: [UInt8]
    /// In order: up to where bytes go first, what follows them, and where the rest begins.
    private let gaps: [(range: Range<Int>, filling: Filling)]

    /// What stands for the keys of forms and the clock while it is made.
    static let keys = FormKeys(csrf: mark(1), key: mark(2))
    static let now = mark(3)

    private static let secret = (try? Random.identifier()) ?? ""
    private static let length = 33

    private static func mark(_ number: Int) -> String { secret + String(number) }

    /// - Parameter made: Markup in which the marks stand.
    init(_ made: HTMLBuffer) {
        bytes = made.bytes
        var gaps: [(range: Range<Int>, filling: Filling)] = []
        let secret = Array(Self.secret.utf8)
        bytes.withUnsafeBufferPointer { bytes in
            var index = 0
            while let start = Self.next(secret, in: bytes, from: index), start + Self.length <= bytes.count {
                index = start + Self.length
                switch bytes[index - 1] {
                case UInt8(ascii: "1"): gaps.append((start..<index, .seal))
                case UInt8(ascii: "2"): gaps.append((start..<index, .key))
                default: gaps.append((start..<index, .now))
                }
            }
        }
        self.gaps = gaps
    }

    var count: Int { bytes.count }

    private static func next(_ secret: [UInt8], in bytes: UnsafeBufferPointer<UInt8>, from start: Int) -> Int? {
        guard let first = secret.first, let base = bytes.baseAddress else { return nil }
        var index = start
        while index + secret.count <= bytes.count {
            guard let found = memchr(base + index, Int32(first), bytes.count - index) else { return nil }
            index = UnsafeRawPointer(base).distance(to: UnsafeRawPointer(found))
            guard index + secret.count <= bytes.count else { return nil }
            if memcmp(base + index, secret, secret.count) == 0 { return index }
            index += 1
        }
        return nil
    }

    /// For one reader, now.
    func filled(by visit: Visit) -> HTMLBuffer {
        var filled = HTMLBuffer(capacity: bytes.count + gaps.count * 64)
        bytes.withUnsafeBufferPointer { bytes in
            var index = 0
            for gap in gaps {
                filled.append(markup: UnsafeBufferPointer(rebasing: bytes[index..<gap.range.lowerBound]))
                switch gap.filling {
                case .seal: filled.append(text: visit.seal?.text ?? "")
                case .key: filled.append(text: (try? Random.identifier()) ?? "")
                case .now: filled.append(visit.now)
                }
                index = gap.range.upperBound
            }
            filled.append(markup: UnsafeBufferPointer(rebasing: bytes[index...]))
        }
        return filled
    }
}
