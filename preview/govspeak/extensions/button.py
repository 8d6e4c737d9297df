"""Buttons: `{button start}[Text](address){/button}`."""

from __future__ import annotations

import re

from preview.govspeak.extensions.registry import Context, extension

TRACKING = re.compile(r"cross-domain-tracking:(.[^\s*]+)")


@extension(
    10,
    "{button",
    r"(?:\r|\n|^)\{button([^\n\r{}]*?)\}\s*\[([^\]]+)\]\(([^)]+)\)\s*\{/button\}(?:\r|\n|$)",
)
def button(context: Context, match: re.Match[str]) -> str:  # noqa: ARG001 (an extension)
    """Write a link that becomes the button component."""
    attributes, text, address = match[1], match[2].strip(), match[3].strip()
    classes, data = "govuk-button", ""
    if "start" in attributes:
        classes += " govuk-button--start"
        data += " data-start='true'"
    if tracking := TRACKING.search(attributes):
        data += (
            " data-module='cross-domain-tracking'"
            f" data-tracking-code='{tracking[1].strip()}'"
            " data-tracking-name='govspeakButtonTracker'"
        )
    return (
        f'\n<a role="button" draggable="false" class="{classes}" href="{address}"{data}>'
        f"{text}</a>\n"
    )
