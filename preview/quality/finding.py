"""What a check found."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from typing import Literal

Severity = Literal["error", "warning", "hint"]
GRAVEST: dict[str, int] = {"error": 0, "warning": 1, "hint": 2}


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing to do.

    rule: the rule's name. sentence: what is wrong, where, and what to do. quote: the words or the
    address that it is about. path: of the block on the page, as `reading.Block.path`; pointer: JSON
    Pointer into the item, where it is about a field.
    """

    rule: str
    severity: Severity
    sentence: str
    quote: str = ""
    path: str = ""
    pointer: str = ""

    @property
    def key(self) -> str:
        """What makes it the same finding in another version: its rule and its words."""
        words = "\n".join((self.rule, self.quote, self.pointer))
        return hashlib.sha256(words.encode("utf-8", "replace")).hexdigest()[:16]
