// A tenant in one file: what goes in comes out, here or elsewhere, and nothing that was cut, altered or made up does.

import Foundation
import SQL
import Synchronization
import Testing

@testable import Atiende
@testable import HTTP

@Suite struct TenantExportTests {
    @Test func `what was exported while it was written comes back with every row answered before`() throws {
        let site = try TestSite()
        try site.fill("proware")
        _ = try atiende("tenant", "host", "add", "proware", "ayuda.example", on: site)
        let written = Atomic<Int>(0)
        let isOver = Atomic<Bool>(false)
        let writing = DispatchGroup()
        do {
            let desk = try site.desk("proware")
            DispatchQueue(label: "writer").async(group: writing) {
                while !isOver.load(ordering: .relaxed) {
                    let next = written.load(ordering: .relaxed)
                    let row = 1000 + next
                    guard (try? desk.write({ try $0.execute("INSERT INTO note VALUES (?, 'x')", row) })) != nil else {
                        return
                    }
                    written.store(next + 1, ordering: .relaxed)
                }
            }
        }
        #expect(eventually { written.load(ordering: .relaxed) > 20 })
        let before = written.load(ordering: .relaxed)
        let file = site.folder / "proware.tar"
        #expect(try atiende("tenant", "export", "proware", file, on: site) == "exported proware to \(file)\n")
        isOver.store(true, ordering: .relaxed)
        writing.wait()

        let other = try TestSite(tenants: ["seres"])
        #expect(try atiende("tenant", "import", file, on: other) == "imported proware\n")
        #expect(try other.rows("proware") >= 40 + before)
        #expect(other.attachment("proware") == Array("attached to proware".utf8))
        #expect(Folder.read(other.tenantFolder("proware") + "/files/ab/empty", atMost: 10) == [])
        let (here, there) = (try site.tenant("proware"), try other.tenant("proware"))
        #expect(here.id == there.id && here.name == there.name && here.timeZone == there.timeZone)
        #expect(try other.get("/t/proware/").text == site.get("/t/proware/").text)
        #expect(try other.get("/", ["Host": "ayuda.example"]).text.contains("Proware"))
        #expect(try atiende("check", on: other) == "ok: control.sqlite and 2 tenants\n")
        #expect(try other.strays() == [])
        #expect(try Folder.names(site.folder.path).sorted() == ["data", "log", "proware.tar"])
    }

    @Test func `tar and sha256sum understand it`() throws {
        let site = try TestSite()
        try site.fill("proware")
        let file = site.folder / "proware.tar"
        _ = try atiende("tenant", "export", "proware", file, on: site)
        #expect(
            try shell("tar", "tf", file) == "manifest.json\ndesk.sqlite\nfiles/ab/cdef\nfiles/ab/empty\nSHA256SUMS\n")
        try Folder.make(site.folder / "out")
        _ = try shell("tar", "xf", file, "-C", site.folder / "out")
        let sums = try shell("sh", "-c", "cd '\(site.folder / "out")' && sha256sum -c SHA256SUMS")
        #expect(sums == "manifest.json: OK\ndesk.sqlite: OK\nfiles/ab/cdef: OK\nfiles/ab/empty: OK\n")
        let manifest = try #require(Folder.read(site.folder / "out/manifest.json", atMost: 10_000))
        #expect(try TenantManifest(reading: manifest) == TenantManifest(site.tenant("proware"), hosts: []))
    }

    @Test func `a file that is there is never written over, and a cut draft is no hindrance`() throws {
        let site = try TestSite()
        let file = site.folder / "proware.tar"
        try Folder.write([7], to: file)
        #expect(try fault("tenant", "export", "proware", file, on: site).message == "\(file) exists already")
        #expect(Folder.read(file, atMost: 10) == [7])
        Folder.remove(file)
        try Folder.write([7], to: file + ".partial")
        try Folder.write([7], to: file + ".partial.sqlite")
        _ = try atiende("tenant", "export", "proware", file, on: site)
        #expect(try Folder.names(site.folder.path).sorted() == ["data", "log", "proware.tar"])
        let held = try #require(try FolderLock(path: site.folder / "b.tar.partial.lock"))
        #expect(
            try fault("tenant", "export", "proware", site.folder / "b.tar", on: site).message.contains("is running"))
        withExtendedLifetime(held) {}
    }

    @Test func `where it cannot be written that is said in a line, and nothing stays`() throws {
        let site = try TestSite()
        for (slug, file, why) in [
            ("proware", site.folder / "none/p.tar", "No such file"),
            ("nobody", site.folder / "p.tar", "no tenant nobody"),
        ] {
            #expect(try fault("tenant", "export", slug, file, on: site).message.contains(why))
        }
        try Folder.write([1], to: site.tenantFolder("proware") + "/files/" + String(repeating: "n", count: 120))
        #expect(
            try fault("tenant", "export", "proware", site.folder / "p.tar", on: site).message.contains("cannot hold"))
        #expect(try Folder.names(site.folder.path).sorted() == ["data", "log"])
    }

    @Test(arguments: ["/etc", "/etc/passwd", "."])
    func `a link among the attachments is not followed`(_ target: String) throws {
        let site = try TestSite()
        try FileManager.default.createSymbolicLink(
            atPath: site.tenantFolder("proware") + "/files/link", withDestinationPath: target)
        #expect(
            try fault("tenant", "export", "proware", site.folder / "p.tar", on: site).message.contains("files/link"))
        #expect(!Folder.exists(site.folder / "p.tar"))
    }

    private func shell(_ words: String...) throws -> String {
        let process = Process()
        let pipe = Pipe()
        process.executableURL = URL(filePath: "/usr/bin/env")
        process.arguments = words
        process.standardOutput = pipe
        try process.run()
        let output = pipe.fileHandleForReading.readDataToEndOfFile()
        process.waitUntilExit()
        #expect(process.terminationStatus == 0)
        return String(decoding: output, as: UTF8.self)
    }
}

/// The parts of an archive, to be put together wrongly.
struct ArchiveParts {
    var entries: [(header: [UInt8], content: [UInt8])] = []
    var end = [UInt8](repeating: 0, count: 1024)

    init(_ bytes: [UInt8]) throws {
        var at = 0
        while bytes[at] != 0 {
            let header = try TarHeader(reading: Array(bytes[at..<at + 512]))
            let content = at + 512
            entries.append((Array(bytes[at..<content]), Array(bytes[content..<content + header.size])))
            at = content + header.size + header.padding
        }
    }

    var bytes: [UInt8] {
        entries.flatMap { entry in
            entry.header + entry.content + [UInt8](repeating: 0, count: (512 - entry.content.count % 512) % 512)
        } + end
    }

    /// With the sums that its files have.
    var summed: ArchiveParts {
        get throws {
            var parts = self
            let last = parts.entries.removeLast()
            let sums = try parts.entries.map { entry in
                let name = String(decoding: entry.header.prefix { $0 != 0 }, as: UTF8.self)
                return ArchiveEntry.line(try #require(SHA256.digest(entry.content)), name)
            }.joined()
            _ = last
            parts.add("SHA256SUMS", Array(sums.utf8))
            return parts
        }
    }

    mutating func add(_ name: String, _ content: [UInt8], at index: Int? = nil, type: UInt8 = 0x30) {
        entries.insert((Self.header(name, content.count, type), content), at: index ?? entries.count)
    }

    /// Any name and any type, with a checksum that is right.
    static func header(_ name: String, _ size: Int, _ type: UInt8 = 0x30) -> [UInt8] {
        guard var block = TarHeader(path: String(repeating: "n", count: name.utf8.count), size: size)?.bytes else {
            return []
        }
        block.replaceSubrange(0..<name.utf8.count, with: Array(name.utf8))
        block[156] = type
        block.replaceSubrange(148..<156, with: Array("        ".utf8))
        let sum = String(block.reduce(0) { $0 + Int($1) }, radix: 8)
        let text = String(repeating: "0", count: 6 - sum.count) + sum + "\0 "
        block.replaceSubrange(148..<156, with: Array(text.utf8))
        return block
    }
}

@Suite struct TenantImportTests {
    private static let exported = Result {
        let site = try TestSite()
        try site.fill("proware")
        _ = try atiende("tenant", "export", "proware", site.folder / "p.tar", on: site)
        return try #require(Folder.read(site.folder / "p.tar", atMost: 10_000_000))
    }

    private func refusal(of bytes: [UInt8]) throws -> String {
        let site = try TestSite(tenants: ["seres"])
        let file = site.folder / "p.tar"
        try Data(bytes).write(to: URL(filePath: file))
        let message = try fault("tenant", "import", file, on: site).message
        #expect(try Folder.names(site.folder / "data/tenants") == ["seres"], "nothing is left behind")
        #expect(try site.installation.tenants().count == 1 && site.get("/t/seres/").status == 200)
        let start = "nothing was imported: \(file) "
        return message.hasPrefix(start) ? String(message.dropFirst(start.count)) : message
    }

    @Test(arguments: [0.0, 0.01, 0.3, 0.7, 0.99, 0.9999])
    func `an archive that was cut short is refused`(_ share: Double) throws {
        let bytes = try Self.exported.get()
        let message = try refusal(of: Array(bytes.prefix(Int(Double(bytes.count) * share))))
        #expect(message.hasPrefix("is cut short"), "\(message)")
    }

    @Test func `a changed byte anywhere is found`() throws {
        let bytes = try Self.exported.get()
        let inDatabase = try #require(bytes.firstRange(of: Array("SQLite format 3".utf8))).lowerBound
        let inFile = try #require(bytes.firstRange(of: Array("attached to".utf8))).lowerBound
        for (offset, words) in [
            (0, "is damaged"), (130, "is damaged"), (300, "is damaged"), (inDatabase + 5000, "desk.sqlite is not what"),
            (inFile + 2, "files/ab/cdef is not what it was"), (bytes.count - 1, "goes on after its end"),
            (bytes.count - 1100, "was altered"),
        ] {
            var changed = bytes
            changed[offset] ^= 0x01
            let message = try refusal(of: changed)
            #expect(message.contains(words), "\(offset): \(message)")
        }
    }

    @Test(arguments: [
        "../evil", "/etc/evil", "files/../../evil", "files/..", "files//evil", "files/.hidden", "files/", "files/a/",
        "./files/a", "files/a\nb", "files/ñ", "..",
    ])
    func `a path that leaves the folder is refused`(_ path: String) throws {
        var parts = try ArchiveParts(Self.exported.get())
        parts.add(path, [1, 2, 3], at: 2)
        #expect(try refusal(of: parts.summed.bytes) == "holds a file that would not lie in the tenant's folder")
    }

    @Test(arguments: Array("123457gxLK".utf8))
    func `links, folders, devices and what else there may be are refused`(_ type: UInt8) throws {
        var parts = try ArchiveParts(Self.exported.get())
        parts.add("files/a", [], at: 2, type: type)
        #expect(try refusal(of: parts.summed.bytes) == "holds a link or a folder, where only files may be")
    }

    @Test func `what is not a tenant's archive is refused in words`() throws {
        let whole = try ArchiveParts(Self.exported.get())
        var cases: [(ArchiveParts, String)] = []
        func changed(_ words: String, _ change: (inout ArchiveParts) throws -> Void) rethrows {
            var parts = whole
            try change(&parts)
            cases.append((parts, words))
        }
        try changed("holds files/ab/cdef twice") { parts in
            parts.add("files/ab/cdef", [1], at: 4)
            parts = try parts.summed
        }
        try changed("holds tenant, which belongs to no tenant") { parts in
            parts.add("tenant", [1], at: 4)
            parts = try parts.summed
        }
        changed("is no archive of a tenant") { $0.entries.swapAt(0, 1) }
        changed("lacks its desk.sqlite") { $0.entries.remove(at: 1) }
        changed("ends before its SHA256SUMS") { $0.entries.removeLast() }
        try changed("was altered: its SHA256SUMS does not list the files before it") { parts in
            parts = try parts.summed
            parts.add("files/z", [1], at: 4)
        }
        changed("was altered: its SHA256SUMS does not list the files before it") { parts in
            parts.entries.removeLast()
            parts.add("SHA256SUMS", [UInt8](repeating: 0x41, count: 3_000_000))
        }
        changed("goes on after its end") { $0.end += [UInt8](repeating: 0, count: 512) }
        changed("was altered: files/ab/cdef is not what it was") { $0.entries[2].content[0] ^= 1 }
        changed("is cut short: files/ab/empty should have 99999999 bytes") {
            $0.entries[3].header = ArchiveParts.header("files/ab/empty", 99_999_999)
        }
        changed("is cut short: files/ab/empty should have 9223372036854775807 bytes") {
            $0.entries[3].header = ArchiveParts.header("files/ab/empty", .max)
        }
        for (parts, words) in cases {
            let message = try refusal(of: parts.bytes)
            #expect(message == words)
        }
        #expect(try refusal(of: Array(repeating: 0x41, count: 2048)) == "is damaged, or no archive of a tenant")
        #expect(try refusal(of: Array(repeating: 0, count: 2048)) == "ends before its SHA256SUMS")
    }

    @Test(arguments: [
        ("\"version\": 1", "\"version\": 2", "was written by another version"),
        ("atiende-tenant", "something-else", "is no archive of a tenant"), ("{", "[", "is no JSON document"),
        ("America/Bogota", "Mars/Base", "has the time zone Mars/Base, which this system does not know"),
        ("\"slug\": \"proware\"", "\"slug\": \"../x\"", "slug"),
        ("\"id\": \"", "\"id\": \"../", "an identifier"), ("\"hosts\": []", "\"hosts\": [\"a b\"]", "a host name"),
        ("\"contract\": \"proware\"", "\"contract\": \"seres\"", "another tenant's"),
    ])
    func `a manifest that lies is refused`(_ old: String, _ new: String, _ words: String) throws {
        var parts = try ArchiveParts(Self.exported.get())
        let text = String(decoding: parts.entries[0].content, as: UTF8.self)
        let lie = text.replacing(old, with: new)
        try #require(lie != text, "\(text)")
        parts.entries.removeFirst()
        parts.add("manifest.json", Array(lie.utf8), at: 0)
        let message = try refusal(of: parts.summed.bytes)
        #expect(message.contains(words), "\(message)")
    }

    @Test(arguments: [
        "PRAGMA user_version = 99", "UPDATE provider SET time_zone = 'Mars/Base'", "DROP TABLE schema_migration",
        "DELETE FROM provider", "damage", "none",
    ])
    func `a database that cannot be used is refused, though its sums are right`(_ harm: String) throws {
        let site = try TestSite()
        try site.fill("proware")
        if harm != "damage", harm != "none" {
            try site.desk("proware").write { try $0.execute(SQLText(verbatim: harm)) }
        }
        _ = try atiende("tenant", "export", "proware", site.folder / "p.tar", on: site)
        var parts = try ArchiveParts(#require(Folder.read(site.folder / "p.tar", atMost: 10_000_000)))
        if harm == "damage" {
            let count = parts.entries[1].content.count
            parts.entries[1].content.replaceSubrange(8192..<count, with: [UInt8](repeating: 0xA5, count: count - 8192))
        } else if harm == "none" {
            parts.entries.remove(at: 1)
            parts.add("desk.sqlite", Array("no database".utf8), at: 1)
        }
        let message = try refusal(of: parts.summed.bytes)
        #expect(message.hasPrefix("has a database that cannot be used: "), "\(message)")
        #expect(!message.contains("import-"), "\(message)")
    }

    @Test func `what is no file is refused without waiting for it`() throws {
        let site = try TestSite()
        mkfifo(site.folder / "pipe", 0o600)
        for (name, words) in [("pipe", "is no file"), ("data", "is no file"), ("none", "No such file")] {
            #expect(try fault("tenant", "import", site.folder / name, on: site).message.contains(words))
        }
    }

    @Test func `beside the original it takes another slug, an id of its own, and no host that is taken`() throws {
        let site = try TestSite()
        try site.fill("proware")
        for host in ["a.example", "b.example"] {
            _ = try atiende("tenant", "host", "add", "proware", host, on: site)
        }
        let file = site.folder / "p.tar"
        _ = try atiende("tenant", "export", "proware", file, on: site)
        #expect(
            try fault("tenant", "import", file, on: site).message
                == "nothing was imported: there is a tenant of that slug; give another with --slug SLUG")
        #expect(try fault("tenant", "import", file, "--slug=Bad", on: site).status == 2)
        _ = try atiende("tenant", "host", "remove", "b.example", on: site)
        #expect(
            try atiende("tenant", "import", file, "--slug", "copia", on: site)
                == "imported copia; without the hosts that others have: a.example\n")
        #expect(try site.tenant("copia").id != site.tenant("proware").id)
        #expect(try site.get("/", ["Host": "b.example"]).status == 200)
        try site.desk("copia").write { try $0.execute("DELETE FROM note") }
        #expect(try site.rows("copia") == 0 && site.rows("proware") == 40)
        #expect(try site.get("/t/copia/").status == 200 && site.strays() == [])
        #expect(try site.afterCrash().rows("proware") == 40)
    }

    @Test(arguments: [true, false])
    func `an arrival that was cut off is whole or gone`(_ hasRow: Bool) throws {
        let site = try TestSite()
        try site.fill("proware")
        let id = String(repeating: "a", count: 32)
        let arrival = PendingMove(slug: try site.slug("copia"), id: id, kind: .arrive)
        try site.installation.take(.decide, of: arrival)
        site.installation.desks.release(try site.slug("proware"))
        #expect(eventually { !Folder.exists(site.tenantFolder("proware") + "/desk.sqlite-wal") })
        try Folder.copyAll(site.tenantFolder("proware"), to: site.tenantFolder("copia"))
        Folder.remove(site.tenantFolder("copia") + "/tenant")
        try Folder.write(Array((id + "\n").utf8), to: site.tenantFolder("copia") + "/tenant")
        if hasRow {
            let original = try site.tenant("proware")
            try site.installation.directory.add(
                Tenant(
                    slug: arrival.slug, id: id, name: "Copia", contract: original.contract,
                    timeZone: original.timeZone))
        }
        let after = try site.afterCrash()
        #expect(try after.get("/t/copia/").status == (hasRow ? 200 : 404))
        #expect(try after.strays() == [] && after.rows("proware") == 40)
        #expect(Folder.exists(after.tenantFolder("copia")) == hasRow)
    }

    @Test func `a size beyond eight gigabytes is written as GNU tar has it, and read again`() throws {
        for size in [0, 1, 511, 512, 8_589_934_591, 8_589_934_592, 1 << 40, .max] {
            let header = try #require(TarHeader(path: "files/a", size: size))
            #expect(try TarHeader(reading: header.bytes) == header)
        }
        #expect(TarHeader(path: "", size: 0) == nil && TarHeader(path: "a", size: -1) == nil)
        #expect(TarHeader(path: String(repeating: "a", count: 101), size: 0) == nil)
    }
}
