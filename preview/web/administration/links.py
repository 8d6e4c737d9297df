"""All share links: the list with its filters, one link, a pasted address, stopping many."""

from __future__ import annotations

import uuid
from collections.abc import Callable
from datetime import datetime

from django import forms
from django.db.models import Count, Q, QuerySet
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_POST, require_safe

from preview.accounts.models import Organisation
from preview.audit.models import Entry
from preview.drafts.models import Draft
from preview.sharing.actions import end_links
from preview.sharing.all_links import (
    MOST_AT_ONCE,
    STATES,
    Ended,
    Filters,
    end_many,
    link_at,
    page_of,
)
from preview.sharing.models import ShareLink
from preview.sharing.proving import proofs_of, want_probe
from preview.sharing.risks import A_WEEK, RISKS, risks_of
from preview.sharing.shown_in import links_of_organisation, links_showing, living
from preview.web.administration.addresses import ids
from preview.web.administration.admins import actor_of, admins_only
from preview.web.administration.titles import titles
from preview.web.forms import ROLES
from preview.web.trail_words import names
from preview.web.viewer import viewer

MOST_OPENED = 50
MOST_ORGANISATIONS = 2_000


class LinkFilters(forms.Form):
    """Which links are wanted; a value that can't be used narrows nothing."""

    state = forms.ChoiceField(required=False, choices=[("all", "All"), *STATES.items()])
    risk = forms.ChoiceField(required=False, choices=[(key, "") for key in RISKS])
    organisation = forms.UUIDField(required=False)
    owner = forms.CharField(required=False, max_length=120)
    older = forms.CharField(required=False, max_length=120)

    def filters(self) -> Filters:
        """Return them as what the list understands."""
        self.is_valid()
        found = self.cleaned_data
        return Filters(
            state=found.get("state") or "live",
            risk=found.get("risk", ""),
            organisation=found.get("organisation"),
            owner=found.get("owner", "").strip(),
            older=found.get("older", ""),
        )


@require_safe
@admins_only
def index(request: HttpRequest) -> HttpResponse:
    """List the share links of everybody, newest first."""
    return list_page(request)


def list_page(request: HttpRequest, *, wrong: str = "") -> HttpResponse:
    """Return the list; `wrong` says why a pasted address led nowhere."""
    filters = LinkFilters(request.GET.dict()).filters()
    page = page_of(filters, timezone.now())
    kept = request.GET.copy()
    kept.pop("older", None)
    organisations = Organisation.objects.order_by("title")[:MOST_ORGANISATIONS]
    values = {
        "person": request.user,
        "filters": filters,
        "risks": RISKS,
        "roles": ROLES,
        "states": {**STATES, "all": "All"},
        "organisations": organisations.values_list("content_id", "title"),
        "links": page.links,
        "titles": titles(viewer(request), (one.pack for one in page.links)),
        "names": names(one.created_by for one in page.links),
        "older": page.older,
        "query": kept.urlencode(),
        "now": timezone.now(),
        "wrong": wrong,
    }
    status = 422 if wrong else 200
    return render(request, "web/administration/links.html", values, status=status, using="jinja2")


@sensitive_post_parameters("address")
@require_POST
@admins_only
def find(request: HttpRequest) -> HttpResponse:
    """Lead from a pasted address to its link; the address itself is a secret, so it is posted."""
    link = link_at(request.POST.get("address", "")[:2_000])
    if link is None:
        return list_page(
            request,
            wrong="This is not the address of a share link. Paste it whole, as it was found.",
        )
    return redirect("all_links_one", link_id=link.id)


@require_safe
@admins_only
def show(request: HttpRequest, link_id: uuid.UUID) -> HttpResponse:
    """Show one link: what it is, who opened it, who was refused, the proof that it is dead."""
    now = timezone.now()
    known = ShareLink.objects.select_related("pack__own_draft").annotate(alive_in_pack=alive(now))
    link = known.filter(id=link_id).first()
    if link is None:
        raise Http404
    refused = Entry.objects.filter(
        subject=f"link:{link.id}", action="share_link.deny", at__gte=now - A_WEEK
    )
    proofs = list(proofs_of(link.pack))
    values = {
        "person": request.user,
        "link": link,
        "title": titles(viewer(request), [link.pack])[link.pack_id],
        "risks": risks_of(link, now),
        "roles": ROLES,
        "recipients": link.recipients.filter(removed_at=None)[:MOST_OPENED],
        "opened": link.grants.select_related("recipient").order_by("-confirmed_at")[:MOST_OPENED],
        "refused": refused.count(),
        "of_pack": link.alive_in_pack,
        "proofs": [one for one in proofs if one.action == "probe.run"],
        "asked": bool(proofs) and proofs[0].action == "probe.ask",
        "names": names([link.created_by, link.ended_by, *(one.actor for one in proofs)]),
        "now": now,
    }
    return render(request, "web/administration/link.html", values, using="jinja2")


def alive(now: datetime) -> Count:
    """Return the number of living links of a link's pack."""
    others = "pack__share_links__"
    living = Q(**{f"{others}ended_at": None, f"{others}expires_at__gt": now})
    return Count("pack__share_links", filter=living)


@require_POST
@admins_only
def stop(request: HttpRequest) -> HttpResponse:
    """Say which links would be stopped; once that is confirmed, stop them and say what came of it.

    They are named one by one (`link`), or are all living ones of a pack, a draft or an
    organisation.
    """
    together = all_of(request)
    links = list(chosen(request) if together is None else shown(together[:MOST_AT_ONCE]))
    count = len(links) if together is None else together.count()
    ended = None
    if request.POST.get("confirmed") == "yes":
        actor = actor_of(request)
        ended = (
            end_many(links=links, ended_by=actor)
            if together is None
            else Ended(now=end_links(together, ended_by=actor))
        )
    values = {
        "person": request.user,
        "titles": titles(viewer(request), (one.pack for one in links)),
        "names": names(one.created_by for one in links),
        "links": links,
        "count": count,
        "all_of": {
            name: request.POST[name]
            for name in ALL_OF
            if together is not None and request.POST.get(name)
        },
        "missing": len(set(request.POST.getlist("link")[:MOST_AT_ONCE])) - len(links),
        "ended": ended,
    }
    return render(request, "web/administration/stop.html", values, using="jinja2")


def shown(links: QuerySet[ShareLink]) -> QuerySet[ShareLink]:
    """Return links with what a list of them says."""
    return links.select_related("pack__own_draft")


def chosen(request: HttpRequest) -> QuerySet[ShareLink]:
    """Return the links that a form names one by one, newest first; what is no id is no link."""
    found = ids(request.POST.getlist("link")[:MOST_AT_ONCE])
    return shown(ShareLink.objects.filter(id__in=found).order_by("-created_at", "-id"))


def all_of(request: HttpRequest) -> QuerySet[ShareLink] | None:
    """Return all living links of what a form names, None where it names nothing."""
    for name, links in ALL_OF.items():
        for found in ids([request.POST.get(name, "")]):
            return links(found)
    return None


def of_draft(draft_id: uuid.UUID) -> QuerySet[ShareLink]:
    """Return the living links that show a draft."""
    draft = Draft.objects.filter(id=draft_id).first()
    return links_showing(draft) if draft else ShareLink.objects.none()


ALL_OF: dict[str, Callable[[uuid.UUID], QuerySet[ShareLink]]] = {
    "pack": lambda pack_id: living().filter(pack=pack_id),
    "draft": of_draft,
    "organisation": links_of_organisation,
}


@require_POST
@admins_only
def probe(request: HttpRequest, link_id: uuid.UUID) -> HttpResponse:
    """Ask for the proof that the link's pack is closed to outsiders."""
    link = ShareLink.objects.select_related("pack").filter(id=link_id).first()
    if link is None:
        raise Http404
    want_probe(pack=link.pack, actor=actor_of(request))
    return redirect("all_links_one", link_id=link.id)
