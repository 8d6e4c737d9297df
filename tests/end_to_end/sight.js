// What a walk over the pages asks of each: what can be seen, reached and told apart.
() => {
  const INTERACTIVE = "a[href], button, input:not([type=hidden]), select, textarea, summary, [tabindex='0']";
  const squeezed = (text) => (text || "").replace(/\s+/g, " ").trim();
  const shown = (one) => one.checkVisibility({ visibilityProperty: true, contentVisibilityAuto: true });
  const named = (one) => {
    const label = one.labels && one.labels[0];
    const text = squeezed(one.getAttribute("aria-label") || (label || one).textContent || one.name);
    return `${one.tagName.toLowerCase()} ${text.slice(0, 80)}`;
  };
  const hidden = (one) => 
    one.closest(".govuk-visually-hidden, .govuk-skip-link") ||
    getComputedStyle(one.closest("thead") || one).clipPath === "inset(50%)";
  const root = document.documentElement;

  // What can be used or jumped to, by name; what a button opens counts where the button is there.
  const names = () =>
    [...document.querySelectorAll(`${INTERACTIVE}, h1, h2, h3`)].filter(shown).map(named);

  // Words that a box cuts off, and boxes that have to be scrolled sideways and can't be reached.
  const cut = () => {
    const found = [];
    for (const one of document.body.querySelectorAll("*")) {
      if (!shown(one) || hidden(one) || one.scrollWidth <= one.clientWidth + 1) continue;
      if (one.clientWidth === 0 || one.closest("svg, select, iframe, textarea, input")) continue;
      const flow = getComputedStyle(one).overflowX;
      const reached = one.tabIndex >= 0;
      if (flow === "hidden" || flow === "clip" || ((flow === "auto" || flow === "scroll") && !reached))
        found.push(`${flow}: ${named(one)}`);
    }
    return found;
  };

  // Widest thing that sticks out of the window.
  const wider = () => {
    if (root.scrollWidth <= window.innerWidth) return [];
    const out = [...document.body.querySelectorAll("*")].filter(
      (one) => shown(one) && !hidden(one) && one.getBoundingClientRect().right > window.innerWidth + 1
    );
    return [`${root.scrollWidth} wide: ${out.slice(-1).map((one) => one.outerHTML.slice(0, 150))}`];
  };

  const ring = (style) =>
    style.outlineStyle !== "none" && parseFloat(style.outlineWidth) >= 2 && style.outlineColor;
  const edge = (style) => style.borderTopWidth + style.borderBottomWidth + style.textDecorationLine;

  // What shows no focus: no outline, neither of its own nor on the box that stands for it.
  const unfocused = () => {
    const found = [];
    for (const one of document.querySelectorAll(INTERACTIVE)) {
      if (!shown(one) || one.disabled || one.tabIndex < 0) continue;
      const before = edge(getComputedStyle(one));
      one.focus({ focusVisible: true, preventScroll: true });
      if (document.activeElement !== one) continue;
      const label = one.labels && one.labels[0];
      const drawn = [getComputedStyle(one)];
      if (label) drawn.push(getComputedStyle(label, "::before"));
      if (!drawn.some(ring) && edge(getComputedStyle(one)) === before) found.push(named(one));
      one.blur();
    }
    return found;
  };

  // Shapes of our own drawings that are hardly there on the system's background.
  const light = (colour) => {
    const parts = (colour.match(/[\d.]+/g) || []).map(Number);
    if (parts.length < 3 || parts[3] === 0) return null;
    const [r, g, b] = parts.slice(0, 3).map((v) => v / 255)
      .map((v) => (v <= 0.04045 ? v / 12.92 : ((v + 0.055) / 1.055) ** 2.4));
    return 0.2126 * r + 0.7152 * g + 0.0722 * b;
  };
  const faint = () => {
    const canvas = document.createElement("div");
    canvas.style.backgroundColor = "Canvas";
    document.body.append(canvas);
    const behind = light(getComputedStyle(canvas).backgroundColor);
    canvas.remove();
    const found = [];
    for (const one of document.querySelectorAll("main svg :is(path, line, polyline, circle, rect, text)")) {
      if (!shown(one) || one.closest(".qr, [aria-hidden=true]")) continue;
      const style = getComputedStyle(one);
      const colours = [style.fill, style.stroke].map(light).filter((found) => found !== null);
      const clear = colours.some(
        (own) => (Math.max(own, behind) + 0.05) / (Math.min(own, behind) + 0.05) >= 3
      );
      if (colours.length && !clear) found.push(`${one.tagName} ${one.getAttribute("class")} ${style.fill} ${style.stroke}`);
    }
    return [...new Set(found)];
  };

  // Text twice as large, and nothing else, as a browser's text zoom does it.
  const enlarge = () => {
    const all = [...document.querySelectorAll("body, body *")].map((one) => [one, getComputedStyle(one)]);
    const sizes = all.map(([one, style]) => [one, parseFloat(style.fontSize), parseFloat(style.lineHeight)]);
    for (const [one, size, line] of sizes) {
      one.style.fontSize = `${2 * size}px`;
      if (line) one.style.lineHeight = `${2 * line}px`;
    }
  };

  window.sight = { names, cut, wider, unfocused, faint, enlarge };
}
