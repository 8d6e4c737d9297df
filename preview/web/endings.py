"""The page for a link that opens nothing: why, what to do, whom to ask. Never another page.

Each reason of the access policy has its words here, and its own HTTP status. A stranger, whose link
was never made here, learns nothing.
"""

from __future__ import annotations

import uuid
from dataclasses import dataclass
from functools import cache

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.template.loader import render_to_string

from preview.rate_limits.misses import MISSES
from preview.sharing.models import ShareLink
from preview.web.clients import Client


@dataclass(frozen=True)
class Ending:
    """Status, heading, what to do; `asks` offers to ask for a new link."""

    status: int
    title: str
    sentence: str
    asks: bool = False


ASK = "Ask for a new link below, or ask the person who sent it."
ENDINGS = {
    "expired": Ending(410, "This link has expired", ASK, asks=True),
    "expired_older": Ending(
        410, "This link has expired", "Ask the person who sent it for a new one."
    ),
    "revoked": Ending(
        410,
        "The sender has stopped sharing this preview",
        "Ask the person who sent the link if you still need to see it.",
    ),
    "owner_disabled": Ending(
        410,
        "This link has ended",
        "The person who sent it can no longer share previews. Ask somebody in their team.",
    ),
    "removed": Ending(
        410,
        "This link is no longer for you",
        "Ask the person who sent the link if you still need to see it.",
    ),
    "published": Ending(
        410,
        "This page is now on GOV.UK",
        "The preview has ended because the page was published. Read it on GOV.UK.",
    ),
    "draft_closed": Ending(
        410,
        "This preview is no longer available",
        "The draft was discarded. Ask the person who sent the link what replaces it.",
    ),
    "limits_changed": Ending(
        410,
        "This link has ended",
        "Who may see the draft has changed. Ask the person who sent the link for a new one.",
        asks=True,
    ),
    "rules_changed": Ending(
        410,
        "This link has ended",
        "Their organisation has changed how its drafts are shared. Ask the person who sent it for "
        "a new link.",
        asks=True,
    ),
    "not_open_yet": Ending(
        403,
        "This preview is not open yet",
        "Come back at the time that you were given. The same link will work then.",
    ),
    "not_approved": Ending(
        403,
        "This preview is not open yet",
        "A second person still has to agree to this link. Try again later.",
    ),
    "too_many_people": Ending(
        403,
        "This link has been opened by as many people as it is for",
        "Ask the person who sent it for a link of your own.",
        asks=True,
    ),
    "role": Ending(403, "You can look at this preview only", "Ask the sender to let you do more."),
    "not_confirmed": Ending(
        403,
        "Open the link that you were sent",
        "Go back to the message with the link and open it again in this browser.",
    ),
    "too_many_requests": Ending(
        429, "There were too many tries", "Wait a few minutes, then try again."
    ),
}
NOT_A_LINK = Ending(
    404,
    "This link does not work",
    "Check that you have the whole address, or ask the person who sent it for a new link.",
)


def over(
    request: HttpRequest, reason: str, *, link_id: uuid.UUID | None = None, token: str = ""
) -> HttpResponse:
    """Return the page for a reason; `token` lets the reader ask for a new link."""
    ending = ENDINGS.get(reason, NOT_A_LINK)
    if ending == NOT_A_LINK:
        MISSES.note(Client(request).source)
        return HttpResponse(not_a_link(), status=ending.status)
    values = {
        "ending": ending,
        "live": live_address(link_id) if reason == "published" and link_id else "",
        "token": token if ending.asks else "",
    }
    response = render(request, "web/guests/over.html", values, status=ending.status, using="jinja2")
    if ending.status == 429:
        response["Retry-After"] = "300"
    return response


@cache
def not_a_link() -> bytes:
    """Return the page for what is no link, made once: whoever guesses costs next to nothing."""
    values = {"ending": NOT_A_LINK, "live": "", "token": ""}
    return render_to_string("web/guests/over.html", values, using="jinja2").encode()


def live_address(link_id: uuid.UUID) -> str:
    """Return where the published page of a link stands on the live site."""
    link = ShareLink.objects.select_related("pack__own_draft").filter(id=link_id).first()
    draft = link.pack.own_draft if link else None
    if draft is None and link is not None:
        draft = link.pack.counted().filter(state="published").first()
    return f"{settings.WEBSITE_ROOT}{draft.base_path}" if draft and draft.base_path else ""
