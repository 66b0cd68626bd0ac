// A queue that is open keeps its counts current. Rows that kept their place are replaced where they stand, so that focus and
// scroll stay; when others came, went or moved, a line offers to show them. Without this script the page is as it was made.

const sheet = document.querySelector("[data-queue]");
const offer = sheet?.querySelector("[data-changes]");

const rows = (root) => [...root.querySelectorAll("tr[data-folio]")];
const place = (row) => `${row.dataset.folio} ${row.closest("tbody").querySelector(".band th")?.firstChild.textContent ?? ""}`;

function showCounts(counts) {
    for (const mark of document.querySelectorAll("[data-count]")) {
        const count = counts[mark.dataset.count];
        if (!count) continue;
        if (mark.textContent !== count[0]) mark.textContent = count[0];
        mark.className = `n ${count[1]}`;
    }
}

async function fetchPage() {
    const answer = await fetch(location.href, { redirect: "manual" });
    if (!answer.ok) return null;
    const page = new DOMParser().parseFromString(await answer.text(), "text/html");
    return page.querySelector("[data-queue]");
}

// Cell by cell: the one that has focus or a tick is left alone.
function refresh(row, fresh) {
    [...row.cells].forEach((cell, index) => {
        const other = fresh.cells[index];
        if (!other || cell.innerHTML === other.innerHTML || cell.contains(document.activeElement)) return;
        if (cell.querySelector("input")) return;
        cell.className = other.className;
        cell.replaceChildren(...other.childNodes);
    });
}

function show(fresh) {
    const focused = document.activeElement?.closest?.("tr[data-folio]")?.dataset.folio;
    const ticked = new Set(rows(sheet).filter((row) => row.querySelector("input:checked")).map((row) => row.dataset.folio));
    const scroll = window.scrollY;
    for (const selector of [".queue", ".pager", ".empty", "h1"]) {
        const old = sheet.querySelector(selector);
        const other = fresh.querySelector(selector);
        if (old && other) old.replaceWith(other);
        else if (old) old.remove();
        else if (other) offer.after(other);
    }
    for (const row of rows(sheet)) {
        const box = row.querySelector("input[type=checkbox]");
        if (box && ticked.has(row.dataset.folio)) box.checked = true;
        if (row.dataset.folio === focused) row.querySelector(".what a")?.focus({ preventScroll: true });
    }
    window.scrollTo(0, scroll);
    offer.hidden = true;
    sheet.dataset.version = fresh.dataset.version;
}

async function compare() {
    const fresh = await fetchPage();
    if (!fresh) return;
    const before = rows(sheet);
    const after = rows(fresh);
    const known = new Set(before.map(place));
    const moved = after.filter((row) => !known.has(place(row))).length;
    const gone = new Set(after.map(place));
    const changes = Math.max(moved, before.filter((row) => !gone.has(place(row))).length);
    if (changes === 0 && before.every((row, index) => place(row) === place(after[index]))) {
        before.forEach((row, index) => refresh(row, after[index]));
        sheet.dataset.version = fresh.dataset.version;
        return;
    }
    const count = Math.max(1, changes);
    offer.firstElementChild.textContent = (count === 1 ? offer.dataset.one : offer.dataset.other).replace("#", count);
    offer.hidden = false;
    offer.querySelector("button").onclick = () => show(fresh);
}

function listen() {
    const source = new EventSource(sheet.dataset.queue);
    let wait = 0;
    source.addEventListener("counts", (event) => {
        const { version, counts } = JSON.parse(event.data);
        showCounts(counts);
        if (String(version) === sheet.dataset.version) return;
        // Many things may happen at once; one look is enough.
        clearTimeout(wait);
        wait = setTimeout(compare, 1000);
    });
    window.addEventListener("pagehide", () => source.close());
}

if (sheet && offer) {
    listen();
    window.addEventListener("pageshow", (event) => { if (event.persisted) listen(); });
}
