"""Whose drafts and packs: groups that a person chooses from, each a rule for both.

A group is a function that registers itself; adding one touches this file only.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.db.models import Q, QuerySet
from django.utils import timezone

from preview.access import Staff
from preview.accounts.models import Person
from preview.drafts.models import AccessLimit, Version
from preview.packs.models import PackDraft
from preview.packs.owners import edited_by
from preview.sharing.models import Recipient, living_at


@dataclass(frozen=True)
class Owner:
    """Whoever looks at their desk: the person, and what the access policy knows of them."""

    person: Person
    staff: Staff


Rule = Callable[[Owner], Q]


@dataclass(frozen=True)
class Group:
    """A group: its name in addresses, its heading, which drafts and which packs, what if none.

    `empty` says how a draft gets here.
    """

    name: str
    heading: str
    drafts: Rule
    packs: Rule
    empty: str


def sent_by(owner: Owner) -> Q:
    """Keep the drafts of which the person saved a version in a publishing app.

    The index of who saved what leaves out versions that nobody is named for, and is used only by a
    query that says so, too.
    """
    saved = Version.objects.filter(submitted_by=owner.person.uid).exclude(submitted_by="")
    return Q(id__in=saved.values("draft"))


def owned_by(owner: Owner) -> Q:
    """Keep the packs that the person made."""
    return Q(owner=f"person:{owner.person.uid}")


def of_organisation(owner: Owner) -> Q:
    """Keep the drafts of the person's organisation."""
    organisation = owner.staff.organisation
    return Q(organisation_content_id=organisation) if organisation else Q(pk__in=[])


def addressed(owner: Owner) -> Q:
    """Keep what names the person: limits that let them in, links that were sent to them."""
    named = AccessLimit.objects.filter(user=owner.person.uid).values("draft")
    packs = PackDraft.objects.filter(pack__in=shared_packs(owner)).values("draft")
    return Q(id__in=named) | Q(id__in=packs)


def shared_packs(owner: Owner) -> QuerySet[Recipient, Any]:
    """Return the ids of packs of which the person was sent a link that still opens."""
    links = Recipient.objects.filter(
        living_at(timezone.now(), "link__"),
        email=owner.person.email.lower(),
        removed_at=None,
    )
    return links.values("link__pack")


def sent(owner: Owner) -> Q:
    """Keep the packs of which the person was sent a link."""
    return Q(id__in=shared_packs(owner))


def edited(owner: Owner) -> Q:
    """Keep the packs that the person may change."""
    return edited_by(owner.staff)


def everything(owner: Owner) -> Q:  # noqa: ARG001 (a rule)
    """Keep all."""
    return Q()


GROUPS = {
    one.name: one
    for one in (
        Group(
            "yours",
            "Yours",
            sent_by,
            owned_by,
            "Save a draft in a publishing app while you are signed in there, and it appears here.",
        ),
        Group(
            "organisation",
            "Your organisation",
            of_organisation,
            edited,
            "Drafts whose organisation is yours appear here as soon as a publishing app saves one.",
        ),
        Group(
            "shared",
            "Shared with you",
            addressed,
            sent,
            "When somebody sends a share link to your email address, its drafts appear here.",
        ),
        Group(
            "all",
            "Everything",
            everything,
            everything,
            "Save a draft in a publishing app, and its preview is here a second later.",
        ),
    )
}
