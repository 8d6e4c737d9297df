// Offers to comment on words that are selected within one passage. Without it, and by keyboard, a
// passage is chosen from the list.
const list = document.querySelector("[data-new]");
const action = document.querySelector("[data-select-action]");
const link = action && action.querySelector("a");

function chosen() {
  const selection = document.getSelection();
  if (!selection || selection.isCollapsed || selection.rangeCount === 0) return null;
  const range = selection.getRangeAt(0);
  const holder = range.commonAncestorContainer;
  const element = holder.nodeType === Node.TEXT_NODE ? holder.parentElement : holder;
  const passage = element && element.closest("[data-block]");
  const quote = selection.toString().trim();
  if (!passage || !quote || quote.length > 1500) return null;
  const before = range.cloneRange();
  before.selectNodeContents(passage);
  before.setEnd(range.startContainer, range.startOffset);
  return { block: passage.dataset.block, quote, at: String(before.toString().length), passage };
}

function offer() {
  const found = chosen();
  action.hidden = !found;
  if (!found) return;
  const address = new URL(list.dataset.new, document.baseURI);
  for (const name of ["block", "quote", "at"]) address.searchParams.set(name, found[name]);
  link.href = address.href;
  found.passage.after(action);
}

if (list && action) {
  document.querySelector("[data-select-hint]").hidden = false;
  document.addEventListener("selectionchange", offer);
}
