// A customer's lists of tickets: whose they are, in which order, and what is found in them.

import SLA
import SQL
import Testing

@testable import Atiende
@testable import HTTP

@Suite struct MyTicketsTests {
    private func subjects(_ browser: Browser, _ path: String) throws -> [String] {
        try browser.get(path).text.matches(of: /<h3><a href="[^"]*">([^<]*)<\/a>/).map { String($0.1) }
    }

    @Test func `PW-3: my tickets, and those of my organization but for what others keep to themselves`() throws {
        let reporter = try Reporter()
        let caro = try reporter.colleague("caro")
        for (subject, isPrivate) in [("De Ana", ""), ("Secreto de Ana", "on")] {
            _ = try reporter.folio(["subject": subject, "isPrivate": isPrivate])
        }
        #expect(try caro.browser.post("/tickets/new", reporter.form(["subject": "De Caro"])).status == 303)
        #expect(try subjects(reporter.browser, "/tickets") == ["Secreto de Ana", "De Ana"])
        #expect(try subjects(caro.browser, "/tickets") == ["De Caro"])
        #expect(try subjects(caro.browser, "/tickets?of=organization") == ["De Caro", "De Ana"])
        #expect(
            try subjects(reporter.browser, "/tickets?of=organization") == ["De Caro", "Secreto de Ana", "De Ana"])
        // What one follows one sees.
        let secret = try #require(Folio("PRW-2026-000002"))
        #expect(try reporter.browser.post("/tickets/\(secret)/followers", ["person": "\(caro.id)"]).status == 303)
        #expect(try subjects(caro.browser, "/tickets?of=organization").contains("Secreto de Ana"))
    }

    @Test func `what waits for the customer comes first, then what changed last`() throws {
        let reporter = try Reporter()
        var folios: [Folio] = []
        for number in 1...4 {
            folios.append(try reporter.folio(["subject": "T\(number)"]))
            reporter.site.clock.now += 60
        }
        try reporter.work(on: folios[0]) { work in
            try work.answer("¿Cuándo?")
            try work.set(.waitingCustomer)
        }
        reporter.site.clock.now += 60
        try reporter.work(on: folios[1]) { work in
            try work.answer("Listo")
            try work.set(.resolved)
        }
        reporter.site.clock.now += 60
        try reporter.work(on: folios[2]) { try $0.answer("En eso estamos") }
        #expect(try subjects(reporter.browser, "/tickets") == ["T2", "T1", "T3", "T4"])
        #expect(try subjects(reporter.browser, "/tickets?status=waitingCustomer") == ["T1"])
        #expect(try subjects(reporter.browser, "/tickets?status=open-all") == ["T1", "T3", "T4"])
        #expect(try subjects(reporter.browser, "/tickets?severity=low").isEmpty)
        #expect(try subjects(reporter.browser, "/tickets?severity=critical&status=new") == ["T4"])
        // What is none of the choices narrows nothing.
        #expect(try subjects(reporter.browser, "/tickets?status=x&severity=y").count == 4)
    }

    @Test func `a list is told twenty at a time, across those that wait and those that do not`() throws {
        let reporter = try Reporter()
        for number in 1...23 {
            let folio = try reporter.folio(["subject": "T\(number)"])
            if number <= 21 {
                try reporter.work(on: folio) { work in
                    try work.answer("¿?")
                    try work.set(.waitingCustomer)
                }
            }
        }
        let first = try subjects(reporter.browser, "/tickets")
        let second = try subjects(reporter.browser, "/tickets?page=2")
        #expect(first.count == 20 && second == ["T1", "T23", "T22"])
        #expect(Set(first + second).count == 23)
        #expect(try reporter.browser.get("/tickets?page=x").status == 404)
    }

    @Test func `a search finds folios, subjects and what was said, and never what only staff may read`() throws {
        let reporter = try Reporter()
        let folio = try reporter.folio(["subject": "Conexión lenta", "description": "El tablero parpadea"])
        try reporter.work(on: folio) { work in
            try work.answer("Reinicie el conmutador")
            try work.note("sospechamos del firmware")
        }
        _ = try reporter.folio(["subject": "Otra cosa"])
        for query in ["conexion", "CONEXI", "tablero", "conmutador", "\(folio)", "000001", "tablero%20parpadea"] {
            #expect(try subjects(reporter.browser, "/tickets?q=\(query)") == ["Conexión lenta"], "\(query)")
        }
        for query in ["firmware", "sospechamos", "%22", "nada", "hidden%3Afirmware", "%22)%20OR%20hidden:firmware*"] {
            #expect(try subjects(reporter.browser, "/tickets?q=\(query)").isEmpty, "\(query)")
        }
    }

    @Test func `a search finds nothing of another organization, of another tenant, or that others keep private`() throws
    {
        let populated = try PopulatedSite()
        let customer = try populated.browser(.customer)
        #expect(try subjects(customer, "/tickets?of=organization&q=asunto").count == 1)
        #expect(try subjects(try populated.browser(.manager), "/tickets?of=organization&q=asunto").count == 2)
        #expect(try subjects(try populated.browser(.other), "/tickets?of=organization&q=asunto").count == 1)
        #expect(try subjects(customer, "/tickets?of=organization&q=seres").isEmpty)
    }

    @Test func `the list is downloaded as it is narrowed, and no cell is a formula`() throws {
        let reporter = try Reporter()
        _ = try reporter.folio(["subject": "=HYPERLINK(\"http://evil.example\")"])
        _ = try reporter.folio(["subject": "Normal, con coma", "severity": "low"])
        let table = try reporter.browser.get("/tickets/export").whole()
        #expect(table.contains("PRW-2026-000001") && table.contains("'=HYPERLINK") && !table.contains(",=HYPER"))
        #expect(
            table.contains("\"Normal, con coma\"") && table.contains("Ana Ríos") && table.contains("2026-11-17 10:00"))
        let narrowed = try reporter.browser.get("/tickets/export?severity=low").whole()
        #expect(!narrowed.contains("HYPERLINK") && narrowed.contains("Normal"))
    }

    @Test func `the home shows open tickets, first those that need the customer, and whose turn it is`() throws {
        let reporter = try Reporter(plan: "empresarial")
        #expect(try reporter.browser.get("/").text.contains("Aún no tiene tickets abiertos"))
        let folio = try reporter.folio(["subject": "El primero"])
        _ = try reporter.folio(["subject": "El segundo"])
        try reporter.work(on: folio) { work in
            try work.answer("¿Cuál?")
            try work.set(.waitingCustomer)
        }
        let text = try reporter.browser.get("/").text
        #expect(try subjects(reporter.browser, "/") == ["El primero", "El segundo"])
        #expect(text.contains("Necesita su respuesta") && text.contains("El plazo está en pausa mientras tanto"))
        #expect(text.contains("Primera respuesta hoy a las 12:00"))
        #expect(text.contains("href=\"/t/proware/tickets/new\""))
    }
}
