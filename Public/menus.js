// A menu made of <details class="more"> closes on Escape (giving focus back to its summary), on a press outside it,
// and when focus goes elsewhere. Without this script its summary opens and closes it.

const openMenus = () => document.querySelectorAll("details.more[open]");

document.addEventListener("keydown", (event) => {
    if (event.key !== "Escape") return;
    for (const menu of openMenus()) {
        const hadFocus = menu.contains(document.activeElement);
        menu.open = false;
        if (hadFocus) menu.querySelector("summary").focus();
    }
});

function closeUnlessInside(target) {
    for (const menu of openMenus()) {
        if (!menu.contains(target)) menu.open = false;
    }
}

document.addEventListener("pointerdown", (event) => closeUnlessInside(event.target));
document.addEventListener("focusin", (event) => closeUnlessInside(event.target));
