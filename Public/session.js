// Two minutes before a session ends a dialog says so and what is typed in the page's forms is kept as a draft; whoever comes
// back to the page is offered it. Without this script the server ends the session all the same and /drafts lists drafts.

const warningSeconds = 120;
// A computer that slept comes back late to its timers: the clock is looked at again.
const longestWait = 30;
const secret = new Set(["one-time-code", "current-password", "new-password", "off"]);
const sentKey = "draft-sent";

const dialog = document.querySelector("dialog#session");
const stayForm = dialog?.querySelector("form[method=post]");
const forms = [...document.querySelectorAll("main form")].filter((form) => form.method === "post");

let idleEnd = 0;
let limitEnd = 0;
let isTold = false;
let draft = 0;
let timer = 0;

// MARK: What is typed

// A page that offers its draft by itself.
const ownForms = "form[data-keeps-draft]";

function controls(form) {
    return [...form.elements].filter((control) =>
        control.name && !control.disabled && control.matches("input, textarea, select")
        && !["hidden", "password", "file", "submit", "button"].includes(control.type) && !secret.has(control.autocomplete));
}

function isChanged(control) {
    if (control.matches("select")) return [...control.options].some((option) => option.selected !== option.defaultSelected);
    if (["checkbox", "radio"].includes(control.type)) return control.checked !== control.defaultChecked;
    return control.value !== control.defaultValue;
}

// What was picked from a list has no words of its own in a draft.
function label(control) {
    if (control.matches("select, [type=checkbox], [type=radio]")) return "";
    return control.labels?.[0]?.firstChild?.textContent.trim() || control.name;
}

// By its name where it has one: which forms stand before it may change.
const place = (form, index) => form.id || form.closest("details[id]")?.id || String(index);

// What is kept besides: files that wait for the form, which wait as long as the draft; of a page that fills itself in the
// ticket that it goes on from, too.
const carried = (form) => form.querySelectorAll(form.matches(ownForms)
    ? "input[type=hidden]:not([name=csrf], [name=key], [name=version])" : "input[name=kept]");

function typed() {
    const entries = [];
    forms.forEach((form, index) => {
        const all = controls(form);
        if (!all.some(isChanged)) return;
        for (const control of all) {
            if (["checkbox", "radio"].includes(control.type) && !control.checked) continue;
            entries.push([place(form, index), control.name, label(control), control.value]);
        }
        for (const control of carried(form)) entries.push([place(form, index), control.name, "", control.value]);
    });
    return entries;
}

function fill(entries) {
    forms.forEach((form, index) => {
        const own = entries.filter(([number]) => number === place(form, index));
        if (!own.length) return;
        const fold = form.closest("details");
        if (fold) fold.open = true;
        for (const control of controls(form)) {
            const values = own.filter(([, name]) => name === control.name).map(([, , , value]) => value);
            if (["checkbox", "radio"].includes(control.type)) control.checked = values.includes(control.value);
            else if (values.length) control.value = values[0];
            control.dispatchEvent(new Event("input", { bubbles: true }));
        }
    });
}

// MARK: Drafts

function post(href, fields) {
    const key = [...crypto.getRandomValues(new Uint8Array(16))].map((byte) => byte.toString(16).padStart(2, "0")).join("");
    const body = new URLSearchParams({ csrf: stayForm.elements.csrf.value, key, ...fields });
    return fetch(href, { method: "POST", body, redirect: "manual" });
}

const discard = (id) => post(`${dialog.dataset.drafts}/${id}/discard`, {});

async function save(path = location.pathname) {
    const entries = typed();
    if (!entries.length) return;
    const title = document.querySelector(`${ownForms} #subject`)?.value.trim()
        || document.querySelector("main h1")?.textContent.trim() || "";
    const answer = await post(dialog.dataset.drafts, { path, title, fields: JSON.stringify(entries) });
    if (!answer.ok) return;
    const kept = await answer.json();
    draft = kept.id;
    return kept.kept;
}

// A form that is worked on for long is kept while one types; it says under which page.
const pauseSeconds = 3;
let pause = 0;

function keepSoon(form) {
    clearTimeout(pause);
    // Another one that is offered would be lost.
    if (document.querySelector("[data-offers-draft]")) return;
    pause = setTimeout(async () => {
        const words = await save(form.dataset.saves || location.pathname).catch(() => "");
        const told = form.querySelector("[data-kept]");
        if (words && told) told.textContent = words;
    }, pauseSeconds * 1000);
}

async function offer() {
    if (document.querySelector(ownForms)) return;
    if (!forms.some((form) => controls(form).length)) return;
    const answer = await fetch(`${dialog.dataset.drafts}?path=${encodeURIComponent(location.pathname)}`, { redirect: "manual" });
    const kept = answer.ok ? (await answer.json()).draft : null;
    if (!kept) return;
    draft = kept.id;
    // The page has filled it in already.
    if (new URLSearchParams(location.search).get("draft") === String(kept.id)) return;
    const banner = document.createElement("div");
    banner.className = "wrap row send";
    banner.setAttribute("role", "status");
    const recover = document.createElement("button");
    recover.className = "btn go";
    recover.textContent = kept.offer;
    recover.addEventListener("click", () => {
        fill(kept.fields);
        banner.remove();
    });
    const drop = document.createElement("button");
    drop.className = "btn plain";
    drop.textContent = kept.discard;
    drop.addEventListener("click", () => {
        discard(kept.id);
        draft = 0;
        banner.remove();
    });
    for (const button of [recover, drop]) button.type = "button";
    banner.append(recover, drop);
    document.querySelector("main").prepend(banner);
}

// A draft goes once its form was taken: the page after it has no faults and is no error.
function forget() {
    const id = sessionStorage.getItem(sentKey);
    sessionStorage.removeItem(sentKey);
    if (id && dialog && !document.querySelector("main .faults, main .trouble")) return discard(id);
}

// MARK: The end

function begin(idle, limit) {
    idleEnd = Date.now() + idle * 1000;
    if (limit !== undefined) limitEnd = Date.now() + limit * 1000;
    isTold = false;
    if (dialog.open) dialog.close();
    look();
}

function say(when) {
    for (const part of dialog.querySelectorAll("[data-when]")) part.hidden = part.dataset.when !== when;
    if (!dialog.open) dialog.showModal();
}

function look() {
    clearTimeout(timer);
    const left = (Math.min(idleEnd, limitEnd) - Date.now()) / 1000;
    if (left <= 0) {
        say("over");
        return;
    }
    if (left <= warningSeconds && !isTold) {
        isTold = true;
        say(limitEnd <= idleEnd ? "limit" : "ending");
        save();
    }
    const next = isTold ? left : left - warningSeconds;
    timer = setTimeout(look, Math.max(0.1, Math.min(next, longestWait)) * 1000);
}

if (dialog) {
    // Another page of the same session that is used prolongs this one too.
    const others = new BroadcastChannel(stayForm.action);
    others.addEventListener("message", (event) => begin(event.data));
    stayForm.addEventListener("submit", async (event) => {
        event.preventDefault();
        const answer = await fetch(stayForm.action, {
            method: "POST", body: new URLSearchParams(new FormData(stayForm)), redirect: "manual",
        });
        if (answer.ok) {
            const seconds = Number(answer.headers.get("Session-Seconds"));
            begin(seconds);
            others.postMessage(seconds);
        } else if (answer.type === "opaqueredirect") {
            idleEnd = 0;
            look();
        }
    });
    dialog.querySelector("a").href = location.pathname + location.search;
    document.addEventListener("submit", (event) => {
        if (event.defaultPrevented || !forms.includes(event.target)) return;
        clearTimeout(pause);
        // What is kept while one types is forgotten with its form, by the server.
        if (draft && !event.target.matches("[data-saves]")) sessionStorage.setItem(sentKey, draft);
    });
    document.addEventListener("input", (event) => {
        const form = event.target.closest?.("form[data-saves]");
        if (form) keepSoon(form);
    });
    document.addEventListener("visibilitychange", () => document.hidden || look());
    const { idleSeconds, limitSeconds } = document.body.dataset;
    begin(Number(idleSeconds), Number(limitSeconds));
    others.postMessage(Number(idleSeconds));
    Promise.resolve(forget()).then(offer);
} else {
    forget();
}
