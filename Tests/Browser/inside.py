"""The pages that only those who are in see: who gets which, and how each looks to whom it is for."""

import re

import checks
import people
from watching import PATIENCE_MS, Visit

TENANTS = ["proware", "seres"]
LOCALES = [("es", "es-MX"), ("en", "en-US")]
ROLES = ["admin", "technician", "manager", "customer"]
# A customer who manages nobody has some of a manager's pages: who gets which is asked, they are not looked at twice.
VISITORS = ["admin", "technician", "manager"]
LAYOUT_WIDTHS = [1440, 768, 390, 320]
# A page is asked of axe where its layout is another, once light and once dark.
AXE = [(1440, "light"), (390, "dark")]
TAB_STOPS = 20
# Visited by nobody here: a log-in is a page of whoever is out, a code of whoever is halfway in.
# What never ends (counts that are told as they change) cannot be waited for.
ELSEWHERE = {"/login/code", "/brand/logo", "/brand/sheet.css", "/queue/events"}


def unvisited(routes, pages):
    """The GET routes of a tenant that pages.txt does not name: a new page is not forgotten."""
    table = routes.read_text().split("static let tenant")[1]
    paths = [path.split("?")[0].removeprefix("/t/proware") or "/" for path, _, _ in pages]
    for pattern in re.findall(r'\.get\("([^"]+)"', table):
        shape = re.compile(re.sub(r"\\\{\w+\\\}", r"[^/]+", re.escape(pattern)))
        if pattern not in ELSEWHERE and not any(shape.fullmatch(path) for path in paths):
            yield f"pages.txt does not name {pattern}"


def answers(context, base, tenant, role, pages):
    """Who gets what, without a browser's page; `role` is nil for whoever is out."""
    for path, status, who in pages:
        if path == "/" and role not in who:
            continue
        answer = context.request.get(f"{base}/t/{tenant}{path}", max_redirects=0)
        if role is None:
            to = answer.headers.get("location", "")
            if answer.status != 303 or not to.startswith(f"/t/{tenant}/login"):
                yield f"{path} answered {answer.status} {to} to nobody, wanted the log-in"
        elif answer.status == 303 and role not in who and "/desk/" in answer.headers.get("location", ""):
            continue  # The staff works on a customer's page elsewhere.
        elif answer.status != (status if role in who else 404):
            yield f"{path} answered {answer.status}, wanted {status if role in who else 404}"


def first_folio(context, base, role):
    """That of the first ticket that somebody is shown."""
    path = "/queue" if role in ("admin", "technician") else "/tickets?of=organization"
    found = re.search(r'/(?:desk|tickets)/([A-Z0-9]+-\d{4}-\d{6})"', context.request.get(base + path).text())
    return found[1] if found else "AAA-2026-000000"


def of(pages, folio):
    return [(path.replace("FOLIO", folio), status, who) for path, status, who in pages]


def is_page(context, url):
    answer = context.request.get(url, max_redirects=0)
    return "attachment" not in answer.headers.get("content-disposition", "") and answer.headers.get(
        "content-type", ""
    ).startswith("text/html")


def look(context, visit, name, tally):
    page = visit.page
    for width in LAYOUT_WIDTHS:
        page.set_viewport_size({"width": width, "height": 900})
        tally.note(f"{name} {width} px: layout", checks.sideways(page))
    for width, theme in AXE:
        page.emulate_media(color_scheme=theme)
        page.set_viewport_size({"width": width, "height": 900})
        tally.note(f"{name} {width} px, {theme}: accessibility", checks.accessibility(page))


def browse(browser, base, cast, pages, tally, shots):
    """Every page as everyone whom it is for; gives back the HTML of each in each language."""
    markup, known = {}, set()
    nobody = browser.new_context()
    for tenant in TENANTS:
        tally.note(f"{tenant} nobody: answers", answers(nobody, base, tenant, None, pages))
        for role in ROLES:
            state = people.state_of(browser, base, cast.of(tenant, role))
            # The second provider has the same pages with other rules: in one language.
            for language, locale in LOCALES[: 2 if tenant == TENANTS[0] else 1]:
                # Without transitions, so that axe never sees a color on its way from one theme to the other.
                context = browser.new_context(locale=locale, storage_state=state, reduced_motion="reduce")
                context.set_default_timeout(PATIENCE_MS)
                folio = first_folio(context, f"{base}/t/{tenant}", role)
                if language == "es":
                    tally.note(f"{tenant} {role}: answers", answers(context, base, tenant, role, of(pages, folio)))
                for line, (path, status, who) in zip(pages, of(pages, folio)):
                    address = f"/t/{tenant}{path}"
                    if role in VISITORS and role in who and status == 200 and is_page(context, base + address):
                        name = f"{address} {role}, {language}"
                        # Closely for the first who sees it: to others the same page shows less.
                        isClose = line[0] not in known
                        known.add(line[0])
                        markup[name] = one(context, base, (address, status), name, language, isClose, tally, shots)
                context.close()
    nobody.close()
    return markup


def one(context, base, place, name, language, isClose, tally, shots):
    visit = Visit(context, base, *place)
    tally.note(f"{name}: answer", [*visit.answer(), *checks.structure(visit.page, language)])
    body = visit.response.body()
    if isClose:
        look(context, visit, name, tally)
        visit.page.emulate_media(color_scheme="light")
        if shots:
            visit.page.screenshot(path=shots / f"{re.sub('[^a-z0-9]+', '-', name.lower()).strip('-')}.png", full_page=True)
        visit.page.set_viewport_size({"width": 1440, "height": 900})
        visit.page.reload()
        tally.note(f"{name}: keyboard", checks.keyboard(visit.page, TAB_STOPS))
    else:
        visit.page.set_viewport_size({"width": 320, "height": 900})
        tally.note(f"{name} 320 px: layout", checks.sideways(visit.page))
        if language == "es":
            tally.note(f"{name} 320 px: accessibility", checks.accessibility(visit.page))
    tally.note(f"{name}: no complaint", visit.complaints)
    visit.page.close()
    return body
