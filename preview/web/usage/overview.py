"""The first page: what remains, what moved, when it may end, and what to do this week."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta

from django.db.models import Sum
from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_safe

from preview.usage.metrics.registry import METRICS
from preview.usage.metrics.weeks import Known, Point, monday
from preview.usage.programme.acting import UsageAlert
from preview.usage.programme.brownouts import coming
from preview.usage.programme.figures import (
    UsageForecast,
    UsageMetricWeek,
    UsageStanding,
    UsageStateChange,
)
from preview.usage.programme.models import UsageAnnotation, UsageOrganisation, UsageTarget
from preview.usage.programme.standings import today_in_london
from preview.usage.queries import REMAINING
from preview.usage.results import UsageDay
from preview.web.usage import wording
from preview.web.usage.charts import Chart, Series, line_chart
from preview.web.usage.entry import QUALITY, mean, page, usage_page

WEEKS = 26
RECENT = 28
CHARTED = ("remaining", "training", "organisations", "displacement", "substitutable")


@dataclass(frozen=True)
class Number:
    """A large number of the page, and what stands beneath it."""

    figure: str
    title: str
    detail: str


def weeks_of(names: tuple[str, ...], today: date, count: int = WEEKS) -> dict[str, list[Point]]:
    """Return stored weeks by metric; a week that was never made is missing."""
    mondays = [monday(today) - timedelta(weeks=n) for n in reversed(range(count))]
    rows = UsageMetricWeek.objects.filter(metric__in=names, week__gte=mondays[0])
    stored = {(row.metric, row.week): row for row in rows}
    found: dict[str, list[Point]] = {}
    for name in names:
        points = []
        for week in mondays:
            row = stored.get((name, week))
            state = Known(row.state) if row else Known.MISSING
            points.append(Point(week, row.value if row else None, state))
        found[name] = points
    return found


def charts(points: dict[str, list[Point]], targets: dict[str, float], today: date) -> list[Chart]:
    """Return the charts of the page."""
    notes = notes_since(points["remaining"][0].week)
    series = {
        name: Series(METRICS[name].title, points[name], METRICS[name].is_share) for name in CHARTED
    }
    return [
        line_chart(
            "sessions",
            headline(points["remaining"], "remaining session"),
            METRICS["remaining"].definition,
            [series["remaining"], series["training"]],
            today=today,
            notes=notes,
            target=targets.get("remaining"),
        ),
        line_chart(
            "organisations",
            headline(points["organisations"], "organisation", " left"),
            METRICS["organisations"].definition,
            [series["organisations"]],
            today=today,
            target=targets.get("organisations"),
        ),
        line_chart(
            "displacement",
            "Where people preview",
            f"{METRICS['displacement'].definition} {METRICS['substitutable'].definition}",
            [series["displacement"], series["substitutable"]],
            today=today,
            notes=notes,
        ),
    ]


def headline(points: list[Point], noun: str, rest: str = " a week") -> str:
    """Return a title that says what the newest full week shows."""
    full = [point for point in points[:-1] if point.value is not None]
    if not full:
        return f"No data of {noun}s"
    count = round(full[-1].value or 0)
    return f"{wording.plural(count, noun)}{rest}"


def newest(points: list[Point], most: int) -> list[float]:
    """Return the newest values that are known."""
    return [one.value for one in points if one.value is not None][-most:]


def notes_since(first: date) -> list[tuple[date, str]]:
    """Return what happened, for the chart."""
    rows = UsageAnnotation.objects.filter(day__gte=first, organisation="").order_by("day")
    return [(row.day, f"{wording.day(row.day)}: {row.text}") for row in rows[:8]]


def numbers(
    points: dict[str, list[Point]], standings: list[UsageStanding], today: date
) -> list[Number]:
    """Return the large numbers: of the newest 28 days, known and unknown apart."""
    since = today - timedelta(days=RECENT - 1)
    rows = UsageDay.objects.filter(day__gte=since, day__lte=today, qualifying=True)
    sums = {
        (audience in REMAINING, audience == "training", identified): n
        for audience, identified, n in rows.values_list("audience", "identified")
        .annotate(n=Sum("sessions"))
        .order_by()
    }
    remaining = sum(n for (left, _, _), n in sums.items() if left)
    left = sum(1 for one in standings if one.sessions_28)
    known = (one.value for one in reversed(points["displacement"][-6:]) if one.value is not None)
    share = next(known, None)
    unknown = sum(point.value or 0 for point in points["unknown_sessions"][-4:])
    return [
        Number(wording.number(left), "organisations remaining", "with use in 28 days"),
        Number(wording.number(remaining), "remaining sessions", "in 28 days"),
        Number(
            wording.number(sum(one.people_28 for one in standings)),
            "known people in 28 days",
            f"{sum(one.people_7 for one in standings)} in 7 days; beside them "
            f"{wording.number(unknown)} sessions of unknown people",
        ),
        Number(
            wording.number(sum(n for (_, trains, _), n in sums.items() if trains)),
            "training sessions",
            "in 28 days; a target of its own",
        ),
        Number(wording.share(share), "of previews in production", "in the newest week known"),
    ]


@require_safe
@usage_page
def show(request: HttpRequest) -> HttpResponse:
    """Show the overview."""
    today = today_in_london()
    points = weeks_of((*CHARTED, *QUALITY, "unknown_sessions"), today)
    standings = list(UsageStanding.objects.order_by("-could_move", "title"))
    targets = list(UsageTarget.objects.filter(due__gte=today))
    soonest = {one.metric: one.value for one in sorted(targets, key=lambda one: one.due)[::-1]}
    return page(
        request,
        "overview",
        made_at=max((one.made_at for one in standings), default=None),
        quality={name: mean(newest(points[name], 4)) for name in QUALITY},
        charts=charts(points, soonest, today),
        numbers=numbers(points, standings, today),
        forecast=UsageForecast.objects.filter(day__lte=today).order_by("-day").first(),
        changes=named_changes(standings, today),
        to_do=to_do(standings, today),
        alerts=UsageAlert.objects.all()[:5],
        brownouts=coming(),
        targets=targets,
        metrics=METRICS,
        today=today,
    )


def named_changes(
    standings: list[UsageStanding], today: date
) -> list[tuple[UsageStateChange, str]]:
    """Return who was migrated or came back in the last four weeks."""
    rows = UsageStateChange.objects.filter(
        day__gte=today - timedelta(days=RECENT), after__in=("migrated", "regressed", "closed")
    )
    titles = {one.key: one.title for one in standings}
    return [(row, titles.get(row.organisation, row.organisation)) for row in rows[:12]]


def to_do(standings: list[UsageStanding], today: date) -> list[tuple[str, str, str]]:
    """Return what to do this week: organisation key, its title, and the action."""
    titles = {one.key: one.title for one in standings}
    due = UsageOrganisation.objects.filter(due__lte=today + timedelta(days=13)).exclude(
        next_action=""
    )
    found = [
        (one.key, titles.get(one.key, one.key), f"{one.next_action}, by {wording.day(one.due)}")
        for one in due.order_by("due")
    ]
    seen = {key for key, _, _ in found}
    for row in standings:
        if not row.sessions_28:
            continue
        if row.state == "regressed":
            action = "It came back: ask why"
        elif row.could_move > row.blocked:
            moves = wording.plural(row.could_move, "session")
            action = f"Show it previews in production: {moves} of 90 days could move today"
        else:
            continue
        if row.key not in seen and len(found) < 6:
            found.append((row.key, row.title, action))
    return found
