"""The dated table of what production can preview, and the names of kinds in both environments."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from functools import cache
from typing import Any

import orjson

from preview.usage.programme.models import UsageCapability
from preview.usage.ruleset import SEEDS

ALWAYS = date(1, 1, 1)


@dataclass(frozen=True)
class Capabilities:
    """Since when each kind can be previewed in production; None for one that can't yet."""

    since: Mapping[str, date | None]
    notes: Mapping[str, str] = field(default_factory=dict)

    def can(self, kind: str, day: date) -> bool | None:
        """Say whether a kind could be previewed on a day; None for a kind nobody named."""
        if not kind:
            return None
        since = self.since.get(kind)
        return since is not None and since <= day

    def split(self, rows: Iterable[tuple[date, str, int]]) -> tuple[int, int, int]:
        """Add up day, kind, sessions: what could move, what is blocked, what is of unknown kind."""
        totals = {True: 0, False: 0, None: 0}
        for day, kind, sessions in rows:
            totals[self.can(kind, day)] += sessions
        return totals[True], totals[False], totals[None]


@cache
def seeds() -> dict[str, Any]:
    """Return the table that a new service starts with."""
    found: dict[str, Any] = orjson.loads((SEEDS / "capabilities.json").read_bytes())
    return found


def capabilities() -> Capabilities:
    """Return the table as it is now: what admins entered, else the seeds."""
    since: dict[str, date | None] = {
        kind: ALWAYS if value == "always" else None for kind, value in seeds()["kinds"].items()
    }
    rows = list(UsageCapability.objects.all())
    since |= {row.kind: row.since for row in rows}
    return Capabilities(since, {row.kind: row.note for row in rows if row.note})


def kind_of_schema(schema_name: str) -> str:
    """Return what integration calls the kind of a draft."""
    named: dict[str, str] = seeds()["schemas"]
    return named.get(schema_name, schema_name)
