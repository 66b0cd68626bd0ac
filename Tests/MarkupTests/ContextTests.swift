// Where values may stand in HTML, and what a template's own markup may look like.

import Testing

@testable import Markup

@Suite struct ContextTests {
    @Test(arguments: [
        ("<p title={{subject}}>", "an unquoted attribute"), ("<p title=a{{subject}}>", "an unquoted attribute"),
        ("<{{subject}}>", "a tag name"), ("</{{subject}}>", "a tag name"), ("<p{{subject}}>", "a tag name"),
        ("<p {{subject}}>", "an attribute name"), ("<p {{subject}}=\"x\">", "an attribute name"),
        ("<p a{{subject}}>", "an attribute name"), ("<p a=\"b\" {{subject}}>", "an attribute name"),
        ("<p a {{subject}}>", "an attribute name"), ("<script>{{subject}}</script>", "<script>"),
        ("<SCRIPT>x = \"{{subject}}\"</SCRIPT>", "<script>"), ("<style>{{subject}}</style>", "<style>"),
        ("<iframe>{{subject}}</iframe>", "<iframe>"), ("<!-- {{subject}} -->", "a comment"),
        ("<!doctype {{subject}}>", "a declaration"), ("<p style=\"{{subject}}\">", "the attribute style"),
        ("<p onclick='{{subject}}'>", "the attribute onclick"),
        ("<iframe srcdoc=\"{{subject}}\">", "the attribute srcdoc"),
        ("<img srcset=\"{{subject}}\">", "the attribute srcset"),
        ("<title><{{subject}}</title>", "a tag name"),
    ])
    func `a value is refused where escaping would not hold`(_ template: String, _ place: String) {
        let faults = show(template).split(separator: "\n")
        #expect(faults.contains("ticket.html:1: {{subject}} may not stand in \(place)"), "\(faults)")
    }

    @Test func `words, assets and the language are refused there too`() {
        let words = ["words/es.a.txt": "a.b = Hola", "words/en.a.txt": "a.b = Hello"]
        #expect(show("<p {{lang}}>") == "ticket.html:1: {{lang}} may not stand in an attribute name")
        #expect(
            show("<p {{t \"a.b\"}}>", with: words) == "ticket.html:1: {{t \"a.b\"}} may not stand in an attribute name")
        #expect(
            show("<p a={{asset \"icons.svg\"}}>")
                == "ticket.html:1: {{asset \"icons.svg\"}} may not stand in an unquoted attribute")
    }

    @Test(arguments: [
        "a < b > c & d", "<p>1</p >", "<br/>", "<input disabled>", "<a b='\"' c=\"'\" d=e f>", "<p\n  a=\"b\"\n>",
        "<!doctype html>", "<!-- <p> -- > -->", "<script src=\"/x.js\" type=\"module\"></script>",
        "<svg viewBox='0 0 1 1'/>",
        "<style>a > b { c: \"<\" }</style>", "<textarea>a < b</textarea>", "<script>if (a</b/) { }</script>x",
        "<input value =\"x\">", "<p a/b>", "<<p>", "<title>Uno</TITLE>",
    ])
    func `a template's own markup goes through byte for byte`(_ template: String) {
        let shown = show(template)
        if template.contains("</b/") {
            #expect(shown == "ticket.html:1: only its end tag may follow \"<\" inside <script>")
        } else {
            #expect(shown == template)
        }
    }

    @Test(arguments: [
        ("<p a=\"b\"c>", "a space is missing before the next attribute"), ("<p =a>", "= may not stand here in a tag"),
        ("<p \"a\">", "\" may not stand here in a tag"), ("<p <b>", "< may not stand here in a tag"),
        ("<p a=>", "an attribute has \"=\" and no value"),
        ("<p a=b\"c>", "a quote may not stand in an unquoted attribute"),
        ("<p a=b=c>", "= may not stand in an unquoted attribute"), ("<?xml?>", "\"<?\" is not HTML"),
        ("<![CDATA[x]]>", "\"<!\" begins neither a comment nor <!doctype"),
        ("</ p>", "\"</\" is not followed by a name"),
        ("<title><b></title>", "only its end tag may follow \"<\" inside <title>"),
        ("<script><!-- x </script>", "only its end tag may follow \"<\" inside <script>"),
        ("<p", "the template ends in a tag name"), ("<p a=\"b", "the template ends in the attribute a"),
        ("<!-- x", "the template ends in a comment"), ("<script>x", "the template ends in <script>"),
        ("<textarea>x", "the template ends in <textarea>"),
    ])
    func `markup that browsers would repair is refused`(_ template: String, _ message: String) {
        #expect(show(template).split(separator: "\n").contains("ticket.html:1: \(message)"), "\(show(template))")
    }

    @Test(arguments: [
        ("<input{{#if isLate}} checked{{/if}}>", "<input checked>", "<input>"),
        ("<input {{#if isLate}}checked{{/if}}>", "<input checked>", "<input >"),
        (
            "<input a=\"b\"{{#if isLate}} checked{{else}} c='d'{{/if}} e>", "<input a=\"b\" checked e>",
            "<input a=\"b\" c='d' e>"
        ),
        ("<p class=\"a{{#if isLate}} late{{/if}}\">", "<p class=\"a late\">", "<p class=\"a\">"),
        ("<p{{#if isLate}} title=\"{{subject}}\"{{/if}}>", "<p title=\"No timbra\">", "<p>"),
        ("<p{{#if isLate}} a{{/if}}{{#if isLate}} b{{/if}}/>", "<p a b/>", "<p/>"),
        ("<title>{{#if isLate}}Tarde{{/if}}</title>", "<title>Tarde</title>", "<title></title>"),
        ("<td{{#unless isLate}} hidden{{/unless}}>", "<td>", "<td hidden>"),
    ])
    func `sections may stand in a tag and in a quoted value`(_ template: String, _ late: String, _ onTime: String) {
        var page = TicketPage()
        page.isLate = true
        #expect(show(template, page) == late)
        page.isLate = false
        #expect(show(template, page) == onTime)
    }

    @Test(arguments: [
        ("<input{{#if isLate}} a{{/if}}b>", "a space is missing before the next attribute"),
        ("<input{{#if isLate}} a{{/if}}=\"x\">", "= may not stand here in a tag"),
        ("<input{{#if isLate}}a{{/if}}>", "a space is missing before the next attribute"),
        ("<p a=\"x\"{{#each comments}}b{{/each}}>", "a space is missing before the next attribute"),
        ("{{#if isLate}}<p {{/if}}>", "{{/if}} stands in a tag, but {{#if isLate}} of line 1 in text"),
        ("<p a=\"{{#if isLate}}\"{{/if}}>", "{{/if}} stands in a tag, but {{#if isLate}} of line 1 in the attribute a"),
        (
            "<p {{#if isLate}}a=\"{{else}}b{{/if}}\">",
            "{{else}} stands in the attribute a, but {{#if isLate}} of line 1 in a tag"
        ),
        ("{{#if isLate}}a{{else}}<b {{/if}}>", "{{/if}} stands in a tag, but {{#if isLate}} of line 1 in text"),
        ("{{#if isLate}}<script>{{/if}}", "{{/if}} stands in <script>, but {{#if isLate}} of line 1 in text"),
        ("{{#if isLate}}<title>{{/if}}", "{{/if}} stands in <title>, but {{#if isLate}} of line 1 in text"),
        ("<p a={{#if isLate}}b{{/if}}>", "{{#if}} may not stand in an unquoted attribute"),
        ("<!-- {{#if isLate}} {{/if}} -->", "{{#if}} may not stand in a comment"),
        ("<script>{{#if isLate}}{{/if}}</script>", "{{#if}} may not stand in <script>"),
        ("{{#each comments}}<i {{/each}}", "{{/each}} stands in a tag, but {{#each comments}} of line 1 in text"),
    ])
    func `every way through a section ends where it began`(_ template: String, _ message: String) {
        #expect(show(template).split(separator: "\n").contains("ticket.html:1: \(message)"), "\(show(template))")
    }
}
