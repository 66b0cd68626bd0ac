// The staff's page of a ticket: says who else looks at it and that something happened meanwhile, and fills in canned answers.
// All of it can be done without: by loading the page, by the button "Insert".

const page = document.querySelector("[data-presence]");
const composer = document.querySelector("#form-message");
const body = document.querySelector("#body");
const secondsBetween = 15;

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
