// A strict reader of messages, for tests: what it does not expect it refuses.

import Foundation

@testable import Atiende

/// A message as bytes, taken apart by the rules of RFC 5322 and 2045 alone.
struct MessageReader {
    struct Fault: Error {
        let what: String

        init(_ what: String) { self.what = what }
    }

    /// Unfolded, in order.
    let fields: [(name: String, value: String)]
    let parts: [Part]

    struct Part {
        let type: String
        let text: String
    }

    init(_ bytes: [UInt8]) throws {
        let lines = try Self.lines(bytes)
        let (fields, rest) = try Self.header(lines[...])
        self.fields = fields
        let type = fields.first { $0.name == "Content-Type" }?.value ?? ""
        guard let boundary = type.firstMatch(of: /^multipart\/alternative; boundary="([^"]{1,70})"$/)?.1 else {
            throw Fault("content type \(type)")
        }
        parts = try Self.parts(rest, boundary: String(boundary))
    }

    func values(_ name: String) -> [String] { fields.filter { $0.name == name }.map(\.value) }

    /// A field's value with its encoded words decoded.
    func decoded(_ name: String) throws -> String {
        guard values(name).count == 1 else { throw Fault("\(values(name).count) fields \(name)") }
        return try Self.decode(values(name)[0])
    }

    /// Lines without their CRLF; no other line end, no bytes above ASCII, none longer than 78.
    private static func lines(_ bytes: [UInt8]) throws -> [String] {
        var lines: [String] = []
        var line: [UInt8] = []
        var index = 0
        while index < bytes.count {
            let byte = bytes[index]
            if byte == 0x0D, index + 1 < bytes.count, bytes[index + 1] == 0x0A {
                guard line.count <= 78 else { throw Fault("\(line.count) columns") }
                lines.append(String(decoding: line, as: UTF8.self))
                line = []
                index += 2
                continue
            }
            guard byte == 0x09 || (0x20...0x7E).contains(byte) else { throw Fault("byte \(byte)") }
            line.append(byte)
            index += 1
        }
        guard line.isEmpty else { throw Fault("no CRLF at the end") }
        return lines
    }

    private static func header(
        _ lines: ArraySlice<String>
    ) throws -> (fields: [(name: String, value: String)], rest: ArraySlice<String>) {
        guard let end = lines.firstIndex(of: "") else { throw Fault("no end of the header") }
        var fields: [(name: String, value: String)] = []
        for line in lines[..<end] {
            if line.first == " " {
                guard !fields.isEmpty, line.contains(where: { $0 != " " }) else { throw Fault("fold") }
                fields[fields.count - 1].value += line
            } else {
                guard let field = line.firstMatch(of: /^([A-Za-z-]+): (.*)$/) else { throw Fault("field \(line)") }
                fields.append((String(field.1), String(field.2)))
            }
        }
        return (fields, lines[(end + 1)...])
    }

    private static func parts(_ lines: ArraySlice<String>, boundary: String) throws -> [Part] {
        var pieces: [[String]] = []
        var isOver = false
        for line in lines {
            guard !isOver else { throw Fault("after the end: \(line)") }
            if line == "--\(boundary)--" {
                isOver = true
            } else if line == "--\(boundary)" {
                pieces.append([])
            } else if pieces.isEmpty {
                guard line.isEmpty else { throw Fault("before the parts: \(line)") }
            } else {
                pieces[pieces.count - 1].append(line)
            }
        }
        guard isOver else { throw Fault("no last boundary") }
        return try pieces.map { lines in
            // The last line end belongs to the boundary.
            let (fields, rest) = try header(lines.dropLast())
            let values = Dictionary(fields.map { ($0.name, $0.value) }, uniquingKeysWith: { a, _ in a })
            guard values["Content-Transfer-Encoding"] == "quoted-printable", fields.count == 2 else {
                throw Fault("part \(fields)")
            }
            return Part(type: values["Content-Type"] ?? "", text: try unquote(Array(rest)))
        }
    }

    private static func unquote(_ lines: [String]) throws -> String {
        var bytes: [UInt8] = []
        for line in lines {
            guard line.utf8.count <= 76 else { throw Fault("\(line.utf8.count) columns of quoted-printable") }
            guard line.last != " ", line.last != "\t" else { throw Fault("blank at the end of a line") }
            let isSoft = line.last == "="
            let source = Array(isSoft ? line.dropLast().utf8 : line[...].utf8)
            var index = 0
            while index < source.count {
                if source[index] != 0x3D {
                    bytes.append(source[index])
                    index += 1
                    continue
                }
                guard index + 2 < source.count,
                    let byte = UInt8(String(decoding: source[(index + 1)...(index + 2)], as: UTF8.self), radix: 16)
                else { throw Fault("=") }
                bytes.append(byte)
                index += 3
            }
            if !isSoft { bytes.append(0x0A) }
        }
        guard let text = String(validating: bytes, as: UTF8.self) else { throw Fault("UTF-8") }
        return text
    }

    /// Encoded words and what stands between them; blanks between two words do not count (RFC 2047 §6.2).
    static func decode(_ value: String) throws -> String {
        let pattern = /=\?UTF-8\?B\?([A-Za-z0-9+\/=]*)\?=/
        var text = ""
        var rest = value[...]
        var isAfterWord = false
        while let word = rest.firstMatch(of: pattern) {
            let between = rest[..<word.range.lowerBound]
            if !isAfterWord || between.contains(where: { $0 != " " }) { text += between }
            guard word.0.utf8.count <= 75, let bytes = Data(base64Encoded: String(word.1)),
                let piece = String(data: bytes, encoding: .utf8)
            else { throw Fault("word \(word.0)") }
            text += piece
            isAfterWord = true
            rest = rest[word.range.upperBound...]
        }
        return text + rest
    }
}
