"""One thing that is wrong with a content item."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Violation:
    """`pointer` is a JSON Pointer (RFC 6901), `sentence` says what to do, `rule` names the rule."""

    pointer: str
    sentence: str
    rule: str
