// Says that the record has grown since the page was made, and leaves it to the reader to read again.
// A page that nobody looks at lets its stream go: browsers hold only a few open at a time.
const notice = document.querySelector("[data-events]");
let stream = null;

function told(event) {
  if (Number(event.data) <= Number(notice.dataset.entries)) return;
  notice.hidden = false;
  leave();
}

function listen() {
  if (stream || !notice.hidden || document.hidden) return;
  stream = new EventSource(notice.dataset.events);
  stream.addEventListener("record", told);
}

function leave() {
  stream?.close();
  stream = null;
}

if (notice && "EventSource" in window) {
  document.addEventListener("visibilitychange", () => (document.hidden ? leave() : listen()));
  addEventListener("pagehide", leave);
  addEventListener("pageshow", listen);
  listen();
}
