"""The rules for spans, in the order in which they are tried; each registers itself.

Source: kramdown `parser/kramdown.rb`, for the order.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from preview.govspeak.inline.parser import InlineParser

Match = Callable[[str, int], re.Match[str] | None]
Parse = Callable[["InlineParser", re.Match[str]], bool]


@dataclass(frozen=True)
class InlineRule:
    """A rule: tried where `start` matches. `parse` False: the rules after it are tried.

    `signs` are the characters that it can start with; `before` says that it starts at the character
    before one of `signs` too.
    """

    place: int
    signs: str
    start: re.Pattern[str]
    parse: Parse
    before: bool = False


RULES: list[InlineRule] = []
# Where HTML starts, and what is done with it: there is nothing else inside raw elements.
ONLY_HTML: list[tuple[Match, Parse]] = []
HTML = 40


def inline_rule(
    place: int, signs: str, start: str, *, before: bool = False
) -> Callable[[Parse], Parse]:
    """Register a rule at its place in the order."""

    def register(parse: Parse) -> Parse:
        rule = InlineRule(place, signs, re.compile(start, re.DOTALL | re.ASCII), parse, before)
        RULES.append(rule)
        RULES.sort(key=lambda rule: rule.place)
        if place == HTML:
            ONLY_HTML.append((rule.start.match, parse))
        return parse

    return register
