import Foundation
import Synchronization
import Testing

@testable import HTTP

@Suite struct AssetsTests {
    private let directory: TemporaryDirectory

    init() throws { directory = try TemporaryDirectory() }

    private func error() -> String? {
        #expect(throws: AssetError.self) { try Assets(directory: directory.path) }?.description
            .replacingOccurrences(of: directory.path, with: "Public")
    }

    private func text(_ assets: Assets, _ url: String) -> String? {
        assets.asset(for: .with(.get, url)).map { String(decoding: $0.bytes, as: UTF8.self) }
    }

    @Test func `a file is found with and without its fingerprint`() throws {
        try directory.write("atiende.css", String(repeating: "a{color:red}", count: 50))
        try directory.write("icons/logo.png", "png")
        try directory.write("LICENSE", "x")
        let assets = try Assets(directory: directory.path)
        let url = try #require(assets.url(for: "atiende.css"))
        #expect(url.wholeMatch(of: /\/assets\/atiende\.[0-9a-f]{8}\.css/) != nil)
        let kept = try #require(assets.asset(for: .with(.get, url)))
        #expect("\(kept.cacheControl)" == "public, max-age=31536000, immutable")
        #expect("\(kept.type)" == "text/css; charset=utf-8")
        #expect(try #require(kept.gzip).count < kept.bytes.count)
        #expect(kept.etag.wholeMatch(of: /W\/"[0-9a-f]{32}"/) != nil)
        #expect(abs(kept.lastModified - time(nil)) < 1000)
        let plain = try #require(assets.asset(for: .with(.get, "/assets/atiende.css?x=1")))
        #expect("\(plain.cacheControl)" == "no-cache" && plain.bytes == kept.bytes && plain.etag == kept.etag)

        let logo = try #require(assets.asset(named: "icons/logo.png"))
        #expect("\(logo.type)" == "image/png" && logo.gzip == nil && logo.etag.hasPrefix("\""))
        #expect(assets.url(for: "icons/logo.png")?.hasPrefix("/assets/icons/logo.") == true)
        #expect(assets.url(for: "LICENSE")?.hasPrefix("/assets/LICENSE.") == true)
        #expect(assets.url(for: "none.css") == nil)
    }

    @Test(arguments: [
        "/", "/assets", "/assets/", "/assets/x.css", "/atiende.css", "/assets/../atiende.css", "/assets/./atiende.css",
        "/assets//atiende.css",
        "/assets/%61tiende.css", "/assets/atiende.css/", "/assets/atiende.00000000.css", "/ASSETS/atiende.css",
        "/assets/..%2f..%2fetc/passwd", "*",
        "/assets/.hidden", "/assets/.git/x", "/assets/icons",
    ])
    func `nothing else is there`(path: String) throws {
        try directory.write("atiende.css", "a{}")
        try directory.write(".hidden", "x")
        try directory.write(".git/x", "x")
        try directory.write("icons/x.svg", "<svg/>")
        #expect(try Assets(directory: directory.path).asset(for: .with(.get, path)) == nil)
    }

    @Test func `references lead to fingerprinted names, and nothing else changes`() throws {
        try directory.write("icons/a.svg", "<svg/>")
        try directory.write("base.css", "b{}")
        try directory.write(
            "css/site.css",
            """
            @import "../base.css"; @IMPORT url( '../base.css' );
            /* url(none.png) "*/ a { background: url(../icons/a.svg#x), URL("/assets/icons/a.svg?y"), url(data:x), url(#z) }
            b { content: "url(none.png)"; c: url(https://desk.example/x.png) url(//desk.example/y) url(/t/z) \\url curl(none.png) url() }
            """)
        let assets = try Assets(directory: directory.path)
        let icon = try #require(assets.url(for: "icons/a.svg")).dropFirst("/assets/icons/".count)
        let base = try #require(assets.url(for: "base.css")).dropFirst("/assets/".count)
        #expect(
            text(assets, "/assets/css/site.css") == """
                @import "../\(base)"; @IMPORT url( '../\(base)' );
                /* url(none.png) "*/ a { background: url(../icons/\(icon)#x), URL("/assets/icons/\(icon)?y"), url(data:x), url(#z) }
                b { content: "url(none.png)"; c: url(https://desk.example/x.png) url(//desk.example/y) url(/t/z) \\url curl(none.png) url() }
                """)
    }

    @Test func `modules import each other under fingerprinted names`() throws {
        try directory.write("lib/b.js", "export const b = 1")
        try directory.write(
            "a.js",
            """
            import { b } from "./lib/b.js"
            import './lib/b.js'; export * from "/assets/lib/b.js"
            // import "./none.js"
            /* from "./none.js" */ const s = 'import "./none.js"', t = `from "./none.js"`
            const m = await import( "./lib/b.js"); import x from "bare"; o.from("./none.js"); f(from, "./none.js"); it's("./none.js")
            """)
        let assets = try Assets(directory: directory.path)
        let b = try #require(assets.url(for: "lib/b.js")).dropFirst("/assets/lib/".count)
        #expect(
            text(assets, "/assets/a.js") == """
                import { b } from "./lib/\(b)"
                import './lib/\(b)'; export * from "/assets/lib/\(b)"
                // import "./none.js"
                /* from "./none.js" */ const s = 'import "./none.js"', t = `from "./none.js"`
                const m = await import( "./lib/\(b)"); import x from "bare"; o.from("./none.js"); f(from, "./none.js"); it's("./none.js")
                """)
    }

    @Test func `a change renames all that lead to it`() throws {
        try directory.write("c.js", "1")
        try directory.write("b.js", "import './c.js'")
        try directory.write("a.js", "import './b.js'")
        try directory.write("z.js", "2")
        let before = try Assets(directory: directory.path)
        try directory.write("c.js", "3")
        let after = try Assets(directory: directory.path)
        for name in ["a.js", "b.js", "c.js"] { #expect(before.url(for: name) != after.url(for: name)) }
        #expect(before.url(for: "z.js") == after.url(for: "z.js"))
    }

    @Test func `what is missing stops the start with file and line`() throws {
        try directory.write("a.css", "a{}\n\nb { background: url(none.png) }")
        #expect(error() == "Public/a.css:3: there is no file none.png")
        try directory.write("a.css", "@import '../x.css'")
        #expect(error() == "Public/a.css:1: there is no file ../x.css")
        try directory.write("a.css", "")
        try directory.write("a.js", "\nimport './a.css'\nimport './b.mjs'")
        #expect(error() == "Public/a.js:3: there is no file ./b.mjs")
    }

    @Test func `a circle of references is said`() throws {
        try directory.write("a.js", "import './b.js'")
        try directory.write("b.js", "\nimport './a.js'")
        let message = try #require(error())
        #expect(message.contains("in a circle: ") && message.contains("a.js") && message.contains("b.js"))
        try directory.write("b.js", "import './b.js'")
        #expect(error() == "Public/b.js:1: files cannot refer to each other in a circle: b.js → b.js")
    }

    @Test func `a directory that cannot be served is said`() throws {
        #expect(
            throws: AssetError("/nowhere/Public/: the static files cannot be read: No such file or directory")
        ) { try Assets(directory: "/nowhere/Public") }
        try FileManager.default.createSymbolicLink(
            atPath: directory.path + "/passwd", withDestinationPath: "/etc/passwd")
        #expect(error() == "Public/passwd: a static file is neither a link nor a device")
        try FileManager.default.removeItem(atPath: directory.path + "/passwd")
        try directory.write("a b.css", "")
        #expect(error() == "Public/a b.css: the name of a static file is of letters, digits and -._~")
    }

    @Test func `in development a change is seen and a fault reported once`() throws {
        try directory.write("a.css", "a{}")
        let faults = Mutex<[String]>([])
        let assets = try Assets(rereading: directory.path) { fault in faults.withLock { $0.append(fault.description) } }
        #expect(text(assets, "/assets/a.css") == "a{}")
        try directory.write("a.css", "a{color:red}")
        #expect(text(assets, "/assets/a.css") == "a{color:red}")
        try directory.write("a.css", "a{b:url(none.svg)}")
        #expect(text(assets, "/assets/a.css") == "a{color:red}")
        #expect(text(assets, "/assets/a.css") == "a{color:red}")
        #expect(faults.withLock { $0.count } == 1)
        try directory.write("none.svg", "<svg/>")
        #expect(text(assets, "/assets/a.css")?.hasPrefix("a{b:url(none.") == true)
    }
}
