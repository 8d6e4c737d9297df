"""Links lead somewhere that readers can go."""

from __future__ import annotations

import re
from collections.abc import Iterator
from urllib.parse import SplitResult, urlsplit

from preview.quality.elements import Element
from preview.quality.page import Page
from preview.quality.registry import Spot, rule

SCHEMES = frozenset({"http", "https", "mailto", "tel", "ftp"})
PLACEHOLDER = re.compile(
    r"#|(?:https?://)?(?:www\.)?example\.(?:com|org|net)\b.*|.*\b(?:xxx+|tbc|todo)\b.*"
)
HOST = re.compile(r"(?:[\w-]{1,63}\.)+[a-z0-9-]{2,63}|localhost|\[[0-9a-f:]+\]", re.IGNORECASE)
NOT_PAGES = ("/government/uploads", "/media/", "/assets/", "/api/", "/search")


def addressed(page: Page) -> Iterator[tuple[Element, str, SplitResult | None]]:
    """Return every link with its address, and the address's parts where it has any."""
    for link in page.named("a"):
        if link.has("href"):
            address = link.get("href").strip()
            try:
                yield link, address, urlsplit(address)
            except ValueError:
                yield link, address, None


def on_this_site(page: Page, parts: SplitResult) -> bool:
    """Return whether an address is of the live site."""
    return (not parts.scheme and not parts.netloc) or parts.hostname in page.around.hosts


@rule("link-placeholder", "error", "Readers who follow it get nowhere.")
def placeholder(page: Page) -> Iterator[Spot]:
    """Find links that somebody meant to fill in later."""
    for link, address, _ in addressed(page):
        if not address or PLACEHOLDER.fullmatch(address.lower()):
            what = f"The link “{link.text}” has no real address yet (“{address}”). Give it one."
            yield Spot(what, f"{link.text} {address}")


@rule("link-malformed", "error", "A browser can't make anything of the address.")
def malformed(page: Page) -> Iterator[Spot]:
    """Find addresses that are none."""
    for link, address, parts in addressed(page):
        if address and (parts is None or broken(address, parts)):
            what = (
                f"“{link.text}” links to “{address}”, which is no address. Correct it: start with"
            )
            yield Spot(f"{what} https:// for another site, with / for this one.", address)


def broken(address: str, parts: SplitResult) -> bool:
    """Return whether an address can't work: no host, spaces, a host taken for a path."""
    if parts.scheme in ("http", "https"):
        return not HOST.fullmatch(parts.hostname or "") or " " in address
    if parts.scheme:
        return parts.scheme.lower() not in SCHEMES
    relative = not address.startswith(("/", "#", "?"))
    return relative or " " in address


@rule("link-draft", "error", "Readers can't open drafts or test environments.")
def draft(page: Page) -> Iterator[Spot]:
    """Find links to drafts and to test environments."""
    for link, address, parts in addressed(page):
        host = (parts.hostname or "") if parts else ""
        if any(name in host for name in page.around.draft_parts):
            what = (
                f"“{link.text}” links to a draft or test environment: {address}. Link to the live"
            )
            yield Spot(f"{what} page.", address)


@rule("link-unknown", "error", "Readers who follow it are told that there is no such page.")
def unknown(page: Page) -> Iterator[Spot]:
    """Find links to pages of this site that are neither live nor in the pack."""
    for link, address, parts in addressed(page):
        if parts is None or not parts.path.startswith("/") or not on_this_site(page, parts):
            continue
        path = parts.path.rstrip("/") or "/"
        if not path.startswith(NOT_PAGES) and page.around.known(path) is False:
            what = f"“{link.text}” links to {path}, where there is no page, live or in this pack."
            yield Spot(f"{what} Correct the address, or add the page to the pack.", address)


@rule("link-http", "hint", "An address with https is safer, and browsers warn about http.")
def insecure(page: Page) -> Iterator[Spot]:
    """Find links that are not encrypted."""
    for link, address, parts in addressed(page):
        if parts and parts.scheme == "http":
            yield Spot(f"Use https in the link “{link.text}”, which leads to {address}.", address)


@rule("link-whole", "hint", "A link within this site needs no host, and stays right on every host.")
def whole(page: Page) -> Iterator[Spot]:
    """Find links to this site that name its host."""
    for link, address, parts in addressed(page):
        if parts and parts.hostname in page.around.hosts:
            what = (
                f"“{link.text}” links to this site by its whole address. Write {parts.path or '/'}."
            )
            yield Spot(what, address)
