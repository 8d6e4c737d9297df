"""The words that pages add to an item's own, by language.

Each language has a TOML file of sections; English is complete, and a label that another language
lacks is English, marked as such. `false` says that the live site has it in English.
Source: alphagov/frontend and alphagov/govuk_publishing_components `config/locales/`.
"""

from __future__ import annotations

import re
import tomllib
from functools import cache
from pathlib import Path
from typing import Any

from markupsafe import Markup, escape

from preview.pages.languages import direction

ENGLISH = "en"
NAME = re.compile(r"[a-z]{2,3}(-[a-z0-9]{2,4})?")


@cache
def words(locale: str) -> dict[str, str]:
    """Return the labels of a language by `section.name`; none for an unknown language."""
    path = Path(__file__).parent / f"{locale}.toml" if NAME.fullmatch(locale) else None
    return flat(tomllib.loads(path.read_text("utf-8"))) if path and path.exists() else {}


def flat(tree: dict[str, Any], prefix: str = "") -> dict[str, str]:
    """Return the texts of a tree by their dotted names."""
    leaves: dict[str, str] = {}
    for name, value in tree.items():
        if isinstance(value, dict):
            leaves |= flat(value, f"{prefix}{name}.")
        elif isinstance(value, str):
            leaves[prefix + name] = value
    return leaves


class Labels:
    """The labels of one language."""

    def __init__(self, locale: str) -> None:
        self.locale = locale
        self.own = words(locale)
        self.english = words(ENGLISH)
        self.english_mark = (
            Markup('<span lang="en" dir="ltr">{}</span>')
            if direction(locale) == "rtl"
            else Markup('<span lang="en">{}</span>')
        )

    def __call__(self, key: str, **values: object) -> Markup:
        """Return a label as HTML; one that is not in the language says that it is English."""
        found = self.own.get(key)
        if found is not None:
            return filled(found, values)
        text = filled(self.english[key], values)
        return text if self.locale == ENGLISH else self.english_mark.format(text)

    def plain(self, key: str, **values: object) -> str:
        """Return a label as text, for attributes and titles; "" for one that nobody has."""
        return (self.own.get(key) or self.english.get(key, "")).format(**values)

    def english_only(self, key: str, **values: object) -> str:
        """Return the English label whatever the language; "" for one that nobody has."""
        return self.english.get(key, "").format(**values)

    def has(self, key: str) -> bool:
        """Return whether there is such a label."""
        return key in self.english


def filled(label: str, values: dict[str, object]) -> Markup:
    """Return a label with its values, escaped unless they are HTML already."""
    text = escape(label)
    return text.format(**values) if values else text
