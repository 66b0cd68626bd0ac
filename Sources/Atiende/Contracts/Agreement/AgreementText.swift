// An agreement for a terminal: plain text, a hundred columns wide.

extension Agreement {
    static let lineWidth = 100

    var text: String {
        var lines = [title, String(repeating: "=", count: title.count)]
        for block in blocks {
            lines.append("")
            switch block {
            case .heading(let text): lines += ["", text, String(repeating: "-", count: text.count)]
            case .subheading(let text): lines.append(text)
            case .paragraph(let text): lines += Self.wrap(text, to: Self.lineWidth)
            case .formula(let text): lines.append("    " + text)
            case .list(let items):
                for item in items {
                    let wrapped = Self.wrap(item, to: Self.lineWidth - 4)
                    lines += wrapped.enumerated().map { ($0 == 0 ? "  - " : "    ") + $1 }
                }
            case .table(let table): lines += table.lines(width: Self.lineWidth)
            }
        }
        return lines.joined(separator: "\n") + "\n"
    }

    /// Lines of whole words; a word longer than a line has one of its own.
    static func wrap(_ text: String, to width: Int) -> [String] {
        var lines: [String] = []
        var line = ""
        for word in text.split(separator: " ") {
            if !line.isEmpty, line.count + 1 + word.count > width {
                lines.append(line)
                line = ""
            }
            line += line.isEmpty ? String(word) : " " + word
        }
        return lines + [line]
    }
}

extension Agreement.Table {
    private static let gap = "  "

    fileprivate func lines(width: Int) -> [String] {
        let widths = columnWidths(within: width)
        let rule = widths.map { String(repeating: "─", count: $0) }.joined(separator: Self.gap)
        return lines(of: header, widths) + [rule] + rows.flatMap { lines(of: $0, widths) }
    }

    private func lines(of row: [String], _ widths: [Int]) -> [String] {
        let cells = zip(row, widths).map { Agreement.wrap($0, to: $1) }
        return (0..<(cells.map(\.count).max() ?? 0)).map { line in
            let parts = zip(cells, widths).map { cell, width in
                let text = line < cell.count ? cell[line] : ""
                return text + String(repeating: " ", count: max(0, width - text.count))
            }
            return String(parts.joined(separator: Self.gap).trimmingTrailingSpaces)
        }
    }

    /// As wide as their words; where that is too wide, the widest column that may break gives way.
    private func columnWidths(within total: Int) -> [Int] {
        let all = [header] + rows
        var widths = header.indices.map { column in all.map { $0[column].count }.max() ?? 0 }
        // No column breaks within a word.
        let least = header.indices.map { column in
            all.flatMap { $0[column].split(separator: " ") }.map(\.count).max() ?? 0
        }
        let room = total - Self.gap.count * (widths.count - 1)
        while widths.reduce(0, +) > room {
            let breakable = widths.indices.filter { !unbroken.contains($0) && widths[$0] > least[$0] }
            guard let widest = breakable.max(by: { widths[$0] < widths[$1] }) else { break }
            widths[widest] -= 1
        }
        return widths
    }
}

extension String {
    fileprivate var trimmingTrailingSpaces: Substring {
        self[..<(lastIndex { $0 != " " }.map(index(after:)) ?? startIndex)]
    }
}
