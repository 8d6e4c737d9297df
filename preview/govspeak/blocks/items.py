"""What items of all lists have in common: where their content begins, which lines belong to them.

Source: kramdown `parser/kramdown/list.rb`.
"""

from __future__ import annotations

import re
from functools import lru_cache

from preview.govspeak.attribute_lists import NAME, WHOLE
from preview.govspeak.blocks.patterns import HTML_STARTS, HTML_STOPS, LIST, SPACE

ITEM_LIST = re.compile(rf"^\s*\{{:(?!(?:{NAME})?:|/)({WHOLE})\}}\s*", re.MULTILINE | re.ASCII)
ONLY_A_LIST = re.compile(rf"(?:\s*\{{:(?!(?:{NAME})?:|/)(?:{WHOLE})\}}\s*)?\s*\n")
NOT_PLAIN = frozenset(" \t\r\f\v\n{")
LEADING_TABS = re.compile(r"^( *)(\t+)")


@lru_cache(maxsize=64)
def lines_at(indentation: int) -> tuple[re.Pattern[str], re.Pattern[str], re.Pattern[str]]:
    """Return the patterns of an item's own lines, of lazy ones, and of its indentation."""
    fours, rest = divmod(indentation, 4)
    own = rf"(?:(?:\t| {{4}}){{{fours}}} {{{rest}}}|(?:\t| {{4}}){{{fours + 1}}})[^\n]*\S.*\n"
    upto = min(indentation, 3)
    stops = "|".join(part.removeprefix(SPACE) for part in (HTML_STOPS, HTML_STARTS))
    lazy = rf"(?! {{0,{upto}}}(?:{LIST}|{stops})).*\S.*\n"
    return (
        re.compile(own, re.MULTILINE | re.ASCII),
        re.compile(lazy, re.MULTILINE | re.ASCII),
        re.compile(rf"^ {{{indentation}}}"),
    )


@lru_cache(maxsize=64)
def marker(kind: str, indentation: int) -> re.Pattern[str]:
    """Return the pattern of the next item of a list whose content begins at `indentation`."""
    sign = {"ul": "[+*-]", "ol": r"\d+\.", "dl": ":"}[kind]
    upto = min(3, indentation - 1)
    return re.compile(rf"( {{0,{upto}}}{sign})([\t |].*\n)", re.MULTILINE | re.ASCII)


def first_line(width: int, content: str) -> tuple[str, int]:
    """Return an item's first line without indentation, and the column where it begins.

    `width` is that of its mark. An item that starts with nothing, or with an attribute list alone,
    has its content at column four.
    """
    if content[0] == " " and content[1] not in NOT_PLAIN:
        return content[1:], width + 1
    if ONLY_A_LIST.match(content):
        return content.lstrip(), 4
    while tabs := LEADING_TABS.match(content):
        spaces = len(tabs[1])
        filled = 4 - ((spaces + width) % 4) + (len(tabs[2]) - 1) * 4
        content = tabs[1] + " " * filled + content[tabs.end() :]
    stripped = content.lstrip(" ")
    return stripped.lstrip(), width + len(content) - len(stripped)
