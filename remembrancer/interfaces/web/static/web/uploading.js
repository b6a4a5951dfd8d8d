// Files and folders dropped or chosen are listed, and sent by the button with the paths they have in their folder.
const form = document.querySelector("form[data-uploading]");
const zone = form.querySelector("[data-drop]");
const [files, folder] = form.querySelectorAll("input[type=file]");
const sending = form.querySelector("[data-sending]");
const list = form.querySelector("[data-chosen]");
const button = form.querySelector("button.primary");
const plain = button.textContent;
let dropped = [];

function read(entry, path) {
  return new Promise((resolve, reject) => entry.file((file) => resolve([[path + file.name, file]]), reject));
}

function listed(reader) {
  return new Promise((resolve, reject) => reader.readEntries(resolve, reject));
}

async function within(entry, path = "") {
  if (entry.isFile) return read(entry, path);
  const reader = entry.createReader();
  const found = [];
  for (let some = await listed(reader); some.length; some = await listed(reader)) {
    for (const each of some) found.push(...(await within(each, `${path}${entry.name}/`)));
  }
  return found;
}

async function drop(event) {
  event.preventDefault();
  zone.classList.remove("over");
  const entries = [...event.dataTransfer.items].map((item) => item.webkitGetAsEntry?.()).filter(Boolean);
  const alone = [...event.dataTransfer.files].map((file) => [file.name, file]);
  const found = entries.length ? (await Promise.all(entries.map((entry) => within(entry)))).flat() : alone;
  dropped = [...dropped, ...found];
  listChosen();
  if (dropped.length) button.focus();
}

function row([path]) {
  const line = document.createElement("li");
  line.textContent = path;
  return line;
}

function listChosen() {
  const every = chosen();
  list.hidden = !every.length;
  list.querySelector("ul").replaceChildren(...every.map(row));
  const words = every.length === 1 ? button.dataset.one : button.dataset.many.replace("{n}", every.length);
  button.textContent = every.length ? words : plain;
}

function chooseOthers() {
  dropped = [];
  files.value = folder.value = "";
  listChosen();
  files.focus();
}

function chosen() {
  const own = [...files.files, ...folder.files].map((file) => [file.webkitRelativePath || file.name, file]);
  return [...dropped, ...own];
}

function body() {
  const told = new FormData(form);
  told.delete("files");
  for (const [path, file] of chosen()) {
    told.append("path", path);
    told.append("files", file, file.name);
  }
  return told;
}

function failed(words) {
  button.disabled = false;
  say(words);
}

function say(words) {
  sending.hidden = false;
  sending.querySelector("span").textContent = words;
}

function arrived(request) {
  if (request.status < 400) {
    location.assign(JSON.parse(request.responseText).address);
    return;
  }
  const page = new DOMParser().parseFromString(request.responseText, "text/html");
  const told = page.querySelector("h1") ?? page.body;
  failed(told.textContent.trim());
}

function send() {
  button.disabled = true; // What is being sent is not sent twice.
  const request = new XMLHttpRequest();
  const bar = sending.querySelector("progress");
  request.upload.addEventListener("progress", (event) => {
    bar.value = event.total ? (100 * event.loaded) / event.total : 0;
  });
  request.upload.addEventListener("load", () => bar.removeAttribute("value"));
  request.addEventListener("load", () => arrived(request));
  request.addEventListener("error", () => failed(sending.dataset.lost));
  request.open("POST", form.action);
  request.setRequestHeader("Accept", "application/json");
  request.send(body());
  say("");
}

folder.disabled = !("webkitdirectory" in folder);
folder.closest("[data-folders]").hidden = folder.disabled;
form.querySelector("[data-dropping]").hidden = false;
zone.addEventListener("dragover", (event) => {
  event.preventDefault();
  zone.classList.add("over");
});
zone.addEventListener("dragleave", () => zone.classList.remove("over"));
zone.addEventListener("drop", drop);
files.addEventListener("change", listChosen);
folder.addEventListener("change", listChosen);
list.querySelector("button").addEventListener("click", chooseOthers);
listChosen();
form.addEventListener("submit", (event) => {
  if (!chosen().length) return;
  event.preventDefault();
  send();
});
