// Keys of a queue: j and k move the focus from ticket to ticket, o opens the one that has it, x ticks it where rows are ticked,
// / goes to the search, g and a letter to another queue. Silent in fields and dialogs, and with Ctrl, Alt, AltGr or Meta;
// whoever switched keys off has none. All of it can be done without: they are links.

const switchedOff = "keys-off";
const queue = document.querySelector(".views a")?.getAttribute("href");
const places = { t: "", m: "/mine", s: "/unassigned", v: "/breached" };
let goesOn = false;

function isSilent(event) {
    return event.ctrlKey || event.metaKey || event.altKey || event.getModifierState("AltGraph") || event.isComposing
        || event.defaultPrevented || document.querySelector("dialog[open]") || localStorage.getItem(switchedOff)
        || event.target.closest?.("input:not([type=checkbox]), textarea, select, [contenteditable]");
}

const row = () => document.activeElement?.closest?.("tr[data-folio]");

function move(step) {
    const links = [...document.querySelectorAll(".queue .what a")];
    if (!links.length) return;
    const index = links.findIndex((link) => row()?.contains(link));
    const next = index < 0 ? (step > 0 ? 0 : links.length - 1) : Math.min(links.length - 1, Math.max(0, index + step));
    links[next].focus();
    links[next].closest("tr").scrollIntoView({ block: "nearest" });
}

const acts = {
    j: () => move(1), k: () => move(-1), o: () => row()?.querySelector(".what a")?.click(),
    x: () => row()?.querySelector("input[type=checkbox]")?.click(), "/": () => document.querySelector("#q")?.focus(),
};

if (document.querySelector("[data-queue]")) document.addEventListener("keydown", (event) => {
    if (isSilent(event)) return;
    if (goesOn) {
        goesOn = false;
        if (event.key in places) location.href = queue + places[event.key];
    } else if (event.key === "g" && !event.repeat) {
        goesOn = true;
        setTimeout(() => { goesOn = false; }, 1500);
    } else if (event.key in acts) {
        event.preventDefault();
        acts[event.key]();
    }
});
