"""Reads blocks: the position in the text, the tree that is being built, what waits for it."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any

from preview.govspeak.blocks import patterns
from preview.govspeak.blocks.registry import RULES, Parse
from preview.govspeak.document import Document
from preview.govspeak.tree import Leaf, Node

Match = Callable[[str, int], re.Match[str] | None]
DEEPEST = 32


class BlockParser:
    """Turns text into a tree of blocks; text inside them is read as spans later.

    `pending` is an attribute list that waits for the block after it. `document` holds what is
    defined anywhere and used everywhere: links, footnotes, abbreviations, named lists.
    """

    def __init__(self, document: Document) -> None:
        self.document = document
        self.text = ""
        self.at = 0
        self.tree = Node("root")
        self.pending: dict[str, str] | None = None
        self.depth = 0
        self.stopped = False
        self.fruitless: set[Any] = set()

    def parse(self, tree: Node, text: str | None = None) -> bool:
        """Read blocks into `tree`; without `text` go on in the text at hand until its end tag.

        Returns whether the end tag was found. Deeper nesting than `DEEPEST` becomes a paragraph.
        """
        if text is not None and not tree.children and LONE_LINE.fullmatch(text):
            paragraph = Node("p")
            paragraph.children.append(text.strip())
            tree.children.append(paragraph)
            return False
        before = (self.tree, self.text, self.at, self.pending, self.fruitless)
        self.tree, self.pending = tree, None
        if text is not None:
            self.text, self.at, self.fruitless = text, 0, set()
        self.depth += 1
        if self.depth > DEEPEST:
            self.flatten()
        else:
            self.read()
        self.depth -= 1
        found, self.stopped = self.stopped, False
        here, kept = self.at, self.fruitless
        self.tree, self.text, self.at, self.pending, self.fruitless = before
        if text is None:
            self.at, self.fruitless = here, kept
        return found

    def read(self) -> None:
        """Read blocks until the text or the element ends.

        A line that can start nothing else goes to the last rule, paragraphs, without asking others.
        """
        text, end, paragraph = self.text, len(self.text), RULES[-1].parse
        while self.at < end and not self.stopped:
            first = text[self.at]
            if first not in KNOWN_FIRST and (match := PLAIN_LINE.match(text, self.at)):
                paragraph(self, match)
                continue
            for starts, parse in BY_FIRST.get(first) or self.candidates():
                match = starts(text, self.at)
                if match and parse(self, match):
                    break
            else:
                self.tree.add_text(self.take_line())

    def candidates(self) -> list[tuple[Match, Parse]]:
        """Return where the rules for the line start, and what they do, in order."""
        at, text = self.at, self.text
        first = text[at]
        if first == " ":
            end = at + 3
            while at < end and text.startswith(" ", at):
                at += 1
            first = text[at : at + 1]
            if first == " ":  # a fourth space: code, or blank
                first = "\t"
        if first not in KNOWN_FIRST:
            first = ""
        found = BY_FIRST.get(first)
        if found is None:
            found = [
                (rule.start.match, rule.parse)
                for rule in RULES
                if not rule.first or (first and first in rule.first)
            ]
            BY_FIRST[first] = found
        return found

    def flatten(self) -> None:
        """Take the rest as a paragraph: nesting has gone too deep."""
        rest, self.at = self.text[self.at :], len(self.text)
        paragraph = Node("p")
        paragraph.add_text(rest.strip())
        self.tree.children.append(paragraph)

    def new(self, kind: str, text: str = "") -> Node:
        """Return a new block, with the attribute list that waited for it."""
        node = Node(kind, text)
        if self.pending is not None:
            node.keep("list", self.pending)
            self.pending = None
        return node

    def add(self, kind: str, text: str = "") -> Node:
        """Add a new block to the tree."""
        node = self.new(kind, text)
        self.tree.children.append(node)
        return node

    def end_of_block(self, reason: str = "") -> Node:
        """Add the mark that the block before has ended, and return it."""
        end = Leaf("end", reason)
        self.tree.children.append(end)
        return end

    def take_line(self) -> str:
        """Return the line at hand and move behind it."""
        end = self.text.find("\n", self.at)
        end = len(self.text) if end < 0 else end + 1
        taken, self.at = self.text[self.at : end], end
        return taken

    def take_lazily(self, end: re.Pattern[str] = patterns.lazy_end) -> str:
        """Return lines up to one that ends a block for lazy lines too."""
        start, text, length = self.at, self.text, len(self.text)
        at = text.find("\n", start) + 1 or length
        while at < length and text[at] != "\n" and not end.match(text, at):
            at = text.find("\n", at) + 1 or length
        self.at = at
        return text[start:at]

    def after_boundary(self) -> bool:
        """Say whether nothing stands directly before."""
        last = self.tree.last
        if last is None or last.kind in BOUNDARIES or self.pending is not None:
            return True
        return last.kind == "end" and not last.text

    def before_boundary(self) -> bool:
        """Say whether nothing stands directly behind."""
        return bool(patterns.boundary.match(self.text, self.at))


BOUNDARIES = frozenset({"blank", "html"})
SPECIAL = "#>*+-_:<|[{~`^$\n\t\r\f\v =0123456789"
KNOWN_FIRST = frozenset(SPECIAL)
# A line without a sign of any block, no row of a table, and not above the line of a heading.
PLAIN = rf"[^{re.escape(SPECIAL)}][^|\n]*\n"
PLAIN_LINE = re.compile(rf"{PLAIN}(?![-=])")
LONE_LINE = re.compile(rf" {{0,3}}{PLAIN}")
BY_FIRST: dict[str, list[tuple[Match, Parse]]] = {}
