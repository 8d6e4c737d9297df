"""The nudge funnel: shown → clicked → previewed in production → stayed away.

A person who clicked goes on where a preview in production follows within 7 days, and arrives where
no remaining use follows in the 28 days after that. Somebody whose 28 days are not over is `waiting`
and is in neither. People are counted once a variant.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date, timedelta

from django.db.models import Count

from preview.usage.metrics.registry import Metric, register
from preview.usage.metrics.weeks import Frame, by_week
from preview.usage.models import UsagePerson
from preview.usage.programme.acting import UsageNudge
from preview.usage.programme.figures import UsagePreview
from preview.usage.queries import Span, remaining

PREVIEW_WITHIN = timedelta(days=7)
AWAY_FOR = timedelta(days=28)
Days = dict[str, list[date]]


@dataclass
class Funnel:
    """A variant's funnel. Shown and clicked count events of unknown people beside (`unknown_…`)."""

    variant: str
    shown: set[str] = field(default_factory=set)
    clicked: dict[str, date] = field(default_factory=dict)
    unknown_shown: int = 0
    unknown_clicked: int = 0
    previewed: int = 0
    stayed_away: int = 0
    waiting: int = 0


def funnels(span: Span, campaign: str | None = None) -> list[Funnel]:
    """Return the funnel of each variant, by name."""
    rows = UsageNudge.objects.filter(at__date__gte=span.first, at__date__lte=span.last)
    if campaign is not None:
        rows = rows.filter(campaign=campaign)
    keys = dict(UsagePerson.objects.exclude(email_key="").values_list("email_key", "key"))
    emails = {person: email for email, person in keys.items()}
    found: dict[str, Funnel] = {}
    for nudge in rows.order_by("at", "id").iterator(2_000):
        add(found.setdefault(nudge.variant, Funnel(nudge.variant)), nudge, keys)
    people = {person for funnel in found.values() for person in funnel.clicked}
    follow(found.values(), emails, away(people, span), span.last)
    return [found[name] for name in sorted(found)]


def add(funnel: Funnel, nudge: UsageNudge, keys: dict[str, str]) -> None:
    """Count an event."""
    person = nudge.person or keys.get(nudge.email_key, "") or nudge.email_key
    if nudge.event == "shown":
        funnel.shown |= {person} - {""}
        funnel.unknown_shown += not person
    elif nudge.event == "clicked":
        if person:
            funnel.clicked.setdefault(person, nudge.at.date())
        funnel.unknown_clicked += not person


def away(people: Iterable[str], span: Span) -> Days:
    """Return the days of remaining use by person."""
    later = Span(span.first, span.last + AWAY_FOR + PREVIEW_WITHIN)
    rows = remaining(later).filter(person__in=list(people)).order_by("day")
    found: Days = {}
    for person, day in rows.values_list("person", "day").distinct():
        found.setdefault(person, []).append(day)
    return found


def follow(funnels: Iterable[Funnel], emails: dict[str, str], used: Days, today: date) -> None:
    """See what became of those who clicked."""
    previews: Days = {}
    rows = UsagePreview.objects.exclude(person="").order_by("day").values_list("person", "day")
    for key, day in rows.distinct():
        previews.setdefault(key, []).append(day)
    for funnel in funnels:
        for person, clicked in funnel.clicked.items():
            seen = first_from(previews.get(emails.get(person, person), []), clicked)
            if seen is None or seen > clicked + PREVIEW_WITHIN:
                continue
            funnel.previewed += 1
            back = first_from(used.get(person, []), seen + timedelta(days=1))
            if back is not None and back <= seen + AWAY_FOR:
                continue
            over = seen + AWAY_FOR <= today
            funnel.stayed_away += over
            funnel.waiting += not over


def first_from(days: list[date], since: date) -> date | None:
    """Return the first of sorted days that is not before a day."""
    place = bisect_left(days, since)
    return days[place] if place < len(days) else None


def measure(frame: Frame) -> dict[date, float | None]:
    """Return clicks on nudges by week."""
    rows = UsageNudge.objects.filter(
        event="clicked", at__date__gte=frame.span.first, at__date__lte=frame.span.last
    )
    counted = rows.values_list("at__date").annotate(n=Count("id")).order_by("at__date")
    return {**by_week(counted)}


register(
    Metric(
        "clicks",
        "Clicks from integration",
        "clicks",
        measure,
        "How often somebody on integration took the way to production.",
        of_logs=False,
        falling_is_good=False,
    )
)
