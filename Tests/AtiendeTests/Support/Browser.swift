// A visitor with cookies, as a browser keeps them: comes in through the real log-in, fills in real forms.

import Foundation
import SQL
import Synchronization
import Testing

@testable import Atiende
@testable import HTTP

final class Browser: Sendable {
    /// Good enough for every policy of the tests.
    static let password = "girasol-lento-42"

    let site: TestSite
    let tenant: String
    private let jar = Mutex<[String: String]>([:])

    init(_ site: TestSite, _ tenant: String) {
        self.site = site
        self.tenant = tenant
    }

    /// Somebody who is in.
    convenience init(_ site: TestSite, _ tenant: String, as email: String, password: String = Browser.password) throws {
        self.init(site, tenant)
        let answer = try post("/login", ["email": email, "password": password])
        try #require(answer.status == 303, "\(email) cannot log in: \(answer.status)")
    }

    var cookies: [String: String] {
        get { jar.withLock { $0 } }
        set { jar.withLock { $0 = newValue } }
    }

    /// The value of the session's cookie.
    var token: String? { cookies["sid-\(tenant)"] }

    func get(_ path: String, _ fields: KeyValuePairs<String, String> = [:]) throws -> Answer {
        try send("GET", path, fields, form: nil)
    }

    /// Sends a form with its hidden fields as its page has them.
    func post(
        _ path: String, _ form: KeyValuePairs<String, String> = [:], _ fields: KeyValuePairs<String, String> = [:]
    ) throws -> Answer {
        try post(path, form.map { ($0.key, $0.value) }, fields)
    }

    func post(
        _ path: String, _ form: [(String, String)], _ fields: KeyValuePairs<String, String> = [:]
    ) throws -> Answer {
        var form = form
        if !form.contains(where: { $0.0 == "csrf" }) { form.append(("csrf", try csrf())) }
        if !form.contains(where: { $0.0 == "key" }) { form.append(("key", try Random.identifier())) }
        let body = form.map {
            PercentCoding.encode(queryComponent: $0.0) + "=" + PercentCoding.encode(queryComponent: $0.1)
        }.joined(separator: "&")
        return try send("POST", path, fields, form: body)
    }

    /// Sends a form with files as a browser does (RFC 7578); names are sent as the bytes that they are.
    func upload(
        _ path: String, _ form: [(String, String)] = [], files: [(name: String, bytes: [UInt8])],
        field: String = "attachments", fields: KeyValuePairs<String, String> = [:]
    ) throws -> Answer {
        var form = form
        if !form.contains(where: { $0.0 == "csrf" }) { form.append(("csrf", try csrf())) }
        if !form.contains(where: { $0.0 == "key" }) { form.append(("key", try Random.identifier())) }
        let boundary = "limite-de-prueba-7c1d"
        var body: [UInt8] = []
        for (name, value) in form {
            let head = "--\(boundary)\r\nContent-Disposition: form-data; name=\"\(name)\"\r\n\r\n"
            body += Array((head + value + "\r\n").utf8)
        }
        for file in files {
            let head =
                "--\(boundary)\r\nContent-Disposition: form-data; name=\"\(field)\"; filename=\"\(file.name)\"\r\n"
            body += Array((head + "Content-Type: text/html\r\n\r\n").utf8) + file.bytes + Array("\r\n".utf8)
        }
        body += Array("--\(boundary)--\r\n".utf8)
        var head = "POST \(target(path)) HTTP/1.1\r\nHost: atiende.example\r\n"
        for (name, value) in fields.map({ ($0.key, $0.value) }) + cookieFields { head += "\(name): \(value)\r\n" }
        head += "Content-Type: multipart/form-data; boundary=\(boundary)\r\nContent-Length: \(body.count)\r\n\r\n"
        let visitor = try #require(IPAddress("192.0.2.7"))
        let answer = try site.send(raw: head, body: body, from: .internet(visitor))
        keep(answer.fields("Set-Cookie"))
        return answer
    }

    /// A location that came with the tenant's base is taken as it is.
    private func target(_ path: String) -> String {
        let base = "/t/\(tenant)"
        return path.hasPrefix(base + "/") ? path : base + path
    }

    private var cookieFields: [(String, String)] {
        let cookies = cookies
        guard !cookies.isEmpty else { return [] }
        return [("Cookie", cookies.sorted { $0.key < $1.key }.map { "\($0.key)=\($0.value)" }.joined(separator: "; "))]
    }

    /// The hidden field of this browser's forms.
    func csrf() throws -> String {
        if token == nil, cookies["form-\(tenant)"] == nil { _ = try get("/login") }
        let secret = try #require(token ?? cookies["form-\(tenant)"])
        return try FormSeal(secret: secret).text
    }

    private func send(
        _ method: String, _ path: String, _ fields: KeyValuePairs<String, String>, form: String?
    ) throws -> Answer {
        let sent = fields.map { ($0.key, $0.value) } + cookieFields
        let answer = try site.send(method, target(path), fields: sent, form: form)
        keep(answer.fields("Set-Cookie"))
        return answer
    }

    private func keep(_ cookies: [String]) {
        jar.withLock { jar in
            for cookie in cookies {
                let parts = cookie.split(separator: ";", omittingEmptySubsequences: false)
                let pair = parts[0].split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false)
                let isGone = parts.contains { $0.trimmingCharacters(in: .whitespaces) == "Max-Age=0" }
                jar[String(pair[0])] = isGone ? nil : String(pair[1])
            }
        }
    }
}

extension TestSite {
    /// Somebody with an account and `Browser.password`.
    @discardableResult
    func add(
        _ email: String, to tenant: String = "proware", as role: Person.Role = .customer, name: String? = nil,
        isLead: Bool = false, of organization: Organization.ID? = nil, isManager: Bool = false,
        state: Person.State = .active, password: String? = Browser.password
    ) throws -> Person.ID {
        let hash = try password.map { try PasswordHash.make($0, cost: .quick) }
        let person = NewPerson(
            email: email, name: name ?? String(email.prefix { $0 != "@" }), role: role, isLead: isLead, state: state,
            password: hash)
        let now = clock.now
        return try desk(tenant).write { connection in
            let id = try connection.insert(person, at: now)
            if let organization {
                try connection.insertMembership(of: id, in: organization, isManager: isManager, at: now)
            }
            return id
        }
    }

    /// An organization with nothing but a name.
    func addOrganization(_ name: String, to tenant: String = "proware") throws -> Organization.ID {
        let now = clock.now
        return try desk(tenant).write { connection in
            try connection.insert(
                OrganizationDetails(legalName: name, country: .colombia), state: .active, at: now)
        }
    }
}
