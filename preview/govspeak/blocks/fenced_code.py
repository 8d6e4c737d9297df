"""Code between tildes. Source: kramdown syntax, "Fenced Code Blocks"."""

from __future__ import annotations

import re

from preview.govspeak.blocks.parser import BlockParser
from preview.govspeak.blocks.registry import block_rule

OPENED = re.compile(r"(~{3,})\s*?((\S+?)(?:\?\S*)?)?[ \t\r\f\v]*\n", re.MULTILINE | re.ASCII)


@block_rule(30, r"~{3,}", "~")
def fenced_code(parser: BlockParser, match: re.Match[str]) -> bool:  # noqa: ARG001 (a rule)
    """Take lines up to a fence of the same length or longer; without one there is no code."""
    opened = OPENED.match(parser.text, parser.at)
    if opened is None or ("fence", len(opened[1])) in parser.fruitless:
        return False
    close = re.compile(rf"^{opened[1]}~*[ \t\r\f\v]*\n", re.MULTILINE | re.ASCII)
    closed = close.search(parser.text, opened.end())
    if closed is None:
        parser.fruitless.add(("fence", len(opened[1])))
        return False
    node = parser.add("code_block", parser.text[opened.end() : closed.start()])
    if opened[2]:
        node.keep("language", opened[3])
    parser.at = closed.end()
    return True
