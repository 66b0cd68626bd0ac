// Files are dropped and pasted where they can be chosen, and what is too large is said before it is sent.
// The list that the browser sends is the input's own: without this script the input alone does all of it.

for (const field of document.querySelectorAll("[data-files]")) {
    const input = field.querySelector("input[type=file]");
    const { mostBytes, mostTogether, mostFiles, large, together, many, remove } = field.dataset;
    const list = document.createElement("ul");
    list.className = "files";
    list.setAttribute("role", "list");
    list.hidden = true;
    const notice = document.createElement("p");
    notice.className = "error";
    notice.setAttribute("role", "status");
    notice.hidden = true;
    input.parentElement.after(notice, list);

    // What the input had before somebody picked again, which would replace it.
    let held = [];

    const room = () => Number(mostFiles) - field.querySelectorAll("input[name=kept]").length;

    const number = new Intl.NumberFormat(document.documentElement.lang, { maximumFractionDigits: 1 });
    const size = (bytes) => (bytes < 1024 * 1024
        ? `${number.format(Math.max(1, Math.round(bytes / 1024)))} KB` : `${number.format(bytes / 1024 / 1024)} MB`);

    const show = () => {
        list.replaceChildren(...Array.from(input.files, (file, index) => {
            const row = document.createElement("li");
            row.className = "file";
            const text = document.createElement("span");
            const detail = document.createElement("small");
            detail.textContent = size(file.size);
            text.append(file.name, detail);
            const button = document.createElement("button");
            button.type = "button";
            button.className = "btn plain";
            button.textContent = remove;
            button.setAttribute("aria-label", `${remove} ${file.name}`);
            button.addEventListener("click", () => {
                keep(Array.from(input.files).filter((_, other) => other !== index));
                input.focus();
            });
            row.append(text, button);
            return row;
        }));
        list.hidden = input.files.length === 0;
    };

    const keep = (files) => {
        const tooLarge = files.filter((file) => file.size > Number(mostBytes));
        const good = files.filter((file) => file.size <= Number(mostBytes));
        const said = tooLarge.map((file) => `${file.name} ${large}`);
        if (good.length > room()) said.push(many);
        const transfer = new DataTransfer();
        let bytes = 0;
        for (const file of good.slice(0, Math.max(0, room()))) {
            bytes += file.size;
            if (bytes <= Number(mostTogether)) transfer.items.add(file);
        }
        if (bytes > Number(mostTogether)) said.push(together);
        input.files = transfer.files;
        held = [...input.files];
        notice.textContent = said.join(". ");
        notice.hidden = said.length === 0;
        show();
    };

    const isSame = (one, other) => one.name === other.name && one.size === other.size && one.lastModified === other.lastModified;
    const add = (files) => keep([...held, ...[...files].filter((file) => !held.some((other) => isSame(file, other)))]);

    input.addEventListener("change", () => add(input.files));

    const form = input.form ?? field;
    form.addEventListener("dragover", (event) => {
        if (event.dataTransfer?.types.includes("Files")) event.preventDefault();
    });
    form.addEventListener("drop", (event) => {
        if (!event.dataTransfer?.files.length) return;
        event.preventDefault();
        add(event.dataTransfer.files);
    });
    form.addEventListener("paste", (event) => {
        if (event.clipboardData?.files.length) {
            event.preventDefault();
            add(event.clipboardData.files);
        }
    });
    // Coming back with the browser's button keeps what was chosen.
    if (input.files.length > 0) add(input.files);
}
