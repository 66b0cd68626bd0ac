// Clocks go on counting by the server's clock: every half minute the words of each badge that has data-due, and its look when
// little is left or nothing is. That the one of an open ticket turned is said aloud. Without this script they are right at the
// moment of the page.

const seconds = 30;
const words = document.querySelector("[data-clock-now]")?.dataset;
// By how much the server's clock is ahead of this computer's.
const offset = words ? Number(words.clockNow) - Date.now() / 1000 : 0;
const now = () => Math.floor(offset + Date.now() / 1000);

function duration(left) {
    const minutes = Math.floor(Math.max(0, left) / 60);
    const [days, hours, rest] = [Math.floor(minutes / 1440), Math.floor(minutes / 60) % 24, minutes % 60];
    const parts = days
        ? [[days, "d"], [hours, "h"]]
        : [[hours, "h"], [hours ? String(rest).padStart(2, "0") : rest, "min"]];
    const shown = parts.filter(([amount]) => Number(amount));
    const isOne = shown.length < 2 && Number(shown[0]?.[0] ?? 1) === 1;
    return { text: shown.map((part) => part.join(" ")).join(" ") || words.least, isOne };
}

const looks = { "on-time": "clock", soon: "hourglass", late: "late" };

function say(text) {
    let region = document.querySelector("#clock-news");
    if (!region) {
        region = Object.assign(document.createElement("p"), { id: "clock-news", className: "sr" });
        region.setAttribute("role", "status");
        document.querySelector("main")?.append(region);
    }
    region.textContent = text;
}

// What to say where it turned.
function refresh(badge) {
    const time = now();
    const { due, soon, closes } = badge.dataset;
    // Out of hours it is another badge, which the server makes.
    if (closes && time >= Number(closes)) return;
    const state = time >= Number(due) ? "late" : time >= Number(soon) ? "soon" : "on-time";
    const { text, isOne } = duration(Math.abs(Number(due) - time));
    const phrase = state === "late" ? words.late : state === "soon" ? words.soon : isOne ? words.leftOne : words.leftOther;
    badge.querySelector("b").textContent = phrase.replace("{time}", text);
    if (badge.classList.contains(state)) return;
    badge.classList.remove(...Object.keys(looks));
    badge.classList.add(state);
    const icon = badge.querySelector("use");
    icon?.setAttribute("href", icon.getAttribute("href").replace(/#.*/, `#${looks[state]}`));
    const name = badge.closest(".clockline")?.querySelector("h2")?.textContent;
    return name && `${name}: ${badge.textContent.trim()}`;
}

// Those that turned together are said together.
function refreshAll() {
    const turned = [...document.querySelectorAll(".clock[data-due]")].map(refresh).filter(Boolean);
    if (turned.length) say(turned.join(". "));
}

if (words) {
    setInterval(refreshAll, seconds * 1000);
    // A page that slept in the background.
    document.addEventListener("visibilitychange", () => document.hidden || refreshAll());
}
