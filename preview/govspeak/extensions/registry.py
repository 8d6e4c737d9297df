"""The extensions of Govspeak, in the order in which they are searched; each registers itself.

An extension is a search over the whole text: what it finds is replaced by HTML or Markdown, which
the extensions after it and the Markdown pass see like everything else.

Source: alphagov/govspeak `lib/govspeak.rb`, for the order.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass

from preview.govspeak.options import Options

DEEPEST = 6


@dataclass
class Context:
    """What an extension knows: the options, how deep its text stands, what it noticed.

    `render` makes a document of its own from a text, `markdown` plain Markdown.
    """

    options: Options
    render: Callable[[str], str]
    markdown: Callable[[str], str]
    contact_ids: list[str]


Replace = Callable[[Context, re.Match[str]], str]
Search = Callable[[Context, str], str]


@dataclass(frozen=True)
class Extension:
    """An extension: its place in the order, a mark without which it is not searched, the search."""

    place: int
    mark: str
    search: Search


EXTENSIONS: list[Extension] = []


def register(place: int, mark: str, search: Search) -> None:
    """Register a search at its place in the order."""
    EXTENSIONS.append(Extension(place, mark, search))
    EXTENSIONS.sort(key=lambda extension: extension.place)


def extension(place: int, mark: str, pattern: str) -> Callable[[Replace], Replace]:
    """Register an extension that replaces what a pattern matches.

    The pattern must look ahead a bounded way, or to the end of a line; for marks that open and
    close over lines there is `surrounded`.
    """
    compiled = re.compile(pattern, re.MULTILINE | re.ASCII)

    def decorate(replace: Replace) -> Replace:
        def search(context: Context, text: str) -> str:
            return compiled.sub(lambda match: replace(context, match), text)

        register(place, mark, search)
        return replace

    return decorate


Body = Callable[[Context, str], str]


def surrounded(place: int, mark: str, opened: str, closed: str) -> Callable[[Body], Body]:
    """Register an extension for text between marks.

    `opened` and `closed` are patterns, `mark` is what every opening one begins with, or has behind
    its first character. The text ends at the first `closed`; where there is none after an opening
    mark, there is none after any later one either, so the search ends.
    """
    start, end = (re.compile(one, re.MULTILINE | re.ASCII) for one in (opened, closed))

    def decorate(write: Body) -> Body:
        def search(context: Context, text: str) -> str:
            pieces, at = [], 0
            while (first := opening(text, at)) and (last := end.search(text, first.end())):
                body = write(context, text[first.end() : last.start()])
                pieces += [text[at : first.start()], body]
                at = last.end()
            return "".join([*pieces, text[at:]])

        register(place, mark, search)
        return write

    def opening(text: str, at: int) -> re.Match[str] | None:
        # Only where the mark stands can the pattern match: to find that is much cheaper.
        begin, behind = at, text.find(mark, at)
        while behind >= 0:
            found = start.match(text, behind - 1) if behind > begin else None
            if found := found or start.match(text, behind):
                return found
            behind = text.find(mark, behind + 1)
        return None

    return decorate


def lines_between(mark: str) -> tuple[str, str, str]:
    """Return a mark and the patterns of it at a line's start and of its end at a line's end.

    The closing mark may lack its last character: so a mark of one character may be left out, and
    the text then ends with its first line.
    """
    opened = re.escape(mark)
    return mark, rf"(?:\r|\n|^){opened}", rf"{opened}? *(?:\r|\n|$)"
