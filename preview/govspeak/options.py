"""What surrounds a text: its language, and the images, files, links and contacts that it names."""

from __future__ import annotations

import dataclasses
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from preview.errors import GovspeakError
from preview.govspeak.html_syntax import words

Item = Mapping[str, Any]
ITEMS = ("images", "attachments", "links", "contacts")
NAMES = ("allowed_image_hosts", "allowed_elements", "document_domains")
ELEMENT = re.compile(r"[a-z][a-z0-9-]*")
NEVER_ALLOWED = words("script style iframe object embed base meta link frame frameset")


@dataclass(frozen=True)
class Options:
    """Options of one text; `images` and the like are the publisher apps' own JSON objects.

    `auto_numbered_header_levels` are levels from 2 to 6. `allowed_image_hosts` empty means every
    host. Hosts in `document_domains` are the site's own: links to others are marked as external.
    """

    locale: str = "en"
    images: Sequence[Item] = ()
    attachments: Sequence[Item] = ()
    links: Sequence[Item] = ()
    contacts: Sequence[Item] = ()
    auto_numbered_headers: bool = False
    auto_numbered_header_levels: Sequence[int] = (2, 3, 4, 5, 6)
    allowed_image_hosts: Sequence[str] = ()
    allowed_elements: Sequence[str] = ()
    document_domains: Sequence[str] = ("www.gov.uk",)

    def __post_init__(self) -> None:
        """Check the types.

        Raises:
            GovspeakError: an option is not of its type.

        """
        if not isinstance(self.locale, str):
            raise GovspeakError("locale is text, for example en.")
        if not isinstance(self.auto_numbered_headers, bool):
            raise GovspeakError("auto_numbered_headers is true or false.")
        for name in ITEMS:
            if not is_list_of(getattr(self, name), Mapping):
                raise GovspeakError(f"{name} is a list of objects.")
        for name in NAMES:
            if not is_list_of(getattr(self, name), str):
                raise GovspeakError(f"{name} is a list of texts.")
        if not is_list_of(self.auto_numbered_header_levels, int):
            raise GovspeakError("auto_numbered_header_levels is a list of levels, 2 to 6.")
        for name in self.allowed_elements:
            if not ELEMENT.fullmatch(name) or name in NEVER_ALLOWED:
                raise GovspeakError(f"allowed_elements can't hold {name[:40]!r}.")

    def within(self) -> Options:
        """Return the options of a text inside this one: only the language goes in."""
        return of_language(self.locale)


@lru_cache(maxsize=64)
def of_language(locale: str) -> Options:
    """Return the options of a text in a language that names nothing around it."""
    return Options(locale=locale)


def is_list_of(value: object, kind: type) -> bool:
    """Say whether a value is a list (no text) of one type."""
    if not isinstance(value, list | tuple) and (
        isinstance(value, str) or not isinstance(value, Sequence)
    ):
        return False
    return all(isinstance(one, kind) for one in value)


def from_json(values: object) -> Options:
    """Return options from a JSON object; null counts as absent.

    Raises:
        GovspeakError: an unknown option, or one of the wrong type.

    """
    if not isinstance(values, Mapping):
        raise GovspeakError("options is an object.")
    known = {field.name for field in dataclasses.fields(Options)}
    if unknown := sorted(str(name) for name in values if name not in known):
        raise GovspeakError(
            f"Unknown option {unknown[0][:40]}. There are: {', '.join(sorted(known))}."
        )
    return Options(**{name: value for name, value in values.items() if value is not None})


DEFAULT = of_language("en")


def named(items: Sequence[Item], key: str, wanted: str) -> Item | None:
    """Return the first item whose `key` is `wanted`."""
    return next((item for item in items if item.get(key) == wanted), None)


def text_of(item: Item, key: str) -> str:
    """Return a text of an item; "" where it has none."""
    value = item.get(key)
    return value if isinstance(value, str) else "" if value is None else str(value)
