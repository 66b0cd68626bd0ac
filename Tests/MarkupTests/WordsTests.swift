// Words in Spanish and English: files, plurals, arguments, and every way in which they can be incomplete.

import Testing

@testable import Markup

@Suite struct WordsTests {
    private let files = [
        "words/es.home.txt": """
        # La portada
        home.title = Inicio de <Atiende>
        home.long = Una frase
          que sigue
        \taquí

        tickets.open.zero = Nada abierto
        tickets.open.one = Un ticket de {name}
        tickets.open.other = {count} tickets de {name}
        """,
        "words/en.home.txt": """
        home.title=Home of <Atiende>\r
        home.long =
           One sentence
        tickets.open.one = One ticket of {name}
        tickets.open.other = {count} tickets of {name}
        """,
    ]

    @Test func `words are written in the language of the page and escaped`() {
        #expect(show("{{t \"home.title\"}}", with: files) == "Inicio de &lt;Atiende&gt;")
        #expect(
            show("<p a='{{t \"home.title\"}}'>", TicketPage(), .en, with: files) == "<p a='Home of &lt;Atiende&gt;'>")
        #expect(show("{{t \"home.long\"}}", with: files) == "Una frase que sigue aquí")
        #expect(show("{{t \"home.long\"}}", TicketPage(), .en, with: files) == "One sentence")
    }

    @Test(arguments: [
        (0, "Nada abierto", "0 tickets of &quot;x&quot;"),
        (1, "Un ticket de &quot;x&quot;", "One ticket of &quot;x&quot;"),
        (2, "2 tickets de &quot;x&quot;", "2 tickets of &quot;x&quot;"),
        (-1, "-1 tickets de &quot;x&quot;", "-1 tickets of &quot;x&quot;"),
        (101, "101 tickets de &quot;x&quot;", "101 tickets of &quot;x&quot;"),
    ])
    func `the number chooses the form in templates and in code`(_ count: Int, _ spanish: String, _ english: String) {
        var page = TicketPage()
        page.open = count
        page.subject = "\"x\""
        let template = "<b>{{t \"tickets.open\" count=open name=subject}}</b>"
        #expect(show(template, page, .es, with: files) == "<b>\(spanish)</b>")
        #expect(show(template, page, .en, with: files) == "<b>\(english)</b>")
        let templates = Templates(library: library(files), asset: { _ in nil })
        for (language, expected) in [(Language.es, spanish), (.en, english)] {
            let text = templates.words(in: language).text("tickets.open", ["count": .number(count), "name": "\"x\""])
            #expect(text == expected.replacing("&quot;", with: "\""))
        }
    }

    @Test func `a written number and a written text can be arguments`() {
        #expect(show("{{t \"tickets.open\" count=\"1\" name=\"Ana\"}}", with: files) == "Un ticket de Ana")
        #expect(show("{{t \"tickets.open\" count=\"7\" name=\"A&B\"}}", with: files) == "7 tickets de A&amp;B")
    }

    @Test func `a partial passes its number on`() {
        let all = files.merging(["x.html": "{{t \"tickets.open\" count=n name=subject}}"]) { $1 }
        #expect(show("{{> x n=open}}", with: all) == "3 tickets de No timbra")
    }

    @Test func `code gets plain text, and a key where there are no words`() {
        let words = Templates(library: library(files), asset: { _ in nil }).words(in: .es)
        #expect(words.text("home.title") == "Inicio de <Atiende>")
        #expect(words.text("home.none") == "home.none")
        #expect(words.text("tickets.open", ["count": 3]) == "3 tickets de {name}")
    }

    @Test func `words at the beginning of a URL are checked like a value`() {
        let words = [
            "words/es.a.txt": "a.b = javascript:x\na.c = /es/{name}", "words/en.a.txt": "a.b = /en\na.c = /en/{name}",
        ]
        #expect(show("<a href=\"{{t \"a.b\"}}\">", TicketPage(), .es, with: words) == "<a href=\"#\">")
        #expect(show("<a href=\"{{t \"a.b\"}}\">", TicketPage(), .en, with: words) == "<a href=\"/en\">")
        #expect(
            show("<a href=\"{{t \"a.c\" name=subject}}\">", with: words)
                == "ticket.html:1: {{t \"a.c\"}}: a URL may not begin with words that take arguments")
    }

    static let faultyFiles: [(es: String, en: String, [String])] = [
        ("a.b = x", "", ["words/es.t.txt:1: \"a.b\" is missing in en"]),
        ("", "# x\n\na.b = x", ["words/en.t.txt:3: \"a.b\" is missing in es"]),
        ("a.b = x\na.b = y", "a.b = x", ["words/es.t.txt:2: \"a.b\" stands already in words/es.t.txt:1"]),
        ("a.b x", "", ["words/es.t.txt:1: a line is key = text, a comment after #, or begins with white space"]),
        ("  x", "", ["words/es.t.txt:1: a text runs on here that never began"]),
        ("a.b = x\n\n  y", "a.b = x", ["words/es.t.txt:3: a text runs on here that never began"]),
        ("title = x", "", ["words/es.t.txt:1: \"title\" is not a key: it is feature.name, in letters, digits and -"]),
        ("a..b = x", "", ["words/es.t.txt:1: \"a..b\" is not a key: it is feature.name, in letters, digits and -"]),
        ("= x", "", ["words/es.t.txt:1: \"\" is not a key: it is feature.name, in letters, digits and -"]),
        ("a.b =", "", ["words/es.t.txt:1: \"a.b\" has no text"]),
        ("a.b = {", "", ["words/es.t.txt:1: a brace in \"a.b\" is not that of a {name}"]),
        ("a.b = }", "", ["words/es.t.txt:1: a brace in \"a.b\" is not that of a {name}"]),
        ("a.b = {}", "", ["words/es.t.txt:1: a brace in \"a.b\" is not that of a {name}"]),
        ("a.b = {1}", "", ["words/es.t.txt:1: a brace in \"a.b\" is not that of a {name}"]),
        (
            "a.b = {x}", "a.b = {y}",
            [
                "words/en.t.txt:1: \"a.b\" has {y}, which es has not",
                "words/es.t.txt:1: \"a.b\" has {x}, which en has not",
            ]
        ),
        ("a.b.one = x", "a.b.one = x\na.b.other = y", ["words/es.t.txt:1: \"a.b\" has no form .other"]),
        ("a.b.other = x", "a.b.one = x\na.b.other = y", ["words/es.t.txt:1: \"a.b\" has no form .one"]),
        (
            "a.b.zero = x", "a.b.one = x\na.b.other = y",
            [
                "words/es.t.txt:1: \"a.b\" has no form .one", "words/es.t.txt:1: \"a.b\" has no form .other",
            ]
        ),
        (
            "a.b = x\na.b.one = x\na.b.other = y", "a.b.one = x\na.b.other = y",
            [
                "words/es.t.txt:1: \"a.b\" has plural forms in words/es.t.txt:2"
            ]
        ),
        ("a.b = x", "a.b.one = x\na.b.other = y", ["words/en.t.txt:1: \"a.b\" has plural forms, but not in es"]),
        (
            "a.b.one = x\na.b.other = {n}", "a.b.one = x\na.b.other = y",
            ["words/es.t.txt:2: \"a.b\" has {n}, which en has not"]
        ),
    ]

    @Test(arguments: faultyFiles)
    func `each fault of words says its file and line, and no other follows`(
        _ es: String, _ en: String, _ expected: [String]
    ) {
        let table = WordsTable(["words/es.t.txt": Array(es.utf8), "words/en.t.txt": Array(en.utf8)])
        let found = inOrder(table.faults).map(\.description)
        // The form of a plural with a fault is where its first form stands.
        #expect(
            found == expected.map { $0.replacing("es.t.txt:2: \"a.b\" has {n}", with: "es.t.txt:1: \"a.b\" has {n}") })
    }

    @Test func `bytes that are not UTF-8 and names of other languages are faults`() {
        let table = WordsTable(["words/es.t.txt": Array("a.b = x\n\n".utf8) + [0xC3, 0x28], "words/fr.t.txt": []])
        #expect(
            inOrder(table.faults).map(\.description) == [
                "words/es.t.txt:3: the text is not UTF-8",
                "words/fr.t.txt: the name of a file of words begins with es. or en.",
            ])
    }

    @Test func `keys in several files are one table, and a key twice in two files is a fault`() {
        let table = WordsTable([
            "words/es.a.txt": Array("a.b = x".utf8), "words/es.b.txt": Array("b.c = y\na.b = z".utf8),
            "words/en.txt": Array("a.b = x\nb.c = y".utf8),
        ])
        #expect(table.faults.map(\.description) == ["words/es.b.txt:2: \"a.b\" stands already in words/es.a.txt:1"])
    }

    @Test func `a key that neither templates nor code use is a fault, and so is one that only the code knows`() {
        let words = "a.b = x\nstatus.new = n\nstatus.open = o\na.gone = g\nmail.title = m"
        let files = ["ticket.html": everyField + "{{t \"a.b\"}}", "words/es.t.txt": words, "words/en.t.txt": words]
        #expect(
            faults(files, wordsUsedByCode: ["mail.titel", "status.*", "other.*"]) == [
                "words: the code uses \"mail.titel\", which is missing (did you mean \"mail.title\"?)",
                "words: the code uses \"other.*\", which is missing", "words/en.t.txt:4: \"a.gone\" is used nowhere",
                "words/en.t.txt:5: \"mail.title\" is used nowhere", "words/es.t.txt:4: \"a.gone\" is used nowhere",
                "words/es.t.txt:5: \"mail.title\" is used nowhere",
            ])
        #expect(faults(files, wordsUsedByCode: ["mail.title", "status.*", "a.gone"]) == [])
    }
}
