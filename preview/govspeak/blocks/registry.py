"""The rules for blocks, in the order in which they are tried; each registers itself.

Source: kramdown `parser/kramdown.rb`, for the order.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from preview.govspeak.blocks.parser import BlockParser

Parse = Callable[["BlockParser", re.Match[str]], bool]


@dataclass(frozen=True)
class BlockRule:
    """A rule: tried where `start` matches, on lines whose first visible character is in `first`.

    `first` empty means every line. `parse` gets the match of `start`; False leaves the line to the
    rules after it, and then the parser's position must be where it was.
    """

    place: int
    first: str
    start: re.Pattern[str]
    parse: Parse


RULES: list[BlockRule] = []


def block_rule(place: int, start: str, first: str = "") -> Callable[[Parse], Parse]:
    """Register a rule at its place in the order."""

    def register(parse: Parse) -> Parse:
        RULES.append(BlockRule(place, first, re.compile(start, re.ASCII), parse))
        RULES.sort(key=lambda rule: rule.place)
        return parse

    return register
