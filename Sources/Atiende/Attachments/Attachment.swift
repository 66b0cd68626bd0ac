// A file that belongs to a message of a ticket, or waits for the form to which it belongs.

internal import HTTP

struct Attachment: Sendable, Equatable {
    typealias ID = Identifier<Attachment>

    let id: ID
    /// By which it is asked for.
    let token: String
    /// The event with which it came; nil while it waits.
    let event: Int?
    let name: String
    /// As it is served.
    let type: String
    let size: Int
    /// In hexadecimal digits; where its bytes are kept.
    let sha256: String
    /// Of a picture that pages show; nil for every other file.
    let dimensions: Dimensions?
    let at: Int

    struct Dimensions: Sendable, Equatable {
        let width: Int
        let height: Int
    }
}

/// How much one form, one person and one tenant may bring.
enum AttachmentLimits {
    /// Of one file.
    static let mostBytes = 30 * 1024 * 1024
    /// Of all files of one form together; the server takes no larger body.
    static let mostBytesTogether = Limits().uploadBody - 64 * 1024
    /// Of one form, with those kept from before.
    static let mostFiles = 10
    /// Waiting for the forms of one person, whatever became of them.
    static let mostWaiting = 40
    static let mostWaitingBytes = 300 * 1024 * 1024
    /// Seconds after which a file that no form took is forgotten, unless a draft keeps it.
    static let waitingSeconds = 86_400
    /// A picture of more pixels would take a reader's browser hundreds of megabytes; it is a download.
    static let mostPixels = 50_000_000
}

/// The name under which a file is shown and downloaded. It never becomes a path.
enum AttachmentName {
    /// Without what cannot be seen between letters, and without dots and blanks at its end, which one system drops and
    /// another keeps; never empty.
    /// - Parameter name: As the reader of forms cleaned it: no path, no controls, no marks of direction.
    static func cleaned(_ name: String, otherwise: String) -> String {
        let scalars = Array(name.unicodeScalars)
        var kept = String.UnicodeScalarView()
        for (index, scalar) in scalars.enumerated() {
            if isJoiner(scalar) {
                // Between letters of scripts that need them, and in emoji; never beside what could be an extension.
                let around = [index - 1, index + 1].filter(scalars.indices.contains).map { scalars[$0] }
                guard around.count == 2, around.allSatisfy({ !$0.isASCII && !isJoiner($0) }) else { continue }
            }
            if scalar.value == 0xAD || scalar.value == 0x034F || 0xFE00...0xFE0E ~= scalar.value { continue }
            kept.append(scalar)
        }
        while let last = kept.last, last == "." || last.properties.isWhitespace { kept.removeLast() }
        while let first = kept.first, first.properties.isWhitespace { kept.removeFirst() }
        return kept.isEmpty ? otherwise : String(kept)
    }

    private static func isJoiner(_ scalar: Unicode.Scalar) -> Bool { scalar.value == 0x200C || scalar.value == 0x200D }

    /// RFC 6266 §4: how a browser is told the name; the second form is the one that browsers take.
    static func disposition(_ name: String, isInline: Bool) -> String {
        let plain = String(name.map { $0.isASCII && $0.isFileLetter ? $0 : "_" })
        return "\(isInline ? "inline" : "attachment"); filename=\"\(plain)\"; filename*=UTF-8''"
            + PercentCoding.encode(segment: name)
    }
}

extension Character {
    fileprivate var isFileLetter: Bool { isLetter || isNumber || self == "." || self == "-" || self == "_" }
}
