// A site on which somebody writes the same hostile text into every field of a ticket that a form offers, by the forms
// themselves, from its opening to its survey.

import SLA
import SQL
import Testing

@testable import Atiende
@testable import HTTP

struct VectorSite {
    let work: WorkSite
    let ana: Browser
    let beto: Browser
    let lucia: Browser
    let natalia: Browser
    /// Every answer to a form, with what it was.
    private(set) var answers: [(place: String, answer: Answer)] = []
    private(set) var folios: [String] = []

    init() throws {
        work = try WorkSite()
        ana = try work.browser("ana")
        beto = try work.browser("beto")
        lucia = try work.browser("lucia")
        natalia = try work.browser("natalia")
    }

    /// Sends a form; one that must be taken tells where it leads.
    @discardableResult
    private mutating func send(
        _ browser: Browser, _ path: String, _ form: [(String, String)], files: [(name: String, bytes: [UInt8])] = [],
        isTaken: Bool = true
    ) throws -> String {
        let answer =
            files.isEmpty ? try browser.post(path, form) : try browser.upload(path, form, files: files)
        answers.append(("\(path) \(form.map(\.0))", answer))
        let text = answer.text.matches(of: /<a href="#[^"]*">([^<]*)<\/a><\/li>/).map(\.1).joined(separator: "; ")
        if isTaken { #expect(answer.status == 303, "\(path): \(answer.status) \(text)") }
        return answer.field("Location") ?? ""
    }

    private static let cut: [String: Int] = [
        "subject": 200, "service": 100, "productVersion": 100, "environment": 100, "phone": 40, "category": 100,
        "tags": 300, "name": 80, "knownProblem": 500, "diagnosedVersion": 200, "diagnosedEnvironment": 200,
        "company": 120,
    ]

    private func form(_ names: [String], _ text: String, _ more: [(String, String)] = []) -> [(String, String)] {
        names.map { name in
            let most = Self.cut[name] ?? 2000
            return (name, String(String.UnicodeScalarView(text.unicodeScalars.prefix(most))))
        } + more
    }

    /// As a browser sends a name (HTML §4.10.21.8).
    private static func fileName(_ text: String) -> String {
        text.unicodeScalars.map { scalar in
            switch scalar {
            case "\"": "%22"
            case "\r": "%0D"
            case "\n": "%0A"
            default: String(scalar)
            }
        }.joined()
    }

    private func files(_ text: String) -> [(name: String, bytes: [UInt8])] {
        let name = Self.fileName(text)
        return [(name + ".png", Sample.png()), (name, Sample.page), ("x." + name, Sample.drawing)]
    }

    /// One ticket through all that can be said about it.
    mutating func write(_ text: String) throws {
        let reported = try send(
            ana, "/tickets/new",
            form(
                ["subject", "description", "service", "productVersion", "environment"], text,
                [("kind", "support"), ("severity", "critical")]), files: files(text))
        let folio = try #require(reported.split(separator: "/").dropLast().last.map(String.init), "\(text)")
        folios.append(folio)
        try diagnose(folio, text)
        try converse(folio, text)
        try echo(folio, text)
    }

    private mutating func diagnose(_ folio: String, _ text: String) throws {
        let desk = "/desk/\(folio)"
        try send(natalia, desk + "/severity", form(["severityReason"], text, [("severity", "high")]))
        try send(natalia, desk + "/level", form(["levelReason", "levelDiagnosis"], text, [("level", "2")]))
        let checked = [
            "errorMessages", "expected", "actual", "diagnosedVersion", "diagnosedEnvironment", "knownProblem",
            "diagnosis",
        ]
        try send(natalia, desk + "/diagnosis", form(checked, text, [("reproduction", "yes")]))
        try send(natalia, desk + "/recovery", form(["recovery"], text))
        try send(natalia, desk + "/cause", form(["cause", "solution"], text))
        try send(natalia, desk + "/agreed-date", form(["agreedReason"], text, [("agreedOn", "2027-01-15")]))
        let given = ["subject", "category", "tags", "productVersion", "environment", "service", "phone"]
        try send(natalia, desk + "/properties", form(given, text, [("kind", "support")]))
        try send(natalia, desk + "/followers", [("follower", "beto@ceiba.example")])
        if let other = folios.dropLast().last {
            try send(natalia, desk + "/links", [("link", "related"), ("linked", other)])
        }
        try send(natalia, desk + "/lock", [("locked", "on")])
    }

    private mutating func converse(_ folio: String, _ text: String) throws {
        let messages = "/tickets/\(folio)/messages"
        let desk = "/desk/\(folio)"
        try send(natalia, messages, form(["body"], text, [("visibility", "internal")]), files: files(text))
        try send(
            natalia, messages, form(["body"], text, [("visibility", "public"), ("channel", "phone")]),
            files: files(text))
        try send(ana, messages, form(["body"], text), files: files(text))
        try send(natalia, desk + "/status", form(["statusReason"], text, [("statusTo", "waitingCustomer")]))
        try send(beto, messages, form(["body"], text))
        try send(natalia, messages, form(["body"], text, [("visibility", "public"), ("status", "resolved")]))
        try send(ana, "/tickets/\(folio)/reopening", form(["failing"], text))
        try send(natalia, messages, form(["body"], text, [("visibility", "public"), ("status", "resolved")]))
        try send(ana, "/tickets/\(folio)/closure", form(["body"], text))
        try send(ana, "/tickets/\(folio)/survey", form(["comment"], text, [("face", "bad")]))
        try send(
            ana, "/tickets/new",
            form(["subject", "description"], text, [("kind", "support"), ("severity", "low"), ("parent", folio)]))
    }

    /// Forms that come back, as they were filled in, and what is kept unfinished.
    private mutating func echo(_ folio: String, _ text: String) throws {
        let named = [
            "subject", "description", "kind", "severity", "category", "service", "environment", "parent", "kept",
        ]
        try send(
            ana, "/tickets/new", form(["description", "kind", "severity", "category", "phone"], text), isTaken: false)
        try send(ana, "/tickets/new", form(named.filter { $0 != "parent" }, text, [("later", "1")]))
        try send(ana, "/tickets/new", form(named, text), isTaken: false)
        for name in DeskAction.all.map(\.name) + ["properties"] {
            let names = (DeskAction.named(name)?.specs ?? DeskProperties.specs).map(\.id) + ["version", "keep-subject"]
            try send(lucia, "/desk/\(folio)/\(name)", form(names, text), isTaken: false)
        }
        for name in ["messages", "closure", "reopening", "survey", "followers", "followers/removal"] {
            try send(
                ana, "/tickets/\(folio)/\(name)", form(["face", "comment", "body", "person", "version"], text),
                isTaken: false)
        }
        try send(
            lucia, "/tickets/\(folio)/messages", form(["body", "visibility", "status", "canned"], text), isTaken: false)
        try send(
            lucia, "/desk/new",
            form(
                ["subject", "description", "productVersion", "environment", "service", "phone"], text,
                [
                    ("organization", "\(work.tickets.organization)"), ("requester", "\(work.ana)"),
                    ("channel", "phone"),
                    ("kind", "support"), ("severity", "low"), ("cameOn", "2026-11-16"), ("cameAt", "9:00"),
                ]))
        try send(
            lucia, "/desk/new",
            form(LoggedTicket.specs.map(\.id), text, [("organization", "\(work.tickets.organization)")]), isTaken: false
        )
        // Braces that are no variable are refused, and shown again.
        try send(natalia, "/admin/answers/new", form(["name", "text"], text), isTaken: !text.contains("{"))
        try send(
            natalia, "/admin/answers/new", form(["name"], text, [("text", "{cliente} {asunto} {nadie} " + text)]),
            isTaken: false)
        let fields = JSON.array([.array([.string("0"), .string(text), .string(text), .string(text)])]).text()
        let draft = [("path", "/t/proware/tickets/\(folio)"), ("title", text), ("fields", fields)]
        try send(ana, "/drafts", draft, isTaken: false)
        try report(text)
    }

    /// Of somebody without an account, as far as he gets.
    private mutating func report(_ text: String) throws {
        let stranger = Browser(work.site, "proware")
        let form = form(
            ["company", "subject", "description"], text,
            [("name", "Rosa Paz"), ("email", "rosa\(folios.count)@paz.example"), ("kind", "support")])
        try send(stranger, "/report", form)
        let token = try #require(try work.site.letters().last?.token)
        try send(stranger, "/report/confirm", [("token", token)])
        try send(
            stranger, "/report", self.form(["name", "email", "company", "subject", "description", "kind"], text),
            isTaken: false)
        // The pace of strangers is bounded.
        work.site.clock.now += 3600
    }
}
