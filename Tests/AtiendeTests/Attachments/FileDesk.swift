// A site with a form that takes files, and the bytes of files that pass for something else.

import SQL
import Testing

@testable import Atiende
@testable import HTTP

/// Two customers of one organization, one of another, a technician; and a form at `/test/files`.
struct FileDesk {
    let site: TestSite
    let tickets: TicketDesk
    let adriana: Browser
    let bruno: Browser
    let carla: Browser
    let lucia: Browser
    let people: [String: Person.ID]

    /// Answers with a line for each file that is kept and one for each fault.
    static let form = Route.post("/test/files", for: .signedIn, taking: .upload, on: .worker) {
        visit, request throws(Refusal) in
        guard case .form(let form) = request.body else { throw .forbidden }
        let files = try visit.keepFiles(form)
        let kept = files.kept.map { "\($0.id)|\($0.token)|\($0.type)|\($0.name)" }
        let lines = kept + files.faults.map { "fault|" + $0 } + (files.isEditing ? ["editing"] : [])
        return .answer(.text(files.faults.isEmpty ? .ok : .unprocessableContent, lines.joined(separator: "\n")))
    }

    init() throws {
        site = try TestSite(tenantRoutes: [Self.form, .get("/test/files", for: .signedIn) { _, _ in .text(.ok, "") }])
        tickets = try TicketDesk(site, "proware")
        let other = try site.addOrganization("Hotel Sol de Abril")
        people = [
            "adriana": try site.add("adriana@ceiba.example", of: tickets.organization),
            "bruno": try site.add("bruno@ceiba.example", of: tickets.organization),
            "carla": try site.add("carla@sol.example", of: other),
            "lucia": try site.add("lucia@proware.example", as: .technician(level: 1)),
        ]
        adriana = try Browser(site, "proware", as: "adriana@ceiba.example")
        bruno = try Browser(site, "proware", as: "bruno@ceiba.example")
        carla = try Browser(site, "proware", as: "carla@sol.example")
        lucia = try Browser(site, "proware", as: "lucia@proware.example")
    }

    struct Kept {
        let id: Atiende.Attachment.ID
        let token: String
        let type: String
        let name: String
        var path: String { "/attachments/\(token)/x" }
    }

    /// Sends files as the form does and reads what is kept.
    func send(
        _ files: [(name: String, bytes: [UInt8])], by browser: Browser, _ form: [(String, String)] = []
    ) throws -> (kept: [Kept], faults: [String]) {
        let lines = try browser.upload("/test/files", form, files: files).text.split(separator: "\n").map {
            $0.split(separator: "|", maxSplits: 3, omittingEmptySubsequences: false).map(String.init)
        }
        let kept = try lines.filter { $0.count == 4 }.map { line in
            Kept(id: try #require(Atiende.Attachment.ID(line[0])), token: line[1], type: line[2], name: line[3])
        }
        return (kept, lines.filter { $0.first == "fault" }.map { $0.dropFirst().joined(separator: "|") })
    }

    func send(_ name: String, _ bytes: [UInt8], by browser: Browser) throws -> Kept {
        try #require(try send([(name, bytes)], by: browser).kept.first)
    }

    /// A ticket of the first organization with a message of Adriana's, and what else is done to it.
    func openTicket(
        files: [Atiende.Attachment.ID] = [], isPrivate: Bool = false,
        _ then: @escaping @Sendable (inout TicketWork) throws -> Void = { _ in }
    ) throws -> Folio {
        let now = site.clock.now
        let rules = tickets.rules
        var draft = try tickets.draft("high", plan: "empresarial", openedAt: now)
        draft.author = people["adriana"]
        draft.requester = people["adriana"]
        draft.files = files
        if isPrivate { draft.properties[.isPrivate] = "1" }
        let made = draft
        let lucia = try #require(people["lucia"])
        return try tickets.desk.write { connection in
            let folio = try connection.openTicket(made, rules, at: now)
            let ticket = try #require(try connection.ticket(folio))
            var work = TicketWork(
                on: ticket, by: .staff(lucia, level: 1), rules, at: now, in: connection)
            try then(&work)
            return folio
        }
    }
}

enum Sample {
    private static func big(_ number: Int, _ count: Int) -> [UInt8] {
        (0..<count).reversed().map { UInt8(truncatingIfNeeded: number >> (8 * $0)) }
    }

    /// A PNG's frame; what would be drawn does not count.
    static func png(_ width: Int = 2, _ height: Int = 2, _ data: [UInt8] = [1, 2, 3]) -> [UInt8] {
        func chunk(_ name: String, _ data: [UInt8]) -> [UInt8] {
            big(data.count, 4) + Array(name.utf8) + data + [0, 0, 0, 0]
        }
        return [0x89, 0x50, 0x4E, 0x47, 0x0D, 0x0A, 0x1A, 0x0A]
            + chunk("IHDR", big(width, 4) + big(height, 4) + [8, 6, 0, 0, 0]) + chunk("IDAT", data) + chunk("IEND", [])
    }

    static func jpeg(_ width: Int, _ height: Int) -> [UInt8] {
        [0xFF, 0xD8, 0xFF, 0xE0, 0, 4, 0, 0, 0xFF, 0xC0, 0, 11, 8] + big(height, 2) + big(width, 2)
            + [1, 1, 0x11, 0, 0xFF, 0xDA, 0, 2, 7, 7, 0xFF, 0xD9]
    }

    static func gif(_ width: UInt8, _ height: UInt8) -> [UInt8] {
        Array("GIF89a".utf8) + [width, 0, height, 0, 0, 0, 0, 0x3B]
    }

    static let page = Array("<!doctype html><script>alert(1)</script>".utf8)
    static let drawing = Array("<svg xmlns=\"http://www.w3.org/2000/svg\"><script>alert(1)</script></svg>".utf8)
}
