// Templates on disk: reading them, and reading them again while they are being written.

import Foundation
import Testing

@testable import Markup

@Suite struct ReloadTests {
    private func withFolder(_ files: [String: String], _ body: (URL) throws -> Void) throws {
        let folder = FileManager.default.temporaryDirectory.appending(path: "templates-\(UUID().uuidString)")
        defer { try? FileManager.default.removeItem(at: folder) }
        for (path, text) in files { try write(text, to: path, in: folder) }
        try body(folder)
    }

    private func write(_ text: String, to path: String, in folder: URL) throws {
        let file = folder.appending(path: path)
        try FileManager.default.createDirectory(at: file.deletingLastPathComponent(), withIntermediateDirectories: true)
        try Data(text.utf8).write(to: file)
    }

    private let files = [
        "ticket.html": everyField + "{{t \"a.b\"}}{{> shared/x}}", "shared/x.html": "x\n",
        "words/es.a.txt": "a.b = Hola",
        "words/en.a.txt": "a.b = Hello", "notes.txt": "{{", ".hidden.html": "{{", "words/readme.md": "{{",
    ]

    @Test func `a folder is read with its folders, and hidden and other files are left alone`() throws {
        try withFolder(files) { folder in
            let templates = try Templates(directory: folder.path, asset: { _ in nil })
            let renderer = templates.bind(TicketPage.self)
            try templates.finish()
            let shown = String(decoding: renderer.render(TicketPage(), language: .en), as: UTF8.self)
            #expect(shown.hasSuffix("\nHellox"))
            #expect(templates.unboundFiles == [])
        }
    }

    @Test func `a folder that is not there is told`() {
        do {
            _ = try Templates(directory: "/nowhere/templates", asset: { _ in nil })
            Issue.record("it was read")
        } catch {
            #expect(error.description == "/nowhere/templates: cannot be read: No such file or directory")
        }
    }

    @Test func `a file larger than a template can be is refused, not read`() throws {
        try withFolder(["ticket.html": String(repeating: "x", count: (1 << 20) + 1)]) { folder in
            let templates = try Templates(directory: folder.path, asset: { _ in nil })
            _ = templates.bind(TicketPage.self)
            let error = #expect(throws: TemplateFaults.self) { try templates.finish() }
            #expect(error?.faults.first?.description == "ticket.html: cannot be read, or is larger than 1048576 bytes")
        }
    }

    @Test func `without reloading a page stays as it was bound`() throws {
        try withFolder(["ticket.html": "uno"]) { folder in
            let renderer = try Templates(directory: folder.path, asset: { _ in nil }).bind(TicketPage.self)
            try write("otro", to: "ticket.html", in: folder)
            #expect(renderer.render(TicketPage(), language: .es) == Array("uno".utf8))
        }
    }

    @Test func `with reloading a page, a partial and words change as soon as their files do`() throws {
        try withFolder([
            "ticket.html": "{{> x}} {{t \"a.b\"}}", "x.html": "1", "words/es.t.txt": "a.b = b",
            "words/en.t.txt": "a.b = b",
        ]) {
            folder in
            let templates = try Templates(directory: folder.path, reloads: true, asset: { _ in nil })
            let renderer = templates.bind(TicketPage.self)
            func shown() -> String { String(decoding: renderer.render(TicketPage(), language: .es), as: UTF8.self) }
            #expect(shown() == "1 b")
            try write("22", to: "x.html", in: folder)
            #expect(shown() == "22 b")
            try write("a.b = más", to: "words/es.t.txt", in: folder)
            #expect(shown() == "22 más")
            #expect(templates.words(in: .es).text("a.b") == "más")
            try write("{{subject}}: {{> x}}{{t \"a.b\"}}", to: "ticket.html", in: folder)
            #expect(shown() == "No timbra: 22más")
        }
    }

    @Test func `faults made while reloading are shown as a page, escaped, and go when mended`() throws {
        try withFolder(["ticket.html": "bien", "layout.html": "<{{{content}}}"]) { folder in
            try write("<p>{{{content}}}</p>{{title}}", to: "layout.html", in: folder)
            let templates = try Templates(directory: folder.path, reloads: true, asset: { _ in nil })
            let renderer = templates.bind(TicketPage.self)
            let layout = templates.bind(Frame.self)
            func shown() -> String {
                String(decoding: renderer.render(TicketPage(), in: Frame(), by: layout, language: .es), as: UTF8.self)
            }
            #expect(shown() == "<p>bien</p>Mesa")
            try write("\n{{asunto}} <b>\n<script>{{subject}}</script>", to: "ticket.html", in: folder)
            #expect(
                shown() == """
                    <!doctype html>
                    <html lang="en">
                    <meta charset="utf-8">
                    <title>Faults in templates</title>
                    <h1>Faults in templates</h1>
                    <ul>
                    <li><code>ticket.html:2: no field &quot;asunto&quot; in TicketPage</code></li>
                    <li><code>ticket.html:3: {{subject}} may not stand in &lt;script&gt;</code></li>
                    </ul>
                    </html>

                    """)
            try write("{{#if", to: "ticket.html", in: folder)
            #expect(shown().contains("ticket.html:1: a tag begins here and never ends"))
            try write("de nuevo", to: "ticket.html", in: folder)
            #expect(shown() == "<p>de nuevo</p>Mesa")
        }
    }
}
