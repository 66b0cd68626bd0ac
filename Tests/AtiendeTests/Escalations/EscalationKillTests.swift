// The program killed while it carries out what is due, and started again on the same data.

import Foundation
import SQL
import Testing

@testable import Atiende

@Suite struct EscalationKillTests {
    private let folder = TemporaryFolder()
    private static let tickets = 300

    private func start(_ words: [String]) throws -> Process {
        let program = try #require(BuiltProgram.url)
        let process = Process()
        process.executableURL = program
        process.arguments = words + ["--data", folder / "data"]
        process.currentDirectoryURL = URL(fileURLWithPath: TestSite.resources)
        process.standardOutput = FileHandle.nullDevice
        process.standardError = FileHandle.nullDevice
        try process.run()
        return process
    }

    private func run(_ words: [String]) throws {
        let process = try start(words)
        process.waitUntilExit()
        try #require(process.terminationStatus == 0)
    }

    private func count(_ sql: SQLText) throws -> Int {
        let connection = try SQL.Connection(path: folder / "data/tenants/due/desk.sqlite", role: .reader)
        return try connection.first(sql) { $0.int(0) } ?? 0
    }

    @Test func `killed in the middle of what is due it carries out the rest, and nothing twice`() throws {
        try run(["tenant", "create", "due", "--contract", "proware"])
        try run(["bench-due", "--tenant", "due", "--tickets", "\(Self.tickets)", "--seconds", "0"])
        let serve = ["serve", "--listen", "unix:" + folder / "socket"]
        let first = try start(serve)
        #expect(try eventually { try count("SELECT count(*) FROM firing") >= 10 })
        kill(first.processIdentifier, SIGKILL)
        first.waitUntilExit()
        let second = try start(serve)
        defer {
            second.terminate()
            second.waitUntilExit()
        }
        #expect(try eventually { try count("SELECT count(*) FROM firing") == Self.tickets })
        #expect(try count("SELECT count(*) FROM ticket_event WHERE type = 'fired'") == Self.tickets)
        #expect(try count("SELECT count(DISTINCT ticket) FROM ticket_event WHERE type = 'fired'") == Self.tickets)
        #expect(try count("SELECT count(*) FROM ticket WHERE next_at <= 1700000000") == 0)
    }
}
