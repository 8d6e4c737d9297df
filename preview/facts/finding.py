"""Finding facts in the blocks of a page."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from preview.facts.registry import kinds
from preview.reading import Block, squeezed

# A sentence ends with its sign before a space and a capital letter or figure; tables end at lines.
SENTENCE_END = re.compile(r"(?<=[.!?])\s+(?=[A-Z£\d“\"(])|\n")
LONGEST_SENTENCE = 400
MOST = 500


@dataclass(frozen=True, slots=True)
class Fact:
    """A fact: its kind, its words, the sentence around it, the path of its block.

    key: the same for the same words in the same sentence, so that what was said of a fact counts
    in a later version where neither changed; told apart by number where a page has it twice.
    """

    kind: str
    text: str
    sentence: str
    path: str
    key: str


def facts_of(blocks: Iterable[Block]) -> tuple[Fact, ...]:
    """Return the facts of a page in reading order, at most 500; links come after their block's."""
    found: list[Fact] = []
    seen: dict[str, int] = {}
    for block in blocks:
        for kind, text, sentence in in_block(block):
            whole = f"{kind}\n{text.casefold()}\n{sentence.casefold()}"
            copies = seen[whole] = seen.get(whole, 0) + 1
            key = hashlib.sha256(f"{whole}\n{copies}".encode()).hexdigest()[:32]
            found.append(Fact(kind, text, sentence, block.path, key))
            if len(found) == MOST:
                return tuple(found)
    return tuple(found)


def in_block(block: Block) -> Iterator[tuple[str, str, str]]:
    """Give kind, words and sentence of each fact of a block."""
    for sentence in SENTENCE_END.split(block.text):
        for kind, text in in_text(sentence):
            yield kind, squeezed(text), squeezed(sentence)[:LONGEST_SENTENCE]
    for link in block.links:
        if not link.address.startswith(("#", "mailto:", "tel:")):
            yield "link", link.address[:LONGEST_SENTENCE], squeezed(link.text)[:LONGEST_SENTENCE]


def in_text(text: str) -> Iterator[tuple[str, str]]:
    """Give kind and words of each fact of a text, in order; no word belongs to two facts."""
    taken: list[tuple[int, int, str]] = []
    for kind in kinds():
        for match in kind.pattern.finditer(text):
            start, end = match.span()
            if end > start and all(end <= first or start >= last for first, last, _ in taken):
                taken.append((start, end, kind.name))
    for start, end, name in sorted(taken):
        yield name, text[start:end]
