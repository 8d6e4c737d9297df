"""People: finding somebody; what one may do and has, and what was done about them."""

from __future__ import annotations

from dataclasses import asdict, dataclass
from datetime import datetime, timedelta
from typing import Any

from django.db.models import Q, QuerySet, TextField
from django.db.models.functions import Cast
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils import timezone
from django.utils.http import urlencode
from django.views.decorators.http import require_safe

from preview.accounts.models import Organisation, Person
from preview.audit.models import Entry
from preview.drafts.models import Draft, Version
from preview.packs.handing_over import packs_owned_by
from preview.sharing.people import living_of
from preview.web.administration.addresses import as_id, number
from preview.web.administration.admins import admins_only
from preview.web.administration.links import MOST_ORGANISATIONS
from preview.web.administration.titles import HIDDEN, titles
from preview.web.trail_words import action_words, names
from preview.web.viewer import person_of, viewer

A_PAGE = 25
MOST_SHOWN = 50
LONGEST = 120
PERMISSIONS = {
    "signin": "Sign in",
    "admin": "Administer the service",
    "audit": "Read the audit trail",
    "share_sensitive": "Share limited and sensitive drafts",
    "manage_usage": "Manage integration usage",
}
STATES = {
    "": "Everybody",
    "active": "Can sign in",
    "disabled": "Disabled in Signon",
    "blocked": "Sign-in stopped here",
}
SEEN = {
    "": "At any time or never",
    "week": "In the last 7 days",
    "long_ago": "Not in the last 90 days",
    "never": "Never",
}


def state_is(state: str) -> Q:
    """Return the condition for people in a state; no condition for a state that is none."""
    return {
        "active": Q(disabled=False, blocked_at=None),
        "disabled": Q(disabled=True),
        "blocked": Q(blocked_at__isnull=False),
    }.get(state, Q())


def seen_in(when: str, now: datetime) -> Q:
    """Return the condition for when people last signed in, which lasts 20 hours."""
    return {
        "week": Q(last_login__gte=now - timedelta(days=7)),
        "long_ago": Q(last_login__lt=now - timedelta(days=90)),
        "never": Q(last_login=None),
    }.get(when, Q())


@dataclass(frozen=True)
class Filters:
    """Which people are wanted; what is empty, or can't be used, does not narrow the list."""

    q: str = ""
    organisation: str = ""
    permission: str = ""
    state: str = ""
    seen: str = ""

    @classmethod
    def read(cls, request: HttpRequest) -> Filters:
        """Return those of an address."""
        said = {name: request.GET.get(name, "") for name in cls.__dataclass_fields__}
        return cls(**{name: one.replace("\0", "").strip()[:LONGEST] for name, one in said.items()})

    def people(self, now: datetime) -> QuerySet[Person]:
        """Return the people, by name."""
        found = Person.objects.filter(state_is(self.state), seen_in(self.seen, now))
        if self.q:
            found = found.filter(Q(name__icontains=self.q) | Q(email__icontains=self.q))
        if organisation := as_id(self.organisation):
            found = found.filter(organisation=organisation)
        if self.permission in PERMISSIONS:
            found = found.alias(all=Cast("permissions", TextField()))
            found = found.filter(Q(all__contains=f'"{self.permission}"'))
        return found.order_by("name", "id")

    def kept(self) -> dict[str, str]:
        """Return what narrows the list, for addresses."""
        return {name: value for name, value in asdict(self).items() if value}


def after_of(text: str) -> Q:
    """Read a place in the list as the condition for what comes after; none for what is none."""
    which, _, name = text.replace("\0", "").partition("~")
    if not (which.isascii() and which.isdecimal() and len(which) < 19):
        return Q()
    return Q(name__gt=name) | Q(name=name, id__gt=int(which))


@require_safe
@admins_only
def index(request: HttpRequest) -> HttpResponse:
    """List people by name, a page at a time."""
    filters, after = Filters.read(request), request.GET.get("after", "")
    found = filters.people(timezone.now()).filter(after_of(after))
    rows = list(found.select_related("organisation")[: A_PAGE + 1])
    shown = rows[:A_PAGE]
    more = {"after": f"{shown[-1].pk}~{shown[-1].name}"} if len(rows) > A_PAGE else {}
    organisations = Organisation.objects.order_by("title")[:MOST_ORGANISATIONS]
    values = {
        "person": request.user,
        "filters": filters,
        "organisations": organisations.values_list("content_id", "title"),
        "permissions": PERMISSIONS,
        "states": STATES,
        "seen": SEEN,
        "people": shown,
        "first": urlencode(filters.kept()) if after else None,
        "next": urlencode(filters.kept() | more) if more else "",
    }
    return render(request, "web/administration/people.html", values, using="jinja2")


@require_safe
@admins_only
def show(request: HttpRequest, person_id: int) -> HttpResponse:
    """Show one person."""
    return person_page(
        request, get_object_or_404(Person.objects.select_related("organisation"), pk=person_id)
    )


def person_page(
    request: HttpRequest, one: Person, *, errors: dict[str, str] | None = None
) -> HttpResponse:
    """Return the page, with what is wrong with a wish to hand packs over."""
    staff = viewer(request)
    packs, living = packs_owned_by(one), living_of(one)
    links = list(living.select_related("pack__own_draft")[:MOST_SHOWN])
    about = Entry.objects.filter(subject=f"person:{one.uid}")
    history = list(about.order_by("-pk")[:MOST_SHOWN])
    actors = {entry.actor for entry in history} | {
        str(entry.detail.get("to", "")) for entry in history
    }
    drafts = drafts_of(one)
    seen = Draft.objects.visible_to(staff).filter(pk__in=[draft.pk for draft in drafts])
    values: dict[str, Any] = {
        "person": request.user,
        "one": one,
        "own": one.pk == person_of(request).pk,
        "permissions": [PERMISSIONS.get(name, name) for name in one.permissions],
        "packs": packs,
        "links": links,
        "link_count": living.count(),
        "drafts": drafts[:MOST_SHOWN],
        "more_drafts": len(drafts) > MOST_SHOWN,
        "visible": set(seen.values_list("pk", flat=True)),
        "hidden": HIDDEN,
        "titles": titles(staff, [*packs, *(link.pack for link in links)]),
        "history": history,
        "names": names(actors - {""}),
        "words": action_words,
        "errors": errors or {},
        "chosen": request.POST.getlist("pack"),
        "given": request.POST,
        "done": request.GET.get("done", ""),
        "count": number(request, "count"),
    }
    status = 422 if errors else 200
    return render(request, "web/administration/person.html", values, status=status, using="jinja2")


def drafts_of(one: Person) -> list[Draft]:
    """Return the open drafts that a person saved, the last changed first, and one more."""
    saved = Version.objects.filter(submitted_by=one.uid).exclude(submitted_by="")
    found = Draft.objects.open().filter(pk__in=saved.values("draft"))
    return list(found.order_by("-updated_at", "-id")[: MOST_SHOWN + 1])
