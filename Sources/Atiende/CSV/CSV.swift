// Tables as text (RFC 4180): what reading and writing have in common, and what may be wrong with one.

internal import Markup

enum CSV {
    /// What divides the fields; the header line tells which.
    enum Separator: UInt8, Sendable, CaseIterable {
        case comma = 0x2C
        case semicolon = 0x3B
        case tab = 0x09
    }

    /// How the text is coded. The second one is what spreadsheet programs save that do not say UTF-8; the page that
    /// shows what was read says so, since nothing in the bytes does.
    enum Encoding: Sendable {
        case utf8
        case windows1252
    }

    struct Limits: Sendable {
        /// Without the header.
        var rows = 20_000
        var columns = 64
        /// Bytes as they came, without quotes around them.
        var field = 10_000
    }

    /// One record, or the header. Numbers count from 1 as a spreadsheet shows them: the header is row 1.
    struct Row: Hashable, Sendable {
        let number: Int
        let fields: [String]
    }

    static let byteOrderMark: [UInt8] = [0xEF, 0xBB, 0xBF]

    /// Whether a spreadsheet would take the field for a formula, or would if the apostrophes before it went.
    static func isFormula(_ field: some Collection<UInt8>) -> Bool {
        guard let first = field.first(where: { $0 != UInt8(ascii: "'") }) else { return false }
        return "=+-@\t\r".utf8.contains(first)
    }
}

/// What is wrong with a table, and where: rows and columns count from 1, the header is row 1.
struct CSVFault: Error, Hashable, Sendable {
    let row: Int
    let column: Int
    let kind: Kind

    enum Kind: Hashable, Sendable {
        /// A table without a header line.
        case empty
        case tooManyRows(limit: Int)
        case tooManyColumns(limit: Int)
        case fieldTooLong(limit: Int)
        /// A row with more or fewer fields than the header.
        case columns(expected: Int, has: Int)
        /// A quote in the middle of a field that did not begin with one.
        case quoteInside
        /// Something between a closing quote and the next separator.
        case textAfterQuote
        /// The table ends inside quotes, which began here.
        case unclosedQuote
        /// A carriage return without its line feed, outside quotes.
        case loneReturn
        /// Bytes that are neither UTF-8 nor Windows-1252, or both in one table, or NUL.
        case encoding
    }

    func sentence(in words: Words) -> String {
        func say(_ key: String, _ arguments: KeyValuePairs<String, Words.Value> = [:]) -> String {
            let place = words.text("csv.fault.place", ["row": .number(row), "column": .number(column)])
            return place + " " + words.text("csv.fault." + key, arguments)
        }
        switch kind {
        case .empty: return words.text("csv.fault.empty")
        case .tooManyRows(let limit): return say("rows", ["limit": .number(limit)])
        case .tooManyColumns(let limit): return say("tooManyColumns", ["limit": .number(limit)])
        case .fieldTooLong(let limit): return say("long", ["limit": .number(limit)])
        case .columns(let expected, let has):
            return say("columns", ["expected": .number(expected), "has": .number(has)])
        case .quoteInside: return say("quoteInside")
        case .textAfterQuote: return say("textAfterQuote")
        case .unclosedQuote: return say("unclosedQuote")
        case .loneReturn: return say("loneReturn")
        case .encoding: return say("encoding")
        }
    }
}
