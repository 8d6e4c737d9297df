"""What a Govspeak text of an item may name: the item's own files, images, contacts and links.

Source: alphagov/publishing-api `app/presenters/details_presenter.rb`, for what Govspeak is given.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Any

from preview import govspeak

MakeOptions = Callable[[], govspeak.Options]


def options_of(raw: Mapping[str, Any]) -> govspeak.Options:
    """Return the options for the texts of a content item; what is of another type is left out."""
    details, links = objects_in(raw, "details"), objects_in(raw, "links")
    locale = raw.get("locale")
    return govspeak.Options(
        locale=locale if isinstance(locale, str) else "en",
        attachments=[with_id(one) for one in rows(details, "attachments")],
        images=[with_id(one) for one in rows(details, "images")],
        contacts=rows(links, "contacts"),
        links=[with_address(one) for kind in links for one in rows(links, kind)],
    )


def objects_in(raw: Mapping[str, Any], name: str) -> Mapping[str, Any]:
    """Return an object of the item; an empty one where it has none."""
    value = raw.get(name)
    return value if isinstance(value, Mapping) else {}


def rows(holder: Mapping[str, Any], name: str) -> Sequence[Mapping[str, Any]]:
    """Return the objects of a list."""
    value = holder.get(name)
    return [row for row in value if isinstance(row, Mapping)] if isinstance(value, list) else []


def with_id(row: Mapping[str, Any]) -> Mapping[str, Any]:
    """Return a file by the name that a text calls it by: its own id, else its file name."""
    return {"id": row.get("filename"), **row}


def with_address(row: Mapping[str, Any]) -> Mapping[str, Any]:
    """Return a linked item with the address that a link to it has."""
    return {"url": row.get("base_path"), **row}
