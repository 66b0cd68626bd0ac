// Cookies that were stolen, planted, doubled or made up, and sessions that are not complete.

import SQL
import Testing

@testable import Atiende
@testable import HTTP

@Suite struct SessionAttackTests {
    private let site: TestSite
    private let ceiba: Organization.ID
    private let admin: Person.ID
    private let ana: Person.ID

    init() throws {
        site = try TestSite()
        ceiba = try site.addOrganization("Almacenes La Ceiba")
        admin = try site.add("elena@proware.example", as: .admin, name: "Elena Ríos")
        ana = try site.add("ana@ceiba.example", name: "Ana Mora", of: ceiba, isManager: true)
    }

    private func browser(_ email: String = "ana@ceiba.example") throws -> Browser {
        try Browser(site, "proware", as: email)
    }

    private func isIn(_ browser: Browser) throws -> Bool { try browser.get("/profile").status == 200 }

    // MARK: Beginning and end

    @Test func `a cookie that was planted before the log-in is worth nothing after it`() throws {
        let planted = String(repeating: "ab", count: 32)
        let victim = Browser(site, "proware")
        victim.cookies = ["sid-proware": planted, "form-proware": planted]
        _ = try victim.post("/login", ["email": "ana@ceiba.example", "password": Browser.password])
        #expect(try isIn(victim) && victim.token != planted)
        let thief = Browser(site, "proware")
        thief.cookies = ["sid-proware": planted]
        #expect(try !isIn(thief))
        // A thief who gets in himself with the victim's browser as it is: the one session ends with the other's start.
        let before = try #require(victim.token)
        _ = try victim.post("/login", ["email": "elena@proware.example", "password": Browser.password])
        thief.cookies = ["sid-proware": before]
        #expect(try !isIn(thief))
    }

    @Test(arguments: [
        "logout", "deactivation", "password", "forgotten", "role", "removal", "closing", "merger", "ended by an admin",
        "email", "lead",
    ])
    func `a cookie from before opens nothing after`(_ event: String) throws {
        let roble = try site.addOrganization("Transportes El Roble")
        let elena = try browser("elena@proware.example")
        let owner = try browser()
        let thief = Browser(site, "proware")
        thief.cookies = owner.cookies
        #expect(try thief.get("/organization/people").status == 200)
        let person = "/admin/people/\(ana)"
        let details = [("name", "Ana Mora"), ("email", "ana@ceiba.example"), ("notices", "all"), ("language", "es")]
        switch event {
        case "logout": #expect(try owner.post("/logout").status == 303)
        case "deactivation": #expect(try elena.post(person + "/deactivation").status == 303)
        case "password":
            let form = ["current": Browser.password, "password": "jirafa-de-papel-7", "again": "jirafa-de-papel-7"]
            #expect(try owner.post("/profile/password", form.map { ($0.key, $0.value) }).status == 303)
            #expect(try isIn(owner))
        case "forgotten":
            let token = try site.link(.recover, for: ana)
            let form = [("token", token), ("password", "jirafa-de-papel-7"), ("again", "jirafa-de-papel-7")]
            #expect(try Browser(site, "proware").post("/password/set", form).status == 303)
        case "role": #expect(try elena.post(person, details + [("role", "technician"), ("level", "1")]).status == 303)
        case "lead":
            let changed = details + [("role", "technician"), ("level", "1"), ("lead", "on")]
            #expect(try elena.post(person, changed).status == 303)
        case "email":
            let changed = details.map { $0.0 == "email" ? ($0.0, "ana@roble.example") : $0 } + [("role", "customer")]
            #expect(try elena.post(person, changed).status == 303)
        case "removal": #expect(try elena.post(person + "/memberships/\(ceiba)/removal").status == 303)
        case "closing": #expect(try elena.post("/admin/organizations/\(ceiba)/close").status == 303)
        case "merger":
            #expect(try elena.post("/admin/organizations/\(ceiba)/merge", ["into": "\(roble)"]).status == 303)
        default: #expect(try elena.post(person + "/sessions").status == 303)
        }
        // Who comes with his organization to another one may stay; then he sees that one.
        if event == "merger" {
            #expect(try !thief.get("/organization").text.contains("La Ceiba"))
            #expect(try thief.get("/organization").text.contains("El Roble"))
        } else {
            for path in ["/organization", "/organization/people", "/organization/agreement"] {
                let answer = try thief.get(path)
                #expect(answer.status == 404 || answer.field("Location")?.contains("/login") == true, "\(path)")
            }
        }
    }

    @Test func `a tenant that changes its name takes nobody's session from another`() throws {
        let owner = try browser()
        let token = try #require(owner.token)
        let seres = Browser(site, "seres")
        seres.cookies = ["sid-seres": token, "sid-proware": token]
        #expect(try !isIn(seres))
    }

    // MARK: Cookies

    @Test func `odd cookies let nobody in, and nothing fails`() throws {
        let token = try #require(try browser().token)
        let wrong = String(repeating: "0", count: 64)
        func status(_ cookie: String) throws -> Int {
            (try? site.send("GET", "/t/proware/profile", ["Cookie": cookie]).status) ?? 400
        }
        #expect(try status("sid-proware=\(token)") == 200)
        for cookie in [
            "sid-proware=", "sid-proware", "=\(token)", "sid-proware=\(token)0", "sid-proware=\(token.dropLast())",
            "sid-proware=\"\(token)\"", "sid-proware =\(token)", "SID-PROWARE=\(token)",
            "sid-proware=\(token.uppercased())x",
            "__Host-sid-proware=\(token)", "sid-proware=\(wrong)", "sid-proware=\u{0}\(token)", "sid=\(token)",
            "sid-proware=\(wrong); sid-proware=\(token)", "sid-proware=" + String(repeating: "a", count: 7000),
            String(repeating: ";", count: 7000), String(repeating: "a=b; ", count: 1400), "sid-proware=%61\(token)",
            "sid-proware=' OR 1=1 --", "x=sid-proware=\(token)", "said-proware=people.said.invited",
        ] {
            #expect([303, 400, 431].contains(try status(cookie)), "\(cookie.prefix(80))")
        }
    }

    @Test func `a cookie tells no words but those of the program`() throws {
        let owner = try browser()
        for said in [
            "<b>x</b>", "people.said.<script>", ".said.", "people.said.invited.99999999999999999999", "a.said.b",
        ] {
            owner.cookies["said-proware"] = PercentCoding.encode(queryComponent: said)
            let page = try owner.get("/")
            #expect(page.status == 200 && !page.text.contains("<b>x") && !page.text.contains(".said."), "\(said)")
        }
    }

    // MARK: Sessions that are not complete

    @Test(arguments: [Session.Standing.needsCode, .needsPassword, .needsTwoStep])
    func `a session that is not complete leads to one place alone`(_ standing: Session.Standing) throws {
        let key = TimeCode(secret: Array("12345678901234567890".utf8))
        let now = site.clock.now
        let admin = admin
        try site.desk("proware").write { connection in
            var policy = AccessPolicy()
            switch standing {
            case .needsCode: try connection.turnOnTwoStep(key, step: 0, RecoveryCode.makeSet(), of: admin, at: now)
            case .needsPassword:
                policy.passwordDays = 1
                try connection.execute("UPDATE person SET password_at = ?", now - 3 * 86_400)
            default: policy.twoStepRoles = ["admin", "customer"]
            }
            try connection.keep(policy)
        }
        try site.desk("proware").reloadSettings()
        let elena = try browser("elena@proware.example")
        for route in Routes.tenant where route.admission != .leaving {
            let path = "\(route.pattern)".replacing(/\{[^}]*\}/, with: "1")
            if path == standing.path || route.admission == .anyone { continue }
            let answer = route.method == .get ? try elena.get(path) : try elena.post(path)
            #expect(
                answer.status == 303 && answer.field("Location") == "/t/proware" + standing.path,
                "\(route.method.name) \(path): \(answer.status)")
        }
        // Pages for anybody show nothing of the places behind.
        for path in ["/", "/login", "/signup", "/password/forgot"] {
            let text = try elena.get(path).text
            #expect(!text.contains("/admin") && !text.contains("/people") && !text.contains("/sessions\""), "\(path)")
        }
        #expect(try elena.get(standing.path).status == 200)
    }

    @Test func `a form needs its seal also where it brings a file`() throws {
        let elena = try browser("elena@proware.example")
        let carlos = try browser()
        for route in Routes.tenant where route.method == .post && route.admission == .admin {
            let path = "\(route.pattern)".replacing(/\{[^}]*\}/, with: "\(ana)")
            for seal in ["", "x", try carlos.csrf()] {
                #expect(try elena.post(path, ["csrf": seal]).status == 403, "\(path)")
            }
        }
        let boundary = "x-x"
        for path in ["/admin/people/import", "/admin/organizations/import", "/admin/settings/brand/logo"] {
            for seal in ["", try carlos.csrf()] {
                let body =
                    "--\(boundary)\r\nContent-Disposition: form-data; name=\"csrf\"\r\n\r\n\(seal)\r\n"
                    + "--\(boundary)\r\nContent-Disposition: form-data; name=\"file\"; filename=\"a.csv\"\r\n\r\na\r\n--\(boundary)--\r\n"
                let head =
                    "POST /t/proware\(path) HTTP/1.1\r\nHost: atiende.example\r\nCookie: sid-proware=\(elena.token ?? "")\r\n"
                    + "Content-Type: multipart/form-data; boundary=\(boundary)\r\nContent-Length: \(body.utf8.count)\r\n\r\n"
                let peer = Peer.internet(try #require(IPAddress("192.0.2.7")))
                #expect(try site.send(raw: head, body: Array(body.utf8), from: peer).status == 403, "\(path)")
            }
        }
        #expect(try site.count("pending_import") == 0)
    }
}
