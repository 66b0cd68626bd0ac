// What a file that is to be taken in holds, and what is wrong with it.

internal import Markup

/// What is wrong in a file, in words: where and why. Rows count as a spreadsheet counts: the header is row 1.
struct ImportFault: Sendable, Equatable {
    let row: Int
    /// The title of the column; empty for the whole row.
    let column: String
    let text: String
}

struct ImportOutcome<Item: Sendable>: Sendable {
    var items: [Item] = []
    var faults: [ImportFault] = []
    var isWindows = false
}

/// The faults of a file as a page shows them.
struct ImportFaultRow: Item {
    let number: String
    let column: String
    let text: String

    static let fields: [Field<ImportFaultRow>] = [
        .text("rowNumber") { $0.number },
        .text("rowColumn") { $0.column },
        .text("rowText") { $0.text },
    ]

    /// The first of them tell what is wrong with the rest.
    static let most = 200

    static func list(_ faults: [ImportFault], _ numbers: NumberStyle) -> [ImportFaultRow] {
        faults.prefix(most).map { fault in
            ImportFaultRow(
                number: numbers.text(fault.row), column: fault.column.isEmpty ? "—" : fault.column, text: fault.text)
        }
    }
}
