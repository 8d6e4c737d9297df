"""The text of one version, as one line that passages are found in."""

from __future__ import annotations

from bisect import bisect_right
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property

from preview.anchors.anchor import CONTEXT, LONGEST, Anchor, normal
from preview.reading import Block, read, words

# A word that stands in more blocks than this tells nothing about which one is meant.
COMMON = 40


def meaningful(text: str) -> list[str]:
    """Return the words of a text in lower case, without spaces and signs."""
    return [word.lower() for word in words(text) if any(map(str.isalnum, word))]


@dataclass(frozen=True)
class Passages:
    """The blocks of a version, and their texts as one, parted by spaces."""

    blocks: tuple[Block, ...]

    @classmethod
    def of(cls, html: str) -> Passages:
        """Read a page or a rich text; blocks without words are left out."""
        return cls.of_blocks(read(html))

    @classmethod
    def of_blocks(cls, blocks: Sequence[Block]) -> Passages:
        """Take blocks that were read already."""
        return cls(tuple(block for block in blocks if block.text))

    @cached_property
    def text(self) -> str:
        """All of it on one line, with one sign for each way to write it."""
        return " ".join(normal(block.text) for block in self.blocks)

    @cached_property
    def starts(self) -> list[int]:
        """Where each block starts in the text."""
        found, at = [], 0
        for block in self.blocks:
            found.append(at)
            at += len(block.text) + 1
        return found

    @cached_property
    def by_word(self) -> dict[str, list[int]]:
        """In which blocks each word stands."""
        found: dict[str, list[int]] = defaultdict(list)
        for at, block in enumerate(self.blocks):
            for word in set(meaningful(normal(block.text))):
                found[word].append(at)
        return found

    @cached_property
    def by_path(self) -> dict[str, int]:
        """Which block stands at a path."""
        return {block.path: at for at, block in enumerate(self.blocks)}

    def block_at(self, offset: int) -> int:
        """Return the number of the block that a letter of the text is in."""
        return bisect_right(self.starts, offset) - 1

    def end_of(self, block: int) -> int:
        """Return where a block ends in the text."""
        return self.starts[block] + len(self.blocks[block].text)

    def anchor(self, start: int, end: int) -> Anchor:
        """Return the anchor of a passage; spaces around it are no part of it.

        Raises:
            ValueError: there are no words between the two.

        """
        quote = self.text[start:end]
        start += len(quote) - len(quote.lstrip())
        quote = quote.strip()[:LONGEST].strip()
        if not quote:
            raise ValueError("A passage needs words.")
        end, block = start + len(quote), self.block_at(start)
        return Anchor(
            quote,
            self.text[max(0, start - CONTEXT) : start],
            self.text[end : end + CONTEXT],
            self.blocks[block].path,
            start - self.starts[block],
            self.text.count(quote),
        )

    def anchor_block(self, block: int) -> Anchor:
        """Return the anchor of a whole block."""
        return self.anchor(self.starts[block], self.end_of(block))

    def like(self, text: list[str], most: int) -> list[int]:
        """Return the blocks that share most rare words with a text, the most alike first."""
        votes: dict[int, float] = defaultdict(float)
        for word in set(text):
            places = self.by_word.get(word, [])
            if len(places) <= COMMON:
                for at in places:
                    votes[at] += 1 / len(places)
        return sorted(votes, key=lambda at: (-votes[at], at))[:most]
