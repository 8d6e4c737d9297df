"""The page of one organisation: its weeks, needs, what was agreed; for managers, people."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from datetime import date

from django.db.models import Count, Max, Sum
from django.http import Http404, HttpRequest, HttpResponse
from django.urls import reverse
from django.views.decorators.http import require_POST, require_safe

from preview.accounts.models import Person
from preview.audit.actions import record_entry
from preview.usage.actions import active_rules
from preview.usage.keys import pseudonyms
from preview.usage.metrics.registry import METRICS
from preview.usage.metrics.remaining import activities
from preview.usage.metrics.weeks import Known, Point, by_week
from preview.usage.models import UsagePerson
from preview.usage.programme import actions
from preview.usage.programme.capabilities import Capabilities, capabilities
from preview.usage.programme.figures import UsagePreview, UsageStanding, UsageStateChange
from preview.usage.programme.models import UsageAnnotation, UsageContact, UsageOrganisation
from preview.usage.programme.nudging import Way, Who, answer
from preview.usage.programme.reasons import open_blockers, reasons, remedies, stored_counts
from preview.usage.programme.standings import today_in_london
from preview.usage.programme.unlocking import Need
from preview.usage.queries import REMAINING, TRAINING, Span, remaining
from preview.usage.results import UsageDay
from preview.usage.ruleset import Rules
from preview.web.usage import wording
from preview.web.usage.answers import saved, saved_by
from preview.web.usage.charts import Chart, Series, line_chart
from preview.web.usage.entry import actor, managers_only, page, usage_page
from preview.web.usage.forms import ContactForm, OrganisationForm, ReasonForm
from preview.web.usage.overview import WEEKS, weeks_of

DAYS = 90


def found(key: str) -> UsageStanding:
    """Return an organisation's row."""
    row = UsageStanding.objects.filter(key=key).first()
    if row is None:
        raise Http404
    return row


def chart(row: UsageStanding, today: date) -> Chart:
    """Return the organisation's weeks: integration, training, production."""
    frame = weeks_of(("remaining",), today, WEEKS)["remaining"]
    first = frame[0].week
    rows = UsageDay.objects.filter(day__gte=first, qualifying=True, organisation=row.key)
    counted = list(rows.values_list("day", "audience").annotate(n=Sum("sessions")).order_by())
    here = UsagePreview.objects.filter(day__gte=first, organisation=row.key)
    previews = by_week(here.values_list("day").annotate(n=Count("id")).order_by())
    series = [
        weekly("Remaining sessions", frame, REMAINING, counted),
        weekly("Training sessions", frame, TRAINING, counted),
        Series(
            METRICS["production"].title,
            [Point(one.week, previews.get(one.week, 0.0), Known.KNOWN) for one in frame],
        ),
    ]
    notes = UsageAnnotation.objects.filter(day__gte=first, organisation__in=("", row.key))
    marks = [(one.day, f"{wording.day(one.day)}: {one.text}") for one in notes.order_by("day")[:8]]
    return line_chart(
        "weeks",
        f"{wording.plural(row.sessions_28, 'session')} in 28 days",
        "Sessions a week. Every Monday the copy from production overwrites integration.",
        series,
        today=today,
        notes=marks,
    )


def weekly(
    title: str,
    frame: list[Point],
    audiences: Sequence[str],
    counted: Sequence[tuple[date, str, int]],
) -> Series:
    """Return the sessions of audiences by week, unknown where the week is."""
    days: Counter[date] = Counter()
    for day, audience, number in counted:
        if audience in audiences:
            days[day] += number
    values = by_week(days.items())
    points = [
        Point(
            one.week,
            None if one.state == Known.MISSING else values.get(one.week, 0.0),
            one.state,
        )
        for one in frame
    ]
    return Series(title, points)


def needed(key: str, rules: Rules, table: Capabilities, today: date) -> list[dict[str, object]]:
    """Return what the organisation would need, and which blocker is about it."""
    known = reasons(rules, table, today)
    blockers = {one.pk: one for one in open_blockers()}
    met = remedies(blockers.values())
    counted: Counter[tuple[str, str]] = Counter()
    for (organisation, reason, kind), number in stored_counts(key).items():
        if organisation and reason:
            counted[reason, kind] += number
    return [
        {
            "reason": known.label(reason),
            "kind": kind,
            "sessions": number,
            "blocking": reason in known.blocking,
            "blockers": [
                blockers[one.id] for one in met if one.meets(Need(key, reason, kind, number))
            ],
        }
        for (reason, kind), number in counted.most_common()
    ]


@require_safe
@usage_page
def show(request: HttpRequest, organisation: str) -> HttpResponse:
    """Show an organisation."""
    key = organisation
    standings = list(UsageStanding.objects.order_by("title"))
    row = next((one for one in standings if one.key == key), None)
    if row is None:
        raise Http404
    today, table, rules = today_in_london(), capabilities(), active_rules()
    grid = activities(Span.ending(today, DAYS), key)
    decided = UsageOrganisation.objects.filter(key=key).first() or UsageOrganisation(key=key)
    return page(
        request,
        "organisation",
        row=row,
        chart_of=chart(row, today),
        decided=decided,
        made_at=max(one.made_at for one in standings),
        others=[one for one in standings if one.key != key],
        parent=next((one for one in standings if one.key and one.key == decided.parent), None),
        stages=UsageOrganisation.Stage.choices,
        contacts=UsageContact.objects.filter(organisation=key)[:50],
        channels=UsageContact.CHANNELS,
        changes=UsageStateChange.objects.filter(organisation=key)[:20],
        needs=needed(key, rules, table, today),
        grid=grid,
        grid_kinds=sorted({kind for kind, _ in grid}),
        grid_activities=sorted({activity for _, activity in grid}),
        can={kind: table.can(kind, today) for kind, _ in grid},
        all_reasons=rules.reasons,
        all_kinds=sorted(table.since),
    )


@require_POST
@managers_only
def change(request: HttpRequest, organisation: str) -> HttpResponse:
    """Note what is known of an organisation."""
    back = reverse("usage_organisation", args=[found(organisation).key])
    return saved_by(request, OrganisationForm(), actions.set_organisation, back, key=organisation)


@require_POST
@managers_only
def contact(request: HttpRequest, organisation: str) -> HttpResponse:
    """Add to the contact log."""
    back = reverse("usage_organisation", args=[found(organisation).key])
    return saved_by(request, ContactForm(), actions.log_contact, back, organisation=organisation)


@require_POST
@managers_only
def reason(request: HttpRequest, organisation: str) -> HttpResponse:
    """Enter why the organisation still uses integration."""
    back = reverse("usage_organisation", args=[found(organisation).key])

    def keep(reason: str, kind: str, text: str) -> None:
        who = Who(organisation=organisation)
        answer(who=who, way=Way(kind=kind), reason=reason, via="admin", text=text)

    return saved(request, ReasonForm(), keep, back)


@require_safe
@managers_only
def people(request: HttpRequest, organisation: str) -> HttpResponse:
    """Show who of an organisation used integration; that somebody looked is in the trail."""
    row, span = found(organisation), Span.ending(today_in_london(), DAYS)
    record_entry(
        action="usage_people.view",
        actor=actor(request),
        subject=f"organisation:{row.key}"[:120],
    )
    used = remaining(span).filter(organisation=row.key).values("person")
    rows = list(used.annotate(n=Count("id"), last=Max("ended_at")).order_by("-last"))
    return page(request, "people", row=row, rows=rows, names=names(one["person"] for one in rows))


def names(wanted: Iterable[str]) -> dict[str, str]:
    """Return the names of pseudonyms, looked up now among those who have an account here."""
    keys = dict(
        UsagePerson.objects.filter(key__in=list(wanted))
        .exclude(email_key="")
        .values_list("email_key", "key")
    )
    found_names: dict[str, str] = {}
    maker = pseudonyms()
    for name, email in Person.objects.values_list("name", "email").iterator():
        if (key := keys.get(maker.email(email))) is not None:
            found_names[key] = name
    return found_names
