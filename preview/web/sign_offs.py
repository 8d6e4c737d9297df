"""Sign-off by staff, and its certificates, on the service host."""

from __future__ import annotations

import uuid
from typing import Any

import orjson
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from preview.access import Act
from preview.drafts.models import Draft
from preview.packs.actions import own_pack
from preview.packs.audiences import audiences_seen
from preview.review.sign_offs.actions import withdraw_sign_off
from preview.review.sign_offs.certificate import certificate
from preview.review.sign_offs.models import SignOff
from preview.review.sign_offs.shown import newest_shown
from preview.review.sign_offs.standing import changes_since, standings
from preview.web.comments import reviewer_of
from preview.web.sign_off_pages import MOST, Spot, sign_off_page
from preview.web.viewer import signed_in, viewer

FORMS = ("html", "json")


def draft_to_sign(request: HttpRequest, draft_id: uuid.UUID) -> Draft:
    """Return a draft that this person may sign off; for others there is none."""
    found = Draft.objects.open().select_related("app").prefetch_related("limits")
    draft = found.filter(id=draft_id).first()
    if draft is None or not draft.decide(viewer(request), Act.SIGN_OFF).allowed:
        raise Http404
    return draft


def sign_off_of(request: HttpRequest, sign_off_id: uuid.UUID) -> SignOff:
    """Return a sign-off of a draft that this person may see, also once the draft is published."""
    found = SignOff.objects.visible_to(viewer(request))
    found = found.select_related("draft__app", "pack", "version")
    given = found.filter(id=sign_off_id).first()
    if given is None or not given.draft.decide(viewer(request), Act.VIEW).allowed:
        raise Http404
    return given


@require_http_methods(["GET", "HEAD", "POST"])
@signed_in
def index(request: HttpRequest, draft_id: uuid.UUID) -> HttpResponse:
    """Show who has signed off a draft; on POST sign it off."""
    draft = draft_to_sign(request, draft_id)
    pack, given = own_pack(draft), SignOff.objects.visible_to(viewer(request))
    audiences = audiences_seen(viewer(request), pack)
    spot = Spot(
        reviewer=reviewer_of(request),
        draft=draft,
        shown=newest_shown(draft, pack, audiences),
        others=list(given.filter(draft=draft).select_related("pack", "version")[:MOST]),
        back=reverse("draft", args=[draft.id]),
        here=reverse("draft_sign_off", args=[draft.id]),
        comments=reverse("draft_comments", args=[draft.id]),
        layout="web/_staff.html",
        extra={"person": request.user},
    )
    return sign_off_page(request, spot)


@require_safe
@signed_in
def show(request: HttpRequest, sign_off_id: uuid.UUID) -> HttpResponse:
    """Show a sign-off: what was signed, how it stands, what changed since."""
    given = sign_off_of(request, sign_off_id)
    found = standings(given.draft, [given])[0]
    values: dict[str, Any] = {
        "person": request.user,
        "given": given,
        "standing": found,
        "changes": changes_since(given) if found.state == "stale" else [],
        "mine": given.actor == reviewer_of(request).actor and found.state != "withdrawn",
    }
    return render(request, "web/sign_offs/show.html", values, using="jinja2")


@require_POST
@signed_in
def withdraw(request: HttpRequest, sign_off_id: uuid.UUID) -> HttpResponse:
    """Take one's own sign-off back."""
    given = sign_off_of(request, sign_off_id)
    reviewer = reviewer_of(request)
    if given.actor != reviewer.actor:
        raise Http404
    withdraw_sign_off(sign_off=given, reviewer=reviewer)
    response = redirect("sign_off", sign_off_id=given.id)
    response.status_code = 303
    return response


@require_safe
@signed_in
def export(request: HttpRequest, sign_off_id: uuid.UUID, form: str) -> HttpResponse:
    """Give the certificate as a file: `json`, or `html` that stands alone."""
    given = sign_off_of(request, sign_off_id)
    if form not in FORMS:
        raise Http404
    made = certificate(standings(given.draft, [given])[0])
    if form == "json":
        body = orjson.dumps(made, option=orjson.OPT_INDENT_2)
        response = HttpResponse(body, content_type="application/json")
    else:
        values = {"made": made, "given": given}
        response = render(request, "web/sign_offs/certificate.html", values, using="jinja2")
    name = f"sign-off-{given.created_at:%Y-%m-%d}-{str(given.id)[:8]}.{form}"
    response["Content-Disposition"] = f'attachment; filename="{name}"'
    return response
