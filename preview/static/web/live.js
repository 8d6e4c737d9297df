// Follows the rendering of a draft's newest version. A page that waits for its first preview is
// loaded anew; one that shows a preview is never changed: it offers the newer one.
const place = document.querySelector("[data-events]");

function follow() {
  const source = new EventSource(place.dataset.events);
  source.addEventListener("state", (event) => {
    const told = JSON.parse(event.data);
    const ended = told.state === "ready" || told.state === "failed";
    if (!ended) return;
    if (place.dataset.shown === undefined) {
      source.close();
      window.location.reload();
    } else if (told.version > Number(place.dataset.shown)) {
      source.close();
      offer(told);
    }
  });
}

function offer(told) {
  const link = document.createElement("a");
  link.className = "govuk-link";
  link.href = window.location.pathname;
  link.textContent = "Show it";
  const ready = told.state === "ready";
  const words = ready ? `Version ${told.version} is ready. ` : `Version ${told.version} failed. `;
  place.replaceChildren(words, link);
  place.hidden = false;
}

if (place && window.EventSource) follow();
