// Shows how far a job is, and the page anew when it goes on no more.
const place = document.querySelector("[data-progress]");

if (place && "EventSource" in window) {
  const stream = new EventSource(place.dataset.progress);
  const bar = place.querySelector("progress");
  const words = place.querySelector("span");
  stream.addEventListener("job", (event) => {
    const told = JSON.parse(event.data);
    if (!told.pending) {
      stream.close();
      location.reload();
    } else if (told.total) {
      bar.max = told.total;
      bar.value = told.done;
      words.textContent = `${told.doing} ${told.done} / ${told.total}`;
    }
  });
  addEventListener("pagehide", () => stream.close());
}
