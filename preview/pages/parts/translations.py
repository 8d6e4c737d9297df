"""The languages of a page.

Source: alphagov/frontend `app/models/concerns/translatable.rb`.
"""

from __future__ import annotations

from dataclasses import dataclass

from preview.pages.item import ContentItem
from preview.pages.languages import own_name


@dataclass(frozen=True)
class Translation:
    """A language of the page: its code, what it calls itself, where the page is in it."""

    locale: str
    name: str
    path: str


def translations(item: ContentItem) -> list[Translation]:
    """Return the page's languages, English first; none where there is only one."""
    found = item.links("available_translations")
    if len(found) < 2:
        return []
    ordered = sorted(found, key=lambda one: (one.locale != "en", one.locale))
    return [Translation(one.locale, own_name(one.locale), one.base_path) for one in ordered]
