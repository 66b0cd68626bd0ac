// A form that is on its way is not sent again by a second press: its button keeps its name and adds "…".
// The server recognises a repeated form by itself; this only says that the first press was heard.

const patienceSeconds = 15;

function release(form) {
    delete form.dataset.sending;
    for (const button of form.querySelectorAll("[data-sending]")) {
        delete button.dataset.sending;
        button.lastChild?.remove();
    }
}

document.addEventListener("submit", (event) => {
    const form = event.target;
    if (form.getAttribute("method")?.toLowerCase() !== "post" || event.defaultPrevented) return;
    if ("sending" in form.dataset) {
        event.preventDefault();
        return;
    }
    form.dataset.sending = "";
    if (event.submitter) {
        event.submitter.dataset.sending = "";
        event.submitter.append("…");
    }
    // An answer that is a download leaves the page standing: give the button back.
    setTimeout(release, patienceSeconds * 1000, form);
});

// Coming back with the browser's button shows the page as it was left.
window.addEventListener("pageshow", () => document.querySelectorAll("form[data-sending]").forEach(release));
