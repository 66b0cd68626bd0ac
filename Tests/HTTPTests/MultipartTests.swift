import Foundation
import Testing

@testable import HTTP

@Suite struct MultipartTests {
    private let directory: TemporaryDirectory

    init() throws { directory = try TemporaryDirectory() }

    /// Writes a body with `|` for CRLF.
    private func body(_ lines: String) -> [UInt8] { Array(lines.replacingOccurrences(of: "|", with: "\r\n").utf8) }

    private func read(_ bytes: [UInt8], boundary: String = "B", cut: [Int] = [], limits: Limits = Limits()) throws
        -> Form
    {
        let reader = MultipartReader(boundary: Array(boundary.utf8), directory: directory.path, limits: limits)
        var start = 0
        for end in cut + [bytes.count] {
            try bytes[start..<end].withUnsafeBytes { try reader.receive($0) }
            start = end
        }
        return try reader.finish()
    }

    private func summary(_ form: Form) -> [String] {
        form.fields.map { "\($0.name)=\($0.value)" }
            + form.files.map { file in
                let content = FileManager.default.contents(atPath: file.storage.path) ?? Data("?".utf8)
                return
                    "\(file.field): \(file.name) \(file.contentType) \(file.size) \(String(decoding: content, as: UTF8.self))"
            }
    }

    private static let typical =
        "--B|Content-Disposition: form-data; name=\"asunto\"||No enciende|--B|Content-Disposition: form-data; name=\"texto\"|"
        + "|uno|dos|-|--|--A|--B|content-disposition:form-data;name=foto;filename=\"a b.png\"|Content-Type: image/PNG; x=1||"
        + "\u{0}\u{1}|--|\r--B\n--B|x|--B|Content-Disposition: form-data; name=\"otra\"; filename=\"\"|"
        + "Content-Type: application/octet-stream|||--B--|"

    @Test func `a form with fields, a file and an empty file input is read`() throws {
        let form = try read(body(Self.typical))
        #expect(
            summary(form) == [
                "asunto=No enciende", "texto=uno\r\ndos\r\n-\r\n--\r\n--A",
                "foto: a b.png image/png 19 \u{0}\u{1}\r\n--\r\n\r--B\n--B\r\nx",
            ])
    }

    @Test func `a form cut at any byte is the same form`() throws {
        let bytes = body(Self.typical)
        let whole = summary(try read(bytes))
        for cut in 0...bytes.count {
            #expect(summary(try read(bytes, cut: [cut])) == whole)
        }
        for step in 1...5 {
            #expect(summary(try read(bytes, cut: Array(stride(from: 0, to: bytes.count, by: step)))) == whole)
        }
    }

    @Test func `a form that ends too early is refused wherever it ends`() throws {
        let bytes = body(Self.typical)
        for end in 0..<(bytes.count - 2) {
            #expect(throws: RequestError.self) { try read(Array(bytes[..<end])) }
        }
        #expect(directory.names.isEmpty)
        // The last line break may be missing, but not half of it.
        #expect(try read(bytes.dropLast(2)).fields.count == 2)
        #expect(throws: RequestError.self) { try read(bytes.dropLast(1)) }
    }

    @Test func `the digest is that of the content`() throws {
        let form = try read(body("--B|Content-Disposition: form-data; name=a; filename=b||abc|--B--|"))
        #expect(
            form.files[0].sha256.map { String(format: "%02x", $0) }.joined()
                == "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad")
    }

    private static func part(_ header: String, _ content: String = "x") -> String { "--B|\(header)||\(content)|--B--|" }
    private static let field = "Content-Disposition: form-data; name=a"

    @Test(arguments: [
        "", "|", "x", "junk|--B--|", " --B--|", "\n--B--\r\n", "||--B--|", "--C|", "--b--|", "--Bx|", "--B-|", "--B-x",
        "--B --|", "--B\n",
        "--B\rx", "--B--x", "--B--||", "--B--|x", "--B--\n", "--B--\r", "--B-- \tx", "--B||x|--B--|",
        "--B|\(field)|--B--|", "--B|\(field)||x--B--|",
        "--B|\(field)||x\n--B--|", "--B|\(field)||x|--B", "--B|\(field)||x|--B-", "--B|\(field)||x|--Bjunk|--B--|",
        part("Content-Type: text/plain"), part(field + "|" + field), part("Content-Disposition: form-data"),
        part("Content-Disposition: attachment; name=a"), part("Content-Disposition: form-datax; name=a"),
        part("Content-Disposition: form-data name=a"), part("Content-Disposition: form-data; name"),
        part("Content-Disposition: form-data; name="), part("Content-Disposition: form-data; name=\"a"),
        part("Content-Disposition: form-data; name=\"a\"b"), part("Content-Disposition: form-data; name=a b"),
        part("Content-Disposition: form-data; name=a; name=b"), part(field + "; filename=a; filename=b"),
        part("Content-Disposition: form-data; name = a"), part("Content-Disposition: form-data; name=\"a%0Ab\""),
        part("Content-Disposition: form-data; name=\"a\u{1}\""), part("Content-Disposition : form-data; name=a"),
        part(": x|" + field),
        part("x|" + field), part(" x: y|" + field), part(field + "| folded"), part(field + "\n"),
        part("X: \r|" + field), part("X: \u{0}|" + field),
        part(field + "|Content-Type: multipart/mixed; boundary=C"), part(field + "|Content-Type: a"),
        part(field + "|Content-Type: a/"),
        part(field + "|Content-Type: a/b|Content-Type: a/b"), part(field + "|Content-Transfer-Encoding: base64"),
        part(field + "|X: " + String(repeating: "x", count: 8192)), part(field, "a\u{0}b"),
    ])
    func `a malformed form is refused, cut or whole, and leaves nothing`(text: String) {
        let bytes = body(text)
        for cut in [[], Array(0..<bytes.count)] {
            let error = #expect(throws: RequestError.self) { try read(bytes, cut: cut) }
            #expect(error?.status == .badRequest)
        }
        #expect(directory.names.isEmpty)
    }

    @Test func `text that is not UTF-8 is refused`() {
        let head = body("--B|\(Self.field)||")
        #expect(throws: RequestError.bad("A form field is not well encoded")) {
            try read(head + [0xC0, 0x80] + body("|--B--"))
        }
        let name = body("--B|Content-Disposition: form-data; name=\"") + [0xFF] + body("\"||x|--B--")
        #expect(throws: RequestError.bad("A part of the form has a malformed name")) { try read(name) }
    }

    @Test(arguments: [
        "--B--", "--B--|", "|--B--|", "--B-- |", "--B--\t", "--B--   \r\n",
    ])
    func `a form without parts is empty`(text: String) throws {
        let form = try read(body(text))
        #expect(form.fields.isEmpty && form.files.isEmpty)
    }

    @Test(arguments: [
        (field, ["a=x"]), (field + ";", ["a=x"]), ("content-disposition:FORM-DATA ; ; NAME=\"a\"", ["a=x"]),
        (field + "; filename*=UTF-8''b", ["a=x"]),
        (field + "|Content-Transfer-Encoding: 8bit|X-Other: y", ["a=x"]),
        (field + "|Content-Type: text/plain; charset=utf-8", ["a=x"]),
        ("Content-Disposition: form-data; name=\"\"", ["=x"]),
        ("Content-Disposition: form-data; name=\"ñ %22\\\"\\\\%20\"", ["ñ \"\"\\%20=x"]),
        (field + "; filename=b.txt", ["a: b.txt application/octet-stream 1 x"]),
        (field + "; filename=\"\"", ["a:  application/octet-stream 1 x"]),
        (field + "; filename=\"b.txt\"; filename*=UTF-8''c.txt", ["a: b.txt application/octet-stream 1 x"]),
    ])
    func `a part is read as browsers write it`(header: String, expected: [String]) throws {
        let form = try read(body("--B \t|\(header)||x|--B--|"))
        #expect(summary(form) == expected)
    }

    @Test(arguments: [
        ("informe.pdf", "informe.pdf"), ("a%22b%0D%0Ac.txt", "a\"bc.txt"), ("a\\\"b.txt", "a\"b.txt"),
        ("100%.txt", "100%.txt"), ("a%2Fb", "a%2Fb"),
        ("C:\\Fotos\\perro.jpg", "perro.jpg"), ("C:\\\\Fotos\\\\perro.jpg", "perro.jpg"),
        ("../../etc/passwd", "passwd"), ("..", ""), (".", ""), ("/", ""),
        ("a/", ""), ("a\\", ""), (".htaccess", ".htaccess"), ("factura\u{202E}fdp.exe", "facturafdp.exe"),
        ("a\u{200B}\u{FEFF}.php", "a.php"),
        (" a b ", "a b"), ("\u{85}\u{2028}", ""), ("niño 🌵👩‍👧.png", "niño 🌵👩‍👧.png"), ("a;b=c.txt", "a;b=c.txt"),
    ])
    func `the name of a file is made fit to show`(sent: String, shown: String) throws {
        let form = try read(body("--B|Content-Disposition: form-data; name=a; filename=\"\(sent)\"||x|--B--|"))
        #expect(form.files.map(\.name) == [shown])
    }

    @Test func `a long name is cut between characters`() {
        #expect(FileName.display(Array(repeating: 0x61, count: 300)).utf8.count == 255)
        let name = FileName.display(Array(String(repeating: "👩‍👧", count: 40).utf8))
        #expect(name == String(repeating: "👩‍👧", count: 23))
        #expect(FileName.display([0x61, 0xFF, 0x62]) == "a\u{FFFD}b")
    }

    @Test func `an empty file with a name is a file`() throws {
        let form = try read(body("--B|Content-Disposition: form-data; name=a; filename=b|||--B--|"))
        #expect(summary(form) == ["a: b application/octet-stream 0 "])
    }

    @Test func `fields together are bounded`() throws {
        var limits = Limits()
        limits.formBody = 10
        let field = "--B|Content-Disposition: form-data; name=abc||"
        #expect(try read(body(field + "12|\(field)34|--B--|"), limits: limits).fields.count == 2)
        for text in ["\(field)12|\(field)345|--B--|", "\(field)12345678|--B--|"] {
            for cut in [[], Array(0..<body(text).count)] {
                let error = #expect(throws: RequestError.self) { try read(body(text), cut: cut, limits: limits) }
                #expect(error?.status == .contentTooLarge)
            }
        }
        let file = "--B|Content-Disposition: form-data; name=abc; filename=d||12345678901234567890|--B--|"
        #expect(try read(body(file), limits: limits).files.count == 1)
    }

    @Test func `parts and the whole body are bounded`() throws {
        var limits = Limits()
        limits.parts = 2
        let part = "--B|Content-Disposition: form-data; name=a||x|"
        #expect(try read(body(part + part + "--B--"), limits: limits).fields.count == 2)
        #expect(throws: RequestError(.contentTooLarge, "The form has more than 2 parts")) {
            try read(body(part + part + part + "--B--"), limits: limits)
        }
        limits.uploadBody = 60
        #expect(throws: RequestError(.contentTooLarge, "The form is larger than 60 bytes")) {
            try read(body(part + part + "--B--"), cut: [50], limits: limits)
        }
    }

    @Test func `a large file arrives whole in uneven pieces, for its owner alone`() throws {
        var generator = SystemRandomNumberGenerator()
        let content = (0..<300_000).map { _ in UInt8.random(in: 0...255, using: &generator) }
        let bytes = body("--B|Content-Disposition: form-data; name=a; filename=b||") + content + body("|--B--|")
        let cuts = stride(from: 0, to: bytes.count, by: 7919)
        let form = try read(bytes, cut: Array(cuts))
        let path = form.files[0].storage.path
        #expect(FileManager.default.contents(atPath: path) == Data(content))
        let mode = try FileManager.default.attributesOfItem(atPath: path)[.posixPermissions] as? Int
        #expect(mode == 0o600)
        #expect(form.files[0].sha256 == SHA256.digest(content))
    }

    @Test func `what is dropped on the way leaves nothing behind`() throws {
        let bytes = body(Self.typical)
        for end in stride(from: 0, to: bytes.count, by: 3) {
            let reader = MultipartReader(boundary: Array("B".utf8), directory: directory.path, limits: Limits())
            try bytes[..<end].withUnsafeBytes { try reader.receive($0) }
        }
        _ = try read(bytes)
        #expect(directory.names.isEmpty)
    }

    @Test func `after an error each call says the same`() throws {
        let reader = MultipartReader(boundary: Array("B".utf8), directory: directory.path, limits: Limits())
        let bad = RequestError.bad("The form does not begin with its boundary")
        #expect(throws: bad) { try [UInt8]("x".utf8).withUnsafeBytes { try reader.receive($0) } }
        #expect(throws: bad) { try [UInt8]("--B--".utf8).withUnsafeBytes { try reader.receive($0) } }
        #expect(throws: bad) { try reader.finish() }
    }

    @Test func `a full or missing disk is said and not the client's fault`() throws {
        let file = body("--B|Content-Disposition: form-data; name=a; filename=b||x|--B--|")
        let missing = MultipartReader(boundary: Array("B".utf8), directory: directory.path + "/none", limits: Limits())
        let error = #expect(throws: RequestError.self) { try file.withUnsafeBytes { try missing.receive($0) } }
        #expect(error?.status == .serviceUnavailable)
    }

    @Test(arguments: [
        ("multipart/form-data; boundary=B", "B"), ("Multipart/Form-Data;BOUNDARY=\"a b\"", "a b"),
        ("multipart/form-data ; charset=utf-8; boundary=B;", "B"),
        ("multipart/form-data; boundary=\"'()+_,-./:=?\"", "'()+_,-./:=?"),
        ("multipart/form-data; boundary=" + String(repeating: "x", count: 70), String(repeating: "x", count: 70)),
        (
            "multipart/form-data; boundary=----WebKitFormBoundary7MA4YWxkTrZu0gW",
            "----WebKitFormBoundary7MA4YWxkTrZu0gW"
        ),
    ])
    func `the boundary is taken from the type`(type: String, boundary: String) throws {
        let encoding = try Request.with(.post, "/", [("Content-Type", type)]).formEncoding()
        #expect(encoding == .multipart(boundary: Array(boundary.utf8)))
    }

    @Test(arguments: [
        "multipart/form-data", "multipart/form-data;", "multipart/form-data; boundary",
        "multipart/form-data; boundary=", "multipart/form-data; boundary=\"\"",
        "multipart/form-data; boundary=\"a \"", "multipart/form-data; boundary=\"a",
        "multipart/form-data; boundary=a b", "multipart/form-data; boundary=a:b",
        "multipart/form-data; boundary=a; boundary=b", "multipart/form-data; boundary=\"a\\b\"",
        "multipart/form-data; boundary=\"a\\\"b\"",
        "multipart/form-data; boundary=ñ", "multipart/form-data; boundary=" + String(repeating: "x", count: 71),
        "multipart/form-data; boundary = a",
    ])
    func `a form without a good boundary is refused`(type: String) {
        #expect(throws: RequestError.self) { try Request.with(.post, "/", [("Content-Type", type)]).formEncoding() }
    }

    @Test func `other types are no forms, and several are refused`() throws {
        #expect(
            try Request.with(.post, "/", [("Content-Type", "application/x-www-form-urlencoded; charset=utf-8")])
                .formEncoding() == .urlencoded)
        for type in [
            "", "text/plain", "multipart/mixed; boundary=a", "application/json", "multipart/form-datax; boundary=a",
            "multipart/form-data boundary=a",
        ] {
            #expect(try Request.with(.post, "/", [("Content-Type", type)]).formEncoding() == nil)
        }
        #expect(try Request.with(.post).formEncoding() == nil)
        let twice = ("Content-Type", "multipart/form-data; boundary=a")
        #expect(throws: RequestError.self) { try Request.with(.post, "/", [twice, twice]).formEncoding() }
    }
}
