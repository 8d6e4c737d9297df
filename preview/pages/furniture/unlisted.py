"""Pages that the live site keeps out of search results by their address.

A page of a publication follows its publication, a translation the page in English.
Source: alphagov/frontend `app/presenters/{publication,detailed_guide}_presenter.rb`,
`app/models/transaction.rb`, for the addresses.
"""

from __future__ import annotations

import tomllib
from functools import cache
from pathlib import Path

from preview.pages.item import ContentItem


@cache
def asked() -> dict[str, str]:
    """Return what is asked of search engines, by path."""
    path = Path(__file__).with_suffix(".toml")
    rows = tomllib.loads(path.read_text("utf-8"))
    return {one: robots for robots, paths in rows.items() for one in paths}


def unlisted(item: ContentItem) -> str:
    """Return what the live site asks of search engines for this item's address; "" for nothing."""
    whole = item.link("parent") if item.schema_name == "html_publication" else item
    path = whole.base_path.removesuffix(f".{item.locale}") if whole else ""
    return asked().get(path, "")
