// Nothing that a person typed becomes markup, whatever it is and wherever it stands.

import Testing

@testable import Markup

@Suite struct EscapingTests {
    static let vectors = [
        "<script>alert(1)</script>", "\"><img src=x onerror=alert(1)>", "'><svg onload=alert(1)>",
        "<details open ontoggle=alert(1)>", "javascript:alert(1)", "JaVaScRiPt&colon;alert(1)",
        "data:text/html,<script>alert(1)</script>", "</title><script>alert(1)</script>",
        "</textarea><script>alert(1)</script>", "</script><script>alert(1)</script>", "{{7*7}} ${7*7} <%=7*7%>",
        "<a href=\"//evil\" target=_blank>", "[x](javascript:alert(1))", "![x](x\"onerror=alert(1))",
        "<style>@import'//evil'</style>", "<form action=//evil><input name=password>", "<base href=//evil>",
        "<iframe srcdoc=\"<script>\">", "factura\u{202E}fdp.exe", "a\u{0}b<\u{0}script>", "<!--", "-->", "]]>",
        "<![CDATA[",
        "\"><img src=x onerror=alert(1)>.png", "<svg><foreignObject><script>",
        "\"<img src=x onerror=alert(1)>\" <a@b.example>",
        "=?UTF-8?B?PHNjcmlwdD5hbGVydCgxKTwvc2NyaXB0Pg==?=", "<meta http-equiv=refresh content=0>", "&lt;script&gt;",
        "' onmouseover='alert(1)", "` onmouseover=`alert(1)", "\u{FEFF}<script>", "＜script＞",
    ]

    @Test(arguments: vectors)
    func `a value stays a value in text, in attributes of both quotes, in a title and in words`(_ vector: String) {
        let template = """
            <title>{{subject}}</title><p title="{{subject}}" lang='{{subject}}'>{{subject}}</p>
            <textarea>{{subject}}</textarea><a href="/q?x={{subject}}">{{t "a.b" name=subject}}</a>
            {{> shared/x label=subject}}
            """
        let words = ["words/es.a.txt": "a.b = Hola {name}", "words/en.a.txt": "a.b = Hello {name}"]
        let files = words.merging(["shared/x.html": "<i class=\"{{label}}\">{{label}}</i>\n"]) { $1 }
        var page = TicketPage()
        page.subject = vector
        let shown = show(template, page, with: files)
        page.subject = "harmless"
        let harmless = show(template, page, with: files)
        for mark in "<>\"'" {
            #expect(shown.count { $0 == mark } == harmless.count { $0 == mark }, "\(mark) came through: \(shown)")
        }
        #expect(!shown.utf8.contains(0))
    }

    @Test(arguments: [
        ("a & b", "a &amp; b"), ("<", "&lt;"), (">", "&gt;"), ("\"", "&quot;"), ("'", "&#39;"), ("&amp;", "&amp;amp;"),
        ("", ""), ("ñandú 日本 🙂", "ñandú 日本 🙂"), ("a\u{0}b", "a\u{FFFD}b"), ("<<>>", "&lt;&lt;&gt;&gt;"),
        ("sixteen bytes or more, <all> kept", "sixteen bytes or more, &lt;all&gt; kept"),
    ])
    func `the five marks and NUL are replaced and nothing else`(_ text: String, _ expected: String) {
        var page = TicketPage()
        page.subject = text
        #expect(show("{{subject}}", page) == expected)
        #expect(show("<b title=\"{{subject}}\">", page) == "<b title=\"\(expected)\">")
    }

    @Test func `a megabyte of brackets is escaped whole`() {
        var page = TicketPage()
        page.subject = String(repeating: "<", count: 1 << 20)
        #expect(show("{{subject}}", page).utf8.count == 4 << 20)
    }

    @Test(arguments: [
        (0, "0"), (9, "9"), (10, "10"), (-1, "-1"), (44_640, "44640"), (Int.max, "\(Int.max)"), (Int.min, "\(Int.min)"),
    ])
    func `numbers are plain digits`(_ number: Int, _ expected: String) {
        var page = TicketPage()
        page.open = number
        #expect(show("{{open}}", page) == expected)
    }

    @Test func `markup built by code is written as it is and its texts escaped`() {
        var page = TicketPage()
        page.chart.append(markup: "<svg><text>")
        page.chart.append(text: "<mar> & co")
        page.chart.append(markup: "</text></svg>")
        #expect(show("<p>{{{chart}}}</p>", page) == "<p><svg><text>&lt;mar&gt; &amp; co</text></svg></p>")
    }
}

@Suite struct URLTests {
    static let safe = [
        "http://a.example/", "https://a.example/x?y=1#z", "HTTPS://A.EXAMPLE", "mailto:ana@a.example",
        "tel:+525512345678",
        "/t/proware", "?page=2", "#main", "", "tickets/7", "./x", "../x", "/a:b", "?x=javascript:1", "#a:b",
        "javascript",
        "%6Aavascript%3Aalert(1)", "  /padded", "page.html",
    ]
    static let unsafe = [
        "javascript:alert(1)", "JaVaScRiPt:alert(1)", " javascript:alert(1)", "\u{1}\u{2}javascript:alert(1)",
        "java\tscript:alert(1)", "java\nscript:alert(1)", "java\r\nscript:alert(1)", "\tjavascript\t:alert(1)",
        "\u{0}javascript:alert(1)", "javascript\u{0}:alert(1)", "data:text/html,<script>alert(1)</script>",
        "vbscript:x", "file:///etc/passwd", "blob:x", "ftp://a.example", ":x", "x:y", "10:30", "httpss:x", "xhttp:y",
        "javascript&colon;x:y", "\u{FEFF}javascript:x", "\u{200B}javascript:x", "jаvascript:x", "view-source:x",
    ]

    @Test(arguments: safe) func `a URL of our schemes or without one is kept`(_ url: String) {
        var page = TicketPage()
        page.link = url
        let escaped = show("{{link}}", page)
        #expect(show("<a href=\"{{link}}\">", page) == "<a href=\"\(escaped)\">")
    }

    @Test(arguments: unsafe) func `any other scheme becomes a hash`(_ url: String) {
        var page = TicketPage()
        page.link = url
        #expect(show("<a href=\"{{link}}\">", page) == "<a href=\"#\">")
        #expect(show("<use xlink:href='{{link}}'/>", page) == "<use xlink:href='#'/>")
        #expect(show("<form action = \"{{link}}\">", page) == "<form action = \"#\">")
        #expect(show("<IMG SRC=\"{{link}}\">", page) == "<IMG SRC=\"#\">")
        #expect(show("<p title=\"{{link}}\">", page) != "<p title=\"#\">")
    }

    @Test func `an entity that browsers decode is text by then`() {
        var page = TicketPage()
        page.link = "JaVaScRiPt&colon;alert(1)"
        #expect(show("<a href=\"{{link}}\">", page) == "<a href=\"JaVaScRiPt&amp;colon;alert(1)\">")
    }

    @Test(arguments: [
        ("<a href=\"/t/{{subject}}/x?y={{subject}}#{{subject}}\">", "<a href=\"/t/a:b/x?y=a:b#a:b\">"),
        ("<a href=\"{{link}}/x/{{subject}}\">", "<a href=\"/t/p/x/a:b\">"),
        ("<a href=\"mailto:{{subject}}\">", "<a href=\"mailto:a:b\">"),
        ("<a href=\"https://{{subject}}\">", "<a href=\"https://a:b\">"),
        ("<use href=\"{{asset \"icons.svg\"}}#{{subject}}\"/>", "<use href=\"/a/icons-7f.svg#a:b\"/>"),
        ("<a href=\"{{#if isLate}}/late{{else}}{{link}}{{/if}}\">", "<a href=\"/t/p\">"),
        ("<a href=\"{{link}}{{#if open}}?n={{open}}{{/if}}\">", "<a href=\"/t/p?n=3\">"),
        ("<a href=\"{{#if open}}{{subject}}{{/if}}\">", "<a href=\"#\">"),
        ("<a href=\"/x{{#each comments}}/{{author}}{{/each}}\">", "<a href=\"/x\">"),
    ])
    func `values may be parts of a URL once its scheme is settled`(_ template: String, _ expected: String) {
        var page = TicketPage()
        page.subject = "a:b"
        page.link = "/t/p"
        #expect(show(template, page) == expected)
    }

    @Test(arguments: [
        (
            "<a href=\"java{{subject}}\">",
            "{{subject}}: a URL that begins with text must reach its first / ? or # before a value"
        ),
        (
            "<a href=\"&#{{subject}}\">",
            "{{subject}}: a URL that begins with text must reach its first / ? or # before a value"
        ),
        ("<a href=\"javascript:{{subject}}\">", "{{subject}}: a URL with such a scheme takes no value"),
        ("<a href=\"data:,{{subject}}\">", "{{subject}}: a URL with such a scheme takes no value"),
        ("<a href=\"{{link}}{{subject}}\">", "{{subject}}: a URL takes a second value only after / ? or #"),
        ("<a href=\"{{link}}:x\">", "after a value at the start of a URL must come /, ? or #"),
        ("<a href=\"{{link}}&colon;\">", "after a value at the start of a URL must come /, ? or #"),
        (
            "<a href=\"{{#if isLate}}java{{/if}}{{subject}}\">",
            "{{subject}}: a URL takes a value after a section only after / or ?"
        ),
        (
            "<a href=\"{{#each comments}}{{author}}{{/each}}\">",
            "{{author}}: a URL takes a value after a section only after / or ?"
        ),
    ])
    func `a value that could choose the scheme from pieces is refused`(_ template: String, _ message: String) {
        #expect(show(template) == "ticket.html:1: \(message)")
    }
}
