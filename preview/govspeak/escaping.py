"""How text, attributes and addresses are written in HTML.

Source: libxml2 `HTMLtree.c`, for what is escaped in addresses.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from urllib.parse import quote

NOT_A_REFERENCE = re.compile(r"&(?!(?:[A-Za-z][A-Za-z0-9]*|#\d+|#x[0-9a-fA-F]+);)")
SPECIAL = re.compile(r'[&<>"]')
# What an address can't hold as it stands: white space and what is not ASCII.
NOT_IN_ADDRESS = re.compile(r"[^!-~]")
IN_ADDRESS = "".join(map(chr, range(0x21, 0x7F)))
SCHEME = re.compile(r"[^:/?#]*:")


def attributes(found: Mapping[str, str]) -> str:
    """Return attributes as they stand in a tag."""
    if not found:
        return ""
    return "".join(
        [f' {name}="{ESCAPES.get(name, escape_value)(value)}"' for name, value in found.items()]
    )


def escape_value(value: str) -> str:
    """Escape the value of an attribute; character references stay."""
    return escape_loose(value).replace('"', "&quot;") if SPECIAL.search(value) else value


def escape_text(text: str) -> str:
    """Escape text."""
    if "&" in text or "<" in text or ">" in text:
        return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")
    return text


def escape_loose(text: str) -> str:
    """Escape text of HTML that an editor wrote; character references stay."""
    escaped = NOT_A_REFERENCE.sub("&amp;", text) if "&" in text else text
    return escaped.replace("<", "&lt;").replace(">", "&gt;")


def encoded(address: str) -> str:
    """Return an address with its white space and letters beyond ASCII as `%XX`.

    One whose scheme holds such characters stays as it is: the sanitiser must see it so.
    """
    if not NOT_IN_ADDRESS.search(address):
        return address
    stripped = address.lstrip(" \t\r\n")
    scheme = SCHEME.match(stripped)
    if scheme is not None and NOT_IN_ADDRESS.search(scheme[0]):
        return address
    return quote(stripped, safe=IN_ADDRESS)


def escape_address(address: str) -> str:
    """Escape an address for an attribute; character references stay."""
    return escape_value(encoded(address))


ESCAPES: dict[str, Callable[[str], str]] = {"href": escape_address, "src": escape_address}
