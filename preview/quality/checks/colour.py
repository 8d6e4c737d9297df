"""Nothing is told by colour or place alone.

Source: WCAG 2.2, 1.3.3 and 1.4.1.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from preview.quality.page import Page
from preview.quality.registry import Spot, rule

COLOUR = "red|green|blue|yellow|orange|amber|purple|grey|pink"
THING = "text|button|box|link|area|areas|section|row|rows|cell|cells|bar|line|column|words"
BY_COLOUR = re.compile(
    rf"\b(?:(?:shown|marked|highlighted|written|printed|coloured|shaded) in (?:{COLOUR})"
    rf"|the (?:{COLOUR}) (?:{THING}))\b",
    re.IGNORECASE,
)
BY_PLACE = re.compile(
    r"\b(?:(?:on|to) the (?:left|right)(?:-hand)?(?: side)?(?: of (?:this|the) (?:page|screen))"
    rf"|the (?:{THING}) (?:on the (?:left|right)))\b",
    re.IGNORECASE,
)


@rule("colour-only", "warning", "People who can't tell colours apart can't follow this.")
def colour_only(page: Page) -> Iterator[Spot]:
    """Find texts that point at something by its colour."""
    for block in page.english_blocks:
        for found in BY_COLOUR.finditer(block.text):
            what = f"Say what “{found.group()}” is in words as well as by its colour."
            yield Spot(what, found.group(), block.path)


@rule("place-only", "hint", "On a phone, or read aloud, there is no left and right.")
def place_only(page: Page) -> Iterator[Spot]:
    """Find texts that point at something by where it is on the screen."""
    for block in page.english_blocks:
        for found in BY_PLACE.finditer(block.text):
            what = f"Name what is meant instead of “{found.group()}”."
            yield Spot(what, found.group(), block.path)
