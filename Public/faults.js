// A form that came back with faults opens on its summary, so that keyboard and screen reader start there.

document.querySelector("main .faults[role=alert]")?.focus();
