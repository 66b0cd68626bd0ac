"""What is asked of one page in one state of the browser. Each check yields sentences that say what is wrong, or nothing."""

from axe_playwright_python.sync_playwright import Axe

AXE_TAGS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22a", "wcag22aa", "best-practice"]

# Where the ring of the focused element is drawn: on itself, on its ::after (a card that is one link), or on the block around it.
FOCUS = """() => {
    const element = document.activeElement;
    const ring = (style) => style.outlineStyle !== 'none' && parseFloat(style.outlineWidth) >= 2;
    const block = element.closest('.choice, label, .drop');
    const box = element.getBoundingClientRect();
    return {
        name: element.tagName.toLowerCase() + (element.className ? '.' + element.className : ''),
        text: (element.innerText || element.getAttribute('aria-label') || element.name || '').trim().slice(0, 40),
        isBody: element === document.body,
        isSkip: element.matches('a.skip[href="#main"]'),
        isSeen: box.bottom > 0 && box.top < innerHeight && box.right > 0 && box.left < innerWidth,
        hasRing: ring(getComputedStyle(element)) || ring(getComputedStyle(element, '::after'))
            || (block !== null && ring(getComputedStyle(block))),
    };
}"""


def structure(page, language):
    facts = page.evaluate(
        """() => ({
            language: document.documentElement.lang, title: document.title.trim(),
            heads: document.querySelectorAll('h1').length, mains: document.querySelectorAll('main#main').length,
            text: document.body.innerText, styled: document.querySelectorAll('[style], style').length,
        })"""
    )
    if not facts["language"].startswith(language):
        yield f"the page is in {facts['language']!r}, asked for {language!r}"
    if not facts["title"]:
        yield "the page has no title"
    if facts["heads"] != 1 or facts["mains"] != 1:
        yield f"{facts['heads']} h1 and {facts['mains']} main, wanted one of each"
    if "{{" in facts["text"] or "}}" in facts["text"]:
        yield "a tag of the template shows in the page"
    if facts["styled"]:
        yield "the page carries a style of its own"


def sideways(page):
    width, room = page.evaluate("() => [document.documentElement.scrollWidth, document.documentElement.clientWidth]")
    if width > room:
        widest = page.evaluate(
            """() => [...document.querySelectorAll('body *')]
                .filter((e) => e.getBoundingClientRect().right > document.documentElement.clientWidth + 1)
                .slice(0, 4).map((e) => e.tagName.toLowerCase() + '.' + e.getAttribute('class'))"""
        )
        yield f"the page scrolls sideways: {width} px in {room} px: {', '.join(widest)}"


def theme(page, scheme):
    ground = page.evaluate("() => getComputedStyle(document.documentElement).backgroundColor")
    light = sum(int(part) for part in ground[4:-1].split(",")[:3]) > 3 * 128
    if light != (scheme == "light"):
        yield f"asked for {scheme}, the ground is {ground}"


def accessibility(page):
    folded = page.locator("main details:not([open])").element_handles()
    for details in folded:
        details.evaluate("(details) => { details.open = true; }")
    found = Axe().run(page, options={"runOnly": AXE_TAGS, "resultTypes": ["violations"]})
    for details in folded:
        details.evaluate("(details) => { details.open = false; }")
    for violation in found.response["violations"]:
        places = "; ".join(str(node["target"]) for node in violation["nodes"][:4])
        yield f"axe {violation['id']}: {violation['help']}: {places}"


def keyboard(page, steps):
    """Tab begins with the skip link, which leads into main; each stop of the first `steps` shows its ring inside the window."""
    page.keyboard.press("Tab")
    first = page.evaluate(FOCUS)
    if not (first["isSkip"] and first["isSeen"]):
        yield f"Tab begins with {first['name']} {first['text']!r}, wanted the skip link in sight"
        return
    page.keyboard.press("Enter")
    if page.evaluate("() => document.activeElement.id") != "main":
        yield "the skip link does not lead into main"
    page.evaluate("() => document.activeElement.blur()")
    page.reload()
    for _ in range(steps):
        page.keyboard.press("Tab")
        stop = page.evaluate(FOCUS)
        if stop["isBody"]:
            return
        if not stop["isSeen"]:
            yield f"focus is out of sight on {stop['name']} {stop['text']!r}"
        if not stop["hasRing"]:
            yield f"focus does not show on {stop['name']} {stop['text']!r}"
