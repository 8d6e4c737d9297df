"""Apps and their tokens: what each may do, when it was used; making, replacing, ending one."""

from __future__ import annotations

import uuid
from datetime import timedelta
from typing import Any

from django import forms
from django.core.validators import validate_slug
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST

from preview.accounts.actions import (
    SCOPES,
    NewToken,
    create_app_token,
    revoke_app_token,
    rotate_app_token,
)
from preview.accounts.models import AppToken
from preview.errors import InvalidInput
from preview.web.administration.admins import actor_of, admins_only

MOST = 500
WORDS = {
    "drafts:read": "See its own drafts, their previews and checks",
    "drafts:write": "Send, change and discard its own drafts and files",
    "drafts:read_all": "See the drafts of every app, limited ones too",
    "packs:write": "Make packs and put drafts in them",
    "share_links:write": "Make and stop share links of its drafts",
    "share_links:stop_all": "Stop the share links of any organisation",
    "webhooks:write": "Say where it wants to be told what happens",
    "content_store:write": "Say what is live, as the publishing platform does",
    "usage:read": "Read the figures of integration usage",
}
LASTING = {"90": "90 days", "365": "1 year", "": "Until somebody ends it"}
OVERLAPS = {"1": "1 hour", "24": "1 day", "168": "1 week"}


class TokenForm(forms.Form):
    """A new token: for which app, for what, until when."""

    app = forms.CharField(
        max_length=64,
        validators=[validate_slug],
        error_messages={
            "required": "Enter the app's name, as in publishing_app",
            "invalid": "The app's name has letters, numbers, hyphens and underscores only",
            "max_length": "The app's name must be 64 characters or fewer",
        },
    )
    label = forms.CharField(
        required=False,
        max_length=120,
        error_messages={"max_length": "What it is for must be 120 characters or fewer"},
    )
    scopes = forms.MultipleChoiceField(
        choices=[(one, WORDS.get(one, one)) for one in SCOPES],
        error_messages={
            "required": "Choose what the app may do",
            "invalid_choice": "Choose what the app may do from the list",
        },
    )
    lasts = forms.ChoiceField(
        required=False,
        choices=list(LASTING.items()),
        error_messages={"invalid_choice": "Choose how long it lasts from the list"},
    )


@require_http_methods(["GET", "HEAD", "POST"])
@admins_only
def index(request: HttpRequest) -> HttpResponse:
    """List the tokens of all apps; on POST make one and show it, once."""
    if request.method != "POST":
        return page(request)
    form = TokenForm(request.POST)
    if not form.is_valid():
        return page(request, form=form)
    said = form.cleaned_data
    days = said["lasts"]
    new = create_app_token(
        app_name=said["app"],
        scopes=tuple(said["scopes"]),
        label=said["label"].strip(),
        expires_at=timezone.now() + timedelta(days=int(days)) if days else None,
        actor=actor_of(request),
    )
    return page(request, new=new)


def page(
    request: HttpRequest,
    *,
    form: TokenForm | None = None,
    new: NewToken | None = None,
    wrong: str = "",
) -> HttpResponse:
    """Return the page; a secret on it is kept by no cache."""
    errors = {field: str(said[0]) for field, said in form.errors.items()} if form else {}
    tokens = AppToken.objects.select_related("app").order_by("app__name", "-created_at")[:MOST]
    values: dict[str, Any] = {
        "person": request.user,
        "tokens": tokens,
        "words": {one: WORDS.get(one, one) for one in SCOPES},
        "lasting": LASTING,
        "overlaps": OVERLAPS,
        "given": form.data if form else {},
        "chosen": request.POST.getlist("scopes") if form else [],
        "errors": errors,
        "wrong": wrong,
        "new": new,
    }
    status = 422 if errors or wrong else 200
    response = render(
        request, "web/administration/apps.html", values, status=status, using="jinja2"
    )
    response["Cache-Control"] = "private, no-store"
    return response


@require_POST
@admins_only
def rotate(request: HttpRequest, token_id: uuid.UUID) -> HttpResponse:
    """Replace a token; the old one is accepted for a while, so that the app can change over."""
    token = get_object_or_404(AppToken, id=token_id)
    hours = request.POST.get("overlap", "24")
    overlap = timedelta(hours=int(hours) if hours in OVERLAPS else 24)
    try:
        new = rotate_app_token(token=token, overlap=overlap, actor=actor_of(request))
    except InvalidInput as error:
        return page(request, wrong=str(error))
    return page(request, new=new)


@require_POST
@admins_only
def revoke(request: HttpRequest, token_id: uuid.UUID) -> HttpResponse:
    """End a token at once."""
    revoke_app_token(token=get_object_or_404(AppToken, id=token_id), actor=actor_of(request))
    return redirect("apps")
