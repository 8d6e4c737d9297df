"""Blocks: one rule a module, each registering itself with its place in the order."""

from preview.govspeak.blocks import (
    blank_line,
    code_block,
    definition_list,
    definitions,
    end_of_block,
    extensions,
    fenced_code,
    heading,
    html,
    lists,
    math,
    paragraph,
    quotation,
    rule,
    table,
)

__all__ = [
    "blank_line",
    "code_block",
    "definition_list",
    "definitions",
    "end_of_block",
    "extensions",
    "fenced_code",
    "heading",
    "html",
    "lists",
    "math",
    "paragraph",
    "quotation",
    "rule",
    "table",
]
