"""Steps: lines `s1. …`, `s2. …`."""

from __future__ import annotations

import re

from preview.govspeak.extensions.registry import Context, register

STEP = re.compile(r"s\d+\.\s([^\n]*)(?:\n|$)", re.ASCII)
STEPS = re.compile(r"^[ \t]*((?:s\d+\.\s[^\n]*(?:\n|$))+)", re.MULTILINE | re.ASCII)


def search(context: Context, text: str) -> str:
    """Write the steps; the text of each is a document of its own."""

    def write(match: re.Match[str]) -> str:
        items = "".join(f"<li>{context.render(one)}</li>\n" for one in STEP.findall(match[1]))
        return f'<ol class="steps">\n{items}</ol>'

    # Most texts hold no step, which is soon known.
    return STEPS.sub(write, text) if STEP.search(text) else text


register(160, "s", search)
