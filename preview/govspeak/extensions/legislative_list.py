"""Legislative lists: `$LegislativeList … $EndLegislativeList`, whose numbers stay as written."""

from __future__ import annotations

from preview.govspeak.extensions.registry import Context, surrounded


@surrounded(
    150,
    "$LegislativeList",
    r"(?:(?<=\n\n)|(?<=\r\n\r\n)|\A)\$LegislativeList\s*$",
    r"\$EndLegislativeList",
)
def legislative_list(context: Context, body: str) -> str:  # noqa: ARG001 (an extension)
    """Mark the list; numbers in it start no list of their own."""
    return f'<div class="legislative-list-wrapper" markdown="1">{body}</div>'
