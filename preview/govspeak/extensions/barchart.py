"""`{barchart stacked compact negative}` behind a table: the table may be drawn as a bar chart."""

from __future__ import annotations

import re

from preview.govspeak.extensions.registry import Context, extension

CLASSES = {"stacked": ".mc-stacked", "compact": ".compact", "negative": ".mc-negative"}


@extension(70, "{barchart", r"\{barchart([^\n]*?)\}")
def barchart(context: Context, match: re.Match[str]) -> str:  # noqa: ARG001 (an extension)
    """Write the attribute list of the table."""
    chosen = [name for word, name in CLASSES.items() if word in match[1]]
    return " ".join(["{:", ".js-barchart-table", *chosen, ".mc-auto-outdent", "}"])
