// Messages as mail programs read them, whatever the words are that go into them.

import Foundation
import Markup
import Testing

@testable import Atiende

private func mailbox(_ name: String, _ address: String = "ana@cliente.example") throws -> Mailbox {
    Mailbox(name: name, address: try #require(EmailAddress(address)))
}

private func message(
    subject: String = "Su ticket", to name: String = "Ana", from sender: String = "Proware", text: String = "Hola",
    html: String = "<p>Hola</p>"
) throws -> MIMEMessage {
    MIMEMessage(
        date: TestSite.monday, from: try mailbox(sender, "soporte@proware.example"), to: try mailbox(name),
        subject: HeaderText(subject), identifier: HeaderText("00112233445566778899aabbccddeeff"), language: .es,
        text: text, html: html)
}

/// What somebody might type to get a line, a field or a recipient of his own into a header.
private let hostile = [
    "a\r\nBcc: x@y.example", "a\nBcc: x@y.example", "a\rBcc: x@y.example", "\r\n\r\n<h1>body</h1>",
    "a\u{0}b", "a\u{B}b\u{C}c", "a\u{85}Bcc: x@y.example", "a\u{2028}Bcc: x@y.example", "a\u{2029}b", "\u{7F}a",
    "a\u{202E}gpj.exe", "\"><img src=x onerror=alert(1)>", "\" <b@c.example>, \"x", "a\\", "\\\"", "a, b; c: d <e@f>",
    "=?UTF-8?B?QmNjOiB4QHk=?=", "=?utf-8?q?a=0D=0ABcc:_x@y?=", "(comment", "a\tb\t\tc", "   ", "",
    "--=_00112233445566778899aabbccddeeff--", "{{name}}",
]

private let long = [
    "No se puede timbrar la factura de noviembre de la sucursal de Peñón de los Baños: revisión número 3",
    String(repeating: "ñandú ", count: 60), String(repeating: "x", count: 90), String(repeating: "palabra ", count: 12),
    String(repeating: "👩‍👩‍👧‍👦", count: 12), String(repeating: "🇨🇴🇲🇽", count: 20),
    "e" + String(repeating: "\u{301}", count: 60),
    "Niña: ¿quedó? ¡Sí!", "日本語の件名はどうですか、長いですか、とても長いです、まだ続きます",
    String(repeating: "a", count: 66) + "é", String(repeating: "á", count: 22) + "b",
]

@Suite struct MIMEMessageTests {
    @Test(arguments: hostile + long)
    func `a subject is one field, whatever it holds`(_ subject: String) throws {
        let read = try MessageReader(message(subject: subject).bytes)
        #expect(try read.decoded("Subject") == HeaderText(subject).text)
        #expect(read.values("Bcc").isEmpty && read.parts.count == 2)
        #expect(
            read.fields.map(\.name) == [
                "Date", "From", "To", "Subject", "Message-ID", "Auto-Submitted", "Content-Language", "MIME-Version",
                "Content-Type",
            ])
    }

    @Test func `letters of one thread refer to the same message, by which mail programs show them together`() throws {
        var letter = try message()
        letter.thread = HeaderText("ticket.PRW-2026-000123")
        let read = try MessageReader(letter.bytes)
        for name in ["In-Reply-To", "References"] {
            #expect(read.values(name) == ["<ticket.PRW-2026-000123@proware.example>"])
        }
    }

    @Test(arguments: hostile + long)
    func `a name is a name and its address one address, whatever the name holds`(_ name: String) throws {
        let read = try MessageReader(message(to: name, from: name).bytes)
        for (field, address) in [("To", "ana@cliente.example"), ("From", "soporte@proware.example")] {
            let value = try #require(read.values(field).first)
            let expected = HeaderText(name).text
            guard !expected.isEmpty else {
                #expect(value == address)
                continue
            }
            #expect(value.hasSuffix(" <\(address)>"))
            let phrase = String(value.dropLast(address.count + 3))
            if phrase.hasPrefix("\"") {
                let quoted = try #require(phrase.wholeMatch(of: /"((?:[^"\\]|\\["\\])*)"/)).1
                #expect(quoted.replacing(/\\(.)/) { $0.1 } == expected)
            } else {
                #expect(phrase.wholeMatch(of: /=\?UTF-8\?B\?[^? ]+\?=( +=\?UTF-8\?B\?[^? ]+\?=)*/) != nil, "\(phrase)")
                #expect(try MessageReader.decode(phrase) == expected)
            }
        }
    }

    @Test(
        arguments: hostile + long + [
            "línea\nlínea\r\nlínea\rlínea", "fin con blanco \n\tfin con tabulador\t\n", "a=b", "=3D", "\n\n\n", ".",
            "From aquí", String(repeating: "a", count: 75), String(repeating: "a", count: 76),
            String(repeating: "a", count: 74) + "ñ", String(repeating: " ", count: 200),
            String(repeating: "ñ😀", count: 99),
        ])
    func `a body comes out as it went in, in lines that any server passes on`(_ text: String) throws {
        let read = try MessageReader(message(text: text, html: text).bytes)
        #expect(read.parts.map(\.type) == ["text/plain; charset=utf-8", "text/html; charset=utf-8"])
        var expected = text.replacing("\r\n", with: "\n").replacing("\r", with: "\n")
        if !expected.hasSuffix("\n") { expected += "\n" }
        for part in read.parts { #expect(Array(part.text.utf8) == Array(expected.utf8)) }
    }

    @Test func `the header says when, between whom, and that nobody wrote it by hand`() throws {
        let message = try message()
        let read = try MessageReader(message.bytes)
        #expect(read.values("Date") == ["Mon, 16 Nov 2026 15:00:00 +0000"])
        #expect(read.values("From") == ["\"Proware\" <soporte@proware.example>"])
        #expect(read.values("To") == ["\"Ana\" <ana@cliente.example>"])
        #expect(read.values("Message-ID") == ["<00112233445566778899aabbccddeeff@proware.example>"])
        #expect(read.values("Auto-Submitted") == ["auto-generated"] && read.values("MIME-Version") == ["1.0"])
        #expect(message.bytes == message.bytes)
    }

    @Test func `the longest of everything still makes fields of one line each`() throws {
        let local = String(repeating: "a", count: 64)
        let domain = (0..<3).map { _ in String(repeating: "b", count: 60) }.joined(separator: ".") + ".example"
        let text = MIMEMessage(
            date: .max, from: try mailbox(String(repeating: "ñ", count: 900), "\(local)@b.example"),
            to: try mailbox("", "a@\(domain)"), subject: HeaderText(String(repeating: "<", count: 1_000_000)),
            identifier: HeaderText("0"), language: .en, text: "", html: "")
        let lines = String(decoding: text.bytes, as: UTF8.self).split(separator: "\r\n")
        #expect(lines.allSatisfy { $0.utf8.count < 300 && !$0.contains("\n") })
        #expect(lines.count { $0.hasPrefix("Subject:") || $0.hasPrefix("To:") } == 2)
    }
}

@Suite struct HeaderTextTests {
    @Test(arguments: hostile + long)
    func `no text for a header holds a control, a line end or an endless run`(_ text: String) {
        let header = HeaderText(text).text
        #expect(
            header.unicodeScalars.allSatisfy {
                $0.properties.generalCategory != .control && $0.value != 0x2028 && $0.value != 0x2029
                    && $0.value != 0x202E
            })
        #expect(header.utf8.count <= HeaderText.maximumBytes)
        #expect(!header.hasPrefix(" ") && !header.hasSuffix(" ") && !header.contains("  "))
        #expect(HeaderText(header).text == header)
    }

    @Test(arguments: hostile)
    func `nothing comes into a header through an address`(_ text: String) {
        let plain = "ana@cliente.example"
        // Of blanks alone nothing is left.
        #expect([nil, plain].contains(EmailAddress(plain + text)?.text))
        let before = EmailAddress(text + "@cliente.example")?.text
        #expect(before == nil || before == text.lowercased() + "@cliente.example")
    }
}
