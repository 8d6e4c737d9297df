"""Markdown to safe HTML.

CommonMark with tables for now; the Govspeak extensions are shown as they are written, and a page
that uses them says so in its fidelity report.
"""

from __future__ import annotations

from dataclasses import dataclass

import nh3
from markdown_it import MarkdownIt

MARKDOWN = MarkdownIt("commonmark", {"html": False}).enable("table")


@dataclass(frozen=True)
class Options:
    """What surrounds a text."""

    locale: str = "en"


def to_html(source: str, options: Options | None = None) -> str:  # noqa: ARG001 (for extensions)
    """Return sanitised HTML."""
    return nh3.clean(MARKDOWN.render(source))
