"""What the standings of a day are made of, read once for all organisations."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, timedelta

from django.db.models import Count, Sum

from preview.accounts.models import Organisation
from preview.usage.metrics.weeks import COMPLETE, Frame, Known, monday
from preview.usage.programme.figures import UsagePreview, UsageStanding
from preview.usage.programme.models import UsageOrganisation
from preview.usage.programme.reasons import NEED_DAYS, Reasons, by_reason, needs, reasons
from preview.usage.programme.unlocking import Need
from preview.usage.queries import REMAINING, TRAINING, Span, accounts_kept, remaining
from preview.usage.results import UsageActivityDay, UsageCoverage, UsageDay

SHARE_WEEKS = 2
TOP_REASONS = 3


@dataclass
class Inputs:
    """What is known of all organisations on `today`; keys are organisations."""

    today: date
    proved: list[date]
    known_since: date
    reasons: Reasons
    titles: Mapping[str, str]
    decided: Mapping[str, UsageOrganisation]
    before: Mapping[str, UsageStanding]
    sessions: dict[str, dict[date, int]] = field(default_factory=dict)
    active: dict[str, list[tuple[date, str]]] = field(default_factory=dict)
    training: dict[str, int] = field(default_factory=dict)
    split: dict[str, tuple[int, int, int]] = field(default_factory=dict)
    counted_reasons: Counter[tuple[str, str, str]] = field(default_factory=Counter)
    needs: list[Need] = field(default_factory=list)
    apps: dict[str, set[str]] = field(default_factory=dict)
    kinds: dict[str, set[str]] = field(default_factory=dict)
    activities: dict[str, set[str]] = field(default_factory=dict)
    accounts: dict[str, int] = field(default_factory=dict)
    identified: dict[str, float] = field(default_factory=dict)
    share_weeks: list[date] = field(default_factory=list)
    weekly_shares: dict[tuple[str, date], list[int]] = field(default_factory=dict)

    @property
    def organisations(self) -> list[str]:
        """Return every organisation that used integration, has accounts or was talked to."""
        found = self.sessions.keys() | self.accounts.keys() | self.decided.keys()
        return sorted((found | self.training.keys()) - {""})

    def counted(self, key: str, days: int) -> int:
        """Return the sessions of the last days."""
        since = self.today - timedelta(days=days)
        return sum(n for day, n in self.sessions.get(key, {}).items() if day > since)

    def people(self, key: str, days: int) -> set[str]:
        """Return the known people of the last days."""
        since = self.today - timedelta(days=days)
        return {person for day, person in self.active.get(key, ()) if day > since}

    def needs_of(self, key: str) -> list[Need]:
        """Return what an organisation waits for."""
        return [need for need in self.needs if need.organisation == key]

    def top_reasons(self, key: str) -> list[str]:
        """Return the codes of the reasons that most sessions have."""
        totals: Counter[str] = Counter()
        for (organisation, reason, _), number in self.counted_reasons.items():
            if organisation == key and reason:
                totals[reason] += number
        ranked = sorted(totals, key=lambda code: (-totals[code], code))
        return ranked[:TOP_REASONS]

    def shares(self, key: str) -> list[float | None]:
        """Return production's share of previews in the last known weeks, the newest last."""
        found: list[float | None] = []
        for week in self.share_weeks:
            here, there = self.weekly_shares.get((key, week), [0, 0])
            found.append(here / (here + there) if here + there else None)
        return found

    def displaced(self, key: str) -> float | None:
        """Return production's share of previews over the last known weeks."""
        pairs = [self.weekly_shares.get((key, week), [0, 0]) for week in self.share_weeks]
        here, there = sum(one[0] for one in pairs), sum(one[1] for one in pairs)
        return here / (here + there) if here + there else None

    def since(self, key: str, state: str, today: date) -> date:
        """Return since when the organisation is in this state, as far as it was noted."""
        before = self.before.get(key)
        return before.since if before and before.state == state and before.since else today


def gathered(frame: Frame, days: int) -> Inputs:
    """Read everything."""
    span = Span.ending(frame.today, days)
    first = UsageCoverage.objects.order_by("day").values_list("day", flat=True).first()
    found = Inputs(
        today=frame.today,
        proved=sorted(day for day, state in frame.days.items() if state in COMPLETE),
        known_since=max(first or frame.today, span.first),
        reasons=reasons(frame.rules, frame.capabilities, frame.today),
        titles=titles(),
        decided=UsageOrganisation.objects.in_bulk(),
        before=UsageStanding.objects.in_bulk(),
        accounts=dict(accounts_kept()),
    )
    add_use(found, frame, span)
    add_people(found, frame)
    found.counted_reasons = by_reason(found.reasons)
    found.needs = needs(found.counted_reasons, found.reasons)
    add_shares(found, frame)
    return found


def add_use(found: Inputs, frame: Frame, span: Span) -> None:
    """Read sessions by day; of 90 days also apps, kinds, activities and what could move."""
    rows = UsageDay.objects.filter(
        day__range=(span.first, span.last), qualifying=True, audience__in=REMAINING
    )
    recent = frame.today - timedelta(days=NEED_DAYS)
    kinds: dict[str, list[tuple[date, str, int]]] = {}
    place = ("organisation", "day", "app", "kind")
    counted = rows.values_list(*place).annotate(n=Sum("sessions")).order_by()
    for key, day, app, kind, number in counted.iterator(5_000):
        by_day = found.sessions.setdefault(key, {})
        by_day[day] = by_day.get(day, 0) + number
        if day > recent:
            kinds.setdefault(key, []).append((frame.today, kind, number))
            found.apps.setdefault(key, set()).add(app)
            found.kinds.setdefault(key, set()).update({kind} - {""})
    found.split = {key: frame.capabilities.split(one) for key, one in kinds.items()}
    done = UsageActivityDay.objects.filter(
        day__gt=recent, day__lte=span.last, audience__in=REMAINING
    )
    for key, activity in done.values_list("organisation", "activity").distinct().order_by():
        found.activities.setdefault(key, set()).add(activity)


def add_people(found: Inputs, frame: Frame) -> None:
    """Read who was active in the last 28 days, how many trained, and the identified share."""
    span = Span.ending(frame.today, 28)
    pairs = remaining(span).exclude(person="").order_by()
    for key, day, person in pairs.values_list("organisation", "day", "person").distinct():
        found.active.setdefault(key, []).append((day, person))
    trained = UsageDay.objects.filter(
        day__range=(span.first, span.last), qualifying=True, audience__in=TRAINING
    )
    counted = trained.values_list("organisation").annotate(n=Sum("sessions")).order_by()
    found.training = dict(counted)
    exact = remaining(span).values_list("organisation", "rung").annotate(n=Count("id")).order_by()
    totals: dict[str, list[int]] = {}
    for key, rung, number in exact:
        pair = totals.setdefault(key, [0, 0])
        pair[0] += number
        pair[1] += number if rung <= 3 else 0
    found.identified = {key: known / number for key, (number, known) in totals.items()}


def add_shares(found: Inputs, frame: Frame) -> None:
    """Read production's share of previews in the last complete weeks."""
    complete = [week for week in frame.weeks if frame.state(week) is Known.KNOWN]
    found.share_weeks = complete[-SHARE_WEEKS:]
    if not found.share_weeks:
        return
    span = Span(found.share_weeks[0], found.share_weeks[-1] + timedelta(days=6))
    here = UsagePreview.objects.filter(day__range=(span.first, span.last))
    counted = here.values_list("organisation", "day").annotate(n=Count("id")).order_by()
    for key, day, number in counted:
        found.weekly_shares.setdefault((key, monday(day)), [0, 0])[0] += number
    for key, by_day in found.sessions.items():
        for day, number in by_day.items():
            if span.first <= day <= span.last:
                found.weekly_shares.setdefault((key, monday(day)), [0, 0])[1] += number


def titles() -> dict[str, str]:
    """Return the names of organisations by content id and by slug."""
    found = {}
    for content_id, slug, title in Organisation.objects.values_list("content_id", "slug", "title"):
        found[str(content_id)] = found[slug] = title
    return found
