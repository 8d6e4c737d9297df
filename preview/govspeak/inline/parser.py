"""Reads spans: emphasis, links, code and the like, inside the text of a block."""

from __future__ import annotations

import re
import sys
from collections.abc import Callable
from functools import cache
from typing import Any

from preview.govspeak.document import Document
from preview.govspeak.inline.registry import ONLY_HTML, RULES, Match, Parse
from preview.govspeak.tree import Node, Piece

SPACE = frozenset(" \t\r\n\f\v")
DEEPEST = 40
SPARE = 20_000
Accept = Callable[[Node], bool]


# Cheaper than all rules in turn; a rule of another sign adds its sign here.
STARTS = r"""[*_`<\[\\{&"']|!\[|\$\$|--|\.\.\.|>>| >>|  \n"""


@cache
def start_or(stop: str, *, only_html: bool) -> re.Pattern[str]:
    """Return the pattern of where any rule starts (or only HTML), or where `stop` stands."""
    starts = "<" if only_html else STARTS
    return re.compile(f"(?:{stop})|{starts}" if stop else starts, re.DOTALL | re.IGNORECASE)


ANY_START = start_or("", only_html=False)


def is_plain(text: str, start: int = 0, end: int = sys.maxsize) -> bool:
    """Say whether no rule can start anywhere in the text, or between two places of it."""
    return ANY_START.search(text, start, end) is None


class InlineParser:
    """Turns text into spans.

    A construct that never ends is looked for to the end of the text and given up. `spare` is how
    many characters may be read in vain; when they are used up, opening marks are taken as text, so
    that hostile text is read in linear time.
    """

    def __init__(self, document: Document, text: str) -> None:
        self.document = document
        self.text = text
        self.at = 0
        self.tree = Node("root")
        self.open = [self.tree]
        self.spare = SPARE + len(text)
        self.fruitless: set[Any] = set()

    def pieces(self) -> list[Piece]:
        """Return the whole text as spans."""
        root = self.tree
        self.read(None, None, only_html=False)
        root.join_texts()
        return root.children

    def parse(
        self,
        tree: Node,
        stop: re.Pattern[str] | None = None,
        accept: Accept | None = None,
        *,
        only_html: bool = False,
    ) -> bool:
        """Read spans into `tree` up to `stop` (where `accept` agrees); say whether it was found."""
        room = self.has_room()
        self.open.append(self.tree)
        self.tree = tree
        try:
            return room and self.read(stop, accept, only_html=only_html)
        finally:
            tree.join_texts()
            self.tree = self.open.pop()

    def read(self, stop: re.Pattern[str] | None, accept: Accept | None, *, only_html: bool) -> bool:
        """Read on until `stop`; without one to the end."""
        simple = stop is None and not only_html
        pattern = stop.pattern if stop else ""
        search = (ANY_START if simple else start_or(pattern, only_html=only_html)).search
        text, tree = self.text, self.tree
        while match := search(text, self.at):
            start = match.start()
            if text[start] in "\"'" and start > self.at and text[start - 1] != "\\":
                start -= 1  # a quotation mark is read together with the character before it
            if start > self.at:
                tree.children.append(text[self.at : start])
                self.at = start
            if stop and stop.match(text, start) and (accept is None or accept(tree)):
                return True
            for starts, parse in ONLY_HTML if only_html else self.rules_here():
                found = starts(text, self.at)
                if found and parse(self, found):
                    break
            else:
                tree.children.append(text[start])
                self.at = start + 1
        if stop is None and self.at < len(text):
            tree.children.append(text[self.at :])
            self.at = len(text)
        return False

    def rules_here(self) -> list[tuple[Match, Parse]]:
        """Return where rules that can start with the next two characters start, what they do."""
        key = self.text[self.at : self.at + 2]
        found = BY_START.get(key)
        if found is None:
            found = [
                (rule.start.match, rule.parse)
                for rule in RULES
                if key[:1] in rule.signs or (rule.before and key[1:] and key[1:] in rule.signs)
            ]
            if len(BY_START) < MOST_STARTS:
                BY_START[key] = found
        return found

    def has_room(self) -> bool:
        """Say whether an element may be read here: nesting has not gone too deep."""
        return len(self.open) < DEEPEST

    def within(self, *kinds: str) -> bool:
        """Say whether an element of one of these kinds is being read."""
        return self.tree.kind in kinds or any(node.kind in kinds for node in self.open)

    def text_before(self) -> str:
        """Return the character before the position; "" at the start."""
        return self.text[self.at - 1 : self.at] if self.at else ""

    def go_back(self, to: int) -> None:
        """Give up what was read since `to`."""
        self.spare -= self.at - to
        self.at = to

    def take(self, text: str) -> bool:
        """Add text that stands at the position and move behind it; always True."""
        self.tree.children.append(text)
        self.at += len(text)
        return True


MOST_STARTS = 4096
BY_START: dict[str, list[tuple[Match, Parse]]] = {}
