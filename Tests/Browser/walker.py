"""Somebody who goes through pages with a browser, as people do: opens, types, presses, reads."""

import re

import checks
import people
from watching import PATIENCE_MS, Watch, bare


class Lost(Exception):
    """The journey cannot go on: the page is not the one that was expected."""


class Stage:
    """What the walkers of one journey share."""

    def __init__(self, browser, base, cast, tally, hasScripts, markup):
        self.browser, self.base, self.cast, self.tally = browser, base, cast, tally
        self.hasScripts, self.markup = hasScripts, markup
        self.suffix = "con" if hasScripts else "sin"
        self.journey = ""
        self.walkers = []

    def walker(self, tenant, login=None, size=(1440, 900), clock=False):
        walker = Walker(self, tenant, size, clock)
        self.walkers.append(walker)
        if login:
            walker.log_in(login.email, login.password)
        return walker

    def close(self):
        """Everything that the browsers complained about, and their end."""
        for walker in self.walkers:
            yield from walker.watch.complaints
            walker.context.close()
        self.walkers = []


class Walker:
    def __init__(self, stage, tenant, size, clock):
        self.stage, self.tenant = stage, tenant
        self.root = f"{stage.base}/t/{tenant}"
        self.context = stage.browser.new_context(
            locale="es-MX", java_script_enabled=stage.hasScripts, viewport={"width": size[0], "height": size[1]}
        )
        self.context.set_default_timeout(PATIENCE_MS)
        self.page = self.context.new_page()
        if clock:
            self.page.clock.install()
        self.watch = Watch(self.page, stage.base)

    # Going about

    def open(self, path, status=200):
        if status >= 400:
            self.watch.expected.add(bare(self.root + path))
        response = self.page.goto(self.root + path, wait_until="load")
        self.arrived(response, status, f"opening {path}")

    def follow(self, label):
        """A link of the page by its words."""
        link = self.page.locator("main").get_by_role("link", name=label).first
        if not link.count():
            raise Lost(f"{self.page.url} has no link {label!r}")
        with self.page.expect_navigation() as going:
            link.click()
        self.arrived(going.value, 200, f"following {label!r}")

    def press(self, label, status=200, within="main"):
        """A button by its words; a form that comes back with faults answers 422."""
        button = self.page.locator(within).get_by_role("button", name=label).first
        if not button.count():
            raise Lost(f"{self.page.url} has no button {label!r}")
        if status >= 400:
            self.watch.expected.add(bare(button.evaluate("button => button.form.action")))
        with self.page.expect_navigation() as going:
            button.click()
        self.arrived(going.value, status, f"pressing {label!r}")

    def type(self, **fields):
        for name, text in fields.items():
            self.page.fill(f"#{name}", text)

    def pick(self, **fields):
        for name, value in fields.items():
            self.page.select_option(f"#{name}", value)

    def arrived(self, response, status, how):
        if response.status != status:
            raise Lost(f"{how} answered {response.status}, wanted {status}: {self.text('main')[:300]!r}")
        name = f"{self.stage.journey}: {bare(response.url).removeprefix(self.root)} {status}"
        if self.stage.hasScripts:
            self.stage.markup[name] = response.body()
        self.look(name)

    def look(self, name):
        """The page as it stands."""
        faults = [*checks.structure(self.page, "es"), *checks.sideways(self.page)]
        if self.stage.hasScripts:
            faults += checks.accessibility(self.page)
        self.stage.tally.note(f"{name}, {'scripts' if self.stage.hasScripts else 'no scripts'}", faults)

    # Reading

    def text(self, place):
        return " ".join(self.page.locator(place).first.inner_text().split())

    def want(self, *texts, within="main"):
        shown = self.text(within)
        for text in texts:
            if text not in shown:
                raise Lost(f"{self.page.url} does not say {text!r}: {shown[:300]!r}")

    def want_not(self, text):
        if text in self.text("main"):
            raise Lost(f"{self.page.url} still says {text!r}")

    def want_kept(self, **fields):
        for name, text in fields.items():
            value = self.page.input_value(f"#{name}")
            if value != text:
                raise Lost(f"{self.page.url} lost {name}: it is {value!r}, was {text!r}")

    def want_at(self, path):
        if bare(self.page.url) != self.root + path:
            raise Lost(f"the page is {self.page.url}, wanted {path}")

    # What many journeys do

    def log_in(self, email, password):
        people.fill_in(self.page, self.stage.base, people.Login(self.tenant, "", email, password))
        if bare(self.page.url).endswith("/login"):
            raise Lost(f"{email} cannot log in: {self.text('main')!r}")

    def log_out(self):
        self.page.locator("header details.more > summary").click()
        self.press("Cerrar sesión", within="header")
        self.want("Cerró su sesión.")

    def link_for(self, email):
        """What the newest letter to an address leads to, as an admin finds it under outgoing mail."""
        self.open(f"/admin/mail?q={email}")
        with self.page.expect_navigation() as going:
            self.page.locator("main tbody a").first.click()
        self.arrived(going.value, 200, "opening a letter")
        found = re.search(rf"{re.escape(self.root)}(/\S+)", self.page.locator("main pre").inner_text())
        if not found:
            raise Lost(f"the letter to {email} has no link")
        return found[1]
