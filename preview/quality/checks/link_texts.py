"""Links say where they lead.

Source: WCAG 2.2, 2.4.4; GOV.UK content design guidance on links.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator

from preview.quality.page import Page
from preview.quality.registry import Spot, rule
from preview.quality.sentences import short

VAGUE = frozenset(
    [
        *("click here", "here", "read more", "more", "find out more", "learn more", "see more"),
        *("this", "this page", "this link", "link", "more information", "further information"),
        *("click", "click this link", "details", "more details", "website", "this website"),
        *("download", "download here", "view", "go", "see here", "visit", "page", "document"),
        *("this document", "read this", "info", "continue reading", "guidance", "this guidance"),
    ]
)
ADDRESS = re.compile(r"(?:https?://|www\.)\S+", re.IGNORECASE)
LONGEST = 120


@rule("link-vague", "warning", "Screen reader users go through a list of links without the text.")
def vague(page: Page) -> Iterator[Spot]:
    """Find links whose words say nothing."""
    for link in page.named("a"):
        if link.text.lower().strip(" .:>\u00bb") in VAGUE and link.has("href"):
            what = f"Write what is at {link.get('href')} as the text of the link “{link.text}”."
            yield Spot(what, f"{link.text} {link.get('href')}")


@rule("link-address", "warning", "An address is read out letter by letter.")
def address(page: Page) -> Iterator[Spot]:
    """Find links whose text is an address."""
    for link in page.named("a"):
        if ADDRESS.fullmatch(link.text) and not link.get("href").startswith("mailto:"):
            what = f"Write the name of the page in place of “{short(link.text)}”."
            yield Spot(what, link.text)


@rule("link-empty", "error", "A link without words can't be seen or chosen.")
def empty(page: Page) -> Iterator[Spot]:
    """Find links without words."""
    for link in page.named("a"):
        named = link.get("aria-label") or link.get("title") or "img" in link.inside
        if link.has("href") and not link.text and not named:
            yield Spot(
                f"A link to {link.get('href')} has no words. Write them, or take it out.",
                link.get("href"),
            )


@rule("link-same-text", "hint", "The same words for different places can't be told apart.")
def same_text(page: Page) -> Iterator[Spot]:
    """Find words that link to more than one address."""
    places: dict[str, dict[str, None]] = defaultdict(dict)
    for link in page.named("a"):
        if link.text and link.has("href"):
            places[link.text.lower()][link.get("href")] = None
    for text, addresses in places.items():
        if len(addresses) > 1 and text not in VAGUE:
            where = ", ".join(list(addresses)[:3])
            yield Spot(
                f"“{short(text)}” links to different pages: {where}. Say how they differ.", text
            )


@rule("link-long", "hint", "A link as long as a sentence is hard to take in.")
def too_long(page: Page) -> Iterator[Spot]:
    """Find links with long texts."""
    for link in page.named("a"):
        if len(link.text) > LONGEST:
            yield Spot(f"Shorten the link “{short(link.text)}” to its main words.", link.text)
