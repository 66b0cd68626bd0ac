"""What goes wrong while a browser is somewhere: the tally of all checks, and the complaints of one page."""

from playwright.sync_api import Error

POLICY = [
    "default-src 'none'", "style-src 'self'", "script-src 'self'", "img-src 'self' data:", "connect-src 'self'",
    "form-action 'self'", "base-uri 'none'", "frame-ancestors 'none'",
]
# Enough for a machine that does several other things at once.
PATIENCE_MS = 60_000


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
        lines = [f"FAILED {name}", *(f"       {fault[:400]}" for fault in dict.fromkeys(faults))]
        # In one piece: several processes write.
        print("\n".join(lines) + "\n", end="", flush=True)

    def add(self, other):
        self.passed += other.passed
        self.failed += other.failed


class Watch:
    """Hears everything that the browser complains about while a page is open. `expected` are the addresses, without their
    query, that may answer with an error."""

    def __init__(self, page, base, expected=()):
        self.page, self.base, self.expected = page, base, set(expected)
        self.complaints = []
        page.on("console", self.heard)
        page.on("pageerror", lambda error: self.complaints.append(f"script error: {error}"))
        page.on("dialog", self.asked_for_attention)
        page.on("request", self.asked)
        page.on("response", self.answered)

    def heard(self, message):
        # The browser reports a page's own status as a failed resource; an expected 404 or 422 is no complaint.
        where = message.location.get("url", "").split("#")[0]
        if "status of" in message.text and bare(where) in self.expected:
            return
        if message.type in ("error", "warning"):
            self.complaints.append(f"console {message.type}: {message.text} ({where})")

    def asked_for_attention(self, dialog):
        self.complaints.append(f"a dialog opened: {dialog.message!r} ({self.page.url})")
        dialog.dismiss()

    def asked(self, request):
        if not request.url.startswith((self.base + "/", "data:")):
            self.complaints.append(f"asked another host for {request.url}")

    def answered(self, response):
        if response.status >= 400 and bare(response.url) not in self.expected:
            self.complaints.append(f"{response.url} answered {response.status}")


class Visit(Watch):
    """One page in one browser context, just opened."""

    def __init__(self, context, base, path, status):
        super().__init__(context.new_page(), base, [bare(base + path)] if status >= 400 else [])
        self.path, self.status = path, status
        self.response = self.page.goto(base + path, wait_until="load")

    def answer(self):
        if self.response.status != self.status:
            yield f"answered {self.response.status}, wanted {self.status}"
        if self.response.url != self.base + self.path:
            yield f"led to {self.response.url}"
        policy = self.response.header_value("content-security-policy") or ""
        given = sorted(part.strip() for part in policy.split(";") if part.strip())
        if given != sorted(POLICY):
            yield f"content security policy is {policy!r}"


def bare(url):
    return url.split("?")[0].split("#")[0]
