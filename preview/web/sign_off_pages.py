"""The pages of sign-off, the same for staff and guests."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render

from preview.drafts.models import Draft
from preview.errors import InvalidReview, ReviewOutdated
from preview.review.reviewers import Reviewer
from preview.review.sign_offs.actions import give_sign_off
from preview.review.sign_offs.models import SignOff
from preview.review.sign_offs.shown import Shown
from preview.review.sign_offs.standing import standings

MOST = 100


@dataclass(frozen=True)
class Spot:
    """Who signs off what, and where the pages beside are; `others` are the sign-offs to list."""

    reviewer: Reviewer
    draft: Draft
    shown: Shown | None
    others: list[SignOff]
    back: str
    here: str
    comments: str
    layout: str
    wants_name: bool = False
    named: Callable[[str], Reviewer] | None = None
    extra: Mapping[str, Any] = field(default_factory=dict)


def sign_off_page(request: HttpRequest, spot: Spot) -> HttpResponse:
    """Show who has signed off what, and the form; on POST sign off what the form showed."""
    error: InvalidReview | ReviewOutdated | None = None
    if request.method == "POST":
        try:
            sign(request, spot)
        except (InvalidReview, ReviewOutdated) as refused:
            error = refused
        else:
            response = redirect(f"{spot.here}?done=given")
            response.status_code = 303
            return response
    status = 409 if isinstance(error, ReviewOutdated) else 422 if error else 200
    found = standings(spot.draft, spot.others) if spot.others else []
    values: dict[str, Any] = {
        "setting": spot,
        "draft": spot.draft,
        "layout": spot.layout,
        "standings": found,
        "mine": [
            one
            for one in found
            if one.sign_off.actor == spot.reviewer.actor and one.state == "current"
        ],
        "error": error,
        "sent": request.POST,
        "done": request.GET.get("done"),
        **spot.extra,
    }
    return render(request, "web/sign_offs/index.html", values, status=status, using="jinja2")


def sign(request: HttpRequest, spot: Spot) -> SignOff:
    """Sign off what the form showed.

    Raises:
        InvalidReview: nothing can be signed yet, or the form is not complete.
        ReviewOutdated: it changed meanwhile.

    """
    if spot.shown is None:
        raise InvalidReview("confirm", "The preview is not ready yet. Try again in a minute.")
    if "confirm" not in request.POST:
        raise InvalidReview("confirm", "Confirm that you have checked this version")
    reviewer = spot.reviewer
    if spot.wants_name and spot.named is not None:
        reviewer = spot.named(request.POST.get("name", ""))
    return give_sign_off(
        shown=spot.shown,
        seen=request.POST.get("seen", ""),
        reviewer=reviewer,
        role=request.POST.get("role", ""),
    )
