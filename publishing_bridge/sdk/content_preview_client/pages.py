"""Lists that come in pages, as iterators that ask for the next page when it is needed."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any
from urllib.parse import parse_qs, urlsplit

from content_preview_client.errors import UnexpectedAnswer
from content_preview_client.transport import Call, Transport


def by_cursor(transport: Transport, path: str, query: Mapping[str, Any]) -> Iterator[Any]:
    """Give the rows of a list of the native API.

    Of the address of the next page only the cursor is used: it is asked for where the client was
    told to ask, and the token goes nowhere else.
    """
    asked = dict(query)
    while True:
        page = transport.send(Call("GET", path, query=asked, repeatable=True)).json
        yield from rows_of(page)
        cursor = parameter(page.get("next"), "cursor")
        if cursor is None:
            return
        asked["cursor"] = cursor


def by_number(transport: Transport, path: str, query: Mapping[str, Any]) -> Iterator[Any]:
    """Give the rows of `/v2/content`, page by page."""
    number = 1
    while True:
        asked = {**query, "page": number}
        page = transport.send(Call("GET", path, query=asked, repeatable=True)).json
        yield from rows_of(page)
        if number >= int(page.get("pages") or 0):
            return
        number += 1


def by_key(transport: Transport, path: str, query: Mapping[str, Any]) -> Iterator[Any]:
    """Give the rows of `/v2/editions`, each page after the key of the one before."""
    asked = dict(query)
    while True:
        page = transport.send(Call("GET", path, query=asked, repeatable=True)).json
        yield from rows_of(page)
        links = {link.get("rel"): link.get("href") for link in page.get("links", ())}
        key = parameter(links.get("next"), "after")
        if key is None:
            return
        asked["after"] = key


def rows_of(page: Any) -> list[Any]:
    """Return the rows of a page.

    Raises:
        UnexpectedAnswer: it is no page.

    """
    rows = page.get("results") if isinstance(page, dict) else None
    if not isinstance(rows, list):
        raise UnexpectedAnswer("The answer is no page of a list.", body=str(page))
    return rows


def parameter(address: str | None, name: str) -> str | None:
    """Return a parameter of an address; None where there is none."""
    values = parse_qs(urlsplit(address or "").query).get(name)
    return values[0] if values else None
