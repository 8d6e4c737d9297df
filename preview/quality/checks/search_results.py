"""How the page is found: its title and summary.

Source: GOV.UK content design guidance (title up to 65 letters, summary up to 160).
"""

from __future__ import annotations

from collections.abc import Iterator

from preview.quality.page import Page
from preview.quality.registry import Spot, rule

LONGEST_TITLE = 65
LONGEST_SUMMARY = 160
WITHOUT_PAGE = frozenset(
    {"redirect", "gone", "vanish", "content_block", "contact", "external_content"}
)


def is_page(page: Page) -> bool:
    """Return whether the item has a page that searches find."""
    return page.item.schema_name not in WITHOUT_PAGE


@rule("title-missing", "error", "A page without a title can't be found or told apart.")
def title_missing(page: Page) -> Iterator[Spot]:
    """Find a page without a title."""
    if is_page(page) and not page.item.title.strip():
        yield Spot("Give the page a title.", pointer="/title")


@rule("title-long", "hint", "Search engines cut a title off after about 65 letters.")
def title_long(page: Page) -> Iterator[Spot]:
    """Find a title that is cut off."""
    count = len(page.item.title)
    if is_page(page) and count > LONGEST_TITLE:
        what = f"Shorten the title to {LONGEST_TITLE} letters: it has {count}."
        yield Spot(what, page.item.title, pointer="/title")


@rule("title-stop", "hint", "Titles have no full stop.")
def title_stop(page: Page) -> Iterator[Spot]:
    """Find a title that ends like a sentence."""
    if page.item.title.rstrip().endswith(".") and not page.item.title.endswith("..."):
        yield Spot("Take the full stop off the title.", page.item.title, pointer="/title")


@rule("summary-missing", "warning", "People choose among search results by the summary.")
def summary_missing(page: Page) -> Iterator[Spot]:
    """Find a page without a summary."""
    if is_page(page) and not page.item.description.strip():
        yield Spot(
            "Write a summary: what can people do or learn on this page?", pointer="/description"
        )


@rule("summary-long", "hint", "Search engines cut a summary off after about 160 letters.")
def summary_long(page: Page) -> Iterator[Spot]:
    """Find a summary that is cut off."""
    count = len(page.item.description)
    if count > LONGEST_SUMMARY:
        what = f"Shorten the summary to {LONGEST_SUMMARY} letters: it has {count}."
        yield Spot(what, page.item.description, pointer="/description")


@rule("summary-repeats", "hint", "The summary has room to say more than the title.")
def summary_repeats(page: Page) -> Iterator[Spot]:
    """Find a summary that is the title again."""
    title, summary = page.item.title, page.item.description
    if title and title.lower().strip(" .") == summary.lower().strip(" ."):
        yield Spot(
            "Say in the summary what the title does not say.", summary, pointer="/description"
        )
