"""Texts as sentences and words, for rules of style."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property

from preview.reading import Block

END = re.compile(r"(?<=[.!?])[\"')\u2019\u201d]*\s+(?=[\"'(\u2018\u201c]?[A-Z0-9\u00a3])|\n")
ABBREVIATED = re.compile(r"\b(?:e\.g|i\.e|etc|Mr|Mrs|Ms|Dr|No|St|vs|cf|approx|[A-Z])\.$")
# A text that is all abbreviations is cut here.
LONGEST = 2000
WORD = re.compile(r"[^\W_]+(?:['\u2019-][^\W_]+)*")


@dataclass(frozen=True)
class Prose:
    """A block with its words and sentences, each found once."""

    block: Block

    @cached_property
    def words(self) -> list[str]:
        """Its words."""
        return word_list(self.block.text)

    @cached_property
    def vocabulary(self) -> frozenset[str]:
        """Its words in lower case, each once: tells quickly which rules can't be broken."""
        return frozenset(word.lower() for word in self.words)

    @cached_property
    def sentences(self) -> list[tuple[str, int]]:
        """Its sentences and how many words each has."""
        return [(one, len(word_list(one))) for one in sentences(self.block)]


def sentences(block: Block) -> Iterator[str]:
    """Return the sentences of a block; a full stop of an abbreviation ends none."""
    held = ""
    for part in END.split(block.text):
        held = f"{held} {part}".strip() if held else part.strip()
        if held and not (len(held) <= LONGEST and ABBREVIATED.search(held[-8:])):
            yield held
            held = ""
    if held:
        yield held


def word_list(text: str) -> list[str]:
    """Return the words of a text."""
    return WORD.findall(text)


def short(text: str, most: int = 80) -> str:
    """Return the start of a text that is too long for a sentence."""
    return text if len(text) <= most else text[: most - 1].rstrip() + "…"
