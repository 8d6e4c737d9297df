"""The matrix of kinds and capability: what is used on integration, and what production can show."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from datetime import date

from django.db.models import Count, Sum
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.views.decorators.http import require_POST, require_safe

from preview.usage.programme.actions import set_capability
from preview.usage.programme.capabilities import ALWAYS, capabilities
from preview.usage.programme.figures import UsagePreview
from preview.usage.programme.standings import today_in_london
from preview.usage.queries import REMAINING, Span
from preview.usage.results import UsageDay
from preview.web.usage.answers import saved_by
from preview.web.usage.entry import managers_only, page, usage_page
from preview.web.usage.forms import CapabilityForm

DAYS = 90


@dataclass(frozen=True)
class Row:
    """A kind: since when production can preview it, and its use in 90 days."""

    kind: str
    since: date | None
    always: bool
    can: bool | None
    note: str
    sessions: int
    organisations: int
    production: int

    @property
    def share(self) -> float | None:
        """Return production's share of previews of this kind."""
        total = self.production + self.sessions
        return self.production / total if total else None


def rows(today: date) -> list[Row]:
    """Return every kind, those with most use first."""
    span, table = Span.ending(today, DAYS), capabilities()
    used: Counter[str] = Counter()
    organisations: dict[str, set[str]] = {}
    counted = UsageDay.objects.filter(
        day__range=(span.first, span.last), qualifying=True, audience__in=REMAINING
    )
    pairs = counted.values_list("kind", "organisation").annotate(n=Sum("sessions")).order_by()
    for kind, organisation, number in pairs:
        used[kind] += number
        organisations.setdefault(kind, set()).update({organisation} - {""})
    here = UsagePreview.objects.filter(day__range=(span.first, span.last))
    previews = dict(here.values_list("kind").annotate(n=Count("id")).order_by())
    kinds = set(table.since) | set(used) | (set(previews) & set(table.since))
    found = [
        Row(
            kind=kind,
            since=table.since.get(kind),
            always=table.since.get(kind) == ALWAYS,
            can=table.can(kind, today),
            note=table.notes.get(kind, ""),
            sessions=used[kind],
            organisations=len(organisations.get(kind, ())),
            production=previews.get(kind, 0),
        )
        for kind in kinds
    ]
    return sorted(found, key=lambda row: (-row.sessions, row.kind))


@require_safe
@usage_page
def index(request: HttpRequest) -> HttpResponse:
    """Show the matrix."""
    return page(request, "kinds", rows=rows(today_in_london()))


@require_POST
@managers_only
def change(request: HttpRequest) -> HttpResponse:
    """Say since when production can preview a kind."""
    return saved_by(request, CapabilityForm(), set_capability, reverse("usage_kinds"))
