"""Organisations: finding one, what it allows of share links, what was changed by whom."""

from __future__ import annotations

import uuid
from dataclasses import asdict
from typing import Any

from django import forms
from django.conf import settings
from django.db.models import Q
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils import timezone
from django.utils.http import urlencode
from django.views.decorators.http import require_safe

from preview.accounts.models import Organisation
from preview.audit.models import Entry
from preview.errors import InvalidRules
from preview.sharing.organisation_rules import (
    KINDS,
    NAMES,
    Rules,
    breaking,
    checked,
    living,
    rules_of,
)
from preview.web.administration.addresses import as_id, number
from preview.web.administration.admins import admins_only
from preview.web.trail_words import action_words, names

A_PAGE = 25
MOST_HISTORY = 50
WHOLE = "Enter a whole number of days"
ANYONE = {"": "All organisations", "yes": "Allow links for anyone", "no": "Named people only"}


class RulesForm(forms.Form):
    """What an organisation shall allow."""

    anyone_links_allowed = forms.TypedChoiceField(
        choices=[("yes", "Yes"), ("no", "No")],
        coerce=lambda value: value == "yes",
        error_messages={
            "required": "Select whether links for anyone are allowed",
            "invalid_choice": "Select whether links for anyone are allowed",
        },
    )
    longest_link_days = forms.IntegerField(error_messages={"required": WHOLE, "invalid": WHOLE})
    longest_anyone_link_days = forms.IntegerField(
        error_messages={"required": WHOLE, "invalid": WHOLE}
    )
    longest_sensitive_link_days = forms.IntegerField(
        error_messages={"required": WHOLE, "invalid": WHOLE}
    )

    def rules(self) -> Rules | None:
        """Return the rules; None where they can't be, with the sentences in `errors`."""
        if not self.is_valid():
            return None
        try:
            return checked(Rules(**self.cleaned_data))
        except InvalidRules as error:
            self.add_error(error.field, str(error))
            return None


@require_safe
@admins_only
def index(request: HttpRequest) -> HttpResponse:
    """List organisations by name, a page at a time."""
    text = request.GET.get("q", "").replace("\0", "").strip()[:120]
    anyone = request.GET.get("anyone", "")
    found = Organisation.objects.order_by("title", "content_id")
    if text:
        found = found.filter(Q(title__icontains=text) | Q(slug__icontains=text))
    if anyone in ("yes", "no"):
        found = found.filter(anyone_links_allowed=anyone == "yes")
    if (after := after_of(request.GET.get("after", ""))) is not None:
        title, last = after
        found = found.filter(Q(title__gt=title) | Q(title=title, content_id__gt=last))
    rows = list(found[: A_PAGE + 1])
    shown = rows[:A_PAGE]
    asked = {"q": text, "anyone": anyone if anyone in ANYONE else ""}
    kept = {name: value for name, value in asked.items() if value}
    more = kept | {"after": f"{shown[-1].pk}~{shown[-1].title}"} if len(rows) > A_PAGE else {}
    values = {
        "person": request.user,
        "asked": asked,
        "anyone": ANYONE,
        "organisations": shown,
        "first": urlencode(kept) if request.GET.get("after") else None,
        "next": urlencode(more) if more else "",
    }
    return render(request, "web/administration/organisations.html", values, using="jinja2")


def after_of(text: str) -> tuple[str, uuid.UUID] | None:
    """Read a place in the list: the title and id of the row before; None for what is none."""
    which, _, title = text.replace("\0", "").partition("~")
    found = as_id(which)
    return (title, found) if found else None


@require_safe
@admins_only
def show(request: HttpRequest, organisation_id: uuid.UUID) -> HttpResponse:
    """Show one organisation: its rules, its living links, what was changed by whom."""
    return organisation_page(request, get_object_or_404(Organisation, pk=organisation_id))


def organisation_page(
    request: HttpRequest,
    organisation: Organisation,
    *,
    form: RulesForm | None = None,
    wrong: str = "",
) -> HttpResponse:
    """Return the page, with the sentences for rules that can't be."""
    now, rules = timezone.now(), rules_of(organisation)
    about = Entry.objects.filter(
        subject=f"organisation:{organisation.pk}", action__startswith="organisation."
    )
    history = list(about.order_by("-pk")[:MOST_HISTORY])
    errors = {field: said[0] for field, said in form.errors.items()} if form else {}
    values: dict[str, Any] = {
        "person": request.user,
        "organisation": organisation,
        "rules": asdict(rules),
        "kinds": KINDS,
        "given": form.data if form else given(rules),
        "errors": errors,
        "wrong": wrong,
        "most": settings.SHARE_LINK_MAX_DAYS,
        "links": living(organisation, now).count(),
        "breaking": breaking(organisation, rules, now).count(),
        "people": organisation.people.count(),
        "history": history,
        "names": names(one.actor for one in history),
        "words": action_words,
        "done": request.GET.get("done", ""),
        "count": number(request, "count"),
    }
    return render(
        request,
        "web/administration/organisation.html",
        values,
        status=422 if errors or wrong else 200,
        using="jinja2",
    )


def given(rules: Rules) -> dict[str, Any]:
    """Return rules as the form has them, no longer than the service allows."""
    most = settings.SHARE_LINK_MAX_DAYS
    days = {name: min(getattr(rules, name), most) for name in NAMES[1:]}
    return {"anyone_links_allowed": "yes" if rules.anyone_links_allowed else "no", **days}
