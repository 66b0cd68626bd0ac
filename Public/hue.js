// The slider of a brand's hue: moves the number and the picture along, and asks for the page of the hue where it is let go.

for (const form of document.querySelectorAll("[data-hue]")) {
  const slider = form.querySelector("[type=range]");
  const number = form.querySelector("[name=hue]");
  const picture = document.querySelector(".preview");
  slider.value = number.value || "262";
  slider.hidden = false;
  slider.addEventListener("input", () => {
    number.value = slider.value;
    if (picture) picture.src = picture.src.replace(/hue=\d+/, "hue=" + slider.value);
  });
  slider.addEventListener("change", () => form.requestSubmit());
}
