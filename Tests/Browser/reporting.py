"""A customer reports something, follows it, and says that it is solved: with scripts and without."""

from walker import Lost

SEVERITY = "Alta"


def check(walker, label):
    walker.page.locator("main form label.choice", has_text=label).first.click()


def report(stage):
    """From the home to the survey: faults, an unfinished report, the confirmation, the closing, the follow-up."""
    people = [login for login in stage.cast.logins if login.tenant == "proware" and login.role == "customer"]
    customer = stage.walker("proware", people[5])
    subject = f"El tablero no muestra agentes {stage.suffix}"
    description = "Desde la una muestra cero.\nYa probamos dos navegadores."
    customer.open("/")
    customer.follow("Reportar un problema")
    customer.want_at("/tickets/new")
    customer.type(description=description)
    customer.press("Enviar reporte", 422)
    customer.want("Escriba el asunto", "Elija un tipo", "Elija una severidad")
    customer.want_kept(description=description)
    customer.type(subject=subject)
    check(customer, "Soporte")
    customer.press("Guardar y terminar después")
    customer.want_at("/drafts")
    customer.want("Guardamos su reporte sin enviar.")
    customer.follow(subject)
    customer.want_kept(subject=subject, description=description)
    check(customer, SEVERITY)
    customer.page.set_input_files(
        "#attachments", {"name": "consola.log", "mimeType": "text/plain", "buffer": b"12:58 sin datos\n"}
    )
    customer.press("Enviar reporte")
    customer.want("Recibimos su reporte", "PRW-")
    follow(stage, customer, subject)


def follow(stage, customer, subject):
    customer.follow("Ver mi ticket")
    customer.want(subject, "Recibido", "consola.log", SEVERITY)
    page = customer.page.url
    customer.page.fill("#body", "Empezó a las 12:58.")
    customer.press("Enviar mensaje")
    customer.want("Empezó a las 12:58.")
    customer.open("/tickets?q=tablero")
    customer.want(subject)
    customer.follow(subject)
    if customer.page.url != page:
        raise Lost(f"the list leads to {customer.page.url}, wanted {page}")
    customer.press("Ya quedó resuelto")
    customer.want("Cerró el ticket.", "¿Cómo le fue con este ticket?")
    customer.press("Enviar opinión", 422)
    customer.want("Elija una cara")
    check(customer, "Bien")
    customer.type(comment="Fueron rápidos")
    customer.press("Enviar opinión")
    customer.want("Recibimos su opinión.", "Fueron rápidos")
    customer.follow("Abrir un ticket de seguimiento")
    customer.want_kept(subject=subject)
