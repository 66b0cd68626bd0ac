"""What the scripts of Public/ do, tried on /styleguide with the markup they wait for put first in its <main>.

The page is changed on its way from the server, so that it arrives as a page of the product would, under the same policy.
"""

TOAST = '<p class="toast" role="status"><span>Se quitó la etiqueta. <a href="#main">Deshacer</a></span></p>'
FAULTS = '<div class="faults" role="alert" tabindex="-1"><h2>Revise 1 dato</h2></div>'
FORM = '<form method="post" action="/no-existe"><button class="btn go">Guardar</button></form>'


def opened(context, base, markup):
    """/styleguide with the markup first in its main; the clock of the page is ours."""
    page = context.new_page()
    page.clock.install()

    def serve(route):
        response = route.fetch()
        head, start, rest = response.text().partition('<main id="main" tabindex="-1">')
        route.fulfill(response=response, body=head + start + markup + rest)

    page.route(base + "/styleguide", serve)
    page.goto(base + "/styleguide", wait_until="load")
    return page


def toast_leaves(context, base):
    page = opened(context, base, TOAST)
    toast = page.locator("main > .toast")
    page.clock.run_for(7_000)
    if toast.count() != 1:
        yield "the toast left before its 8 seconds"
    page.clock.run_for(2_000)
    if toast.count() != 0:
        yield "the toast is still there after 9 seconds"
    page.close()


def toast_waits(context, base):
    page = opened(context, base, TOAST)
    page.locator("main > .toast a").focus()
    page.clock.run_for(30_000)
    if page.locator("main > .toast").count() != 1:
        yield "the toast left while it had focus"
    page.close()


def faults_get_focus(context, base):
    page = opened(context, base, FAULTS)
    if not page.evaluate("() => document.activeElement.matches('main > .faults')"):
        yield "the summary of faults has no focus when the page opens"
    page.close()


def form_goes_once(context, base):
    page = opened(context, base, FORM)
    sent = []

    def answer(route):
        # "No content" leaves the page standing, as a download would.
        sent.append(route.request.method)
        route.fulfill(status=204)

    page.route(base + "/no-existe", answer)
    button = page.locator("main > form > button")
    with page.expect_request(base + "/no-existe"):
        button.click()
    if button.inner_text() != "Guardar…":
        yield f"the pressed button says {button.inner_text()!r}"
    button.click()
    page.clock.run_for(16_000)
    if len(sent) != 1:
        yield f"the form was sent {len(sent)} times"
    if button.inner_text() != "Guardar":
        yield "the button does not come back after a download"
    page.close()


def menu_closes(context, base):
    page = opened(context, base, "")
    menu, summary = page.locator("details.more").first, page.locator("details.more > summary").first
    summary.click()
    if menu.get_attribute("open") is None:
        yield "the menu does not open"
    page.keyboard.press("Tab")
    page.keyboard.press("Escape")
    if menu.get_attribute("open") is not None:
        yield "Escape does not close the menu"
    if not summary.evaluate("(summary) => summary === document.activeElement"):
        yield "Escape does not give focus back to the menu's summary"
    summary.click()
    page.locator("h1").click()
    if menu.get_attribute("open") is not None:
        yield "a press elsewhere does not close the menu"
    page.close()


def clock_counts_down(context, base):
    page = opened(context, base, "")
    badge = page.locator(".clock[data-due]").first
    for minutes, looks, words in [(0, "soon", "Vence en 2 h 55 min"), (60, "soon", "Vence en 1 h 55 min"), (120, "late", "Venció hace 5 min")]:
        page.clock.run_for(minutes * 60_000)
        if badge.inner_text().strip() != words:
            yield f"{minutes} minutes later the clock says {badge.inner_text().strip()!r}, not {words!r}"
        if looks not in badge.get_attribute("class").split():
            yield f"{minutes} minutes later the clock does not look {looks}"
    if not badge.locator("use").get_attribute("href").endswith("#late"):
        yield "the icon of a clock that is late is another one"
    news = page.locator("#clock-news").inner_text()
    # It is said once, when it turns.
    if not news.startswith("Solución: Venció hace "):
        yield f"nobody is told that the clock is late: {news!r}"
    page.close()


CHOOSE = """([name, sizes]) => {
    const input = document.querySelector("[data-files] input[type=file]");
    const transfer = new DataTransfer();
    sizes.forEach((size, index) => transfer.items.add(new File([new Uint8Array(size)], `${name}-${index}.bin`)));
    input.files = transfer.files;
    input.dispatchEvent(new Event("change"));
    return [...input.files].map((file) => file.size);
}"""


def large_files_are_told(context, base):
    """Before anything is sent: one that is too large alone, and some that are together; the others stay chosen."""
    mega = 1024 * 1024
    for name, sizes, left, words in [
        ("grande", [31 * mega, 5], [5], "grande-0.bin pesa más de 30 MB"),
        ("juntos", [25 * mega] * 5, [25 * mega] * 4, "Juntos pesan más de 120 MB"),
        ("bien", [30 * mega, 1], [30 * mega, 1], ""),
    ]:
        page = opened(context, base, "")
        chosen = page.evaluate(CHOOSE, [name, sizes])
        if chosen != left:
            yield f"of the files {sizes} the input keeps {chosen}, not {left}"
        notice = page.locator("[data-files] > p.error[role=status]")
        if words not in notice.inner_text() or notice.is_visible() != bool(words):
            yield f"of the files {sizes} the page says {notice.inner_text()!r}"
        page.close()


ALL = [large_files_are_told, toast_leaves, toast_waits, faults_get_focus, form_goes_once, menu_closes, clock_counts_down]
