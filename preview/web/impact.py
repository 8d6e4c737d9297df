"""The page that says which live pages a draft changes."""

from __future__ import annotations

import uuid
from typing import Any

from django.conf import settings
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_POST, require_safe

from preview.drafts.models import Draft
from preview.impact.actions import want_impact
from preview.impact.models import ImpactPage
from preview.impact.queries import measured_for
from preview.packs.actions import own_pack
from preview.web import frames
from preview.web.drafts import visible_draft
from preview.web.viewer import signed_in, viewer

A_PAGE = 50


@require_safe
@signed_in
def show(request: HttpRequest, draft_id: uuid.UUID) -> HttpResponse:
    """List the live pages that may change, those that do first."""
    staff = viewer(request)
    draft = visible_draft(staff, draft_id)
    impact = measured_for(own_pack(draft), Draft.objects.visible_to(staff))
    rows = impact.pages.order_by("outcome", "position") if impact else ImpactPage.objects.none()
    page = Paginator(rows, A_PAGE).get_page(request.GET.get("page"))
    values: dict[str, Any] = {
        "draft": draft,
        "person": request.user,
        "impact": impact,
        "page": page,
        "shown": {one.id: place(staff.uid, one) for one in page.object_list},
        "website_root": settings.WEBSITE_ROOT,
    }
    return render(request, "web/impact/show.html", values, using="jinja2")


def place(uid: str, one: ImpactPage) -> str:
    """Return where a page can be seen as it will be; "" where it does not change."""
    if one.rendering_id is None:
        return ""
    return f"{settings.PREVIEW_ORIGIN}/enter/{frames.ticket(uid, one.rendering_id)}"


@require_POST
@signed_in
def measure(request: HttpRequest, draft_id: uuid.UUID) -> HttpResponse:
    """Measure again, in the background."""
    draft = visible_draft(viewer(request), draft_id)
    want_impact(own_pack(draft))
    return redirect("draft_impact", draft_id=draft.id)
