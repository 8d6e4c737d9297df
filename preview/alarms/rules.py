"""The rules of alarms: each reads the trail's last minutes and gives what stands out in it."""

from __future__ import annotations

import uuid
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any

from django.conf import settings
from django.db.models import Count, Q, QuerySet

from preview.audit.models import Entry
from preview.rate_limits.misses import MISSES

Entries = QuerySet[Entry]
NOT_PEOPLE = ("scanner", "bot", "script")
DENIED = "share_link.deny"


@dataclass(frozen=True)
class Sign:
    """Something that stands out: about what, in which pack, how often, and a sentence."""

    subject: str
    count: int
    sentence: str
    pack: uuid.UUID | None = None


def counted(entries: Entries, by: str) -> Iterator[dict[str, Any]]:
    """Give values of a column with how often they occur, where that is often."""
    others = Q(detail__client__isnull=True) | ~Q(detail__client="probe")
    denied = entries.filter(others, action=DENIED)
    rows = denied.values(by).annotate(count=Count("pk"))
    yield from rows.filter(count__gte=settings.ALARM_DENIALS).order_by(by)


def denials_of_pack(entries: Entries) -> Iterator[Sign]:
    """Packs that many were not let in to."""
    for row in counted(entries.exclude(pack=None), "pack"):
        sentence = f"{row['count']} tries to open one preview were refused."
        yield Sign(f"pack:{row['pack']}", row["count"], sentence, row["pack"])


def denials_of_source(entries: Entries) -> Iterator[Sign]:
    """Browsers that were not let in many times."""
    for row in counted(entries, "actor"):
        sentence = f"One browser was refused {row['count']} times."
        yield Sign(row["actor"], row["count"], sentence)


def opened_by_machines(entries: Entries) -> Iterator[Sign]:
    """Links that a scanner, a chat service or a script confirmed: only people should."""
    opened = entries.filter(action="share_link.confirm", detail__client__in=NOT_PEOPLE)
    for row in opened.values("subject", "pack").annotate(count=Count("pk")).order_by("subject"):
        sentence = "A share link was opened by something that says it is not a person."
        yield Sign(row["subject"], row["count"], sentence, row["pack"])


def over_the_cap(entries: Entries) -> Iterator[Sign]:
    """Links that more people than they are for tried to open."""
    refused = entries.filter(action=DENIED, detail__reason="too_many_people")
    for row in refused.values("subject", "pack").annotate(count=Count("pk")).order_by("subject"):
        sentence = "More people than a share link is for tried to open it."
        yield Sign(row["subject"], row["count"], sentence, row["pack"])


def made_less_sensitive(entries: Entries) -> Iterator[Sign]:
    """Drafts that are market sensitive no more: whoever said so needs nobody's agreement now."""
    changed = entries.filter(action="draft.set_sensitivity", detail__before="market_sensitive")
    for row in changed.values("subject").annotate(count=Count("pk")).order_by("subject"):
        sentence = "A draft was said to be market sensitive no more."
        yield Sign(row["subject"], row["count"], sentence)


def misses_of_source(entries: Entries) -> Iterator[Sign]:  # noqa: ARG001 (misses are in no trail)
    """Who asked for many addresses that open nothing, within this hour."""
    for source, count in sorted(MISSES.of_this_hour().items()):
        if count >= settings.ALARM_MISSES:
            sentence = f"One source asked for {count} addresses that open nothing, within an hour."
            yield Sign(f"client:{source}", count, sentence)


RULES: dict[str, Callable[[Entries], Iterator[Sign]]] = {
    "denials_of_pack": denials_of_pack,
    "denials_of_source": denials_of_source,
    "opened_by_machines": opened_by_machines,
    "over_the_cap": over_the_cap,
    "misses_of_source": misses_of_source,
    "made_less_sensitive": made_less_sensitive,
}
