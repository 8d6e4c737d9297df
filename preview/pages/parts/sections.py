"""A text cut at its headings: what is before the first, and each heading with what follows.

Source: alphagov/frontend `lib/html_section_tokenizer.rb`.
"""

from __future__ import annotations

from dataclasses import dataclass
from html.parser import HTMLParser

from markupsafe import Markup

from preview.pages.sanitise import sanitised


@dataclass(frozen=True)
class Section:
    """A heading as text, its id, and the HTML up to the next one."""

    title: str
    id: str
    body: Markup


class Headings(HTMLParser):
    """Finds second level headings: id, and where each begins, its text begins, ends, and it ends.

    Places are offsets in the text, which must be fed whole.
    """

    def __init__(self, text: str) -> None:
        super().__init__()
        self.lines = [0]
        for line in text.splitlines(keepends=True):
            self.lines.append(self.lines[-1] + len(line))
        self.found: list[tuple[str, int, int, int, int]] = []
        self.opened: tuple[str, int, int] | None = None
        self.feed(text)
        self.close()

    def here(self) -> int:
        """Return the offset that the parser has come to."""
        line, column = self.getpos()
        return self.lines[line - 1] + column

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Note where a heading begins."""
        if tag == "h2":
            start = self.here()
            self.opened = (
                dict(attrs).get("id") or "",
                start,
                start + len(self.get_starttag_text() or ""),
            )

    def handle_endtag(self, tag: str) -> None:
        """Note where a heading ends."""
        if tag == "h2" and self.opened:
            end = self.here()
            self.found.append((*self.opened, end, end + len("</h2>")))
            self.opened = None


def sections(html: Markup) -> tuple[Markup, list[Section]]:
    """Return what is before the first heading, and the sections; `html` is sanitised already.

    What a cut leaves open is closed.
    """
    text = str(html)
    headings = Headings(text).found
    if not headings:
        return html, []
    ends = [start for _, start, *_ in headings[1:]] + [len(text)]
    found = [
        Section(
            Markup(text[after_tag:close]).striptags(),  # noqa: S704 (a cut of sanitised HTML, made text)
            id_,
            sanitised(text[after:end]),
        )
        for (id_, _, after_tag, close, after), end in zip(headings, ends, strict=True)
    ]
    return sanitised(text[: headings[0][1]]), found
