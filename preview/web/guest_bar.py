"""The bar over a shared page: a landmark of its own before the page, which it does not touch."""

from __future__ import annotations

from django.utils.html import format_html

START = b"<body"
BAR = (
    '<nav class="preview-bar" data-preview-furniture aria-label="Draft preview">'
    '<a class="govuk-link" href="{}">See what changed</a></nav>'
)


def with_bar(html: bytes, comparison: str) -> bytes:
    """Return a page with the bar at the start of its body; `comparison` is an address."""
    head, body, rest = html.partition(START)
    attributes, end, inside = rest.partition(b">")
    if not (body and end):
        return html
    bar = format_html(BAR, comparison).encode()
    return head + body + attributes + end + bar + inside
