"""The Markdown pass: kramdown's dialect to HTML that is not sanitised yet.

Source: kramdown 2.5 with its own (not GitHub's) syntax.
"""

from __future__ import annotations

import re

from preview.govspeak import blocks, inline
from preview.govspeak.blocks.parser import BlockParser
from preview.govspeak.document import Document
from preview.govspeak.spans import mark_abbreviations, read_spans
from preview.govspeak.tree import Node

RULES = (blocks, inline)  # imported so that every rule registers itself
LINE_END = re.compile(r"\r\n?")


def parse(source: str, document: Document) -> Node:
    """Return the tree of a text."""
    text = LINE_END.sub("\n", source)
    root = Node("root")
    BlockParser(document).parse(root, text.removesuffix("\n") + "\n")
    for footnote in document.footnotes.values():
        read_spans(footnote.content, document)
    read_spans(root, document)
    mark_abbreviations(root, document)
    for footnote in document.footnotes.values():
        mark_abbreviations(footnote.content, document)
    return root
