// The staff's page of a ticket: says who else looks at it and that something happened meanwhile, fills in canned answers, and
// takes keys. All of it can be done without: by loading the page, by the button "Insert", by links and buttons.

const page = document.querySelector("[data-presence]");
const composer = document.querySelector("#form-message");
const body = document.querySelector("#body");
const secondsBetween = 15;
const switchedOff = "keys-off";

// MARK: Who is here

let news = false;

async function ask() {
    if (document.visibilityState !== "visible") return;
    const version = document.querySelector("input[name=version]")?.value ?? "";
    try {
        const answer = await fetch(`${page.dataset.presence}?version=${version}`, { redirect: "manual" });
        if (!answer.ok) return;
        const told = await answer.json();
        const place = document.querySelector("#presence");
        if (place.textContent.trim() !== told.text) place.textContent = told.text;
        if (told.news && !news) tell(told);
    } catch {
        // The next time will do.
    }
}

function tell(told) {
    news = true;
    const banner = document.createElement("p");
    banner.className = "banner act";
    banner.setAttribute("role", "status");
    const link = document.createElement("a");
    link.href = location.pathname;
    link.textContent = told.reload;
    banner.append(`${told.news} `, link);
    composer?.before(banner);
}

if (page) {
    setInterval(ask, secondsBetween * 1000);
    document.addEventListener("visibilitychange", ask);
    addEventListener("pagehide", () => fetch(`${page.dataset.presence}?leaving=1`, { keepalive: true }).catch(() => {}));
}

// MARK: Canned answers

document.querySelector("#canned")?.addEventListener("change", async (event) => {
    const chosen = event.target.value;
    if (!chosen) return;
    const answer = await fetch(composer.dataset.answers + chosen, { redirect: "manual" });
    if (!answer.ok) return;
    const text = await answer.text();
    body.value = body.value ? `${body.value}\n\n${text}` : text;
    event.target.value = "";
    body.dispatchEvent(new Event("input", { bubbles: true }));
    body.focus();
});

// MARK: What a link leads to opens

function open(id) {
    const target = id && document.getElementById(id);
    if (!target) return false;
    for (let place = target; place; place = place.parentElement) if (place.matches("details")) place.open = true;
    target.scrollIntoView({ block: "center" });
    target.querySelector("select, input:not([type=hidden]), textarea")?.focus();
    return true;
}

// The skip link leads to the page's content, not to its first field.
addEventListener("hashchange", () => { if (location.hash !== "#main") open(location.hash.slice(1)); });
document.addEventListener("click", (event) => {
    const link = event.target.closest?.("a[href^='#form-']");
    if (link) setTimeout(open, 0, link.hash.slice(1));
});

// MARK: Keys

const sheet = document.querySelector("dialog#keys");
let goesOn = false;

function write(visibility) {
    if (!composer) return;
    const choice = document.querySelector(`#visibility-${visibility}`);
    if (choice) choice.checked = true;
    composer.scrollIntoView({ block: "center" });
    body.focus();
}

const follow = (rel) => document.querySelector(`.ticket-head a[rel=${rel}]`)?.click();
const queue = document.querySelector(".ticket-head a.step")?.href;
const places = { t: "", m: "/mine", s: "/unassigned", v: "/breached" };

const acts = {
    r: () => write("public"), c: () => write("internal"), x: () => write("internal"),
    a: () => open("form-assignment"), s: () => open("form-status"), p: () => open("form-severity"),
    e: () => open("form-level"), j: () => follow("next"), k: () => follow("prev"), "?": () => sheet?.showModal(),
};

function isSilent(event) {
    return event.ctrlKey || event.metaKey || event.altKey || event.getModifierState("AltGraph") || event.isComposing
        || event.repeat || document.querySelector("dialog[open]") || localStorage.getItem(switchedOff)
        || event.target.closest?.("input, textarea, select, [contenteditable]");
}

document.addEventListener("keydown", (event) => {
    if (event.key === "Enter" && event.ctrlKey && event.target === body) return composer.requestSubmit(document.querySelector("#send"));
    if (isSilent(event)) return;
    if (goesOn) {
        goesOn = false;
        if (event.key in places && queue) location.href = queue + places[event.key];
        return;
    }
    if (event.key === "g") {
        goesOn = true;
        setTimeout(() => { goesOn = false; }, 1500);
    } else if (event.key in acts) {
        event.preventDefault();
        acts[event.key]();
    }
});

const use = document.querySelector("#keys-use");
if (use) use.checked = !localStorage.getItem(switchedOff);
use?.addEventListener("change", (event) => {
    if (event.target.checked) localStorage.removeItem(switchedOff);
    else localStorage.setItem(switchedOff, "1");
});
