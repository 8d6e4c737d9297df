// Loads the page of a draft anew once its rendering has ended; without JavaScript a link does it.
const waiting = document.querySelector("[data-events]");
if (waiting && window.EventSource) {
  const source = new EventSource(waiting.dataset.events);
  source.addEventListener("state", (event) => {
    const state = JSON.parse(event.data).state;
    if (state === "ready" || state === "failed") {
      source.close();
      window.location.reload();
    }
  });
}
