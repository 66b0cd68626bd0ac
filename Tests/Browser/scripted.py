"""What scripts add where people write: files dropped and pasted, drafts that outlive a browser, and two people on one ticket."""

from walker import Lost
from working import ask, staff

MOST_BYTES = 30 * 1024 * 1024
# A file of so many bytes comes to the form as a browser brings it.
BRING = """([name, size, how]) => {
    const data = new DataTransfer();
    data.items.add(new File([new Uint8Array(size)], name, { type: "text/plain" }));
    const field = document.querySelector("[data-files]");
    const events = how === "paste"
        ? [new ClipboardEvent("paste", { clipboardData: data, bubbles: true, cancelable: true })]
        : ["dragover", "drop"].map((name) => new DragEvent(name, { dataTransfer: data, bubbles: true, cancelable: true }));
    for (const event of events) field.dispatchEvent(event);
    return events.at(-1).defaultPrevented;
}"""


def chosen(page):
    return page.evaluate("() => [...document.querySelector('#attachments').files].map((file) => file.name)")


def bring(page, name, how, size=5):
    if not page.evaluate(BRING, [name, size, how]):
        raise Lost(f"nobody takes {name} that comes by {how}")


def files(stage):
    """Files are picked, dropped and pasted together; one that is too large is said before it is sent."""
    if not stage.hasScripts:
        return
    customer = stage.walker("proware", stage.cast.of("proware", "manager"))
    folio = ask(stage, customer, "Archivos que se arrastran")
    customer.open(f"/tickets/{folio}")
    page = customer.page
    for name in ("uno.log", "dos.log"):
        page.set_input_files("#attachments", {"name": name, "mimeType": "text/plain", "buffer": b"12:58\n"})
    bring(page, "tres.log", "drop")
    bring(page, "cuatro.log", "paste")
    bring(page, "grabacion.mov", "drop", MOST_BYTES + 1)
    if chosen(page) != ["uno.log", "dos.log", "tres.log", "cuatro.log"]:
        raise Lost(f"the form would send {chosen(page)}")
    customer.want("grabacion.mov pesa más de 30 MB", within="[data-files] .error")
    page.get_by_role("button", name="Quitar dos.log").click()
    customer.look(f"{stage.journey}: chosen files")
    customer.press("Enviar mensaje")
    customer.want("uno.log", "tres.log", "cuatro.log")
    customer.want_not("dos.log")


def typed_and_kept(walker, field, text):
    """Types as people do, until the page says that it kept it."""
    walker.page.locator(field).press_sequentially(text)
    walker.page.locator("[data-kept]", has_text="Borrador guardado a las").wait_for()


def drafts(stage):
    """What somebody types is there again after a reload, and after the browser was killed."""
    if not stage.hasScripts:
        return
    login = stage.cast.of("bizflow", "customer")
    text = "El reporte sale en blanco"
    walker = stage.walker("bizflow", login)
    walker.open("/tickets/new")
    typed_and_kept(walker, "#subject", text)
    # Without a word of good-bye.
    walker.context.close()
    stage.walkers.remove(walker)
    again = stage.walker("bizflow", login)
    again.open("/tickets/new")
    again.want("Tiene un reporte sin terminar")
    again.follow("Seguir con él")
    again.want_kept(subject=text)
    again.page.reload()
    again.want_kept(subject=text)
    again.open("/drafts")
    again.want(text)
    answer(stage)


def answer(stage):
    technician = staff(stage, "camila.rincon@proware.example")
    technician.open("/queue")
    folio = technician.page.locator("tr[data-folio]").last.get_attribute("data-folio")
    technician.open(f"/desk/{folio}")
    technician.page.keyboard.press("r")
    typed_and_kept(technician, "#body", "Lo estamos viendo")
    technician.page.reload()
    technician.page.get_by_role("button", name="Recuperar lo que escribió").click()
    technician.want_kept(body="Lo estamos viendo")
    technician.page.fill("#body", "")


def together(stage):
    """Two on one ticket see each other; what one sends on top of the other's words comes back with both."""
    if not stage.hasScripts:
        return
    customer = stage.walker("proware", stage.cast.of("proware", "manager"))
    folio = ask(stage, customer, "Dos personas en un ticket")
    camila = staff(stage, "camila.rincon@proware.example")
    paula = staff(stage, "paula.andrea@proware.example")
    camila.open(f"/desk/{folio}")
    paula.open(f"/desk/{folio}")
    paula.want("Camila Rincón también está viendo este ticket", within="#presence")
    camila.page.fill("#body", "Soy Camila: reinicie el equipo.")
    camila.page.locator("#presence", has_text="Paula Andrea").wait_for()
    paula.page.fill("#body", "Soy Paula: no reinicie el equipo.")
    paula.press("Enviar al cliente")
    camila.page.locator(".banner", has_text="escribió o cambió algo en este ticket").wait_for()
    camila.want_kept(body="Soy Camila: reinicie el equipo.")
    camila.press("Enviar al cliente", 422)
    camila.want("Paula Andrea Vélez escribió en este ticket", "Soy Paula: no reinicie el equipo.")
    camila.want_kept(body="Soy Camila: reinicie el equipo.")
    camila.press("Enviar al cliente")
    camila.want("Soy Camila: reinicie el equipo.", "Soy Paula: no reinicie el equipo.")


# What the page's first clock would be if it ended in an hour and a half: when it really ends depends on the day.
SOON = """(badge) => {
    const now = Math.floor(Date.now() / 1000);
    Object.assign(badge.dataset, { due: now + 5400, soon: now + 1800 });
    delete badge.dataset.closes;
    badge.className = "clock on-time";
}"""


def counting(stage):
    """The badges of a ticket go on counting while its page is open, and that one turned is said once."""
    if not stage.hasScripts:
        return
    customer = stage.walker("proware", stage.cast.of("proware", "manager"))
    folio = ask(stage, customer, "Cuenta regresiva")
    technician = stage.walker("proware", stage.cast.of("proware", "technician"), clock=True)
    technician.open(f"/desk/{folio}")
    badge = technician.page.locator(".clocks .clock").first
    badge.evaluate(SOON)
    steps = [(1, "on-time", "Quedan 1 h"), (60, "soon", "Vence en"), (60, "late", "Venció hace")]
    for minutes, look, words in steps:
        technician.page.clock.fast_forward(minutes * 60_000)
        if look not in badge.get_attribute("class").split() or words not in badge.inner_text():
            raise Lost(f"{minutes} minutes later the badge is {badge.inner_text()!r}, wanted {words!r}")
    technician.want("Venció hace", within="#clock-news")
