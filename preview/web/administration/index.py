"""The first of the admins' pages: what there is, and what each is for."""

from __future__ import annotations

from dataclasses import dataclass

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from preview.web.administration.admins import admins_only


@dataclass(frozen=True)
class Place:
    """A page: its name, the name of its address, what somebody does there."""

    name: str
    address: str
    what: str


PLACES = (
    Place("All links", "all_links", "Find a share link, see who opened it, stop it."),
    Place(
        "Organisations", "organisations", "What each allows of share links; end all links of one."
    ),
    Place("People", "people", "What somebody may do and has; sign-in, sessions, links, packs."),
    Place("Queues and failures", "queues", "See what waits, is stuck or failed, and try it again."),
    Place("Apps and tokens", "apps", "See what apps may do; make, replace and end their tokens."),
    Place("Retention", "retention", "How long what is kept, what was deleted, legal holds."),
    Place("Webhooks", "webhooks", "What apps are told, and what could not be delivered."),
    Place("Audit trail", "audit_trail", "Who did and saw what."),
    Place("Tables", "admin:index", "Everything that has no page of its own."),
)


@require_safe
@admins_only
def show(request: HttpRequest) -> HttpResponse:
    """List the pages."""
    values = {"person": request.user, "places": PLACES}
    return render(request, "web/administration/index.html", values, using="jinja2")
