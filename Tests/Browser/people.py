"""Who can come in to the demo, as `serve --demo` told it, and how somebody does."""

import dataclasses
import pathlib


@dataclasses.dataclass(frozen=True)
class Login:
    tenant: str
    role: str
    email: str
    password: str


class Cast:
    """The demo's people. The first customer of a company manages the others of it."""

    def __init__(self, file):
        lines = pathlib.Path(file).read_text().splitlines()
        self.logins = [Login(*line.split("\t")) for line in lines if line.strip()]
        if not self.logins:
            raise SystemExit(f"{file} has no log-ins")

    def of(self, tenant, role):
        """`manager` is the first customer, `customer` the second, who manages nothing."""
        found = [login for login in self.logins if login.tenant == tenant]
        if role in ("manager", "customer"):
            return [login for login in found if login.role == "customer"][0 if role == "manager" else 1]
        return next(login for login in found if login.role == role)


def fill_in(page, base, login):
    """The log-in's form, from its page to the next one."""
    page.goto(f"{base}/t/{login.tenant}/login")
    page.fill("#email", login.email)
    page.fill("#password", login.password)
    page.click("main form button.go")


def state_of(browser, base, login):
    """The cookies of somebody who just came in, for any number of contexts."""
    context = browser.new_context(locale="es-MX")
    page = context.new_page()
    fill_in(page, base, login)
    if "/login" in page.url:
        raise SystemExit(f"{login.email} cannot log in: {page.url}")
    state = context.storage_state()
    context.close()
    return state
