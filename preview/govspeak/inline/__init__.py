"""Spans: one rule a module, each registering itself with its place in the order."""

from preview.govspeak.inline import (
    autolink,
    code,
    emphasis,
    entity,
    escape,
    extensions,
    footnote,
    html,
    line_break,
    link,
    math,
    smart_quotes,
    symbols,
)

__all__ = [
    "autolink",
    "code",
    "emphasis",
    "entity",
    "escape",
    "extensions",
    "footnote",
    "html",
    "line_break",
    "link",
    "math",
    "smart_quotes",
    "symbols",
]
