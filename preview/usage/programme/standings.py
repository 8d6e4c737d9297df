"""Making a day's figures: each organisation's standing, the weeks of all metrics, the forecast.

All is made anew from the tables below it, in one transaction, so it can be repeated at will. Only
changes of state are kept for good.
"""

from __future__ import annotations

from dataclasses import asdict, dataclass
from datetime import date, timedelta

from django.db import transaction
from django.utils import timezone

from preview.usage.actions import active_rules
from preview.usage.features import LONDON
from preview.usage.metrics.registry import METRICS, points
from preview.usage.metrics.weeks import Frame
from preview.usage.programme import inputs
from preview.usage.programme.capabilities import capabilities
from preview.usage.programme.figures import (
    UsageForecast,
    UsageMetricWeek,
    UsageStanding,
    UsageStateChange,
)
from preview.usage.programme.forecasting import forecast_of
from preview.usage.programme.inputs import Inputs
from preview.usage.programme.models import UsageOrganisation
from preview.usage.programme.previews import keep_previews
from preview.usage.programme.readiness import Facts, readiness
from preview.usage.programme.reasons import keep_counts
from preview.usage.programme.states import Case, standing
from preview.usage.queries import Span, day_states

DAYS = 396
WEEKS = 56
PREVIEW_DAYS = 2


@dataclass(frozen=True)
class Made:
    """What was made: how many organisations have a standing, which changed, and the forecast."""

    organisations: int
    changes: list[UsageStateChange]
    forecast: UsageForecast


def today_in_london() -> date:
    """Return the day that it is in London."""
    return timezone.now().astimezone(LONDON).date()


def decide(today: date | None = None) -> Made:
    """Make all figures anew."""
    today = today or today_in_london()
    for before in range(PREVIEW_DAYS):
        keep_previews(today - timedelta(days=before))
    frame = frame_of(today)
    with transaction.atomic():
        known = inputs.gathered(frame, DAYS)
        rows = [made(key, known, frame) for key in known.organisations]
        changes = changed(rows, today)
        UsageStanding.objects.all().delete()
        UsageStanding.objects.bulk_create(rows, batch_size=200)
        UsageStateChange.objects.bulk_create(changes)
        write_weeks(frame)
        keep_counts(known.counted_reasons)
        forecast = forecast_of(rows, known)
    return Made(len(rows), changes, forecast)


def frame_of(today: date) -> Frame:
    """Return what metrics are measured in on a day."""
    rules = active_rules()
    days = day_states(Span.ending(today, DAYS), rules)
    return Frame(today, WEEKS, days, rules, capabilities())


def write_weeks(frame: Frame) -> None:
    """Write all metrics' weeks of the frame anew; older weeks stay as they were."""
    UsageMetricWeek.objects.filter(week__gte=frame.weeks[0]).delete()
    UsageMetricWeek.objects.bulk_create(
        [
            UsageMetricWeek(metric=name, week=one.week, value=one.value, state=one.state)
            for name, metric in METRICS.items()
            for one in points(metric, frame)
        ],
        batch_size=500,
    )


def made(key: str, known: Inputs, frame: Frame) -> UsageStanding:
    """Return the standing of an organisation."""
    decided = known.decided.get(key) or UsageOrganisation(key=key)
    case = case_of(key, known, decided, frame)
    found = standing(case)
    moves, waits, unclear = known.split.get(key, (0, 0, 0))
    facts = facts_of(key, known, decided)
    parts = readiness(facts)
    return UsageStanding(
        key=key,
        title=known.titles.get(key, key.replace("-", " ").capitalize()),
        state=found.state,
        since=known.since(key, found.state, frame.today),
        why=found.why,
        last_use=case.last_use,
        rate=round(case.rate, 3),
        needed=case.needed,
        silent=case.silent,
        sessions_7=known.counted(key, 7),
        sessions_28=known.counted(key, 28),
        people_7=len(known.people(key, 7)),
        people_28=len(known.people(key, 28)),
        training_28=known.training.get(key, 0),
        could_move=moves,
        blocked=waits,
        unknown_kind=unclear,
        displacement=facts.displacement,
        apps=sorted(known.apps.get(key, ())),
        kinds=sorted(known.kinds.get(key, ())),
        activities=sorted(known.activities.get(key, ())),
        reasons=known.top_reasons(key),
        accounts=known.accounts.get(key, 0),
        identified=known.identified.get(key),
        score=parts.score,
        readiness=asdict(parts),
    )


def facts_of(key: str, known: Inputs, decided: UsageOrganisation) -> Facts:
    """Return what an organisation's readiness is made of."""
    moves, waits, _ = known.split.get(key, (0, 0, 0))
    return Facts(
        could_move=moves,
        blocked=waits,
        displacement=known.displaced(key),
        open_blockers=len(known.needs_of(key)),
        stage=decided.stage,
        now=known.counted(key, 28),
        before=known.counted(key, 56) - known.counted(key, 28),
    )


def case_of(key: str, known: Inputs, decided: UsageOrganisation, frame: Frame) -> Case:
    """Return what an organisation's state is decided from."""
    moves, waits, _ = known.split.get(key, (0, 0, 0))
    reasons = known.top_reasons(key)
    blocked_by = known.reasons.label(reasons[0]) if reasons and waits > moves else ""
    return Case(
        today=frame.today,
        sessions=known.sessions.get(key, {}),
        proved=known.proved,
        known_since=known.known_since,
        stage=decided.stage,
        displacement=known.shares(key),
        blocked_by=blocked_by,
        exempt_until=decided.exempt_until,
        accounts_closed_at=decided.accounts_closed_at,
    )


def changed(rows: list[UsageStanding], today: date) -> list[UsageStateChange]:
    """Return the changes of state since the figures were made last."""
    before = dict(UsageStanding.objects.values_list("key", "state"))
    return [
        UsageStateChange(
            organisation=row.key, day=today, before=before.get(row.key, ""), after=row.state
        )
        for row in rows
        if before.get(row.key) != row.state
    ]
