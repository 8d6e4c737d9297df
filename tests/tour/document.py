"""docs/tour.md, made of the list of pages."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from tests.tour.pages import CHAPTERS

DOCS = Path(__file__).resolve().parents[2] / "docs"
DOCUMENT = DOCS / "tour.md"
PICTURES = DOCS / "tour"
INTRODUCTION = """\
# Tour

Every page of the service, with its example content. `make tour` takes the pictures anew and writes
this page from `tests/tour/pages.py`. What people with a link see is shown as on a phone.
"""


def text() -> str:
    """Return the document."""
    return "\n".join([INTRODUCTION, *lines()])


def lines() -> Iterator[str]:
    """Give the lines of each chapter."""
    for chapter in CHAPTERS:
        yield f"## {chapter.title}\n"
        for row in chapter.rows:
            yield f"### {row.title}\n\n{row.sentence}\n\n![{row.title}](tour/{row.picture})\n"
