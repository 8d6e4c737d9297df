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
from preview.web.usage.entry import page, usage_page

WEEKS = 26
RECENT = 28


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


def charts(today: date) -> list[Chart]:
    """Return the charts of the page."""
    names = ("remaining", "training", "organisations", "displacement", "substitutable")
    points = weeks_of(names, today)
    notes = notes_since(points["remaining"][0].week)
    targets = {
        one.metric: one.value for one in UsageTarget.objects.filter(due__gte=today).order_by("-due")
    }
    series = {
        name: Series(METRICS[name].title, points[name], METRICS[name].is_share) for name in names
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


def notes_since(first: date) -> list[tuple[date, str]]:
    """Return what happened, for the chart."""
    rows = UsageAnnotation.objects.filter(day__gte=first, organisation="").order_by("day")
    return [(row.day, f"{wording.day(row.day)}: {row.text}") for row in rows[:8]]


def numbers(today: date) -> list[Number]:
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
    standings = list(UsageStanding.objects.values_list("sessions_28", "people_7", "people_28"))
    left = sum(1 for sessions, _, _ in standings if sessions)
    last = weeks_of(("displacement", "unknown_sessions"), today, 6)
    share = next((p.value for p in reversed(last["displacement"]) if p.value is not None), None)
    unknown = sum(point.value or 0 for point in last["unknown_sessions"][-4:])
    return [
        Number(wording.number(left), "organisations remaining", "with use in 28 days"),
        Number(wording.number(remaining), "remaining sessions", "in 28 days"),
        Number(
            wording.number(sum(one[2] for one in standings)),
            "known people in 28 days",
            f"{sum(one[1] for one in standings)} in 7 days; beside them "
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
    return page(
        request,
        "overview",
        charts=charts(today),
        numbers=numbers(today),
        forecast=UsageForecast.objects.filter(day__lte=today).order_by("-day").first(),
        changes=named_changes(today),
        to_do=to_do(today),
        alerts=UsageAlert.objects.all()[:5],
        brownouts=coming(),
        targets=UsageTarget.objects.filter(due__gte=today),
        metrics=METRICS,
        today=today,
    )


def named_changes(today: date) -> list[tuple[UsageStateChange, str]]:
    """Return who was migrated or came back in the last four weeks."""
    rows = UsageStateChange.objects.filter(
        day__gte=today - timedelta(days=RECENT), after__in=("migrated", "regressed", "closed")
    )
    titles = dict(UsageStanding.objects.values_list("key", "title"))
    return [(row, titles.get(row.organisation, row.organisation)) for row in rows[:12]]


def to_do(today: date) -> list[tuple[str, str, str]]:
    """Return what to do this week: organisation key, its title, and the action."""
    titles = dict(UsageStanding.objects.values_list("key", "title"))
    due = UsageOrganisation.objects.filter(due__lte=today + timedelta(days=13)).exclude(
        next_action=""
    )
    found = [
        (one.key, titles.get(one.key, one.key), f"{one.next_action}, by {wording.day(one.due)}")
        for one in due.order_by("due")
    ]
    rows = UsageStanding.objects.filter(sessions_28__gt=0).order_by("-could_move", "title")
    seen = {key for key, _, _ in found}
    for row in rows:
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
