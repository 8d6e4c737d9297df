"""Quotation marks and apostrophes. Source: kramdown syntax, "Typographic Symbols"; RubyPants."""

from __future__ import annotations

import re

from preview.govspeak.inline.parser import InlineParser
from preview.govspeak.inline.registry import inline_rule
from preview.govspeak.tree import Leaf

OPENING = {"'": "\u2018", '"': "\u201c"}
CLOSING = {"'": "\u2019", '"': "\u201d"}
PUNCTUATION = r"""[!"#$%'()*+,\-./:;<=>?@\[\\\]^_`{|}~]"""
BEFORE_CLOSING = r"[^ \\\t\r\n\[{(-]"
# Each rule: what is matched, then what is put: a group as it stands (its number), or the mark of a
# group, opening or closing.
RULES: tuple[tuple[re.Pattern[str], tuple[int | tuple[dict[str, str], int], ...]], ...] = (
    (re.compile(r"(\"|')(?=[_*]{1,2}\S)"), ((OPENING, 1),)),
    (re.compile(rf"(\"|')(?={PUNCTUATION}(?!\.\.)\B)"), ((CLOSING, 1),)),
    (re.compile(r"(\s?)(\")(')(?=\w)"), (1, (OPENING, 2), (OPENING, 3))),
    (re.compile(r"(\s?)(')(\")(?=\w)"), (1, (OPENING, 2), (OPENING, 3))),
    (re.compile(r"(\s?)(')(?=\d\ds)"), (1, (CLOSING, 2))),
    (re.compile(r"(\s)('|\")(?=\w)"), (1, (OPENING, 2))),
    (re.compile(rf"({BEFORE_CLOSING})('|\")"), (1, (CLOSING, 2))),
    (re.compile(r"(\"|')(?=\s|s\b|$)", re.MULTILINE | re.ASCII), ((CLOSING, 1),)),
    (re.compile(r"(.?)(')(?=\S)", re.DOTALL | re.ASCII), (1, (OPENING, 2))),
    (re.compile(r"(.?)(\")(?=\S)", re.DOTALL | re.ASCII), (1, (OPENING, 2))),
)


@inline_rule(70, "\"'", r"[^\\]?[\"']", before=True)
def quotation_mark(parser: InlineParser, match: re.Match[str]) -> bool:  # noqa: ARG001 (a rule)
    """Put the mark that the letters and spaces around it ask for."""
    for pattern, parts in RULES:
        found = pattern.match(parser.text, parser.at)
        if found is None:
            continue
        for part in parts:
            if isinstance(part, int):
                if found[part]:
                    parser.tree.children.append(found[part])
            else:
                marks, group = part
                parser.tree.children.append(Leaf("entity", marks[found[group]]))
        parser.at = found.end()
        return True
    return False
