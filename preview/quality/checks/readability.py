"""Sentences and paragraphs can be taken in at once.

Source: GOV.UK content design guidance (sentences of up to 25 words, paragraphs of up to 5
sentences); automated readability index (Senter and Smith, 1967) for the reading age.
"""

from __future__ import annotations

from collections.abc import Iterator

from preview.quality.page import Page
from preview.quality.registry import Spot, rule
from preview.quality.sentences import Prose, short

LONGEST_SENTENCE = 25
LONGEST_PARAGRAPH = 5
MOST_WORDS = 120
# GOV.UK writes for a reading age of 9; an index is coarse, so that only clear cases are told.
READING_AGE = 15
FEWEST_WORDS = 100
# With line breaks and fewer words a text is an address or a list of hours.
SHORT_LINES = 60


@rule("sentence-long", "hint", "Readers lose the thread of a sentence of more than 25 words.")
def sentence_long(page: Page) -> Iterator[Spot]:
    """Find long sentences."""
    for one in english_prose(page):
        for sentence, count in one.sentences:
            if count > LONGEST_SENTENCE:
                what = f"Split this sentence of {count} words: “{short(sentence)}”"
                yield Spot(what, sentence, one.block.path)


@rule("paragraph-long", "hint", "Long paragraphs are not read on a screen.")
def paragraph_long(page: Page) -> Iterator[Spot]:
    """Find long paragraphs."""
    for one in page.prose:
        block, count, words = one.block, len(one.sentences), len(one.words)
        lines = "\n" in block.text and words < SHORT_LINES
        if (count > LONGEST_PARAGRAPH and not lines) or words > MOST_WORDS:
            what = f"Split this paragraph of {count} sentences and {words} words:"
            yield Spot(f"{what} “{short(block.text)}”", block.text, block.path)


@rule("reading-age", "hint", "Plain texts are understood by more people, and faster by all.")
def reading_age(page: Page) -> Iterator[Spot]:
    """Find a page whose sentences and words are long on the whole."""
    found = english_prose(page)
    words = [word for one in found for word in one.words]
    count = sum(len(one.sentences) for one in found)
    if len(words) < FEWEST_WORDS:
        return
    age = age_of(sum(map(len, words)), len(words), count)
    if age > READING_AGE:
        mean = len(words) / count
        what = f"The text suits a reading age of {age} and its sentences have {mean:.0f} words on"
        yield Spot(f"{what} average. Use shorter sentences and everyday words.")


def english_prose(page: Page) -> list[Prose]:
    """Return the texts with sentences that rules of English hold for."""
    return [one for one in page.prose if page.english and one.block.language in ("", "en")]


def age_of(letters: int, words: int, count: int) -> int:
    """Return the age at which most people read such a text with ease."""
    grade = 4.71 * letters / words + 0.5 * words / max(1, count) - 21.43
    return max(5, round(grade) + 5)
