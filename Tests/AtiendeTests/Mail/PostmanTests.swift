// Letters leave when what caused them was kept, once, whatever ends in between.

import Foundation
import Markup
import SQL
import Testing

@testable import Atiende

private func makePostman(_ site: TestSite, _ transport: (any Transport)? = nil) -> Postman {
    Postman(
        site.installation, transport ?? MailFolder(root: site.installation.root),
        clock: { [clock = site.clock] in clock.now })
}

@Suite struct PostmanTests {
    private let site: TestSite

    init() throws { site = try TestSite() }

    @Test func `a letter becomes one file for its owner alone, and a row that says when`() throws {
        let id = try site.enqueue(site.letter(url: "https://proware.example/t/1?a=b&c=d"))
        #expect(try site.state(id) == OutboxState(attempts: 0, nextAt: TestSite.monday, sentAt: nil, error: nil))
        #expect(try site.files().isEmpty)
        site.clock.now += 5
        makePostman(site).makeRound()
        #expect(try site.files() == ["20261116T150000Z-1.eml"])
        #expect(try site.state(id) == OutboxState(attempts: 1, nextAt: nil, sentAt: site.clock.now, error: nil))
        let path = site.folder / "data/mail/proware/20261116T150000Z-1.eml"
        let mode = try FileManager.default.attributesOfItem(atPath: path)[.posixPermissions] as? Int
        #expect(mode == 0o600)
        let message = try site.message("20261116T150000Z-1.eml")
        #expect(try message.decoded("Subject") == "Su ticket")
        #expect(message.values("From") == ["\"Proware\" <soporte@proware.example>"])
        #expect(
            message.parts[0].text
                == "Hola, Ana:\n\nRecibimos su ticket.\n\nVer el ticket:\nhttps://proware.example/t/1?a=b&c=d\n\nAtentamente,\nProware\n"
        )
        #expect(message.parts[1].text.contains("<a href=\"https://proware.example/t/1?a=b&amp;c=d\""))
    }

    @Test func `nothing leaves where the write was taken back`() throws {
        struct Change: Error {}
        let letter = try site.letter()
        #expect(throws: Refusal.self) {
            try site.desk("proware").write { connection in
                try connection.enqueue(letter, at: TestSite.monday)
                throw Change()
            }
        }
        let transport = TestTransport()
        makePostman(site, transport).makeRound()
        #expect(transport.attempts == 0)
        #expect(try site.desk("proware").read { try $0.letterCount(to: "") } == 0)
    }

    @Test func `a letter that was sent is not sent again, by this process or the next`() throws {
        try site.enqueue(site.letter())
        let transport = TestTransport()
        let first = makePostman(site, transport)
        for _ in 0..<3 {
            first.makeRound()
            site.clock.now += 86_400
        }
        makePostman(site, transport).makeRound()
        #expect(transport.taken == ["proware 1 ana@cliente.example"])
    }

    @Test func `a letter that was claimed and not marked goes out again, in the place of its first file`() throws {
        let id = try site.enqueue(site.letter())
        let now = site.clock.now
        let claimed = try site.desk("proware").write { try $0.claimLetter(at: now) }
        #expect(claimed?.id == id)
        // It was sent, and the process died before it could say so.
        let letter = try #require(claimed)
        let desk = try site.desk("proware")
        let message = try #require(MIMEMessage(letter, of: desk.provider))
        let envelope = Envelope(
            tenant: desk.tenant.slug, id: id, createdAt: now, from: message.from.address, to: message.to.address)
        try MailFolder(root: site.installation.root).send(message.bytes, envelope)
        let restarted = makePostman(site)
        restarted.makeRound()
        #expect(try site.state(id).sentAt == nil, "the claim holds for a minute")
        site.clock.now += 60
        restarted.makeRound()
        #expect(try site.state(id) == OutboxState(attempts: 2, nextAt: nil, sentAt: now + 60, error: nil))
        #expect(try site.files().count == 1)
    }

    @Test func `a letter that nobody takes is tried again ever later, and given up after twenty attempts`() throws {
        let transport = TestTransport(refusing: "No space left on device")
        let postman = makePostman(site, transport)
        let id = try site.enqueue(site.letter())
        var delays: [Int] = []
        for attempt in 1...20 {
            postman.makeRound()
            let state = try site.state(id)
            #expect(state.attempts == attempt && transport.attempts == attempt)
            #expect(state.sentAt == nil && state.error == "No space left on device")
            guard let next = state.nextAt else { break }
            delays.append(next - site.clock.now)
            site.clock.now = next - 1
            postman.makeRound()
            #expect(transport.attempts == attempt, "not a second early")
            site.clock.now = next
        }
        #expect(delays == [1, 2, 4, 8, 16, 32, 64, 128, 256].map { $0 * 60 } + Array(repeating: 6 * 3600, count: 10))
        site.clock.now += 365 * 86_400
        transport.accept()
        postman.makeRound()
        #expect(transport.attempts == 20)
        #expect(try site.state(id).nextAt == nil && site.state(id).sentAt == nil)
        #expect(site.log.text.contains("event=mail-not-sent") && !site.log.text.contains("ana@cliente.example"))
    }

    @Test func `once the trouble is over a late letter leaves, and its error is gone`() throws {
        let transport = TestTransport(refusing: "Connection refused")
        let postman = makePostman(site, transport)
        let id = try site.enqueue(site.letter())
        postman.makeRound()
        transport.accept()
        postman.makeRound()
        #expect(transport.taken.isEmpty)
        site.clock.now += 60
        postman.makeRound()
        #expect(transport.taken.count == 1)
        #expect(try site.state(id).error == nil && site.state(id).sentAt == site.clock.now)
    }

    @Test func `letters of two tenants never mix`() throws {
        for (slug, address) in [("proware", "ana@uno.example"), ("seres", "luis@dos.example")] {
            for _ in 0..<3 { try site.enqueue(site.letter(to: address, from: slug), slug) }
        }
        makePostman(site).makeRound()
        for (slug, name, address) in [
            ("proware", "Proware", "ana@uno.example"), ("seres", "SERES", "luis@dos.example"),
        ] {
            let files = try site.files(slug)
            #expect(files.count == 3)
            for file in files {
                let message = try site.message(file, slug)
                #expect(message.values("To") == ["\"Ana\" <\(address)>"])
                #expect(message.values("From")[0].hasPrefix("\"\(name)\" <"))
            }
        }
    }

    @Test func `a letter that was taken while the database could not say so is not handed over again`() throws {
        let id = try site.enqueue(site.letter())
        let transport = TestTransport()
        let tenant = try site.tenant("proware")
        transport.meanwhile { [installation = site.installation] in
            _ = try? installation.desk(of: tenant).database.close()
        }
        let postman = makePostman(site, transport)
        postman.makeRound()
        #expect(transport.attempts == 1)
        site.installation.desks.discard(try site.desk("proware"))
        #expect(eventually { (try? site.desk("proware")) != nil })
        #expect(try site.state(id).sentAt == nil)
        site.clock.now += 60
        postman.makeRound()
        #expect(transport.attempts == 1)
        #expect(try site.state(id).sentAt == site.clock.now)
    }

    @Test func `a row that names no address is given up at once`() throws {
        let id = try site.enqueue(site.letter())
        try site.desk("proware").write {
            try $0.execute(
                "UPDATE outbox SET recipient_address = ? WHERE id = ?", "a@b.example\r\nBcc: c@d.example", id)
        }
        let transport = TestTransport()
        makePostman(site, transport).makeRound()
        #expect(transport.attempts == 0)
        #expect(try site.state(id) == OutboxState(attempts: 1, nextAt: nil, sentAt: nil, error: "no address"))
    }

    @Test func `more than its share of one tenant leaves too`() throws {
        let letter = try site.letter()
        try site.desk("proware").write { connection in
            for _ in 0..<120 { try connection.enqueue(letter, at: TestSite.monday) }
        }
        let transport = TestTransport()
        let postman = makePostman(site, transport)
        postman.makeRound()
        #expect(eventually { transport.taken.count == 120 })
        #expect(Set(transport.taken).count == 120)
        postman.stop()
    }
}

@Suite struct PostmanLifeTests {
    @Test func `at the start the letters of every tenant leave, without its visitor, and it is closed again`() throws {
        let folder = TemporaryFolder()
        do {
            let site = try TestSite(in: folder)
            for slug in ["proware", "seres"] { try site.enqueue(site.letter(from: slug), slug) }
            site.close()
        }
        let site = try TestSite(tenants: [], in: folder, openDesks: 1)
        #expect(site.installation.desks.all.isEmpty)
        site.site.postman.start()
        #expect(try eventually { try site.files("proware").count == 1 && site.files("seres").count == 1 })
        #expect(eventually { site.installation.desks.all.isEmpty })
        site.site.postman.stop()
    }

    @Test func `a tenant that cannot be opened keeps nobody's letters but its own, until it can`() throws {
        let site = try TestSite(openDesks: 1)
        for slug in ["proware", "seres"] { try site.enqueue(site.letter(from: slug), slug) }
        site.installation.desks.closeAll(within: 60)
        let lock = try #require(try FolderLock(path: site.tenantFolder("proware") + "/lock"))
        site.site.postman.start()
        #expect(try eventually { try site.files("seres").count == 1 })
        #expect(eventually { site.log.text.contains("event=mail-waits tenant=proware") })
        #expect(try site.files("proware").isEmpty)
        lock.release()
        #expect(
            try eventually {
                site.clock.now += 60
                site.site.postman.makeRound()
                return try site.files("proware").count == 1
            })
        site.site.postman.stop()
        #expect(try site.files("seres").count == 1)
    }

    @Test func `a server delivers from its start, and lets its data go when it stops`() throws {
        let folder = TemporaryFolder()
        do {
            let site = try TestSite(in: folder)
            try site.enqueue(site.letter())
            site.close()
        }
        var settings = ServeSettings()
        settings.data = folder / "data"
        settings.listen = [.tcp(host: "127.0.0.1", port: 0)]
        let log = TestLog(folder / "serving.log")
        let serving = try Serving(settings, resources: TestSite.resources, log: log.log)
        serving.start()
        let mail = folder / "data/mail/proware"
        #expect(try eventually { try Folder.exists(mail) && Folder.names(mail) == ["20261116T150000Z-1.eml"] })
        serving.stop()
        serving.site.postman.makeRound()
        #expect(log.text.contains("event=stopped") && !log.text.contains("event=mail-waits"))
    }

    @Test func `a closed tenant's letter is tried again when it is due`() throws {
        let site = try TestSite(openDesks: 1)
        let transport = TestTransport(refusing: "busy")
        let postman = makePostman(site, transport)
        try site.enqueue(site.letter())
        postman.makeRound()
        _ = try site.desk("seres")
        transport.accept()
        site.clock.now += 60
        postman.makeRound()
        #expect(transport.taken == ["proware 1 ana@cliente.example"])
    }

    @Test func `a form's letter leaves as soon as the form is committed`() throws {
        let site = try TestSite(tenantRoutes: [Self.form])
        site.site.postman.start()
        #expect(try site.post("/t/proware/letters").status == 303)
        #expect(try eventually(within: 10) { try site.files().count == 1 })
        site.site.postman.stop()
        #expect(try site.files("seres").isEmpty)
    }

    private static let form: Route = .post("/letters", for: .anyone) { visit, request throws(Refusal) in
        guard case .form(let form) = request.body,
            let address = EmailAddress("ana@cliente.example")
        else { throw .notFound }
        let letter = Letter(
            kind: Letter.Kind(rawValue: "test"), recipient: Mailbox(name: "Ana", address: address),
            language: visit.language, subject: "Su ticket", paragraphs: [], action: nil)
        let written = visit.site.write(letter, for: try visit.tenantDesk().provider.name)
        let now = visit.now
        return try .file(form) { connection in
            try connection.enqueue(written, at: now)
            return "/"
        }
    }

    @Test func `nothing leaves after it was told to stop`() throws {
        let site = try TestSite()
        let transport = TestTransport()
        let postman = makePostman(site, transport)
        postman.start()
        postman.stop()
        try site.enqueue(site.letter())
        postman.nudge(try site.tenant("proware").slug)
        postman.makeRound()
        #expect(transport.attempts == 0)
        #expect(try site.state(1).attempts == 0)
    }

    @Test func `a disk that takes no file is told without its paths`() throws {
        let site = try TestSite()
        #expect(FileManager.default.createFile(atPath: site.folder / "data/mail", contents: Data()))
        let id = try site.enqueue(site.letter())
        makePostman(site).makeRound()
        let error = try #require(try site.state(id).error)
        #expect(!error.isEmpty && !error.contains("/"))
        #expect(site.log.text.contains("/data/mail"))
    }
}

@Suite struct RedeliveryTests {
    @Test func `the delay grows, has an end, and fears no number`() {
        let attempts = [Int.min, -1, 0, 1, 2, 10, 19, 20, 21, Int.max]
        #expect(
            attempts.map(Redelivery.delay(after:)) == [60, 60, 60, 60, 120, 21_600, 21_600, nil, nil, nil])
    }
}
