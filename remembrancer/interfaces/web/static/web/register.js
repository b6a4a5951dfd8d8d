// While the slider moves, the date and the mark in the picture move with it; htmx brings the list of that day.
// Without this file the slider is sent with the form, by its button.
const slider = document.querySelector("#at");
const field = document.querySelector("#on");
const mark = document.querySelector("#now");
const first = Date.parse(slider.dataset.first);
const day = 24 * 60 * 60 * 1000;
const written = new Intl.DateTimeFormat(document.documentElement.lang, { dateStyle: "long", timeZone: "UTC" });

function show(at) {
  slider.setAttribute("aria-valuetext", written.format(first + at * day));
  const x = String((1000 * at) / Math.max(1, Number(slider.max)));
  mark.setAttribute("x1", x);
  mark.setAttribute("x2", x);
}

slider.removeAttribute("name");
document.querySelector("#was").remove();
slider.addEventListener("input", () => {
  field.value = new Date(first + Number(slider.value) * day).toISOString().slice(0, 10);
  show(Number(slider.value));
});
field.addEventListener("input", () => {
  const typed = Date.parse(field.value);
  if (Number.isNaN(typed)) return;
  slider.value = String(Math.round((typed - first) / day));
  show(Number(slider.value));
});
