// The toast that tells what a form did leaves after eight seconds, never while somebody points at it or has focus in it.
// Without this script it stays, which is fine.

const seconds = 8;

for (const toast of document.querySelectorAll("main > .toast")) {
    let timer = 0;
    const isHeld = () => toast.matches(":hover, :focus-within");
    const leave = () => (isHeld() ? wait() : toast.remove());
    const wait = () => {
        clearTimeout(timer);
        timer = setTimeout(leave, seconds * 1000);
    };
    for (const event of ["pointerleave", "focusout"]) {
        toast.addEventListener(event, wait);
    }
    wait();
}
