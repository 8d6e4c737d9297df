"""The bar over a shared page: a landmark of its own before the page, which it does not touch."""

from __future__ import annotations

import re
import uuid
from collections.abc import Iterator
from functools import lru_cache

from django.urls import reverse
from django.utils.html import format_html, format_html_join

from preview.access import Role

# The start of a body, with the link that skips what stands before the content.
START = re.compile(rb"<body\b[^>]*>(?:\s*<a\s[^>]*href=\"#[^>]*>[^<]*</a>)?")
BAR = '<nav class="preview-bar" data-preview-furniture aria-label="Draft preview">{}</nav>'
LINK = '<a class="govuk-link" href="{}">{}</a>'
# What the bar leads to: the name of an address, what people read, the roles of links that offer it.
PARTS = (
    ("shared_compare", "See what changed", set(Role)),
    ("shared_comments", "Comment", {Role.COMMENT, Role.SIGN_OFF}),
    ("shared_sign_off", "Sign off", {Role.SIGN_OFF}),
)


FACT_CHECK = ("shared_fact_check", "Check the facts")


def parts(link_id: uuid.UUID, page: str, role: Role, asked: bool) -> Iterator[tuple[str, str]]:
    """Give address and text of what a link with this role offers beside a page.

    `asked` says that whoever looks was asked to check the facts.
    """
    if asked:
        name, text = FACT_CHECK
        yield reverse(name, args=[link_id, page or "-"]), text
    for name, text, roles in PARTS:
        if role in roles:
            yield reverse(name, args=[link_id, page or "-"]), text


@lru_cache(1024)
def bar(link_id: uuid.UUID, page: str, role: Role, asked: bool) -> bytes:
    """Return the bar of a page; see `parts`."""
    links = format_html_join(" ", LINK, parts(link_id, page, role, asked))
    return format_html(BAR, links).encode()


def with_bar(html: bytes, link_id: uuid.UUID, page: str, role: Role, asked: bool) -> bytes:
    """Return a page with the bar at the start of its body, after its skip link."""
    found = START.search(html)
    if found is None:
        return html
    inside = found.end()
    return b"".join((html[:inside], bar(link_id, page, role, asked), html[inside:]))
