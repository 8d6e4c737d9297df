"""What a guest may do besides looking: who they are, asked of the access policy each time."""

from __future__ import annotations

import uuid
from dataclasses import dataclass

from django.http import HttpRequest, HttpResponse
from django.utils import timezone

from preview.access import Act, decide_pack
from preview.drafts.models import Version
from preview.review.reviewers import Reviewer, checked_name
from preview.sharing.models import Grant
from preview.sharing.naming import grant_of, name_guest
from preview.sharing.queries import ShownPage
from preview.web.endings import over
from preview.web.frames import path_of
from preview.web.guests import COOKIE, let_in, record_denial, waiting


@dataclass(frozen=True)
class Visit:
    """A guest who may do what they ask for, with the page that their link shows and its version."""

    grant: Grant
    found: ShownPage
    version: Version
    path: str

    @property
    def reviewer(self) -> Reviewer:
        """Who it is: the recipient where one is known, else the browser."""
        return reviewer_of(self.grant)

    def named(self, name: str) -> Reviewer:
        """Keep what the guest calls themselves, and return who they are.

        Raises:
            InvalidReview: that is no name.

        """
        return reviewer_of(name_guest(grant=self.grant, name=checked_name(name)))


def reviewer_of(grant: Grant) -> Reviewer:
    """Return whoever uses a way in."""
    known = grant.recipient
    actor = f"recipient:{known.pk}" if known else f"guest:{grant.pk}"
    return Reviewer(actor, grant.guest_name or (str(known) if known else ""))


def visit(request: HttpRequest, link_id: uuid.UUID, page: str, act: Act) -> Visit | HttpResponse:
    """Return the visit of a guest who may do `act`, else the page that says why they may not.

    A live page that the pack only changes belongs to no draft, so there is nothing to review on it.
    """
    found = let_in(request, link_id, path_of(page))
    if isinstance(found, HttpResponse):
        return found
    decision = decide_pack(found.guest, act, found.limits, timezone.now())
    if not decision.allowed:
        record_denial(request, link_id, found.pack_id, decision.reason)
        return over(request, decision.reason)
    if found.sha256 is None or found.draft_id is None or found.version is None:
        return waiting(request) if not found.rendered else over(request, "no_such_page")
    version = Version.objects.select_related("draft").get(
        draft=found.draft_id, number=found.version
    )
    grant = grant_of(link_id=link_id, cookie=request.COOKIES[COOKIE])
    return Visit(grant, found, version, path_of(page))
