// Conditions, lists and parts, the scopes that they open, and the lines that they leave.

import Testing

@testable import Markup

@Suite struct SectionTests {
    private func page(_ change: (inout TicketPage) -> Void) -> TicketPage {
        var page = TicketPage()
        change(&page)
        return page
    }

    @Test func `each field kind is a condition that says whether there is something to show`() {
        let template = """
            {{#if subject}}t{{/if}}{{#if open}}n{{/if}}{{#if isLate}}f{{/if}}{{#if chart}}r{{/if}}\
            {{#if comments}}l{{/if}}{{#if person}}p{{/if}}{{#unless subject}}T{{/unless}}{{#unless open}}N{{/unless}}\
            {{#unless isLate}}F{{/unless}}{{#unless chart}}R{{/unless}}{{#unless comments}}L{{/unless}}\
            {{#unless person}}P{{else}}p{{/unless}}
            """
        let full = page {
            $0.isLate = true
            $0.chart.append(markup: "<i>")
            $0.comments = [Comment()]
            $0.person = Person()
        }
        let empty = page {
            $0.subject = ""
            $0.open = 0
        }
        #expect(show(template, full) == "tnfrlpp")
        #expect(show(template, empty) == "TNFRLP")
    }

    @Test func `a list shows each element and otherwise its else`() {
        let template = "{{#each comments}}[{{author}}: {{body}}]{{else}}nada{{/each}}."
        #expect(show(template) == "nada.")
        let two = page { $0.comments = [Comment(author: "Ana"), Comment(author: "<b>", body: "no")] }
        #expect(show(template, two) == "[Ana: Ya quedó][&lt;b&gt;: no].")
    }

    @Test func `a part opens its scope only when it is there`() {
        let template = "{{#with person}}{{name}} · {{subject}}{{else}}sin asignar{{/with}}"
        #expect(show(template) == "sin asignar")
        #expect(show(template, page { $0.person = Person() }) == "Óscar Benítez · No timbra")
    }

    @Test func `names are looked for from the innermost element outwards`() {
        let comments = [
            Comment(
                author: "Ana", body: "1",
                replies: [Comment(author: "Bea", body: "2"), Comment(author: "Ciro", body: "3")]),
            Comment(author: "Dora", body: "4"),
        ]
        let template = """
            {{#each comments}}{{author}}({{#each replies}}{{author}}{{body}}{{#with person}}{{name}}{{author}}{{/with}}\
            {{subject}} {{/each}}){{body}} {{/each}}
            """
        let shown = show(
            template,
            page {
                $0.comments = comments
                $0.subject = "s"
                $0.person = Person(name: "P")
            })
        #expect(shown == "Ana(Bea2PBeas Ciro3PCiros )1 Dora()4 ")
    }

    @Test func `a list of the page can be walked inside each element of another`() {
        let comments = [Comment(author: "Ana"), Comment(author: "Bea")]
        let template = "{{#each comments}}{{author}}:{{#each comments}}{{author}},{{/each}} {{/each}}"
        #expect(show(template, page { $0.comments = comments }) == "Ana:Ana,Bea, Bea:Ana,Bea, ")
    }

    @Test(arguments: [
        ("a\n{{#if open}}\nb\n{{else}}\nc\n{{/if}}\nd\n", "a\nb\nd\n"),
        ("  {{#if open}}  \n  b\n\t{{/if}}\t\nd", "  b\nd"),
        ("{{! uno }}\nb\n  {{! dos\n tres }}  \nc", "b\nc"),
        ("{{#if open}}{{#if subject}}\nb\n{{/if}} {{! x }} {{/if}}\nc", "b\nc"),
        ("a {{#if open}}\nb{{/if}}\nc", "a \nb\nc"),
        ("a\r\n{{#if open}}\r\nb\r\n{{/if}}\r\nc", "a\r\nb\r\nc"),
        ("{{#if open}}\nb\n{{/if}}", "b\n"),
        ("\n{{! x }}\n\n", "\n\n"),
        ("{{open}}\n", "3\n"),
        ("x{{! y }}\n", "x\n"),
        ("<input{{! in a tag }} a>", "<input a>"),
        ("<p\n  {{#if open}}\n  a\n  {{/if}}\n>", "<p\n  a\n>"),
    ])
    func `a line that holds only silent tags leaves none`(_ template: String, _ expected: String) {
        #expect(show(template) == expected)
    }

    @Test func `an empty list in a list of many, and many pages from many threads, share one program`() async {
        let templates = Templates(
            library: library(["ticket.html": "{{#each comments}}{{author}}{{#each replies}}{{body}}{{/each}},{{/each}}"]
            )
        ) {
            _ in nil
        }
        let renderer = templates.bind(TicketPage.self)
        await withTaskGroup(of: Bool.self) { group in
            for number in 0..<8 {
                group.addTask {
                    var page = TicketPage()
                    page.comments = (0..<number).map {
                        Comment(author: "\($0)", replies: $0 % 2 == 0 ? [] : [Comment(body: "r")])
                    }
                    let expected = (0..<number).map { $0 % 2 == 0 ? "\($0)," : "\($0)r," }.joined()
                    return (0..<200).allSatisfy { _ in renderer.render(page, language: .es) == Array(expected.utf8) }
                }
            }
            for await isRight in group { #expect(isRight) }
        }
    }
}

@Suite struct PartialTests {
    @Test(arguments: [
        ("{{> shared/x name=\"reloj\"}}", "<i>reloj</i>"), ("{{> shared/x name=subject}}", "<i>a&lt;b</i>"),
        ("<p>{{> shared/x name=\"<\"}}</p>\n", "<p><i>&lt;</i></p>\n"), ("{{> shared/x name=open}}", "<i>3</i>"),
        ("{{#each comments}}{{> shared/x name=author}}{{/each}}", "<i>Ana</i>"),
        ("{{> shared/x name=\"\"}}", "<i></i>"),
    ])
    func `a partial takes texts and fields as its own fields`(_ template: String, _ expected: String) {
        var page = TicketPage()
        page.subject = "a<b"
        page.comments = [Comment(author: "Ana")]
        #expect(show(template, page, with: ["shared/x.html": "<i>{{name}}</i>\n"]) == expected)
    }

    @Test func `a partial sees the fields around it, and its arguments come first`() {
        let files = ["shared/x.html": "{{subject}}{{#each comments}}-{{author}}{{label}}{{/each}}"]
        var page = TicketPage()
        page.comments = [Comment(author: "Ana")]
        #expect(show("{{> shared/x label=\"!\" subject=\"s\"}}", page, with: files) == "s-Ana!")
    }

    @Test func `an argument can be a condition, a list, a URL and part of an attribute`() {
        let files = [
            "shared/x.html": """
            <a{{#if label}} title="{{label}}"{{/if}} href="{{to}}">{{#each rows}}{{author}}{{/each}}</a>
            """
        ]
        var page = TicketPage()
        page.comments = [Comment(author: "Ana")]
        let full = "{{> shared/x label=\"L\" to=\"javascript:1\" rows=comments}}"
        #expect(show(full, page, with: files) == "<a title=\"L\" href=\"#\">Ana</a>")
        let bare = "{{> shared/x label=\"\" to=\"/x\" rows=comments}}"
        #expect(show(bare, TicketPage(), with: files) == "<a href=\"/x\"></a>")
    }

    @Test func `a partial may stand in a tag and in an attribute and must end where it began`() {
        let files = [
            "shared/a.html": " hidden title=\"{{subject}}\"\n", "shared/b.html": "x {{subject}}\n",
            "shared/c.html": "<p\n",
        ]
        #expect(show("<p{{> shared/a}}>", with: files) == "<p hidden title=\"No timbra\">")
        #expect(show("<p class=\"{{> shared/b}}\">", with: files) == "<p class=\"x No timbra\">")
        #expect(
            show("\n<p>{{> shared/c}}", with: files)
                == "shared/c.html:1: the partial begins in text and ends in a tag name")
    }

    @Test func `a partial within a partial is found, one that includes itself is refused`() {
        let files = [
            "a.html": "a{{> b}}", "b.html": "b{{> c}}", "c.html": "c", "d.html": "\n{{> e}}", "e.html": "{{> d}}",
        ]
        #expect(show("{{> a}}{{> c}}", with: files) == "abcc")
        #expect(show("{{> d}}", with: files) == "e.html:1: the partial \"d\" includes itself")
        #expect(show("{{> ticket}}") == "ticket.html:1: the partial \"ticket\" includes itself")
    }

    @Test func `an argument that the partial does not use is a fault`() {
        let files = ["a.html": "{{#if name}}{{subject}}{{/if}}", "b.html": "{{> a name=label}}"]
        #expect(show("{{> a name=\"x\"}}{{> b label=subject}}", with: files) == "No timbraNo timbra")
        #expect(
            show("{{> a name=\"x\" nmae=\"y\"}}", with: files)
                == "ticket.html:1: the partial \"a\" does not use the argument \"nmae\"")
    }

    @Test func `partials that multiply each other are refused`() {
        var files = ["p0.html": "x"]
        for level in 1...12 { files["p\(level).html"] = String(repeating: "{{> p\(level - 1)}}", count: 4) }
        #expect(show("{{> p12}}", with: files).contains("the page is too big: its partials multiply each other"))
    }
}

@Suite struct LayoutTests {
    @Test func `a page is written into its layout in both languages`() throws {
        let files = [
            "layout.html": "<html lang=\"{{lang}}\"><title>{{title}}</title>\n{{{content}}}\n</html>\n",
            "ticket.html": everyField,
        ]
        let templates = Templates(library: library(files), asset: { _ in nil })
        let ticket = templates.bind(TicketPage.self)
        let layout = templates.bind(Frame.self)
        try templates.finish()
        let shown = ticket.render(TicketPage(), in: Frame(title: "<Mesa>"), by: layout, language: .en)
        #expect(
            String(decoding: shown, as: UTF8.self)
                == "<html lang=\"en\"><title>&lt;Mesa&gt;</title>\nNo timbra/t/proware/tickets/73\n\n</html>")
        var buffer = HTMLBuffer()
        buffer.append(markup: "before ")
        layout.render(Frame(title: "x"), language: .es, into: &buffer)
        #expect(
            String(decoding: buffer.bytes, as: UTF8.self) == "before <html lang=\"es\"><title>x</title>\n\n</html>")
    }
}
