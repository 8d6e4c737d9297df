"""E-mail addresses can be used."""

from __future__ import annotations

import re
from collections.abc import Iterator

from preview.quality.page import Page
from preview.quality.registry import Spot, rule

ADDRESS = re.compile(r"[\w.+-]{1,64}@[\w-]{1,63}(?:\.[\w-]{1,63}){1,8}\b")
WHOLE = re.compile(r"[^@\s]+@[^@\s.]+(\.[^@\s.]+)+")


@rule("email-link", "warning", "People expect to choose an e-mail address to write to it.")
def email_link(page: Page) -> Iterator[Spot]:
    """Find e-mail addresses that are no links."""
    for block in page.blocks:
        linked = " ".join(f"{link.text} {link.address}" for link in block.links)
        for found in ADDRESS.finditer(block.text):
            if found.group() not in linked and block.kind != "code":
                what = f"Make {found.group()} a link: write <{found.group()}>."
                yield Spot(what, found.group(), block.path)


@rule("email-broken", "error", "The link opens a letter to nobody.")
def email_broken(page: Page) -> Iterator[Spot]:
    """Find mailto links without a whole address."""
    for link in page.named("a"):
        address = link.get("href")
        if address.lower().startswith("mailto:"):
            to = address[7:].partition("?")[0]
            if not WHOLE.fullmatch(to):
                what = f"The link “{link.text}” writes to “{to}”. Give a whole e-mail address."
                yield Spot(what, address)
