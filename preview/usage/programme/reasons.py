"""Why sessions still happen: the answer that was given, else what is known of their kind.

The first that is there: what the person answered about this kind, or at all; what was entered for
their organisation about this kind, or at all; the default reason of a kind that production can't
preview yet. An answer holds for half a year.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, timedelta

from django.db.models import Count

from preview.usage.programme.capabilities import Capabilities
from preview.usage.programme.figures import UsageReasonCount
from preview.usage.programme.models import UsageAnswer, UsageBlocker
from preview.usage.programme.unlocking import Need, Remedy
from preview.usage.queries import Span, remaining
from preview.usage.ruleset import Rules

NEED_DAYS = 90
ANSWER_DAYS = 183
UNKNOWN = ""
NO_REASON_KNOWN = "UNKNOWN"
BLOCKING = ("yes", "maybe")


@dataclass(frozen=True)
class Reasons:
    """What answers and rules say; `answers` by (person or organisation, kind)."""

    answers: Mapping[tuple[str, str], str]
    defaults: Mapping[str, str]
    labels: Mapping[str, str]
    blocking: frozenset[str]
    capabilities: Capabilities
    today: date

    def reason(self, person: str, organisation: str, kind: str) -> str:
        """Return the reason of a session; empty where it has none or nobody knows."""
        for place in ((person, kind), (person, ""), (organisation, kind), (organisation, "")):
            if place[0] and (found := self.answers.get(place)):
                return found
        if self.capabilities.can(kind, self.today) is False:
            return self.defaults.get(kind, NO_REASON_KNOWN)
        return UNKNOWN

    def label(self, code: str) -> str:
        """Return a reason in words."""
        return self.labels.get(code, "No reason known")


def reasons(rules: Rules, capabilities: Capabilities, today: date) -> Reasons:
    """Return the reasons as they are known on a day."""
    answers: dict[tuple[str, str], str] = {}
    since = today - timedelta(days=ANSWER_DAYS)
    rows = UsageAnswer.objects.filter(at__date__gte=since, at__date__lte=today).order_by("at", "id")
    for person, organisation, kind, reason in rows.values_list(
        "person", "organisation", "kind", "reason"
    ):
        if person or organisation:
            answers[person or organisation, kind] = reason
    return Reasons(
        answers=answers,
        defaults={kind: row["code"] for row in rules.reasons for kind in row.get("kinds", ())},
        labels={row["code"]: row["label"] for row in rules.reasons},
        blocking=frozenset(row["code"] for row in rules.reasons if row.get("blocker") in BLOCKING)
        | {NO_REASON_KNOWN},
        capabilities=capabilities,
        today=today,
    )


def by_reason(known: Reasons, days: int = NEED_DAYS) -> Counter[tuple[str, str, str]]:
    """Count remaining sessions by organisation, reason and kind; no reason is empty."""
    rows = remaining(Span.ending(known.today, days)).values_list("organisation", "person", "kind")
    found: Counter[tuple[str, str, str]] = Counter()
    for organisation, person, kind, number in rows.annotate(n=Count("id")).order_by():
        found[organisation, known.reason(person, organisation, kind), kind] += number
    return found


def keep_counts(counted: Mapping[tuple[str, str, str], int]) -> None:
    """Store the counts anew, for pages."""
    UsageReasonCount.objects.all().delete()
    UsageReasonCount.objects.bulk_create(
        [
            UsageReasonCount(organisation=place[0], reason=place[1], kind=place[2], sessions=number)
            for place, number in sorted(counted.items())
        ],
        batch_size=500,
    )


def stored_counts(organisation: str | None = None) -> Counter[tuple[str, str, str]]:
    """Return the counts as they were stored, of all organisations or of one."""
    rows = UsageReasonCount.objects.all()
    if organisation is not None:
        rows = rows.filter(organisation=organisation)
    places = rows.values_list("organisation", "reason", "kind", "sessions")
    return Counter({(name, reason, kind): number for name, reason, kind, number in places})


def needs(counted: Mapping[tuple[str, str, str], int], known: Reasons) -> list[Need]:
    """Return what known organisations wait for: only reasons that block."""
    return [
        Need(organisation, reason, kind, sessions)
        for (organisation, reason, kind), sessions in sorted(counted.items())
        if organisation and reason in known.blocking
    ]


def remedies(rows: Iterable[UsageBlocker]) -> list[Remedy]:
    """Return blockers as far as they matter for what to resolve next."""
    return [Remedy(row.pk, row.reason, frozenset(row.kinds)) for row in rows]


def open_blockers() -> list[UsageBlocker]:
    """Return the blockers that are not resolved."""
    return list(UsageBlocker.objects.filter(resolved_at=None))
