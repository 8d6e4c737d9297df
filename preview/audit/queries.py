"""What is asked of the trail: a part of it, and who has seen a pack."""

from __future__ import annotations

import uuid
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db.models import Count, Max, Min, QuerySet

from preview.audit.models import Entry

VIEWS = ("share_link.view", "rendering.view")


@dataclass(frozen=True)
class Part:
    """Which part of the trail is wanted; what is empty does not narrow it.

    `action` is a whole action or the noun that it begins with; `since` is included, `until` is not.
    """

    action: str = ""
    actor: str = ""
    subject: str = ""
    pack: uuid.UUID | None = None
    since: datetime | None = None
    until: datetime | None = None

    def entries(self) -> QuerySet[Entry]:
        """Return the entries, newest first."""
        found = Entry.objects.order_by("-pk")
        wanted: dict[str, Any] = {
            "actor": self.actor,
            "subject": self.subject,
            "pack": self.pack,
            "at__gte": self.since,
            "at__lt": self.until,
        }
        if self.action:
            name = "action" if "." in self.action else "action__startswith"
            wanted[name] = self.action if "." in self.action else f"{self.action}."
        return found.filter(**{name: value for name, value in wanted.items() if value})


@dataclass(frozen=True)
class Seen:
    """Somebody who has seen a pack: `actor` as in the trail, how often, first and last."""

    actor: str
    times: int
    first: datetime
    last: datetime


def who_has_seen(pack: uuid.UUID) -> Sequence[Seen]:
    """Return who has seen pages of a pack, the latest first."""
    rows = (
        Entry.objects.filter(pack=pack, action__in=VIEWS)
        .values("actor")
        .annotate(times=Count("pk"), first=Min("at"), last=Max("at"))
        .order_by("-last")
    )
    return [Seen(row["actor"], row["times"], row["first"], row["last"]) for row in rows]
