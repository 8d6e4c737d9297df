"""The table of organisations: filters, saved views, CSV."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.views.decorators.http import require_POST, require_safe

from preview.errors import InvalidInput
from preview.usage.actions import active_rules
from preview.usage.programme.actions import save_view
from preview.usage.programme.choosing import asked, chosen, parents
from preview.usage.programme.figures import UsageStanding
from preview.usage.programme.models import UsageOrganisation, UsageView, UsageWave
from preview.usage.programme.states import WORDS
from preview.usage.programme.telling import few
from preview.web.usage.csv import csv_response
from preview.web.usage.entry import page, usage_page
from preview.web.viewer import person_of

COLUMNS = (
    *("organisation", "state", "since", "last_use", "people_7", "people_28", "sessions_7"),
    *("sessions_28", "training_28", "could_move_90", "blocked_90", "unknown_kind_90"),
    *("displacement", "identified", "top_reason", "stage", "next_action", "due"),
)


def reason_labels() -> dict[str, str]:
    """Return the reasons of the rules in words."""
    return {row["code"]: row["label"] for row in active_rules().reasons}


@require_safe
@usage_page
def index(request: HttpRequest) -> HttpResponse:
    """Show the table."""
    filters = asked(request.GET)
    rows = chosen(filters)
    everything = UsageStanding.objects.order_by("title")
    above = set(parents().values())
    return page(
        request,
        "organisations",
        rows=rows,
        decided=UsageOrganisation.objects.in_bulk(),
        filters=filters,
        apps=sorted({app for row in everything for app in row.apps}),
        kinds=sorted({kind for row in everything for kind in row.kinds}),
        activities=sorted({one for row in everything for one in row.activities}),
        parents=[(row.key, row.title) for row in everything if row.key in above],
        waves=UsageWave.objects.all(),
        views=UsageView.objects.filter(owner=person_of(request).uid),
        labels=reason_labels(),
        query=request.GET.urlencode(),
        all_rows=everything,
    )


@require_safe
@usage_page
def as_csv(request: HttpRequest) -> HttpResponse:
    """Give the same rows as CSV. Fewer than 5 people are written as “1 to 4”."""
    filters = asked(request.GET)
    decided = UsageOrganisation.objects.in_bulk()
    labels = reason_labels()
    lines = [line(row, decided.get(row.key), labels) for row in chosen(filters)]
    used = {name: value for name, value in filters.items() if value}
    return csv_response("usage-organisations", COLUMNS, lines, used)


def line(
    row: UsageStanding, decided: UsageOrganisation | None, labels: dict[str, str]
) -> list[Any]:
    """Return a row of the file."""
    return [
        *(row.title, WORDS[row.state], row.since, row.last_use),
        *(few(row.people_7), few(row.people_28), row.sessions_7, row.sessions_28),
        *(row.training_28, row.could_move, row.blocked, row.unknown_kind),
        *(row.displacement, row.identified),
        labels.get(row.reasons[0], row.reasons[0]) if row.reasons else "",
        *((decided.stage, decided.next_action, decided.due) if decided else ("", "", "")),
    ]


@require_POST
@usage_page
def views(request: HttpRequest) -> HttpResponse:
    """Save the filters as a view of this person."""
    query = request.POST.get("query", "").replace("\0", "")
    back = reverse("usage_organisations")
    try:
        save_view(
            owner=person_of(request).uid,
            name=request.POST.get("name", "").replace("\0", ""),
            query=query,
        )
    except InvalidInput as error:
        return page(request, "wrong", status=422, wrong=[str(error)], back=back)
    return redirect(f"{back}?{query[:500]}")
