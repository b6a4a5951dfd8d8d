// One key for each button of a question, and the next question without a new page. Keys are left alone in fields,
// with modifiers, and where they were switched off.
const OFF = "desk-keys-off";
const choice = document.querySelector("[data-keys]");
const box = choice.querySelector("input");
const said = document.getElementById("said");
const UNREAD = 500; // Milliseconds a question stands there before the key that brought it settles it too.
let asking = false; // A second press before the answer would settle the same question twice,
let done = ""; // and one just after it the next question, which nobody has read yet.
let brought = 0;

function unread(key) {
  return key === done && performance.now() - brought < UNREAD;
}

function typing(target) {
  return target.closest("input:not([type=checkbox]), textarea, select, [contenteditable]") !== null;
}

function pressed(event) {
  if (asking || !box.checked || event.ctrlKey || event.metaKey || event.altKey || event.repeat || typing(event.target)) return;
  const target = document.querySelector(`[data-key="${CSS.escape(event.key)}"]`);
  if (!target) return;
  event.preventDefault();
  target.click();
  const opened = target.closest("details[open]");
  if (target.localName === "summary" && opened && event.key === "e") opened.querySelector("input:not([type=hidden]), select")?.focus();
}

async function fetched(address, options) {
  asking = true;
  try {
    const answer = await fetch(address, { ...options, headers: { Accept: "text/html" } });
    return [answer.url, new DOMParser().parseFromString(await answer.text(), "text/html")];
  } finally {
    asking = false;
  }
}

async function shown(address, options) {
  try {
    show(...(await fetched(address, options)));
  } catch {
    say(said.dataset.lost);
  }
}

function show(url, page) {
  const next = page.getElementById("case");
  if (next) {
    document.getElementById("case").replaceWith(next);
    history.replaceState(null, "", url);
  }
  brought = performance.now();
  const told = page.querySelector(".messages") ?? (next ? null : page.querySelector("h1"));
  const heading = document.querySelector("#case h2");
  say(told ? told.textContent.trim() : "");
  if (next) heading?.focus();
}

function say(words) {
  said.textContent = words;
  said.classList.toggle("hidden", !words);
  said.classList.toggle("notice", Boolean(words));
}

function submitted(event) {
  if (!event.target.closest("#case")) return;
  event.preventDefault();
  const key = event.submitter?.dataset.key;
  if (asking || unread(key)) return;
  done = key;
  shown(event.target.action, { method: "POST", body: new FormData(event.target, event.submitter) });
}

function followed(event) {
  const link = event.target.closest("a[data-key]");
  if (!link || event.ctrlKey || event.metaKey || event.shiftKey) return;
  event.preventDefault();
  shown(link.href);
}

choice.hidden = false;
box.checked = localStorage.getItem(OFF) === null;
box.addEventListener("change", () => (box.checked ? localStorage.removeItem(OFF) : localStorage.setItem(OFF, "1")));
document.addEventListener("keydown", pressed);
document.addEventListener("submit", submitted);
document.addEventListener("click", followed);
