"""The page of a draft's checks: what is to do, what was dismissed and why."""

from __future__ import annotations

import uuid
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_POST, require_safe

from preview.accounts.models import Person
from preview.checks.actions import dismiss_finding, restore_finding
from preview.checks.models import Severity
from preview.checks.outside import reached
from preview.checks.queries import Report, report
from preview.drafts.models import Draft
from preview.errors import AccessDenied, InvalidInput
from preview.packs.actions import own_pack
from preview.packs.audiences import audiences_seen
from preview.rendering.models import Rendering
from preview.web.drafts import visible_draft
from preview.web.viewer import person_of, signed_in, viewer


@require_safe
@signed_in
def show(request: HttpRequest, draft_id: uuid.UUID) -> HttpResponse:
    """Show what the checks of the newest preview found."""
    return checks_page(request, visible_draft(viewer(request), draft_id))


def checks_page(
    request: HttpRequest, draft: Draft, *, wrong: str = "", error: str = "", status: int = 200
) -> HttpResponse:
    """Return the page; `wrong` is the key of the finding that was not dismissed, for `error`."""
    seen = audiences_seen(viewer(request), own_pack(draft))
    ready = Rendering.objects.in_own_pack().ready().filter(version__draft=draft)
    ready = ready.filter(audience__in=seen)
    rendering = ready.select_related("version").newest_first().first()
    found = report(rendering, draft.id)
    values: dict[str, Any] = {
        "draft": draft,
        "person": person_of(request),
        "report": found,
        "version": rendering.version if rendering else None,
        "words": dict(Severity.choices),
        "outside": reached(found.run),
        "in_browser": found.run.get_in_browser_display() if found.run else "",
        "names": names_of(found),
        "wrong": wrong,
        "error": error,
        "reason": request.POST.get("reason", ""),
    }
    return render(request, "web/checks/show.html", values, status=status, using="jinja2")


def names_of(found: Report) -> dict[str, str]:
    """Return the names of those who dismissed something, by uid."""
    uids = {one.dismissal.dismissed_by for one in found.dismissed if one.dismissal}
    return dict(Person.objects.filter(uid__in=uids).values_list("uid", "name"))


@require_POST
@signed_in
def dismiss(request: HttpRequest, draft_id: uuid.UUID, key: str) -> HttpResponse:
    """Let a finding stand, for a reason."""
    staff = viewer(request)
    draft = visible_draft(staff, draft_id)
    try:
        dismiss_finding(staff=staff, draft=draft, key=key, reason=request.POST.get("reason", ""))
    except InvalidInput as error:
        return checks_page(request, draft, wrong=key, error=str(error), status=422)
    except AccessDenied as error:
        raise Http404 from error
    return redirect("draft_checks", draft_id=draft.id)


@require_POST
@signed_in
def restore(request: HttpRequest, draft_id: uuid.UUID, key: str) -> HttpResponse:
    """Bring a dismissed finding back."""
    staff = viewer(request)
    draft = visible_draft(staff, draft_id)
    try:
        restore_finding(staff=staff, draft=draft, key=key)
    except AccessDenied as error:
        raise Http404 from error
    return redirect("draft_checks", draft_id=draft.id)
