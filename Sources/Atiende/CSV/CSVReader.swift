// Reads a table as its bytes arrive: rows come out as soon as they are complete, and nothing is kept but the row that is
// not.

struct CSVReader: Sendable {
    /// As the header line has it; nil until that is read.
    private(set) var separator: CSV.Separator?
    /// UTF-8 until a field is not: then Windows-1252, unless the text said UTF-8 before by its mark or by a letter.
    var encoding: CSV.Encoding { decoder.encoding }

    private enum State {
        case fieldStart
        case plain
        case quoted
        /// After a quote inside quotes: it ends them, or is the first of two.
        case quote
        /// After a carriage return outside quotes.
        case carriageReturn
    }

    private let limits: CSV.Limits
    private var decoder = CSVDecoder()
    private var header = CSVHeader()
    private var state = State.fieldStart
    private var field: [UInt8] = []
    private var isQuoted = false
    private var fields: [String] = []
    private var rowNumber = 1
    /// Of the header; 0 until it is read.
    private var columns = 0
    private var rowsAfterHeader = 0
    private var finished: [CSV.Row] = []

    init(limits: CSV.Limits = CSV.Limits()) {
        self.limits = limits
    }

    /// The rows that these bytes complete, the header first. After a fault the reader is of no more use.
    mutating func read(_ bytes: some Sequence<UInt8>) throws(CSVFault) -> [CSV.Row] {
        for byte in bytes {
            if let separator {
                try take(byte, separator.rawValue)
            } else {
                header.append(byte)
                // Quoted twice over, no header within the limits is longer; a longer one finds its fault as it is read.
                if header.isComplete || header.bytes.count > 2 * limits.columns * (limits.field + 2) { try begin() }
            }
        }
        return takeFinished()
    }

    /// The last row, if no line end closed it.
    mutating func finish() throws(CSVFault) -> [CSV.Row] {
        if separator == nil { try begin() }
        switch state {
        case .quoted: throw fault(.unclosedQuote)
        case .carriageReturn: throw fault(.loneReturn)
        case .plain, .quote: try endRow()
        case .fieldStart: if !fields.isEmpty { try endRow() }
        }
        guard columns > 0 else { throw CSVFault(row: 1, column: 1, kind: .empty) }
        return takeFinished()
    }

    /// A whole table at once.
    static func rows(
        of bytes: [UInt8], limits: CSV.Limits = CSV.Limits()
    ) throws(CSVFault) -> (rows: [CSV.Row], encoding: CSV.Encoding) {
        var reader = CSVReader(limits: limits)
        let rows = try reader.read(bytes) + reader.finish()
        return (rows, reader.encoding)
    }

    // MARK: Bytes

    /// Chooses the separator and reads what was kept for that.
    private mutating func begin() throws(CSVFault) {
        var bytes = header.bytes[...]
        if bytes.starts(with: CSV.byteOrderMark) {
            bytes = bytes.dropFirst(CSV.byteOrderMark.count)
            decoder.isCertain = true
        }
        let separator = header.separator
        self.separator = separator
        header = CSVHeader()
        for byte in bytes { try take(byte, separator.rawValue) }
    }

    private mutating func take(_ byte: UInt8, _ separator: UInt8) throws(CSVFault) {
        switch (state, byte) {
        case (.carriageReturn, 0x0A): try endRow()
        case (.carriageReturn, _): throw fault(.loneReturn)
        case (.quoted, UInt8(ascii: "\"")): state = .quote
        case (.quoted, _): try keep(byte)
        case (_, separator): try endField()
        case (_, 0x0A): try endRow()
        case (_, 0x0D): state = .carriageReturn
        case (.fieldStart, UInt8(ascii: "\"")):
            state = .quoted
            isQuoted = true
        case (.quote, UInt8(ascii: "\"")):
            try keep(byte)
            state = .quoted
        case (.quote, _): throw fault(.textAfterQuote)
        case (_, UInt8(ascii: "\"")): throw fault(.quoteInside)
        default:
            try keep(byte)
            state = .plain
        }
    }

    // MARK: Fields and rows

    private mutating func keep(_ byte: UInt8) throws(CSVFault) {
        guard field.count < limits.field else { throw fault(.fieldTooLong(limit: limits.field)) }
        field.append(byte)
    }

    private mutating func endField() throws(CSVFault) {
        guard fields.count < limits.columns else { throw fault(.tooManyColumns(limit: limits.columns)) }
        // What the writer puts before a formula.
        let isGuarded = field.first == UInt8(ascii: "'") && CSV.isFormula(field)
        guard let text = decoder.text(isGuarded ? field.dropFirst() : field[...]) else { throw fault(.encoding) }
        fields.append(text)
        field.removeAll(keepingCapacity: true)
        isQuoted = false
        state = .fieldStart
    }

    /// A line without anything is no row, but counts.
    private mutating func endRow() throws(CSVFault) {
        if !(fields.isEmpty && field.isEmpty && !isQuoted) {
            try endField()
            try addRow()
        }
        rowNumber += 1
        state = .fieldStart
    }

    private mutating func addRow() throws(CSVFault) {
        if columns == 0 {
            columns = fields.count
        } else {
            if fields.count != columns {
                let kind = CSVFault.Kind.columns(expected: columns, has: fields.count)
                throw CSVFault(row: rowNumber, column: min(columns, fields.count) + 1, kind: kind)
            }
            guard rowsAfterHeader < limits.rows else {
                throw CSVFault(row: rowNumber, column: 1, kind: .tooManyRows(limit: limits.rows))
            }
            rowsAfterHeader += 1
        }
        finished.append(CSV.Row(number: rowNumber, fields: fields))
        fields.removeAll(keepingCapacity: true)
    }

    private mutating func takeFinished() -> [CSV.Row] {
        defer { finished.removeAll() }
        return finished
    }

    private func fault(_ kind: CSVFault.Kind) -> CSVFault {
        CSVFault(row: rowNumber, column: fields.count + 1, kind: kind)
    }
}

/// The header line as it comes in, until it is known what divides it.
private struct CSVHeader {
    private(set) var bytes: [UInt8] = []
    private(set) var isComplete = false
    private var isInQuotes = false
    private var hasText = false
    private var counts: [CSV.Separator: Int] = [:]

    mutating func append(_ byte: UInt8) {
        bytes.append(byte)
        if byte == UInt8(ascii: "\"") { isInQuotes.toggle() }
        if isInQuotes { return }
        let isLineEnd = byte == 0x0A || byte == 0x0D
        // Empty lines before the header are no header.
        isComplete = byte == 0x0A && hasText
        hasText = hasText || !isLineEnd
        if let separator = CSV.Separator(rawValue: byte) { counts[separator, default: 0] += 1 }
    }

    /// The most frequent outside quotes; among equals the first of the list, a comma where there is none.
    var separator: CSV.Separator {
        CSV.Separator.allCases.reduce(.comma) { counts[$1, default: 0] > counts[$0, default: 0] ? $1 : $0 }
    }
}
