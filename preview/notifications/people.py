"""Who is told: the people of a draft or pack, and who did something."""

from __future__ import annotations

import uuid

from preview.access import Act
from preview.accounts.models import Person
from preview.accounts.staff import staff_of
from preview.drafts.lowering import may_agree
from preview.drafts.models import Draft, Version
from preview.packs.models import Pack
from preview.sharing.agreeing import first_persons
from preview.sharing.models import Recipient, ShareLink

PERSON = "person:"
MOST_APPROVERS = 50


def uids_in(*actors: str) -> set[str]:
    """Return the uids among actors; apps and guests have none."""
    return {one.removeprefix(PERSON) for one in actors if one.startswith(PERSON)}


def authors_of(draft_id: uuid.UUID) -> set[str]:
    """Return who saved a version of a draft in a publishing app: the draft is theirs."""
    saved = Version.objects.filter(draft=draft_id).exclude(submitted_by="")
    return set(saved.order_by().values_list("submitted_by", flat=True).distinct())


def owner_of(pack: Pack) -> set[str]:
    """Return the owner of a named pack, where that is a person."""
    return uids_in(pack.owner) if pack.own_draft_id is None else set()


def email_of(actor: str) -> str:
    """Return the address of somebody without an account, "" where it is not known.

    A member of staff who answers by a share link did it themselves all the same.
    """
    sort, _, name = actor.partition(":")
    if sort == "email":
        return name.lower()
    if sort == "recipient" and name.isdecimal():
        found = Recipient.objects.filter(pk=int(name)).values_list("email", flat=True)
        return (found.first() or "").lower()
    return ""


def name_of(actor: str) -> str:
    """Return what an actor is called: a person's name, an app's."""
    sort, _, name = actor.partition(":")
    if sort == "person":
        found = Person.objects.filter(uid=name).values_list("name", flat=True).first()
        return found or "Somebody"
    return name if sort == "app" else "Somebody"


def approvers_of(link: ShareLink) -> set[str]:
    """Return who may agree to a link and is near it.

    Near are the organisations of its maker, its pack and its drafts; where there are none, it is
    everybody who may agree.
    """
    drafts = link.pack.counted().order_by().values_list("organisation_content_id", flat=True)
    maker = Person.objects.filter(uid__in=uids_in(link.created_by))
    near = {link.pack.organisation_content_id, *drafts}
    near |= set(maker.values_list("organisation", flat=True))
    first = uids_in(*first_persons(link))
    people = Person.objects.active().exclude(uid__in=first).order_by("uid")
    if near - {None}:
        people = people.filter(organisation__in=near - {None})
    able = (one for one in people if "share_sensitive" in one.permissions)
    found = [one.uid for one in able if link.pack.decide(staff_of(one), Act.APPROVE).allowed]
    return set(found[:MOST_APPROVERS])


def lowerers_of(draft: Draft) -> set[str]:
    """Return who may agree that a draft is less sensitive: people of its organisation, if any."""
    people = Person.objects.active().order_by("uid")
    if draft.organisation_content_id:
        people = people.filter(organisation=draft.organisation_content_id)
    able = (one for one in people if "share_sensitive" in one.permissions)
    return set([one.uid for one in able if may_agree(draft, staff_of(one))][:MOST_APPROVERS])
