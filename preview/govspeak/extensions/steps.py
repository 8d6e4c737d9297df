"""Steps: lines `s1. …`, `s2. …`."""

from __future__ import annotations

import re

from preview.govspeak.extensions.registry import Context, extension

STEP = re.compile(r"s\d+\.\s([^\n]*)(?:\n|$)", re.ASCII)


@extension(160, "s", r"^[ \t]*((?:s\d+\.\s[^\n]*(?:\n|$))+)")
def steps(context: Context, match: re.Match[str]) -> str:
    """Write the steps; the text of each is a document of its own."""
    items = "".join(f"<li>{context.render(text)}</li>\n" for text in STEP.findall(match[1]))
    return f'<ol class="steps">\n{items}</ol>'
