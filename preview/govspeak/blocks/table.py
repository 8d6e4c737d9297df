"""Tables. Source: kramdown syntax, "Tables"."""

from __future__ import annotations

import re
from collections.abc import Mapping

from preview.govspeak.blocks.parser import BlockParser
from preview.govspeak.blocks.registry import block_rule
from preview.govspeak.tree import NOTHING, Node

LINE = r"(?:\||.*?[^\\\n]\|).*?\n"
line = re.compile(LINE)
SEPARATOR = re.compile(r"([+|: \t-]*?-[+|: \t-]*?)[ \t]*\n")
FOOTER = re.compile(r"[+|: \t=]*?=[+|: \t=]*?[ \t]*\n")
ROW = re.compile(r"(.*?)[ \t]*\n")
ALIGNMENT = re.compile(r"[ \t]?(:?)-+(:?)[ \t]?")
ALIGNED = {("", ""): "", (":", ""): "left", ("", ":"): "right", (":", ":"): "center"}
CODE_ELEMENT = re.compile(r"(<code.*?>.*?</code>)")
CODE = re.compile(r"(`+)(?!`)(.*?)(?<!`)\1(?!`)")
# Cells that fill up rows: so many in any table, and so many more for each of its characters.
SPARE, SPARE_EACH = 1000, 4
PIPE = re.compile(r"(?<!\\)\|")


@block_rule(120, rf" {{0,3}}(?=\S)(?=[^\n]*\|){LINE}")
def table(parser: BlockParser, match: re.Match[str]) -> bool:  # noqa: ARG001 (a rule)
    """Read a table between block boundaries; without a body row there is none."""
    if not parser.after_boundary():
        return False
    start = parser.at
    found = Table()
    found.read(parser)
    parts = found.nodes() if parser.before_boundary() else []
    if not parts:
        parser.at = start
        return False
    parser.add("table").children.extend(parts)
    return True


class Table:
    """A table while its lines are read: its parts, each with its kind and the texts of its rows.

    `spare` is how many cells may fill up rows: a long row above many short ones would ask for more
    than any page can hold.
    """

    def __init__(self) -> None:
        self.parts: list[tuple[str, list[list[str]]]] = []
        self.rows: list[list[str]] = []
        self.alignment: list[str] = []
        self.columns = 0
        self.footer = False
        self.spare = 0

    def read(self, parser: BlockParser) -> None:
        """Take the lines."""
        text, start = parser.text, parser.at
        leading = is_pipe(text, parser.at)
        if first := SEPARATOR.match(text, parser.at):
            parser.at = first.end()
        while parser.at < len(text) and line.match(text, parser.at):
            if found := SEPARATOR.match(text, parser.at):
                self.separate(found[1])
            elif found := FOOTER.match(text, parser.at):
                self.put("tbody", force=True)
                self.footer = True
            else:
                found = ROW.match(text, parser.at)
                if found is None:
                    break
                self.add_row(found[1], leading=leading)
            parser.at = found.end()
        self.put("tfoot" if self.footer else "tbody")
        self.spare = SPARE + SPARE_EACH * (parser.at - start)

    def separate(self, text: str) -> None:
        """End a part: the first separator ends the head and says how columns are aligned."""
        if not self.rows:
            return
        if not self.alignment and not self.footer:
            self.put("thead")
            self.alignment = [ALIGNED[sides] for sides in ALIGNMENT.findall(text)]
        else:
            self.put("tbody")

    def put(self, kind: str, *, force: bool = False) -> None:
        """Put the rows into a part of the table; behind a footer mark there are no more bodies."""
        if self.rows and (not self.footer or kind != "tbody" or force):
            self.parts.append((kind, self.rows))
            self.rows = []

    def add_row(self, text: str, *, leading: bool) -> None:
        """Add a row."""
        texts = [one.strip() for one in cells(text)]
        if leading and texts and not texts[0]:
            texts.pop(0)
        if texts and not texts[-1]:
            texts.pop()
        self.columns = max(self.columns, len(texts))
        self.rows.append(texts)

    def nodes(self) -> list[Node]:
        """Return the parts, their rows filled up; none where there is no body."""
        if all(kind != "tbody" for kind, _ in self.parts):
            return []
        sides = self.alignment + [""] * (self.columns - len(self.alignment))
        columns = [{"align": side} if side else NOTHING for side in sides]
        found = []
        for kind, rows in self.parts:
            part, cell = Node(kind), "th" if kind == "thead" else "td"
            part.children = [self.row(texts, cell, columns) for texts in rows]
            found.append(part)
        return found

    def row(self, texts: list[str], kind: str, columns: list[Mapping[str, str]]) -> Node:
        """Return a row of cells, each with the options of its column."""
        row = Node("tr")
        for text, options in zip(self.filled_up(texts), columns, strict=False):
            cell = Node(kind)
            cell.options = options
            if text:
                cell.children.append(text)
            row.children.append(cell)
        return row

    def filled_up(self, texts: list[str]) -> list[str]:
        """Return the texts of a row with one for every column, as far as `spare` goes."""
        missing = min(self.columns - len(texts), self.spare)
        self.spare -= missing
        return texts + [""] * missing


def is_pipe(text: str, at: int) -> bool:
    """Say whether the line's first visible character is a pipe."""
    while text[at : at + 1] in (" ", "\t"):
        at += 1
    return text[at : at + 1] == "|"


def cells(text: str) -> list[str]:
    """Split a row at its pipes, except escaped ones and those inside code."""
    found: list[str] = []
    if "`" not in text and "<code" not in text:
        split_into(found, text)
        return found
    for number, piece in enumerate(CODE_ELEMENT.split(text)):
        if number % 2:
            join(found, piece)
            continue
        at = 0
        for code in CODE.finditer(piece):
            split_into(found, piece[at : code.start()])
            join(found, code[0])
            at = code.end()
        split_into(found, piece[at:])
    return found


def split_into(found: list[str], text: str) -> None:
    """Add text without code: it goes on in the last cell up to the first pipe."""
    if not text:
        return
    first, *rest = (part.replace("\\|", "|") for part in PIPE.split(text))
    join(found, first)
    found.extend(rest)


def join(found: list[str], text: str) -> None:
    """Add text to the last cell."""
    if found:
        found[-1] += text
    else:
        found.append(text)
