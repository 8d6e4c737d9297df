"""An id names one element."""

from __future__ import annotations

from collections.abc import Iterator

from preview.quality.page import Page
from preview.quality.registry import Spot, rule


@rule("id-twice", "warning", "A link to a part of a page leads to the first of several only.")
def twice(page: Page) -> Iterator[Spot]:
    """Find ids that more than one element has, of which one is in the content."""
    counts = page.ids
    here = dict.fromkeys(one.get("id") for one in page.elements if one.get("id"))
    for name in here:
        if counts[name] > 1:
            what = f"{counts[name]} parts of the page are called “{name}”. Name them differently,"
            yield Spot(f"{what} for example by changing a heading.", name)


@rule("id-missing", "warning", "The link leads nowhere.")
def missing(page: Page) -> Iterator[Spot]:
    """Find links to a part of the page that does not exist."""
    names = set(page.ids) | {one.get("name") for one in page.elements}
    for link in page.named("a"):
        address = link.get("href")
        if address.startswith("#") and len(address) > 1 and address[1:] not in names:
            what = f"“{link.text}” links to a part of this page that does not exist: {address}."
            yield Spot(f"{what} Link to a heading.", address)
