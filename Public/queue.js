// A queue that is open keeps its counts current. Rows that kept their place are replaced where they stand, so that focus and
// scroll stay; when others came, went or moved, a line offers to show them. Each row gets a box to tick: the folios of those
// that are ticked can be copied. Without this script the page is as it was made.

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

// MARK: Ticks

const bar = sheet?.querySelector("[data-picked]");
const boxes = (root = sheet) => [...root.querySelectorAll(".queue .pick input")];

function box(document, cell, label, folio) {
    const place = document.createElement(cell);
    place.className = "pick";
    place.setAttribute("role", cell === "th" ? "columnheader" : "cell");
    const words = Object.assign(document.createElement("span"), { className: "sr", textContent: label });
    const input = Object.assign(document.createElement("input"), { type: "checkbox", value: folio });
    const frame = document.createElement("label");
    frame.append(input, words);
    place.append(frame);
    return place;
}

function addBoxes(root) {
    const head = root.querySelector(".queue thead tr");
    if (!head || !bar) return;
    const page = root.ownerDocument;
    const all = box(page, "th", bar.dataset.all, "");
    all.className = "pick-all";
    head.prepend(all);
    for (const band of root.querySelectorAll(".band th")) band.colSpan += 1;
    for (const row of rows(root)) row.prepend(box(page, "td", `${bar.dataset.pick} ${row.dataset.folio}`, row.dataset.folio));
}

function tell() {
    const ticked = boxes().filter((each) => each.checked);
    const all = sheet.querySelector(".pick-all input");
    if (all) {
        all.checked = ticked.length > 0 && ticked.length === boxes().length;
        all.indeterminate = ticked.length > 0 && !all.checked;
    }
    bar.hidden = ticked.length === 0;
    const words = ticked.length === 1 ? bar.dataset.one : bar.dataset.other;
    bar.querySelector("b").textContent = ticked.length ? words.replace("#", ticked.length) : "";
}

let last = null;

function tick(event) {
    if (!event.target.matches?.(".queue input")) return;
    const every = boxes();
    if (event.target.closest(".pick-all")) {
        for (const each of every) each.checked = event.target.checked;
    } else {
        const [from, to] = [every.indexOf(last), every.indexOf(event.target)];
        if (event.shiftKey && from >= 0) {
            for (const each of every.slice(Math.min(from, to), Math.max(from, to) + 1)) each.checked = event.target.checked;
        }
        last = event.target;
    }
    tell();
}

function clear() {
    for (const each of boxes()) each.checked = false;
    tell();
}

// MARK: What is new

async function fetchPage() {
    const answer = await fetch(location.href, { redirect: "manual" });
    if (!answer.ok) return null;
    const page = new DOMParser().parseFromString(await answer.text(), "text/html").querySelector("[data-queue]");
    if (page) addBoxes(page);
    return page;
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
        const own = row.querySelector(".pick input");
        if (own && ticked.has(row.dataset.folio)) own.checked = true;
        if (row.dataset.folio === focused) row.querySelector(".what a")?.focus({ preventScroll: true });
    }
    if (bar) tell();
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

if (sheet && bar) {
    addBoxes(sheet);
    sheet.addEventListener("click", tick);
    const [copy, none] = bar.querySelectorAll("button");
    copy.addEventListener("click", () => {
        const folios = boxes().filter((each) => each.checked).map((each) => each.value);
        navigator.clipboard.writeText(folios.join("\n")).then(() => {
            bar.querySelector("b").textContent = bar.dataset.copied;
        }, () => {});
    });
    // Only pages that came over a safe connection may write there.
    copy.hidden = !navigator.clipboard;
    none.addEventListener("click", clear);
}

if (sheet && offer) {
    listen();
    window.addEventListener("pageshow", (event) => { if (event.persisted) listen(); });
}
