"""Where a passage was found, and how sure that is."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

State = Literal["exact", "moved", "changed", "lost"]
SENTENCES = {
    "exact": "This is about a passage that did not change.",
    "moved": "This is about a passage that stands elsewhere now.",
    "changed": "This is about a passage that was changed.",
}
REMOVED = "The passage that this is about was removed."
UNKNOWN = "The passage that this is about is not in this version any more."
SEVERAL = "The passage that this is about may be one of several in this version."


@dataclass(frozen=True, slots=True)
class Placement:
    """A place in `Passages.text` from `start` to `end`, in the block numbered `block`.

    score: from 0 to 1; 1 for a passage whose words and surroundings are as they were. quote: its
    words now. A lost one is nowhere: block -1 and no words.
    """

    state: State
    sentence: str
    score: float = 0.0
    start: int = 0
    end: int = 0
    block: int = -1
    path: str = ""
    quote: str = ""


def lost(sentence: str = UNKNOWN) -> Placement:
    """Return that a passage has no place any more."""
    return Placement("lost", sentence)
