"""A fact check as the people who were asked see it, on the preview host; no JavaScript needed."""

from __future__ import annotations

import uuid
from dataclasses import dataclass
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods

from preview.access import Act
from preview.errors import InvalidReview
from preview.facts import kinds
from preview.review.fact_checks.answering import CHOICES, Said, answer_fact_check, give_verdicts
from preview.review.fact_checks.models import CheckedFact, Checker, Verdict
from preview.review.fact_checks.queries import checker_of
from preview.web.endings import over
from preview.web.guest_reviews import Visit, visit

A_PAGE = 20  # facts: a phone scrolls through them in a minute


@dataclass(frozen=True)
class Part:
    """A page of facts, `number` of `count`; those given to the person, or to nobody."""

    facts: list[CheckedFact]
    number: int
    count: int
    total: int


def part_of(request: HttpRequest, checker: Checker) -> Part:
    """Return the facts to show; somebody whose facts were split gets theirs."""
    found = CheckedFact.objects.filter(fact_check=checker.fact_check)
    mine = found.filter(given_to=checker)
    found = mine if mine.exists() else found.filter(given_to=None)
    total = found.count()
    count = max(1, -(-total // A_PAGE))
    wanted = request.GET.get("part", "1")
    number = min(int(wanted), count) if wanted.isdecimal() and 0 < len(wanted) < 5 else 1
    start = (max(number, 1) - 1) * A_PAGE
    return Part(list(found[start : start + A_PAGE]), max(number, 1), count, total)


@require_http_methods(["GET", "HEAD", "POST"])
def index(request: HttpRequest, link_id: uuid.UUID, page: str) -> HttpResponse:
    """Show the facts and the form for an answer; on POST store what is said."""
    visited = visit(request, link_id, page, Act.COMMENT)
    if isinstance(visited, HttpResponse):
        return visited
    known = visited.grant.recipient
    checker = checker_of(link_id, known.email) if known else None
    if checker is None:
        return over(request, "no_such_page")
    part = part_of(request, checker)
    here = reverse("shared_fact_check", args=[link_id, page])
    error = None
    if request.method == "POST":
        try:
            done = answered(request, checker, part, visited)
        except InvalidReview as refused:
            error = refused
        else:
            following = part.number + 1 if done == "saved" and part.number < part.count else 0
            query = f"?part={following}&done=saved" if following else f"?done={done}"
            response = redirect(f"{here}{query}#{'facts' if following else 'answer-form'}")
            response.status_code = 303
            return response
    values = {
        **known_of(checker, part),
        **places(link_id, page),
        "draft": visited.version.draft,
        "newer": visited.version.number > checker.fact_check.version.number,
        "recipient": visited.found.recipient if visited.found.watermark else "",
        "sent": request.POST,
        "error": error,
        "done": request.GET.get("done"),
    }
    status = 422 if error else 200
    return render(request, "web/fact_checks/guest.html", values, status=status, using="jinja2")


def known_of(checker: Checker, part: Part) -> dict[str, Any]:
    """Return what the page shows of the check, and what the person said before."""
    return {
        "checker": checker,
        "asked": checker.fact_check,
        "part": part,
        "said": {one.fact_id: one for one in checker.verdicts.filter(fact__in=part.facts)},
        "titles": {one.name: one.title for one in kinds()} | {"link": "Link"},
        "verdicts": dict(Verdict.choices),
        "answers": {one.value: one.label for one in CHOICES},
    }


def places(link_id: uuid.UUID, page: str) -> dict[str, str]:
    """Return the addresses of this page and of those beside it."""
    names = {
        "here": "shared_fact_check",
        "back": "shared_page",
        "changes": "shared_compare",
        "comments": "shared_comments",
        "sign_off": "shared_sign_off",
    }
    return {key: reverse(name, args=[link_id, page]) for key, name in names.items()}


def answered(request: HttpRequest, checker: Checker, part: Part, visited: Visit) -> str:
    """Store verdicts on facts, or the answer on the whole; return which it was.

    Raises:
        InvalidReview: what was sent can't be stored.

    """
    if "answer-form" in request.POST:
        answer_fact_check(
            checker=checker,
            answer=request.POST.get("answer", ""),
            note=request.POST.get("note", ""),
            actor=visited.reviewer.actor,
        )
        return "answered"
    said = {
        fact.pk: Said(verdict, request.POST.get(f"correction-{fact.pk}", ""))
        for fact in part.facts
        if (verdict := request.POST.get(f"verdict-{fact.pk}", ""))
    }
    give_verdicts(checker=checker, said=said)
    return "saved"
