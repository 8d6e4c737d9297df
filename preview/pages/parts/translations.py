"""The languages of a page.

Source: alphagov/frontend `app/models/concerns/translatable.rb`; names as GOV.UK's pages write them.
"""

from __future__ import annotations

from dataclasses import dataclass

from preview.pages.dates import known
from preview.pages.item import ContentItem

OWN_NAMES = {
    "ar": "العربيَّة",
    "dr": "دری",
    "es-419": "Español de América Latina",
    "ku": "کوردی",
    "no": "Norsk",
    "pa-pk": "پنجابی (پاکستان)",
    "yi": "ייִדיש",
    "zh": "中文",
    "zh-hk": "中文 (香港)",
    "zh-tw": "中文 (台灣)",
}


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


def own_name(locale: str) -> str:
    """Return what a language calls itself."""
    if locale in OWN_NAMES:
        return OWN_NAMES[locale]
    name = known(locale).get_display_name(locale.replace("-", "_")) or locale
    return name[:1].upper() + name[1:]
