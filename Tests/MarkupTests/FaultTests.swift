// Every fault that stops the start, with the words in which it is told.

import Testing

@testable import Markup

@Suite struct FaultTests {
    private static let words = [
        "words/es.a.txt": "a.plain = Hola\na.named = Hola {name}\na.many.one = Uno\na.many.other = {count}",
        "words/en.a.txt": "a.plain = Hello\na.named = Hello {name}\na.many.one = One\na.many.other = {count}",
    ]

    @Test(arguments: [
        ("{{asunto}}", "no field \"asunto\" in TicketPage"),
        ("{{subjet}}", "no field \"subjet\" in TicketPage (did you mean \"subject\"?)"),
        (
            "{{#each comments}}{{autor}}{{/each}}",
            "no field \"autor\" in Comment or TicketPage (did you mean \"author\"?)"
        ),
        ("{{#if late}}{{/if}}", "no field \"late\" in TicketPage"),
        ("{{> shared/icon name=asunto}}", "no field \"asunto\" in TicketPage"),
        ("{{isLate}}", "\"isLate\" is a flag: it has no text; write {{#if isLate}}"),
        ("{{comments}}", "\"comments\" is a list: write {{#each comments}}"),
        ("{{person}}", "\"person\" is a part: write {{#with person}}"),
        ("{{chart}}", "\"chart\" is markup: write {{{chart}}}"),
        ("{{{subject}}}", "{{{subject}}} is for markup: the field is not declared .raw; write {{subject}}"),
        ("{{{open}}}", "{{{open}}} is for markup: the field is not declared .raw; write {{open}}"),
        ("<p title=\"{{{chart}}}\">", "{{{chart}}} may stand in text only, not in the attribute title"),
        ("<title>{{{chart}}}</title>", "{{{chart}}} may stand in text only, not in <title>"),
        ("<p {{{chart}}}>", "{{{chart}}} may stand in text only, not in a tag"),
        ("{{#each subject}}{{x}}{{/each}}", "{{#each subject}} needs a list"),
        ("{{#each person}}{{x}}{{/each}}", "{{#each person}} needs a list"),
        ("{{#with comments}}{{x}}{{/with}}", "{{#with comments}} needs a part"),
        ("{{> shared/icn name=\"x\"}}", "there is no partial \"shared/icn\" (did you mean \"shared/icon\"?)"),
        ("{{> ../../etc/passwd}}", "here should stand the name of a partial, such as shared/icon"),
        ("{{asset \"no.css\"}}", "there is no asset \"no.css\""),
        ("{{t \"a.plan\"}}", "there are no words \"a.plan\" (did you mean \"a.plain\"?)"),
        ("{{t \"a.named\"}}", "{{t \"a.named\"}} needs the argument \"name\""),
        ("{{t \"a.plain\" name=subject}}", "{{t \"a.plain\"}} has no place for the argument \"name\""),
        ("{{t \"a.many\"}}", "{{t \"a.many\"}} needs the argument \"count\""),
        ("{{t \"a.many\" count=subject}}", "{{t \"a.many\"}}: \"count\" must be a field declared .number"),
        ("{{t \"a.many\" count=\"x\"}}", "{{t \"a.many\"}}: \"count\" is not a number"),
        ("{{t \"a.named\" name=isLate}}", "\"isLate\" is a flag: it has no text; write {{#if isLate}}"),
        ("{{t a.plain}}", "here should stand a text in quotes"),
        ("{{t \"a.plain}}", "a tag begins here and never ends"),
        ("{{subject", "a tag begins here and never ends"), ("{{{chart}}", "a tag begins here and never ends"),
        ("{{}}", "here should stand the name of a field"), ("{{.}}", "here should stand the name of a field"),
        ("{{subject open}}", "unexpected \"open\" in a tag"),
        ("{{#loop x}}", "there is no section \"loop\": it is each, if, unless or with"),
        ("{{#each}}", "here should stand the name of a field"), ("{{#if isLate}}", "{{#if isLate}} is never closed"),
        ("{{/if}}", "{{/if}} closes nothing"), ("{{else}}", "{{else}} stands in no section"),
        ("{{#if isLate}}{{/each}}", "{{/each}} cannot close {{#if isLate}} of line 3"),
        ("{{#if isLate}}{{else}}{{else}}{{/if}}", "{{#if isLate}} has its {{else}} on line 3"),
        ("{{else if isLate}}", "unexpected \"if isLate\" in a tag"),
        ("{{> shared/icon name}}", "the argument \"name\" needs a value: name=field or name=\"text\""),
        ("{{> shared/icon name=}}", "here should stand the name of a field"),
        ("{{> shared/icon name=\"a\" name=\"b\"}}", "the argument \"name\" is given twice"),
        ("{{t \"a.plain\" \"x\"}}", "here should stand the name of an argument"),
    ])
    func `a fault in a template is told with file and line`(_ tag: String, _ message: String) {
        let others = Self.words.merging(["shared/icon.html": "<i>{{name}}</i>"]) { $1 }
        let shown = show("uno\n\n\(tag)\n", with: others)
        #expect(shown == "ticket.html:3: \(message)")
    }

    @Test func `a fault in a partial is told where it stands, once, though it is used twice`() {
        let files = ["shared/x.html": "\n<b>{{nombre}}</b>"]
        #expect(
            show("{{> shared/x}}{{> shared/x}}", with: files) == "shared/x.html:2: no field \"nombre\" in TicketPage")
    }

    @Test func `all faults of a start are told together, in order`() {
        let files = [
            "ticket.html": everyField + "\n{{uno}}\n<p {{subject}}>\n{{t \"a.b\"}}{{t \"a.c\"}}\n",
            "layout.html": "{{{content}}}",
            "old.html": "viejo",
            "words/es.a.txt": "a.b = x\na.d = y\nmal",
            "words/en.a.txt": "a.d = y",
        ]
        #expect(
            faults(files) == [
                "layout.html:1: the field \"title\" of Frame is never used", "old.html:1: no page uses this template",
                "ticket.html:4: no field \"uno\" in TicketPage",
                "ticket.html:5: {{subject}} may not stand in an attribute name",
                "ticket.html:6: there are no words \"a.c\" (did you mean \"a.b\"?)",
                "words/en.a.txt:1: \"a.d\" is used nowhere", "words/es.a.txt:1: \"a.b\" is missing in en",
                "words/es.a.txt:2: \"a.d\" is used nowhere",
                "words/es.a.txt:3: a line is key = text, a comment after #, or begins with white space",
            ])
    }

    @Test func `fields that no template uses are faults, those of elements too`() {
        #expect(
            faults(["ticket.html": "{{subject}}\n{{#each comments}}{{body}}{{/each}}{{#with person}}x{{/with}}"]) == [
                "ticket.html:1: the field \"chart\" of TicketPage is never used",
                "ticket.html:1: the field \"isLate\" of TicketPage is never used",
                "ticket.html:1: the field \"link\" of TicketPage is never used",
                "ticket.html:1: the field \"open\" of TicketPage is never used",
                "ticket.html:2: the field \"author\" of Comment is never used",
                "ticket.html:2: the field \"name\" of Person is never used",
                "ticket.html:2: the field \"replies\" of Comment is never used",
            ])
        #expect(faults(["ticket.html": everyField]) == [])
    }

    @Test func `a template that cannot be read says only that, not what follows from it`() {
        #expect(
            faults(["ticket.html": "{{#if}}", "x.html": "y"]) == [
                "ticket.html:1: here should stand the name of a field"
            ])
        #expect(
            faults(["tickets.html": "x"]) == [
                "ticket.html: TicketPage has no such template (did you mean \"tickets.html\"?)"
            ])
    }

    @Test func `a template that is not UTF-8 is refused at its line`() {
        let (template, faults) = TemplateParser.parse(Array("a\nb".utf8) + [0xFF], file: "x.html")
        #expect(template.isBroken)
        #expect(faults.map(\.description) == ["x.html:2: the text is not UTF-8"])
    }

    @Test func `sections nested too deep are refused`() {
        let deep = String(repeating: "{{#if isLate}}", count: 40) + String(repeating: "{{/if}}", count: 40)
        #expect(show(deep).contains("ticket.html:1: sections are nested more than 32 deep"))
    }

    @Test func `a page that declares a name twice or takes the name of a tag is refused`() {
        let templates = Templates(library: library(["odd.html": "{{a}}"]), asset: { _ in nil })
        #expect(
            inOrder(templates.bind(OddPage.self).source.current.faults).map(\.description) == [
                "odd.html:1: OddPage declares \"lang\", which is the name of a tag",
                "odd.html:1: OddPage declares the field \"a\" twice",
            ])
    }
}

private struct OddPage: Page {
    static let template: StaticString = "odd.html"
    static let fields: [Field<OddPage>] = [.text("a") { _ in "" }, .text("a") { _ in "" }, .text("lang") { _ in "" }]
}
