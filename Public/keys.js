// Keys of the desk. In a queue j and k move the focus from ticket to ticket, o opens the one that has it, x ticks it where rows
// are ticked. On a ticket j and k go to its neighbours, and others to what is done there. Everywhere / goes to the search, g and
// a letter to a queue, and ? opens the sheet that says all this. Silent in fields and dialogs, with Ctrl, Alt, AltGr or Meta, and
// for whoever switched keys off in that sheet. All of it can be done without: they are links and buttons.

const switchedOff = "keys-off";
const sheet = document.querySelector("dialog#keys");
const list = document.querySelector("[data-queue]");
const composer = document.querySelector("#form-message");
const queue = document.querySelector(".top .nav a[href$='/queue']")?.getAttribute("href");
const places = { t: "", m: "/mine", s: "/unassigned", v: "/breached" };

// MARK: In a queue

const row = () => document.activeElement?.closest?.("tr[data-folio]");

function move(step) {
    const links = [...list.querySelectorAll(".queue .what a")];
    if (!links.length) return;
    const index = links.findIndex((link) => row()?.contains(link));
    const next = index < 0 ? (step > 0 ? 0 : links.length - 1) : Math.min(links.length - 1, Math.max(0, index + step));
    links[next].focus();
    links[next].closest("tr").scrollIntoView({ block: "nearest" });
}

const actsOfList = {
    j: () => move(1), k: () => move(-1), o: () => row()?.querySelector(".what a")?.click(),
    x: () => row()?.querySelector("input[type=checkbox]")?.click(),
};

// MARK: On a ticket

const fields = "select, input:not([type=hidden]), textarea";

// What a link or a key leads to opens.
function open(id) {
    const target = id && document.getElementById(id);
    if (!target) return;
    for (let place = target; place; place = place.parentElement) if (place.matches("details")) place.open = true;
    target.scrollIntoView({ block: "center" });
    const field = target.matches("input") ? target : target.querySelector("#body") ?? target.querySelector(fields);
    field?.focus();
}

function write(visibility) {
    if (!composer) return;
    const choice = document.querySelector(`#visibility-${visibility}`);
    if (choice) choice.checked = true;
    open("form-message");
}

const follow = (rel) => document.querySelector(`.ticket-place a[rel=${rel}]`)?.click();

const actsOfTicket = {
    r: () => write("public"), c: () => write("internal"), x: () => write("internal"), a: () => open("form-assignment"),
    s: () => open("form-status"), p: () => open("form-severity"), e: () => open("form-level"),
    j: () => follow("next"), k: () => follow("prev"),
};

// MARK: Keys

const acts = {
    ...(list ? actsOfList : actsOfTicket),
    "?": () => sheet.showModal(), "/": () => (list ? open("q") : queue && (location.href = `${queue}#q`)),
};

function isSilent(event) {
    return event.ctrlKey || event.metaKey || event.altKey || event.getModifierState("AltGraph") || event.isComposing
        || event.repeat && !(list && "jk".includes(event.key)) || event.defaultPrevented
        || document.querySelector("dialog[open]") || localStorage.getItem(switchedOff)
        || event.target.closest?.("input:not([type=checkbox]), textarea, select, [contenteditable]");
}

let goesOn = false;

function pressed(event) {
    if (event.key === "Enter" && event.ctrlKey && event.target.id === "body") {
        composer?.requestSubmit(composer.querySelector("#send"));
    } else if (isSilent(event)) {
        goesOn = false;
    } else if (goesOn) {
        goesOn = false;
        if (queue && Object.hasOwn(places, event.key)) location.href = queue + places[event.key];
    } else if (event.key === "g") {
        goesOn = true;
        setTimeout(() => { goesOn = false; }, 1500);
    } else if (Object.hasOwn(acts, event.key)) {
        event.preventDefault();
        acts[event.key]();
    }
}

if (sheet) {
    document.addEventListener("keydown", pressed);
    // The skip link leads to the page's content, not to its first field.
    addEventListener("hashchange", () => { if (location.hash !== "#main") open(location.hash.slice(1)); });
    document.addEventListener("click", (event) => {
        const link = event.target.closest?.("a[href^='#form-']");
        if (link) setTimeout(open, 0, link.hash.slice(1));
    });
    if (location.hash === "#q" || location.hash.startsWith("#form-")) open(location.hash.slice(1));
    for (const button of document.querySelectorAll("[data-opens-keys]")) {
        button.hidden = false;
        button.addEventListener("click", () => sheet.showModal());
    }
    const use = sheet.querySelector("#keys-use");
    use.checked = !localStorage.getItem(switchedOff);
    use.addEventListener("change", () => {
        if (use.checked) localStorage.removeItem(switchedOff);
        else localStorage.setItem(switchedOff, "1");
    });
}
