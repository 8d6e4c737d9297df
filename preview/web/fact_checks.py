"""Fact checks for staff: asking for one, following it, ending it."""

from __future__ import annotations

import re
import uuid
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from preview.access import Act
from preview.drafts.models import Draft
from preview.errors import AccessDenied, InvalidReview
from preview.facts import kinds
from preview.packs.audiences import made_for
from preview.review.fact_checks.answering import close_fact_check
from preview.review.fact_checks.asking import Request, request_fact_check
from preview.review.fact_checks.models import Answer, FactCheck
from preview.review.fact_checks.queries import coverage, facts_with_verdicts
from preview.review.fact_checks.reminding import remind
from preview.web.viewer import person_of, signed_in, viewer

SEPARATORS = re.compile(r"[\s,;]+")
MOST = 50


def draft_to_check(request: HttpRequest, draft_id: uuid.UUID) -> Draft:
    """Return a draft that this person may share; for others there is none."""
    found = Draft.objects.open().select_related("app").prefetch_related("limits")
    draft = found.filter(id=draft_id).first()
    if draft is None or not draft.decide(viewer(request), Act.SHARE).allowed:
        raise Http404
    return draft


def check_of(request: HttpRequest, check_id: uuid.UUID, act: Act) -> FactCheck:
    """Return a fact check of a draft with which this person may do `act`."""
    found = FactCheck.objects.filter(made_for(viewer(request)))
    found = found.select_related("draft__app", "version", "link")
    asked = found.filter(id=check_id).first()
    if asked is None or not asked.draft.decide(viewer(request), act).allowed:
        raise Http404
    return asked


@require_http_methods(["GET", "HEAD", "POST"])
@signed_in
def index(request: HttpRequest, draft_id: uuid.UUID) -> HttpResponse:
    """Show a draft's fact checks and the form for a new one; on POST ask for it."""
    draft = draft_to_check(request, draft_id)
    error = None
    if request.method == "POST":
        try:
            asked = request_fact_check(
                draft=draft,
                staff=viewer(request),
                name=person_of(request).name,
                wanted=wanted_in(request),
            )
        except InvalidReview as refused:
            error = refused
        except AccessDenied as refused:
            raise Http404 from refused
        else:
            response = redirect("fact_check", check_id=asked.id)
            response.status_code = 303
            return response
    checks = FactCheck.objects.filter(made_for(viewer(request)), draft=draft)
    values: dict[str, Any] = {
        "person": request.user,
        "draft": draft,
        "checks": list(checks.select_related("version")[:MOST]),
        "error": error,
        "sent": request.POST,
    }
    status = 422 if error else 200
    return render(request, "web/fact_checks/index.html", values, status=status, using="jinja2")


def wanted_in(request: HttpRequest) -> Request:
    """Return what a form asks for."""
    days = request.POST.get("working_days", "").strip()
    return Request(
        people=SEPARATORS.split(request.POST.get("people", "")[:20_000]),
        what=request.POST.get("what", ""),
        working_days=int(days) if days.isascii() and days.isdecimal() and len(days) < 4 else 0,
        reason=request.POST.get("reason", "").strip()[:300],
        split="split" in request.POST,
    )


@require_safe
@signed_in
def show(request: HttpRequest, check_id: uuid.UUID) -> HttpResponse:
    """Show a fact check: who answered what, fact by fact."""
    asked = check_of(request, check_id, Act.VIEW)
    facts = facts_with_verdicts(asked)
    values: dict[str, Any] = {
        "person": request.user,
        "asked": asked,
        "checkers": list(asked.checkers.all()),
        "replies": list(asked.replies.defer("raw")[:MOST]),
        "facts": facts,
        "coverage": coverage(facts),
        "titles": {one.name: one.title for one in kinds()} | {"link": "Link"},
        "answers": dict(Answer.choices),
        "done": request.GET.get("done"),
    }
    return render(request, "web/fact_checks/show.html", values, using="jinja2")


@require_POST
@signed_in
def close(request: HttpRequest, check_id: uuid.UUID) -> HttpResponse:
    """End a fact check."""
    asked = check_of(request, check_id, Act.SHARE)
    close_fact_check(asked=asked, actor=f"person:{viewer(request).uid}")
    return back(asked, "closed")


@require_POST
@signed_in
def remind_all(request: HttpRequest, check_id: uuid.UUID) -> HttpResponse:
    """Remind everybody who has not answered, now."""
    asked = check_of(request, check_id, Act.SHARE)
    if asked.closed_at is None:
        for checker in asked.checkers.filter(answered_at=None, bounced="", reminders__lt=5):
            checker.fact_check = asked
            remind(checker, anyway=True)
    return back(asked, "reminded")


def back(asked: FactCheck, what: str) -> HttpResponse:
    """Lead to the page of a fact check, which says what was done."""
    response = redirect("fact_check", check_id=asked.id)
    response["Location"] += f"?done={what}"
    response.status_code = 303
    return response
