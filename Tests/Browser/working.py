"""The staff at work: a ticket from a queue to its closing through an escalation, and a lead who watches what is late.

With scripts by keys alone where there are keys; without them by links and forms.
"""

import re

from reporting import check
from walker import Lost

# What a person of the desk is called in the lists where somebody is chosen.
FIRST_LEVEL, SECOND_LEVEL = "Camila Rincón", "Julián Sarmiento"


def staff(stage, email):
    return stage.walker("proware", next(login for login in stage.cast.logins if login.email == email))


# Keys


def key(walker, *names):
    for name in names:
        walker.page.keyboard.press(name)


def focus(walker):
    return walker.page.evaluate("() => document.activeElement.id")


def tab_to(walker, name, most=25):
    for _ in range(most):
        if focus(walker) == name:
            return
        key(walker, "Tab")
    raise Lost(f"{walker.page.url}: Tab does not reach {name!r}")


def go(walker, how, status, *names):
    """Keys that lead to another page."""
    if status >= 400:
        form = walker.page.evaluate("() => document.activeElement.form?.action ?? location.href")
        walker.watch.expected.add(form.split("?")[0])
    with walker.page.expect_navigation() as going:
        key(walker, *names)
    walker.arrived(going.value, status, how)


def row_in_focus(walker):
    return walker.page.evaluate("() => document.activeElement.closest('tr[data-folio]')?.dataset.folio ?? ''")


def open_by_keys(walker, folio):
    """Moves down a queue to a ticket and opens it."""
    for _ in range(60):
        key(walker, "j")
        if row_in_focus(walker) == folio:
            break
    else:
        raise Lost(f"j does not reach {folio} in {walker.page.url}")
    if walker.page.locator("tr[data-folio]").last.get_attribute("data-folio") != folio:
        key(walker, "j", "k")
        if row_in_focus(walker) != folio:
            raise Lost("k does not go back to the ticket above")
    go(walker, "opening with o", 200, "o")
    walker.want_at(f"/desk/{folio}")


def silent(walker):
    """Keys do nothing while somebody types, with AltGr, and behind the sheet that tells them."""
    page = walker.page
    key(walker, "?")
    page.locator("dialog#keys").wait_for(state="visible")
    walker.look(f"{walker.stage.journey}: the sheet of keys")
    key(walker, "r")
    if focus(walker) == "body":
        raise Lost("r answers behind the sheet of keys")
    key(walker, "Escape")
    page.locator("dialog#keys").wait_for(state="hidden")
    for modifiers in ({"modifierAltGraph": True}, {"ctrlKey": True}, {"metaKey": True}, {"altKey": True}):
        page.evaluate(
            "(more) => document.body.dispatchEvent(new KeyboardEvent('keydown', { key: 'r', bubbles: true, ...more }))",
            modifiers,
        )
        if focus(walker) == "body":
            raise Lost(f"r answers with {modifiers}")
    page.get_by_role("button", name="Atajos de teclado").click()
    page.locator("dialog#keys").wait_for(state="visible")
    page.uncheck("#keys-use")
    key(walker, "Escape", "r")
    if focus(walker) == "body":
        raise Lost("r answers although keys are switched off")
    page.get_by_role("button", name="Atajos de teclado").click()
    page.check("#keys-use")
    key(walker, "Escape")


# Either way


def unfold(walker, *names):
    for name in names:
        fold = walker.page.locator(f"details#{name}")
        if fold.get_attribute("open") is None:
            fold.locator("> summary").click()


def say(walker, text, letter, visibility, status=None):
    """Writes in the answer box and sends it."""
    if walker.stage.hasScripts:
        key(walker, letter)
        walker.page.keyboard.type(text)
        if status:
            tab_to(walker, "status")
            walker.page.keyboard.type(status)
            tab_to(walker, "send")
            go(walker, "sending with Enter", 200, "Enter")
        else:
            go(walker, "sending with Ctrl+Enter", 200, "Control+Enter")
    else:
        walker.page.check(f"#visibility-{visibility}")
        walker.type(body=text)
        if status:
            walker.page.select_option("#status", label=status)
        with walker.page.expect_navigation() as going:
            walker.page.locator("#send").click()
        walker.arrived(going.value, 200, "sending")


def assign(walker, name):
    if walker.stage.hasScripts:
        key(walker, "a")
        if focus(walker) != "assignee":
            raise Lost(f"a does not lead to whom it is assigned, but to {focus(walker)!r}")
        key(walker, "Home")
        while name not in walker.page.locator("#assignee option:checked").inner_text():
            before = walker.page.input_value("#assignee")
            key(walker, "ArrowDown")
            if walker.page.input_value("#assignee") == before:
                raise Lost(f"{name} cannot be chosen in {walker.page.url}")
        go(walker, "assigning", 200, "Tab", "Enter")
    else:
        unfold(walker, "form-assignment")
        option = walker.page.locator("#assignee option", has_text=name).first.get_attribute("value")
        walker.pick(assignee=option)
        walker.press("Asignar", within="#form-assignment")
    walker.want(name, within="#section-properties .props")


def escalate(walker, reason, diagnosis):
    """Both the reason and the diagnosis are needed."""
    if walker.stage.hasScripts:
        key(walker, "e", "Tab")
        if focus(walker) != "levelReason":
            raise Lost(f"e does not lead to the escalation: {focus(walker)!r}")
        walker.page.keyboard.type(reason)
        go(walker, "escalating without a diagnosis", 422, "Tab", "Tab", "Enter")
    else:
        link = walker.page.get_by_role("link", name="Escalar").first.get_attribute("href")
        if link != "#form-level":
            raise Lost(f"Escalar leads to {link}")
        unfold(walker, "form-level")
        walker.type(levelReason=reason)
        walker.press("Cambiar de nivel", 422)
    walker.want("Escriba el motivo y el diagnóstico para escalar")
    walker.want_kept(levelReason=reason)
    walker.type(levelDiagnosis=diagnosis)
    walker.press("Cambiar de nivel")
    walker.want("Nivel 2", reason, diagnosis)


def classify(walker, label, reason):
    if walker.stage.hasScripts:
        key(walker, "p")
        walker.page.locator("#form-severity label.choice", has_text=label).locator("input").focus()
        key(walker, "Space")
        tab_to(walker, "severityReason")
        walker.page.keyboard.type(reason)
        go(walker, "changing the severity", 200, "Tab", "Enter")
    else:
        unfold(walker, "form-severity")
        walker.page.locator("#form-severity label.choice", has_text=label).click()
        walker.press("Cambiar la severidad", 422)
        walker.type(severityReason=reason)
        walker.press("Cambiar la severidad")
    walker.want(label, within=".ticket-head")
    if reason not in walker.page.locator("main").text_content():
        raise Lost(f"{walker.page.url} does not tell why the severity is another")


def find(walker, subject, folio):
    """Looks for a ticket in the queue and opens it."""
    walker.open("/queue")
    if walker.stage.hasScripts:
        key(walker, "/")
        if focus(walker) != "q":
            raise Lost("/ does not lead to the search")
        # Its letters are keys too, which must do nothing here.
        walker.page.keyboard.type(subject)
        walker.want_kept(q=subject)
        go(walker, "searching", 200, "Enter")
        open_by_keys(walker, folio)
        silent(walker)
    else:
        walker.type(q=subject)
        walker.press("Buscar")
        walker.follow(subject)
        walker.want_at(f"/desk/{folio}")


# The journeys


def ask(stage, customer, subject):
    """A customer reports something; gives back its folio."""
    customer.open("/tickets/new")
    customer.type(subject=subject, description="Al abrir una grabación la página queda en blanco.")
    check(customer, "Soporte")
    check(customer, "Media")
    customer.press("Enviar reporte")
    folio = re.search(r"PRW-\d{4}-\d{6}", customer.text("main"))
    if not folio:
        raise Lost("the confirmation names no folio")
    return folio[0]


def work(stage):
    """A technician takes a ticket from the queue, answers, notes and escalates it; level 2 resolves it, the customer closes it."""
    subject = f"Grabaciones que no abren {stage.suffix}"
    customer = stage.walker("proware", stage.cast.of("proware", "manager"), size=(390, 844))
    folio = ask(stage, customer, subject)
    camila = staff(stage, "camila.rincon@proware.example")
    find(camila, subject, folio)
    assign(camila, FIRST_LEVEL)
    say(camila, "Buen día. Ya lo estamos revisando.", "r", "public")
    camila.want("Ya lo estamos revisando.", FIRST_LEVEL)
    say(camila, "El archivo existe, pero pesa cero.", "c", "internal")
    camila.want("Nota interna, el cliente no la ve", "El archivo existe, pero pesa cero.")
    escalate(camila, "Hay que ver el servidor de grabación.", "Se reproduce con tres usuarios.")
    solve(stage, folio, subject)
    close(customer, folio)
    customer.want_not("pesa cero")


def solve(stage, folio, subject):
    julian = staff(stage, "julian.sarmiento@proware.example")
    julian.open("/queue/level-2")
    if stage.hasScripts:
        open_by_keys(julian, folio)
    else:
        julian.follow(subject)
    assign(julian, SECOND_LEVEL)
    classify(julian, "Alta", "No abre ninguna grabación del día.")
    unfold(julian, "section-diagnosis", "form-diagnosis")
    julian.page.locator("#form-diagnosis label.choice", has_text="Sí").first.click()
    julian.type(errorMessages="HTTP 500", diagnosis="El servidor de grabación se quedó sin espacio.")
    julian.press("Guardar el diagnóstico")
    unfold(julian, "section-solution", "form-cause")
    julian.type(cause="El disco se llenó.", solution="Se amplió el disco y se vigila.")
    julian.press("Guardar la solución de raíz")
    say(julian, "Ya puede abrir las grabaciones. ¿Nos confirma?", "r", "public", "Resuelto")
    julian.want("Resuelto", within=".ticket-head")


def close(customer, folio):
    customer.open(f"/tickets/{folio}")
    customer.want("Ya puede abrir las grabaciones.", "Resuelto, falta su confirmación")
    customer.press("Sí, cerrar")
    customer.want("¿Cómo le fue con este ticket?")
    check(customer, "Aceptable")
    customer.type(comment="Tardó, pero quedó.")
    customer.press("Enviar opinión")
    customer.want("Recibimos su opinión.", "Tardó, pero quedó.")


def count(walker, view):
    return int(walker.page.locator(f"[data-count='{view}']").inner_text() or "0")


def load(walker, name):
    row = walker.page.locator(".load li", has_text=name)
    return int(row.locator("b").inner_text().split()[-1]) if row.count() else 0


def watch(stage):
    """A lead sees what is late and who has much, hears of what others do, reassigns a late ticket and asks why it is late."""
    oscar = staff(stage, "oscar.benitez@proware.example")
    oscar.open("/queue/breached")
    oscar.want("Carga del equipo", "Vencidos", within="main")
    late = count(oscar, "breached")
    if late != oscar.page.locator("tr[data-folio]").count():
        raise Lost(f"the queue of breached tickets has another number than its count: {late}")
    oscar.follow("Por vencer")
    oscar.want_at("/queue/soon")
    oscar.open("/queue")
    told(stage, oscar)
    oscar.open("/queue/breached")
    folio = oscar.page.locator("tr[data-folio]").first.get_attribute("data-folio")
    before = load(oscar, FIRST_LEVEL)
    with oscar.page.expect_navigation() as going:
        oscar.page.locator("tr[data-folio] .what a").first.click()
    oscar.arrived(going.value, 200, "opening the first late ticket")
    why = oscar.page.locator("details.why").first
    why.locator("summary").click()
    oscar.want("promete", within="details.why")
    if not why.locator("table tbody tr").count():
        raise Lost("why the date is this one is not told by days")
    oscar.look(f"{stage.journey}: why the date")
    hasIt = oscar.text("#section-properties .props")
    name = FIRST_LEVEL if FIRST_LEVEL not in hasIt and "Nivel 1" in oscar.text(".ticket-head .lvl") else "Óscar Benítez"
    assign(oscar, name)
    oscar.open("/queue/breached")
    oscar.want(name, within=f"tr[data-folio='{folio}']")
    if name == FIRST_LEVEL and load(oscar, FIRST_LEVEL) != before + 1:
        raise Lost("the load of who got a ticket is what it was")


def told(stage, oscar):
    """What somebody else does changes the counts of a queue that is open, which keeps its place and its focus."""
    page = oscar.page
    unassigned = count(oscar, "unassigned")
    paula = staff(stage, "paula.andrea@proware.example")
    paula.open("/queue/unassigned")
    folio = paula.page.locator("tr[data-folio]").last.get_attribute("data-folio")
    if stage.hasScripts:
        for _ in range(20):
            key(oscar, "j")
        place = (row_in_focus(oscar), page.evaluate("() => scrollY"))
        if not place[0] or not place[1]:
            raise Lost(f"the queue is too short to scroll: {place}")
    with paula.page.expect_navigation() as going:
        paula.page.locator(f"tr[data-folio='{folio}'] .what a").click()
    paula.arrived(going.value, 200, "opening what nobody has")
    paula.press("Tomarlo")
    paula.open("/queue")
    left = count(paula, "unassigned")
    if not stage.hasScripts:
        oscar.open("/queue")
        if count(oscar, "unassigned") != left or left == unassigned:
            raise Lost(f"the count of what nobody has is {count(oscar, 'unassigned')}, was {unassigned}, should be {left}")
        return
    page.wait_for_function(
        "(wanted) => document.querySelector(\"[data-count='unassigned']\").textContent.trim() === wanted", arg=str(left)
    )
    # The rows follow a second after the counts; where somebody else's ticket came meanwhile, they wait for whoever reads.
    mine, offer = f"tr[data-folio='{folio}'] .own:has-text('Paula Andrea')", "[data-changes]:not([hidden]) button"
    page.locator(f"{mine}, {offer}").first.wait_for()
    if page.locator(offer).count():
        page.locator(offer).evaluate("(button) => button.click()")
    page.locator(mine).wait_for()
    after = (row_in_focus(oscar), page.evaluate("() => scrollY"))
    if after != place:
        raise Lost(f"the queue lost its place: it was {place}, is {after}")
    # Scrolled as it is, the table's head covers half of a row, which is no fault of that row's.
    page.evaluate("() => scrollTo(0, 0)")
    oscar.look(f"{stage.journey}: the queue after another's act")
