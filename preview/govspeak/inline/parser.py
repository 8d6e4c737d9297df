"""Reads spans: emphasis, links, code and the like, inside the text of a block."""

from __future__ import annotations

import re
import sys
from collections.abc import Callable
from typing import Any

from preview.govspeak.document import Document
from preview.govspeak.inline.registry import ONLY_HTML, RULES, Match, Parse
from preview.govspeak.tree import Node, Piece

SPACE = frozenset(" \t\r\n\f\v")
DEEPEST = 40
SPARE = 20_000
Accept = Callable[[Node], bool]


# Where any rule can start, or end what it started. Each choice begins with a character of its own,
# which is searched for ten times as fast as anything else: so what starts with the white space or
# the letter before is found by what follows. A rule of another sign adds its sign here.
STARTS = re.compile(
    r"""\*|_|`|<|\[|\]|\\|\{|&|"|'|!\[|\$\$|--|\.\.\.|>>|\n(?<=  \n)""",
)
HTML_STARTS = re.compile("<")
# Signs that may be read together with the white space or the character before them.
BEHIND = frozenset("\"'>\n")


def start_before(text: str, at: int) -> int:
    """Return where that begins which has one of `BEHIND` at `at`: before it, in some cases."""
    if text[at] == "\n":
        return at - 2
    if text[at] == ">":
        return at - (text[at - 1] == " ")
    return at - (text[at - 1] != "\\")


def is_plain(text: str, start: int = 0, end: int = sys.maxsize) -> bool:
    """Say whether no rule can start anywhere in the text, or between two places of it."""
    return STARTS.search(text, start, end) is None


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
        """Read spans into `tree` up to `stop` (where `accept` agrees); say whether it was found.

        What `stop` matches must begin with a character that `STARTS` finds.
        """
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
        search = (HTML_STARTS if only_html else STARTS).search
        text, tree = self.text, self.tree
        while match := search(text, self.at):
            start = match.start()
            if start > self.at and text[start] in BEHIND:
                start = max(self.at, start_before(text, start))
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
