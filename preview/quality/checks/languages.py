"""Passages in another language are marked as such.

Source: WCAG 2.2, 3.1.2. Only what is certain is told: another script, or much of another tongue's
commonest words; a library that guesses languages is wrong too often about a dozen words.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from preview.quality.page import Page
from preview.quality.registry import Spot, rule
from preview.quality.sentences import Prose, short

SCRIPTS = {
    "Arabic, Persian or Urdu": re.compile(r"[\u0600-\u06ff]"),
    "Chinese or Japanese": re.compile(r"[\u3040-\u30ff\u4e00-\u9fff]"),
    "Russian or another Cyrillic": re.compile(r"[\u0400-\u04ff]"),
    "Greek": re.compile(r"[\u0370-\u03ff]"),
    "Hebrew": re.compile(r"[\u0590-\u05ff]"),
    "Hindi or another Indian": re.compile(r"[\u0900-\u0dff]"),
    "Thai": re.compile(r"[\u0e00-\u0e7f]"),
    "Korean": re.compile(r"[\uac00-\ud7af]"),
}
COMMON = {
    "Welsh": frozenset(
        [
            "yn",
            "yr",
            "ac",
            "gan",
            "gyda",
            "mae",
            "sydd",
            "oedd",
            "wedi",
            "cael",
            "gallwch",
            "dylech",
            "chi",
            "hwn",
            "nid",
        ]
    ),
    "French": frozenset(
        [
            "les",
            "des",
            "une",
            "est",
            "dans",
            "pour",
            "vous",
            "que",
            "avec",
            "sur",
            "sont",
            "pas",
            "aux",
            "cette",
        ]
    ),
    "German": frozenset(
        [
            "der",
            "die",
            "das",
            "und",
            "ist",
            "nicht",
            "ein",
            "eine",
            "mit",
            "sie",
            "auf",
            "werden",
            "sind",
        ]
    ),
    "Spanish": frozenset(
        [
            "los",
            "las",
            "una",
            "es",
            "para",
            "por",
            "con",
            "que",
            "del",
            "usted",
            "como",
            "este",
            "esta",
        ]
    ),
    "Polish": frozenset(
        ["nie", "jest", "oraz", "lub", "dla", "przez", "jak", "można", "się", "do", "w", "z", "na"]
    ),
}
SCRIPT_SHARE = 0.5
WORDS_SHARE = 0.3
FEWEST = 6
# Letters from here on are not Latin.
FIRST_OTHER = "\u0370"


@rule("language", "warning", "Screen readers read a passage aloud in the page's language.")
def language(page: Page) -> Iterator[Spot]:
    """Find blocks of an English page that are in another language and not marked so."""
    for one in page.english_read:
        block = one.block
        if block.language or block.kind in ("code", "table"):
            continue
        name = other_script(block.text) or other_words(one)
        if name:
            what = f"“{short(block.text)}” seems to be {name}. Mark its language, or put it on a"
            yield Spot(f"{what} page of its own.", block.text, block.path)


def other_script(text: str) -> str:
    """Return the language that most letters are of, empty where they are Latin."""
    if text.isascii() or max(text) < FIRST_OTHER:
        return ""
    letters = sum(map(str.isalpha, text))
    found = ((name, len(script.findall(text))) for name, script in SCRIPTS.items())
    enough = max(FEWEST, SCRIPT_SHARE * letters)
    return next((name for name, count in found if count >= enough), "")


def other_words(one: Prose) -> str:
    """Return the language whose commonest words fill a text, empty where it may be English."""
    for name, common in COMMON.items():
        if len(one.vocabulary & common) >= 2 and len(one.words) >= FEWEST:
            count = sum(word.lower() in common for word in one.words)
            if count >= WORDS_SHARE * len(one.words):
                return name
    return ""
