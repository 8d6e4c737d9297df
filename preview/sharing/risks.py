"""What makes a share link one to look at: a rule a function, found from its rare side.

Each rule is a condition over links. It begins with what is rare (disabled people, sensitive drafts,
refusals of a week), so that 100,000 harmless links cost nothing.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID

from django.db.models import Count, F, IntegerField, OuterRef, Q, QuerySet, Subquery, Value
from django.db.models.functions import Coalesce, Concat

from preview.access import Sensitivity
from preview.accounts.models import Person
from preview.audit.models import Entry
from preview.drafts.models import Draft
from preview.packs.models import Pack, PackDraft
from preview.sharing.models import Grant, Recipient, ShareLink

MANY_DENIALS = 5
A_WEEK = timedelta(days=7)
LONG = timedelta(days=14)
UNUSED = timedelta(days=2)
OF_LINK = "link:"


@dataclass(frozen=True)
class Risk:
    """A kind of risk: what it is called, why it matters, and the links that have it at a time."""

    name: str
    why: str
    condition: Callable[[datetime], Q]


RISKS: dict[str, Risk] = {}


def risk(key: str, name: str, why: str) -> Callable[[Callable[[datetime], Q]], None]:
    """Register the function below as the rule for a risk."""

    def register(condition: Callable[[datetime], Q]) -> None:
        RISKS[key] = Risk(name, why, condition)

    return register


@risk("anyone", "Open to anyone", "Whoever has the address gets in.")
def anyone(now: datetime) -> Q:  # noqa: ARG001 (a rule)
    """Keep links that need no proof of who opens them."""
    return Q(kind=ShareLink.Kind.ANYONE)


@risk("long", "Lasts longer than two weeks", "It may outlive what it was made for.")
def lasts_long(now: datetime) -> Q:
    """Keep links that end later than the presets of most links."""
    return Q(expires_at__gt=now + LONG)


@risk("sensitive", "Shows a market-sensitive draft", "A leak would move markets.")
def market_sensitive(now: datetime) -> Q:  # noqa: ARG001 (a rule)
    """Keep links of packs with an open draft that is market sensitive."""
    sensitive = Draft.objects.filter(
        state=Draft.State.OPEN, sensitivity=Sensitivity.MARKET_SENSITIVE
    )
    return Q(pack__in=PackDraft.objects.filter(draft__in=sensitive).values("pack"))


@risk("crowded", "Opened by more browsers than people", "It may have been passed on.")
def crowded(now: datetime) -> Q:  # noqa: ARG001 (a rule)
    """Keep links that more browsers opened than they are for; without a number nobody can tell."""
    shared = counted(Grant.objects.filter(link=OuterRef("pk")))
    named = counted(Recipient.objects.filter(link=OuterRef("pk"), removed_at=None))
    expected = Coalesce(F("most_people"), named, Value(0))
    opened_twice = Grant.objects.values("link").annotate(n=Count("pk")).filter(n__gt=1)
    limited = Q(most_people__isnull=False) | Q(kind=ShareLink.Kind.NAMED)
    links = ShareLink.objects.filter(limited, pk__in=opened_twice.values("link"))
    return Q(pk__in=links.annotate(n=shared, e=expected).filter(n__gt=F("e")).values("pk"))


def counted(rows: QuerySet[Grant] | QuerySet[Recipient]) -> Subquery:
    """Return how many rows a link has."""
    found = rows.order_by().values("link").annotate(n=Count("pk")).values("n")
    return Subquery(found, output_field=IntegerField())


@risk("owner", "Its owner left", "Nobody looks after it: the account is disabled or has moved.")
def owner_left(now: datetime) -> Q:  # noqa: ARG001 (a rule)
    """Keep links whose maker is disabled, or is of another organisation than the pack."""
    named = Person.objects.annotate(actor=Concat(Value("person:"), F("uid")))
    out = named.filter(Q(disabled=True) | Q(blocked_at__isnull=False))
    owner = named.filter(actor=OuterRef("created_by"))
    of_pack = Coalesce("pack__organisation_content_id", "pack__own_draft__organisation_content_id")
    moved = ShareLink.objects.alias(
        theirs=Subquery(owner.values("organisation")[:1]), ours=of_pack
    ).filter(ended_at=None, theirs__isnull=False, ours__isnull=False)
    away = moved.exclude(theirs=F("ours"))
    return Q(created_by__in=out.values("actor")) | Q(pk__in=away.values("pk"))


@risk("denials", "Many were not let in", f"{MANY_DENIALS} or more refusals within a week.")
def many_denials(now: datetime) -> Q:
    """Keep the links with the most refusals; a flood of them is cut off at 500."""
    refused = Entry.objects.filter(action="share_link.deny", at__gte=now - A_WEEK)
    many = refused.values("subject").annotate(n=Count("pk")).filter(n__gte=MANY_DENIALS)
    subjects = many.order_by("-n").values_list("subject", flat=True)[:500]
    return Q(pk__in=[UUID(one.removeprefix(OF_LINK)) for one in subjects])


@risk("unopened", "Never opened", "Two days old, and nobody has needed it.")
def never_opened(now: datetime) -> Q:
    """Keep links that nobody confirmed since they were made."""
    return Q(created_at__lt=now - UNUSED, grants=None)


def of_organisation(organisation: UUID) -> Q:
    """Return the condition for links whose pack belongs to an organisation."""
    owned = Q(organisation_content_id=organisation)
    by_draft = Q(organisation_content_id=None, own_draft__organisation_content_id=organisation)
    return Q(pack__in=Pack.objects.filter(owned | by_draft).values("pk"))


def risks_of(link: ShareLink, now: datetime) -> list[Risk]:
    """Return the risks that a link has, in one query."""
    found = ShareLink.objects.filter(pk=link.pk)
    parts = [
        found.filter(one.condition(now)).order_by().values_list(Value(key), flat=True)
        for key, one in RISKS.items()
    ]
    known = set(parts[0].union(*parts[1:], all=True))
    return [one for key, one in RISKS.items() if key in known]
