// Which columns a queue shows stands in its address, and goes with whatever else is chosen there.

import Testing

@testable import Atiende

@Suite struct QueueColumnsTests {
    private let oscar: Browser

    init() throws {
        let site = try TestSite()
        let desk = try TicketDesk(site, "proware")
        try desk.open("high", plan: "premiumPlus", at: site.clock.now)
        try site.add("oscar@proware.example", as: .technician(level: 2), name: "Óscar Benítez")
        oscar = try Browser(site, "proware", as: "oscar@proware.example")
    }

    @Test(arguments: [
        ("", "queue"), ("?columns=severity.level.assignee.said", "queue"),
        ("?columns=level.severity", "queue no-assignee no-said"),
        ("?columns=", "queue no-severity no-level no-assignee no-said"),
    ])
    func `a list shows the columns that its address names, or all`(_ query: String, _ style: String) throws {
        #expect(try oscar.get("/queue" + query).text.contains("<table class=\"\(style)\""))
    }

    @Test(arguments: ["due", "nope", "level.nope", "level,said", "%00"])
    func `an address that names no column is not found`(_ columns: String) throws {
        #expect(try oscar.get("/queue?columns=\(columns)").status == 404)
    }

    @Test(arguments: [
        ("view=mine&column=severity&column=level&sort=-said", "/queue/mine?sort=-said&columns=severity.level"),
        ("column=severity&column=level&column=assignee&column=said&q=nivel%3A2", "/queue?q=nivel%3A2"),
        ("view=level-2", "/queue/level-2?columns="), ("column=x&column=said", "/queue?columns=said"),
    ])
    func `a form writes them into the address, beside what is there`(_ query: String, _ place: String) throws {
        #expect(try oscar.get("/queue/columns?" + query).field("Location") == "/t/proware" + place)
    }

    @Test func `a form for a queue that is none leads nowhere`() throws {
        #expect(try oscar.get("/queue/columns?view=none").status == 404)
    }

    @Test func `other queues, other orders, searches and filters keep them`() throws {
        let page = try oscar.get("/queue?columns=level").text
        for link in ["/queue/mine?columns=level", "/queue?columns=level&amp;sort=severity"] {
            #expect(page.contains("href=\"/t/proware\(link)\""), "\(link)")
        }
        #expect(page.matches(of: /<input type="hidden" name="columns" value="level">/).count == 2)
        let filtered = try oscar.get("/queue/filter?level=nivel:2&columns=level")
        #expect(filtered.field("Location") == "/t/proware/queue?q=nivel%3A2&columns=level")
        let found = try oscar.get("/queue?q=nivel:1&columns=level").text
        #expect(found.contains("no-said") && found.contains("name=\"q\" value=\"nivel:1\""))
    }
}
