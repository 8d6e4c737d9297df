// Adds a button that copies a link; without JavaScript the link is there to be copied by hand.
for (const link of document.querySelectorAll("[data-copy]")) {
  const button = document.createElement("button");
  button.type = "button";
  button.className = "govuk-button govuk-button--secondary govuk-!-margin-bottom-1";
  button.textContent = link.dataset.copy;
  const said = document.createElement("span");
  said.setAttribute("role", "status");
  said.className = "govuk-body govuk-!-margin-left-2";
  button.addEventListener("click", async () => {
    try {
      await navigator.clipboard.writeText(link.href);
      said.textContent = "Link copied";
    } catch {
      said.textContent = "Select the link and copy it";
    }
  });
  link.insertAdjacentElement("afterend", said);
  link.insertAdjacentElement("afterend", button);
}
