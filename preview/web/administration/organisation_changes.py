"""Changing what an organisation allows, and ending its links: each says first what it means."""

from __future__ import annotations

import uuid
from dataclasses import asdict, astuple
from typing import Any

from django.db.models import Count
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils import timezone
from django.views.decorators.http import require_POST

from preview.accounts.models import Organisation
from preview.errors import InvalidInput, RulesChanged
from preview.sharing.organisation_rules import (
    KINDS,
    NAMES,
    Rules,
    breaking,
    broken_by,
    change_rules,
    end_all,
    end_breaking,
    living,
    rules_of,
)
from preview.web.administration.addresses import back_to
from preview.web.administration.admins import actor_of, admins_only
from preview.web.administration.organisations import RulesForm, given, organisation_page
from preview.web.viewer import person_of

ENDS = {"run_out": "Let them run out", "end": "End them now"}


def seen_of(text: str) -> Rules | None:
    """Read the rules that whoever changes them has seen; None for what is none."""
    parts = text.split(",")
    if len(parts) != len(NAMES) or not all(one.isdecimal() and len(one) < 6 for one in parts):
        return None
    anyone, *days = map(int, parts)
    return Rules(bool(anyone), *days)


@require_POST
@admins_only
def change(request: HttpRequest, organisation_id: uuid.UUID) -> HttpResponse:
    """Say what a change of the rules means for living links; once confirmed, make it."""
    organisation = get_object_or_404(Organisation, pk=organisation_id)
    form = RulesForm(request.POST)
    wanted, before = form.rules(), rules_of(organisation)
    if wanted is None:
        return organisation_page(request, organisation, form=form)
    if wanted == before:
        return organisation_page(request, organisation, wrong="You changed none of the rules")
    if request.POST.get("confirmed") != "yes":
        return change_page(request, organisation, wanted)
    seen = seen_of(request.POST.get("seen", ""))
    if seen != before:
        return organisation_page(request, organisation, wrong=str(RulesChanged()))
    end = request.POST.get("links", "")
    if end not in ENDS and breaking(organisation, wanted, timezone.now()).exists():
        wrong = {"links": "Select what becomes of these links"}
        return change_page(request, organisation, wanted, wrong=wrong)
    return changed(request, organisation, wanted, before, ends=end == "end")


def changed(
    request: HttpRequest, organisation: Organisation, wanted: Rules, seen: Rules, *, ends: bool
) -> HttpResponse:
    """Make a confirmed change, and lead back to the page that says so."""
    why: dict[str, Any] = {"reason": request.POST.get("reason", ""), "actor": actor_of(request)}
    try:
        new = change_rules(organisation=organisation, wanted=wanted, seen=seen, **why)
    except RulesChanged as error:
        organisation.refresh_from_db()
        return organisation_page(request, organisation, wrong=str(error))
    except InvalidInput as error:
        return change_page(request, organisation, wanted, wrong={"reason": str(error)})
    count = end_breaking(organisation=new, **why) if ends else 0
    return back_to("organisation", new.pk, done="rules", count=count)


def change_page(
    request: HttpRequest,
    organisation: Organisation,
    wanted: Rules,
    *,
    wrong: dict[str, str] | None = None,
) -> HttpResponse:
    """Return the page that says what would change, and how many links would break the rules."""
    now, before = timezone.now(), rules_of(organisation)
    broken = broken_by(wanted, now)
    counts = living(organisation, now).aggregate(
        **{name: Count("pk", filter=condition) for name, condition in broken.items()}
    )
    values = {
        "person": request.user,
        "organisation": organisation,
        "before": asdict(before),
        "after": asdict(wanted),
        "given": given(wanted),
        "seen": ",".join(str(int(one)) for one in astuple(before)),
        "kinds": KINDS,
        "counts": counts,
        "breaking": breaking(organisation, wanted, now).count(),
        "ends": ENDS,
        "chosen": request.POST.get("links", ""),
        "reason": request.POST.get("reason", ""),
        "errors": wrong or {},
    }
    return render(
        request,
        "web/administration/organisation_change.html",
        values,
        status=422 if wrong else 200,
        using="jinja2",
    )


@require_POST
@admins_only
def end_links(request: HttpRequest, organisation_id: uuid.UUID) -> HttpResponse:
    """Say which links would end: all, or those that break the rules; once confirmed, end them."""
    organisation = get_object_or_404(Organisation, pk=organisation_id)
    only_breaking = request.POST.get("which") == "breaking"
    wrong = ""
    if request.POST.get("confirmed") == "yes":
        end = end_breaking if only_breaking else end_all
        reason = request.POST.get("reason", "")
        try:
            count = end(organisation=organisation, reason=reason, actor=actor_of(request))
            return back_to("organisation", organisation.pk, done="links", count=count)
        except InvalidInput as error:
            wrong = str(error)
    now = timezone.now()
    links = living(organisation, now)
    if only_breaking:
        links = breaking(organisation, rules_of(organisation), now)
    values = {
        "person": request.user,
        "organisation": organisation,
        "which": "breaking" if only_breaking else "all",
        "count": links.count(),
        "own": links.filter(created_by=f"person:{person_of(request).uid}").count(),
        "reason": request.POST.get("reason", ""),
        "error": wrong,
    }
    return render(
        request,
        "web/administration/organisation_end_links.html",
        values,
        status=422 if wrong else 200,
        using="jinja2",
    )
