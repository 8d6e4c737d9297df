"""The kinds of facts, in the order in which they claim words."""

from __future__ import annotations

import importlib
import pkgutil
import re
from dataclasses import dataclass
from functools import cache

from preview.facts import kinds as package


@dataclass(frozen=True)
class Kind:
    """A kind: its name, what people read, its order (lower claims first), what it looks like."""

    name: str
    title: str
    order: int
    pattern: re.Pattern[str]


KINDS: dict[str, Kind] = {}


def kind(name: str, title: str, order: int, *patterns: str) -> Kind:
    """Register a kind; what its patterns match, in any case of letters, is a fact."""
    found = re.compile("|".join(f"(?:{one})" for one in patterns), re.IGNORECASE | re.VERBOSE)
    KINDS[name] = Kind(name, title, order, found)
    return KINDS[name]


@cache
def kinds() -> tuple[Kind, ...]:
    """Return every kind, in their order."""
    for one in pkgutil.iter_modules(package.__path__):
        importlib.import_module(f"{package.__name__}.{one.name}")
    return tuple(sorted(KINDS.values(), key=lambda one: (one.order, one.name)))
