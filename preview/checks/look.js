// What axe-core says of `main`, as the rest of a page is not an editor's to mend: no more than is used.
(options, most) =>
  axe.run(document.querySelector("main") || document, options).then((found) =>
    found.violations.flatMap((rule) =>
      rule.nodes.slice(0, most).map((node) => {
        const name = node.target[0];
        const at = typeof name === "string" ? document.querySelector(name) : null;
        const text = at ? at.textContent.replace(/\s+/g, " ").trim() : "";
        const html = at ? at.cloneNode(false).outerHTML : node.html;
        return { rule: rule.id, help: rule.help, text: text.slice(0, 200), html: html.slice(0, 200) };
      })
    )
  );
