"""Words that GOV.UK avoids: `words_to_avoid.toml`, each with what to write instead.

Source: GOV.UK style guide, “words to avoid” and “plain English”.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterator
from functools import cache
from pathlib import Path

from preview.quality.page import Page
from preview.quality.registry import Spot, rule
from preview.quality.sentences import word_list


@cache
def advice() -> dict[str, str]:
    """Return what to write instead, by the word or phrase in lower case."""
    tree = tomllib.loads(Path(__file__).with_name("words_to_avoid.toml").read_text("utf-8"))
    return {name.lower(): text for name, text in tree["instead"].items()}


@cache
def pattern() -> re.Pattern[str]:
    """Return what finds all of them, longer phrases first."""
    words = sorted(advice(), key=len, reverse=True)
    return re.compile(rf"(?<![\w-])(?:{'|'.join(map(re.escape, words))})(?![\w-])", re.IGNORECASE)


@cache
def first_words() -> frozenset[str]:
    """Return the word that each of them starts with: a text without these has none."""
    return frozenset(word_list(name)[0] for name in advice())


@rule("words-to-avoid", "hint", "Plain words are understood by everybody and say what happens.")
def words_to_avoid(page: Page) -> Iterator[Spot]:
    """Find words to avoid, each once a page, outside quotations."""
    seen = set()
    for one in page.english_read:
        block = one.block
        if block.box == "quotation" or block.kind == "code" or not one.vocabulary & first_words():
            continue
        for found in pattern().finditer(block.text):
            word = found.group().lower()
            if word not in seen:
                seen.add(word)
                what = f"Avoid “{found.group()}”: {advice()[word]}."
                yield Spot(what, word, block.path)
