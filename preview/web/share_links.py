"""Making and ending share links on the page of a draft."""

from __future__ import annotations

import uuid

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.views.decorators.http import require_POST

from preview.access import Act
from preview.errors import AccessDenied, InvalidShareLink
from preview.sharing.actions import create_share_link, revoke_share_link
from preview.sharing.models import ShareLink
from preview.web.drafts import draft_page, newest, visible_draft
from preview.web.forms import ShareLinkForm
from preview.web.viewer import signed_in, viewer


@require_POST
@signed_in
def create(request: HttpRequest, draft_id: uuid.UUID) -> HttpResponse:
    """Make a share link, and show its address once."""
    staff = viewer(request)
    draft = visible_draft(staff, draft_id)
    form = ShareLinkForm(request.POST.dict())
    if not form.is_valid():
        return draft_page(request, draft, form, status=422)
    values = form.cleaned_data
    try:
        new = create_share_link(
            draft=draft,
            staff=staff,
            expires_at=values["expires_at"],
            label=values["label"],
            pinned_version=newest(draft) if values["pin"] else None,
        )
    except InvalidShareLink as error:
        form.add_error("label" if error.field == "label" else "lasts", str(error))
        return draft_page(request, draft, form, status=422)
    except AccessDenied as error:
        raise Http404 from error
    address = f"{settings.PREVIEW_ORIGIN}/s/{new.token}"
    return draft_page(request, draft, new_link=address)


@require_POST
@signed_in
def revoke(request: HttpRequest, link_id: uuid.UUID) -> HttpResponse:
    """End a share link at once."""
    staff = viewer(request)
    link = ShareLink.objects.select_related("pack__own_draft").filter(id=link_id).first()
    draft = link.pack.own_draft if link else None
    if link is None or draft is None:
        raise Http404
    if not draft.decide(staff, Act.REVOKE).allowed:
        raise Http404
    revoke_share_link(link=link, revoked_by=f"person:{staff.uid}")
    return redirect("draft", draft_id=draft.id)
