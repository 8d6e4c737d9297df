"""Whose copy a page is: shown across market-sensitive drafts, so that a photo of it tells."""

from __future__ import annotations

from django.utils.html import escape

END = b"</body>"
MARK = (
    '<div class="draft-watermark" data-preview-furniture aria-hidden="true">{lines}</div>'
    '<p class="govuk-visually-hidden" data-preview-furniture>This copy was opened by {name}.</p>'
)
LINES = 12


def marked(html: bytes, name: str) -> bytes:
    """Return a page with the name of who opened it across it."""
    safe = escape(name or "somebody without a name")
    lines = f"<span>{safe}</span>" * LINES
    mark = MARK.format(lines=lines, name=safe).encode()
    head, end, tail = html.rpartition(END)
    return head + mark + end + tail if end else html + mark
