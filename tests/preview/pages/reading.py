"""A page as a reader meets it: its text, headings, links, and what the preview says of it."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

from selectolax.lexbor import LexborHTMLParser

from preview import pages

BEFORE_A_STOP = re.compile(r" (?=[.,:;])")
NOW = datetime(2026, 3, 4, 12, tzinfo=UTC)


@dataclass(frozen=True)
class Read:
    """A page: its text is without the site's header and footer, links are by their text."""

    status: int
    title: str
    text: str
    headings: list[str]
    links: dict[str, str]
    crumbs: list[str]
    robots: str
    remarks: set[str]


def read(
    item: dict[str, Any],
    path: str | None = None,
    known: Mapping[str, dict[str, Any]] | None = None,
    now: datetime = NOW,
) -> Read:
    """Render an item, with other items that are known by path, and read its page."""
    options = pages.Options(now=now, lookup=(known or {}).get)
    page = pages.render(item, path, options=options)
    tree = LexborHTMLParser(page.html)
    for around in tree.css("body > header, body > footer, .feedback, .govuk-skip-link"):
        around.decompose()
    main = tree.css_first("main")
    return Read(
        page.status,
        page.title,
        words(tree.css_first("body")),
        [words(node) for node in main.css("h1, h2, h3")],
        {words(node): node.attributes.get("href") or "" for node in main.css("a[href]")},
        [words(node) for node in tree.css("nav.govuk-breadcrumbs li")],
        str(tree.css_first("meta[name=robots]").attributes["content"]),
        {remark.kind for remark in page.remarks},
    )


def words(node: Any) -> str:
    """Return the text of a node, with one space for any white space, none before a stop."""
    return BEFORE_A_STOP.sub("", " ".join(node.text(separator=" ").split()))
