"""Acronyms are explained where they first stand.

Source: GOV.UK style guide, “abbreviations and acronyms”.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from preview.quality.page import Page
from preview.quality.registry import Spot, rule

ACRONYM = re.compile(r"\b[A-Z][A-Z&]{1,5}s?\b")
# Known better by their letters than by their words.
KNOWN = frozenset(
    [
        *("UK", "EU", "US", "USA", "UN", "BBC", "VAT", "PDF", "HTML", "CSV", "ODT", "ODS", "GB"),
        *("MP", "MPs", "ID", "TV", "DVD", "URL", "FAQ", "PIN", "QR", "OK", "NHS", "HM", "GOV"),
        *("AM", "PM", "GMT", "BST", "RTF", "XLS", "XML", "JSON", "DNA", "GPS", "GP", "GPs", "CV"),
        *("SMS", "NI", "II", "III", "IV", "VI", "VII", "VIII", "IX", "XI", "XII", "AND", "OR"),
        *("NOT", "CEO", "PO", "BSL", "MB", "KB", "PAYE", "MOT", "DVLA", "HMRC", "ISBN", "COVID"),
    ]
)


@rule("acronym", "hint", "Readers who do not know an acronym can't look it up while they read.")
def acronyms(page: Page) -> Iterator[Spot]:
    """Find acronyms that no words, title or list of abbreviations explain."""
    explained = {one.text for one in page.named("abbr") if one.get("title")}
    text = "\n".join(block.text for block in page.english_blocks)
    seen = set(KNOWN) | explained
    for block in page.english_blocks:
        if block.text.isupper():
            continue
        for found in ACRONYM.finditer(block.text):
            name = found.group().removesuffix("s")
            if name in seen or found.group() in seen or part_of_code(block.text, found):
                continue
            seen.add(name)
            if not explains(text, name):
                what = f"Explain “{name}” where it first stands, as in “words in full ({name})”."
                yield Spot(what, name, block.path)


def part_of_code(text: str, found: re.Match[str]) -> bool:
    """Return whether letters are part of a reference, a postcode or an address."""
    beside = text[max(0, found.start() - 1) : found.start()] + text[found.end() : found.end() + 1]
    follows = text[found.end() : found.end() + 2].strip()
    return any(sign in "-/_.@0123456789" for sign in beside.strip(" .")) or follows[:1].isdigit()


def explains(text: str, name: str) -> bool:
    """Return whether a text says somewhere what an acronym stands for."""
    return (
        f"({name})" in text
        or f"({name}s)" in text
        or bool(re.search(rf"\b{re.escape(name)}s?\s+\((?=[A-Za-z]+ )", text))
    )
