"""What people do from the first page to the last, with scripts and without: signing up, coming in, inviting, approving.

On every page of a journey: its status, one heading, no sideways scrolling, and with scripts axe and the HTML checker too. Each
journey closes with everything that the browser complained about meanwhile.
"""

import base64
import hashlib
import hmac
import struct
import time

from playwright.sync_api import Error

from hostile import nit
from reporting import report
from scripted import counting, drafts, files, together
from walker import Lost, Stage
from working import watch, work

PASSWORD = "tres cafés sin azúcar"
ANOTHER = "la lluvia llegó tarde"


def time_code(typed, step):
    """RFC 6238, from the key as the page shows it."""
    key = base64.b32decode(typed.replace(" ", ""))
    digest = hmac.new(key, struct.pack(">Q", step), hashlib.sha1).digest()
    start = digest[19] & 15
    return f"{(struct.unpack('>I', digest[start:start + 4])[0] & 0x7FFFFFFF) % 1_000_000:06}"


def present_step():
    return int(time.time()) // 30


def sign_up(stage):
    """A company comes by itself: two steps, faults in both, the letter, the password, the second step, the approval."""
    number = "901234567" if stage.hasScripts else "901234568"
    company = {
        "legalName": f"Sabores del Pacífico {stage.suffix} S.A.S.", "street": "Carrera 3 # 11-32", "neighborhood": "Centro",
        "city": "Cali", "region": "Valle del Cauca", "postalCode": "760044",
        "companyEmail": "contacto@sabores.example", "companyPhone": "6028857766",
    }
    email = f"mara.ocoro.{stage.suffix}@sabores.example"
    name = f"Mara Ocoró {stage.suffix}"
    mara = stage.walker("proware")
    mara.open("/signup")
    mara.pick(country="CO")
    mara.type(taxID=number, **company)
    mara.press("Continuar", 422)
    mara.want("Escriba el dígito de verificación")
    mara.want_kept(taxID=number, **company)
    mara.type(taxID=nit(number))
    mara.press("Continuar")
    mara.want("paso 2 de 2", company["legalName"])
    mara.type(name=name, email="mara@@sabores.example")
    mara.press("Crear cuenta", 422)
    mara.want("Un correo tiene una sola @")
    mara.want_kept(name=name, email="mara@@sabores.example")
    mara.press("Volver")
    mara.want_kept(**company)
    mara.press("Continuar")
    mara.want_kept(name=name)
    mara.type(email=email)
    mara.press("Crear cuenta")
    mara.want_at("/signup/sent")
    mara.want(email)
    admin = stage.walker("proware", stage.cast.of("proware", "admin"))
    first_password(mara, admin.link_for(email), email)
    two_step(mara, email)
    identity(stage, name)
    admin.open("/organizations?state=pending")
    admin.follow(company["legalName"])
    admin.press("Aprobar")
    admin.want("La organización está activa.")
    mara.open("/")
    mara.want_not("Estamos revisando el registro")
    mara.log_out()


def first_password(mara, link, email):
    mara.open(link)
    mara.want(email)
    mara.type(password=PASSWORD, again=PASSWORD + " no", answer="Colegio Río Verde")
    mara.pick(question="school")
    mara.press("Guardar contraseña", 422)
    mara.want("Las dos contraseñas no son iguales")
    mara.type(password=PASSWORD, again=PASSWORD, answer="Colegio Río Verde")
    mara.press("Guardar contraseña")
    mara.want_at("/login")
    mara.want("Su contraseña quedó guardada.")
    mara.open(link, 404)
    mara.want("Este enlace ya se usó o venció")
    mara.open("/login")
    mara.type(email=email, password="no es esta")
    mara.press("Entrar", 422)
    mara.want("El correo o la contraseña no coinciden")
    mara.type(password=PASSWORD)
    mara.press("Entrar")
    mara.want("Estamos revisando el registro de su organización.")


def two_step(mara, email):
    mara.open("/profile/two-step")
    mara.page.fill("#start-password", "no es esta")
    mara.press("Empezar", 422)
    mara.page.fill("#start-password", PASSWORD)
    mara.press("Empezar")
    key = mara.text("main .code-key")
    mara.type(code="12345")
    mara.press("Activar", 422)
    step = present_step()
    mara.type(code=time_code(key, step))
    mara.press("Activar")
    if mara.page.locator("main ol.codes li").count() != 10:
        raise Lost("the page does not show ten recovery codes")
    paper = mara.text("main ol.codes li")
    with mara.page.expect_download() as saving:
        mara.page.get_by_role("button", name="Descargar como texto").click()
    if paper not in open(saving.value.path(), encoding="utf-8").read():
        raise Lost("the downloaded file does not have the codes")
    mara.follow("Ya los guardé")
    mara.log_out()
    mara.open("/login")
    mara.type(email=email, password=PASSWORD)
    mara.press("Entrar")
    mara.want_at("/login/code")
    # The code that set it up counted once; the next one is good already, since clocks differ.
    mara.type(code=time_code(key, step))
    mara.press("Entrar", 422)
    mara.want("El código no coincide o ya se usó")
    mara.type(code=time_code(key, max(step + 1, present_step())))
    mara.press("Entrar")
    mara.log_out()
    mara.open("/login")
    mara.type(email=email, password=PASSWORD)
    mara.press("Entrar")
    mara.follow("No tengo mi teléfono")
    mara.type(code=paper)
    mara.press("Entrar")
    mara.want("Entró con un código de recuperación.")


def identity(stage, name):
    """A technician knows who calls by what the person answers."""
    technician = stage.walker("proware", stage.cast.of("proware", "technician"))
    technician.open("/people")
    technician.type(q=name.replace("ó", "o"))
    technician.press("Buscar")
    technician.follow(name)
    technician.follow("Comprobar su identidad")
    technician.want("¿Cómo se llamaba su primera escuela?")
    field = technician.page.locator("main form .in").first
    field.fill("Escuela del Río")
    technician.press("Comparar respuesta", 422)
    technician.want("No coincide")
    field.fill("COLEGIO RIO VERDE")
    technician.press("Comparar respuesta")
    technician.want("Coincide: la respuesta es la que esa persona guardó.")


def forgotten(stage):
    """A password is forgotten: the letter's link sets another and ends what was open."""
    people = [login for login in stage.cast.logins if login.tenant == "factupronto" and login.role == "customer"]
    login = people[2 if stage.hasScripts else 4]
    elsewhere = stage.walker("factupronto", login)
    elsewhere.open("/profile")
    walker = stage.walker("factupronto")
    walker.open("/login")
    walker.follow("Olvidé mi contraseña")
    walker.type(email="sin arroba")
    walker.press("Enviar enlace", 422)
    walker.want_kept(email="sin arroba")
    walker.type(email=login.email)
    walker.press("Enviar enlace")
    walker.want("Si ese correo tiene cuenta, le llegará un enlace")
    admin = stage.walker("factupronto", stage.cast.of("factupronto", "admin"))
    walker.open(admin.link_for(login.email))
    walker.type(password=ANOTHER, again=ANOTHER)
    walker.press("Guardar contraseña")
    walker.type(email=login.email, password=login.password)
    walker.press("Entrar", 422)
    walker.type(password=ANOTHER)
    walker.press("Entrar")
    walker.want_at("/")
    elsewhere.open("/profile")
    elsewhere.want_at("/login")


def administration(stage):
    """An admin invites somebody, takes people in from a file once it is good, and signs a plan that a manager accepts."""
    admin = stage.walker("proware", stage.cast.of("proware", "admin"))
    email = f"hernan.zuluaga.{stage.suffix}@proware.example"
    admin.open("/people")
    admin.follow("Invitar a una persona")
    admin.type(name="Hernán Zuluaga", email=email)
    admin.pick(role="technician", level="")
    admin.press("Enviar la invitación", 422)
    admin.want("Elija el nivel del técnico")
    admin.want_kept(name="Hernán Zuluaga", email=email, role="technician")
    admin.pick(level="2")
    admin.press("Enviar la invitación")
    admin.want("Invitación enviada.")
    admin.link_for(email)
    imported(stage, admin)


def imported(stage, admin):
    good = f"nombre,correo\nIrma Tascón,irma.{stage.suffix}@ceiba.example\nPío Lemos,pio.{stage.suffix}@ceiba.example\n"
    admin.open("/people")
    admin.follow("Importar")
    send_file(admin, "personas.csv", good.replace("pio.", "pio@"))
    admin.press("Revisar el archivo", 422)
    admin.want("El archivo tiene algo que corregir", "Un correo tiene una sola @", "3", "correo")
    send_file(admin, "personas.csv", good)
    admin.press("Revisar el archivo")
    admin.want("2 personas", "Irma Tascón", "Pío Lemos")
    admin.press("Agregar a estas personas")
    admin.want("Personas agregadas.")
    admin.type(q="Tascon")
    admin.press("Buscar")
    admin.want(f"irma.{stage.suffix}@ceiba.example")


def send_file(walker, name, text):
    walker.page.set_input_files("#file", {"name": name, "mimeType": "text/csv", "buffer": text.encode()})


def agreement(stage):
    """A plan is signed with a company, and its manager accepts it."""
    people = [login for login in stage.cast.logins if login.tenant == "bizflow" and login.role == "customer"]
    number, login = (1, people[0]) if stage.hasScripts else (2, people[2])
    admin = stage.walker("bizflow", stage.cast.of("bizflow", "admin"))
    admin.open(f"/organizations/{number}")
    admin.open(f"/admin/organizations/{number}/agreement")
    admin.type(months="x")
    admin.page.check("#plan")
    admin.press("Firmar un plan", 422)
    admin.want_kept(months="x")
    admin.type(months="12")
    admin.press("Firmar un plan")
    admin.want("Todavía no")
    manager = stage.walker("bizflow", login, size=(390, 844))
    manager.open("/organization/agreement")
    manager.press("Aceptar el contrato")
    manager.want("El contrato está aceptado.")
    admin.open(f"/admin/organizations/{number}/agreement/notice")


def colleagues(stage):
    """A manager invites two: one whom nobody knows, and one of another company, who accepts."""
    manager = stage.walker("proware", stage.cast.of("proware", "manager"), size=(390, 844))
    email = f"efren.valbuena.{stage.suffix}@ceiba.example"
    manager.open("/organization")
    manager.follow("Administrar las personas")
    manager.type(name="Efrén Valbuena", email="efrén@ceiba.example")
    manager.press("Enviar la invitación", 422)
    manager.want_kept(name="Efrén Valbuena", email="efrén@ceiba.example")
    manager.type(email=email)
    manager.press("Enviar la invitación")
    manager.want("Invitación enviada.", email, "Invitado")
    manager.press(f"Retirar la invitación ({email})")
    manager.want("Invitación retirada.")
    manager.want_not(email)
    people = [login for login in stage.cast.logins if login.tenant == "proware" and login.role == "customer"]
    login, name = (people[2], "Gustavo Pinilla") if stage.hasScripts else (people[4], "Ligia Esther Cabarcas")
    manager.type(name="Quien Sea", email=login.email)
    manager.press("Enviar la invitación")
    manager.want("Invitación enviada.", login.email, "Quien Sea")
    invited = stage.walker("proware", login)
    invited.open("/")
    invited.follow("Le invitan a una organización: vea la invitación y decida.")
    invited.look(f"{stage.journey}: the invitation")
    invited.press("Aceptar (Almacenes La Ceiba S.A.S.)")
    invited.want("Ya es parte de la organización.")
    manager.open("/organization/people")
    manager.want_not("Quien Sea")
    manager.press(f"Quitar ({name})")
    manager.want("Ya no pertenece a la organización.")
    manager.want_not(login.email)


def two_organizations(stage):
    """A customer who is in two organizations goes from one to the other."""
    people = [login for login in stage.cast.logins if login.tenant == "proware" and login.role == "customer"]
    login, number, other = (
        (people[1], 7, "Transportes El Roble Ltda.") if stage.hasScripts else (people[3], 9, "Almacenes La Ceiba S.A.S.")
    )
    admin = stage.walker("proware", stage.cast.of("proware", "admin"))
    admin.open(f"/people/{number}")
    admin.type(organization="Nadie S.A.S.")
    admin.press("Agregar a la organización", 422)
    admin.want_kept(organization="Nadie S.A.S.")
    admin.type(organization=other)
    admin.press("Agregar a la organización")
    customer = stage.walker("proware", login)
    customer.open("/organizations/choose")
    customer.page.get_by_label(other).check()
    customer.press("Continuar")
    customer.want("Ahora está aquí por la organización que eligió.")
    customer.open("/organization")
    customer.want(other, within="main h1")


def ending(stage):
    """A session is about to end: it is said in time, what was typed is kept, and it comes back."""
    if not stage.hasScripts:
        return
    people = [login for login in stage.cast.logins if login.tenant == "seres" and login.role == "customer"]
    walker = stage.walker("seres", people[4], clock=True)
    page, dialog = walker.page, walker.page.locator("dialog#session")
    walker.open("/profile")
    page.fill("#name", "Dolores Navarrete Pineda")
    page.clock.fast_forward(7 * 60_000)
    if dialog.is_visible():
        raise Lost("the dialog opens before the last two minutes")
    with page.expect_response(f"{walker.root}/drafts") as kept:
        page.clock.fast_forward(90_000)
    if kept.value.status != 200 and kept.value.status != 201:
        raise Lost(f"the draft was answered {kept.value.status}")
    dialog.wait_for(state="visible")
    walker.want("Su sesión se cerrará en 2 minutos.", within="dialog#session")
    walker.look(f"{stage.journey}: the dialog")
    with page.expect_response(f"{walker.root}/session/stay"):
        dialog.get_by_role("button", name="Seguir aquí").click()
    dialog.wait_for(state="hidden")
    page.clock.fast_forward(11 * 60_000)
    dialog.wait_for(state="visible")
    walker.want("Su sesión se cerró.", within="dialog#session")
    walker.open("/drafts")
    walker.want("Mi perfil", "Dolores Navarrete Pineda")
    walker.open("/profile")
    page.get_by_role("button", name="Recuperar lo que escribió").click()
    walker.want_kept(name="Dolores Navarrete Pineda")
    walker.press("Guardar")
    walker.want("Guardó su perfil.")
    page.wait_for_load_state("networkidle")
    walker.open("/drafts")
    walker.want("No hay borradores")


JOURNEYS = [sign_up, forgotten, administration, agreement, colleagues, two_organizations, ending, report, work, watch, files, drafts, together, counting]


def attempt(stage, journey):
    stage.journey = journey.__name__.replace("_", " ")
    faults = []
    try:
        journey(stage)
    except Lost as lost:
        faults.append(str(lost))
    except Error as error:
        where = stage.walkers[-1].page.url if stage.walkers else "nowhere"
        faults.append(f"{' '.join(str(error).splitlines()[:3])} ({where})")
    stage.tally.note(f"{stage.journey}, {'scripts' if stage.hasScripts else 'no scripts'}", [*faults, *stage.close()])


def walk(browser, base, cast, tally, only=None):
    """Every journey; gives back the HTML of their pages."""
    markup = {}
    for hasScripts in (True, False):
        stage = Stage(browser, base, cast, tally, hasScripts, markup)
        for journey in JOURNEYS:
            if only in (None, journey.__name__):
                attempt(stage, journey)
    return markup
