// Commands run on data that this process has open, and what is seen of the tenants afterwards.

import SQL
import Testing

@testable import Atiende

/// Runs a command as the command line or the server's socket does.
func atiende(_ words: String..., on site: TestSite) throws(CommandFault) -> String {
    let (command, rest) = try CommandList.find(words)
    guard case .onData(_, let action) = command.action else { throw .usage("not on data") }
    return try action(Invocation(rest, of: command), site.installation)
}

/// The fault of a command that must fail.
func fault(_ words: String..., on site: TestSite) throws -> CommandFault {
    let (command, rest) = try CommandList.find(words)
    guard case .onData(_, let action) = command.action else { throw CommandFault.usage("not on data") }
    let thrown = #expect(throws: CommandFault.self) { try action(Invocation(rest, of: command), site.installation) }
    let fault = try #require(thrown)
    #expect(!fault.message.contains("\n"), "\(fault.message)")
    return fault
}

extension TestSite {
    /// Gives a tenant rows and an attachment, so that a loss would show.
    func fill(_ slug: String, rows: Int = 40) throws {
        try desk(slug).write { connection in
            try connection.execute("CREATE TABLE note (n INTEGER PRIMARY KEY, text TEXT NOT NULL) STRICT")
            for row in 0..<rows {
                try connection.execute(
                    "INSERT INTO note (n, text) VALUES (?, ?)", row, String(repeating: "ñ", count: 300))
            }
        }
        try Folder.make(tenantFolder(slug) + "/files/ab")
        try Folder.write(Array("attached to \(slug)".utf8), to: tenantFolder(slug) + "/files/ab/cdef")
        try Folder.write([], to: tenantFolder(slug) + "/files/ab/empty")
    }

    func slug(_ text: String) throws -> Slug { try #require(Slug(rawValue: text)) }

    func rows(_ slug: String) throws -> Int {
        try desk(slug).read { try $0.first("SELECT count(*) FROM note") { $0.int(0) } } ?? -1
    }

    func attachment(_ slug: String) -> [UInt8]? { Folder.read(tenantFolder(slug) + "/files/ab/cdef", atMost: 1000) }

    /// What lies in the data folder beside the tenants' own.
    func strays() throws -> [String] {
        let tenants = Set(try installation.tenants().map(\.slug.rawValue))
        return try Folder.names(folder / "data/tenants").filter { !tenants.contains($0) }
            + Folder.names(folder / "data").filter { $0 == "move.json" }
    }

    /// The data as a crash at this moment would leave them, in a site of their own.
    func afterCrash() throws -> TestSite {
        let copy = TemporaryFolder()
        try Folder.copyAll(folder / "data", to: copy / "data")
        return try TestSite(tenants: [], in: copy)
    }
}
