"""Pages of the audit trail: who has seen a pack, and the trail with filters and as CSV."""

from __future__ import annotations

import uuid

from django.http import Http404, HttpRequest, HttpResponse, StreamingHttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from preview.access import Act, decide_pack
from preview.audit.export import csv_lines
from preview.audit.models import Seal
from preview.audit.queries import who_has_seen
from preview.packs.models import Pack
from preview.packs.owners import hidden_from
from preview.web.trail_form import TrailForm
from preview.web.trail_words import NOUNS, action_words, names
from preview.web.viewer import signed_in, viewer

A_PAGE = 50
MOST_LINES = 50_000


def may_audit(request: HttpRequest) -> bool:
    """Say whether the signed-in person may read the trail."""
    return decide_pack(viewer(request), Act.AUDIT, (), timezone.now()).allowed


@require_safe
@signed_in
def seen(request: HttpRequest, pack_id: uuid.UUID) -> HttpResponse:
    """Show who has seen a pack, to whoever may see it and to auditors, who learn no title."""
    pack = Pack.objects.select_related("own_draft").filter(id=pack_id).first()
    staff = viewer(request)
    sees = pack is not None and pack.decide(staff, Act.VIEW).allowed
    sees = sees and pack is not None and not hidden_from(staff, pack)
    if pack is None or not (sees or may_audit(request)):
        raise Http404
    rows = who_has_seen(pack.id)
    title = pack.name or (pack.own_draft.title if pack.own_draft else "")
    values = {
        "person": request.user,
        "pack": pack,
        "name": title if sees else "",
        "rows": rows,
        "names": names(row.actor for row in rows),
        "audits": may_audit(request),
    }
    return render(request, "web/audit/seen.html", values, using="jinja2")


def checked_form(request: HttpRequest) -> TrailForm:
    """Return what part of the trail is asked for; only auditors may ask."""
    if not may_audit(request):
        raise Http404
    form = TrailForm(request.GET.dict())
    form.is_valid()
    return form


@require_safe
@signed_in
def trail(request: HttpRequest) -> HttpResponse:
    """Show a part of the trail, newest first."""
    form = checked_form(request)
    part = form.part()
    entries = part.entries() if part else None
    before = request.GET.get("before", "")
    if entries is not None and before.isdecimal() and len(before) < 19:
        entries = entries.filter(pk__lt=int(before))
    rows = list(entries[: A_PAGE + 1]) if entries is not None else []
    shown = rows[:A_PAGE]
    kept = request.GET.copy()
    kept.pop("before", None)
    values = {
        "person": request.user,
        "form": form,
        "nouns": NOUNS,
        "rows": shown,
        "more": shown[-1].pk if len(rows) > A_PAGE else None,
        "query": kept.urlencode(),
        "names": names(row.actor for row in shown),
        "words": action_words,
        "seal": Seal.objects.order_by("-last_id").first(),
    }
    status = 200 if part else 422
    return render(request, "web/audit/trail.html", values, status=status, using="jinja2")


@require_safe
@signed_in
def as_csv(request: HttpRequest) -> StreamingHttpResponse:
    """Give the same part as CSV, its newest 50,000 lines."""
    part = checked_form(request).part()
    if part is None:
        raise Http404
    lines = csv_lines(part.entries()[:MOST_LINES])
    response = StreamingHttpResponse(lines, content_type="text/csv; charset=utf-8")
    response["Content-Disposition"] = 'attachment; filename="audit-trail.csv"'
    return response
