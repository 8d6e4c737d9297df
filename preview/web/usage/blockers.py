"""Blockers in the order in which to resolve them, by what each unlocks."""

from __future__ import annotations

from django.http import Http404, HttpRequest, HttpResponse
from django.urls import reverse
from django.views.decorators.http import require_POST, require_safe

from preview.usage.actions import active_rules
from preview.usage.programme.actions import save_blocker
from preview.usage.programme.capabilities import capabilities
from preview.usage.programme.figures import UsageStanding
from preview.usage.programme.models import UsageBlocker
from preview.usage.programme.reasons import needs, open_blockers, reasons, remedies, stored_counts
from preview.usage.programme.standings import today_in_london
from preview.usage.programme.unlocking import in_order, unmet
from preview.web.usage.answers import saved_by
from preview.web.usage.entry import managers_only, page, usage_page
from preview.web.usage.forms import BlockerForm


@require_safe
@usage_page
def index(request: HttpRequest) -> HttpResponse:
    """Show the open blockers by unlock value, and the reasons nobody is at."""
    table, rules = capabilities(), active_rules()
    known = reasons(rules, table, today_in_london())
    counted = stored_counts()
    waiting = needs(counted, known)
    blockers = {one.pk: one for one in open_blockers()}
    order = in_order(waiting, remedies(blockers.values()))
    totals: dict[str, int] = {}
    for (_, reason, _), number in counted.items():
        totals[reason] = totals.get(reason, 0) + number
    return page(
        request,
        "blockers",
        order=[(one, blockers[one.id]) for one in order],
        unmet=sorted(unmet(waiting, remedies(blockers.values())).items()),
        totals=sorted(totals.items(), key=lambda row: (-row[1], row[0])),
        resolved=UsageBlocker.objects.exclude(resolved_at=None),
        label=known.label,
        titles=dict(UsageStanding.objects.values_list("key", "title")),
        all_reasons=rules.reasons,
        all_kinds=sorted(table.since),
    )


@require_POST
@managers_only
def add(request: HttpRequest) -> HttpResponse:
    """Add a blocker."""
    return saved_by(request, BlockerForm(), save_blocker, reverse("usage_blockers"))


@require_POST
@managers_only
def change(request: HttpRequest, blocker_id: int) -> HttpResponse:
    """Change a blocker."""
    if not UsageBlocker.objects.filter(pk=blocker_id).exists():
        raise Http404
    back = reverse("usage_blockers")
    return saved_by(request, BlockerForm(), save_blocker, back, blocker_id=blocker_id)
