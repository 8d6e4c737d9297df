"""What can be done with pre-release access: lists, the people on them, reports of breaches."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db import transaction
from django.utils import timezone

from preview.access import Act, Staff
from preview.alarms.actions import recipients
from preview.audit.actions import record_entry
from preview.errors import AccessDenied, InvalidInput, InvalidPreRelease
from preview.mail.actions import checked_address, write_letter
from preview.outbox.actions import record_event
from preview.packs.models import Pack
from preview.pre_release.models import AccessList, Breach, ListedPerson
from preview.sharing.actions import create_share_link, end_links
from preview.sharing.models import ShareLink
from preview.sharing.wanted import Wanted

BEFORE = timedelta(hours=24)
LENGTHS = {"name": 120, "role": 200, "organisation": 200}


@dataclass(frozen=True)
class NewPerson:
    """Somebody who needs access, and for which role."""

    name: str
    role: str
    organisation: str
    email: str


def allowed(pack: Pack, staff: Staff) -> None:
    """Raise `AccessDenied` for those who may not share the pack."""
    decision = pack.decide(staff, Act.SHARE)
    if not decision.allowed:
        raise AccessDenied(decision.reason)


@transaction.atomic
def begin_list(*, pack: Pack, staff: Staff, title: str, release_at: datetime) -> AccessList:
    """Begin a pack's list, or change its title and release while nobody is on it.

    Raises:
        AccessDenied: this person may not share the pack.
        InvalidPreRelease: no title, a release in the past, or people are on the list already.

    """
    allowed(pack, staff)
    title = " ".join(title.split())
    if not 0 < len(title) <= 200:
        sentence = "Enter the title of the statistics, in 200 characters or fewer."
        raise InvalidPreRelease("title", sentence)
    if release_at <= timezone.now():
        raise InvalidPreRelease("release", "The release must be in the future.")
    if ListedPerson.objects.filter(listed_in__pack=pack, removed_at=None).exists():
        sentence = "People are on this list. Remove them before you change the release."
        raise InvalidPreRelease("release", sentence)
    made, _ = AccessList.objects.update_or_create(
        pack=pack,
        defaults={"title": title, "release_at": release_at},
        create_defaults={
            "title": title,
            "release_at": release_at,
            "created_by": f"person:{staff.uid}",
        },
    )
    record(made, staff, "begin", release_at=release_at.isoformat())
    return made


@transaction.atomic
def add_person(
    *, listed_in: AccessList, staff: Staff, person: NewPerson, sender: str
) -> ListedPerson:
    """Put somebody on the list: they get a link that opens 24 hours before the release.

    The link ends at the release, asks for a code by e-mail, and lets nobody else in.

    Raises:
        AccessDenied: this person may not share the pack.
        InvalidPreRelease: a name, role, organisation or address is missing, or is there already.
        InvalidShareLink: the pack can't be shared like this.

    """
    values = checked(person)
    if listed_in.people.filter(email=values.email, removed_at=None).exists():
        raise InvalidPreRelease("email", f"{values.email} is on the list already.")
    wanted = Wanted(
        expires_at=listed_in.release_at,
        opens_at=listed_in.release_at - BEFORE,
        label=f"Pre-release access: {values.name}"[:120],
        reason=f"Pre-release access as {values.role}"[:300],
        recipients=(values.email,),
        most_people=1,
    )
    new = create_share_link(pack=listed_in.pack, staff=staff, wanted=wanted, sender=sender)
    made, _ = ListedPerson.objects.update_or_create(
        listed_in=listed_in,
        email=values.email,
        defaults={
            "name": values.name,
            "role": values.role,
            "organisation": values.organisation,
            "link": new.link,
            "added_by": f"person:{staff.uid}",
            "added_at": timezone.now(),
            "removed_at": None,
        },
    )
    record(listed_in, staff, "add_person", person=made.pk)
    return made


def checked(person: NewPerson) -> NewPerson:
    """Return the person with tidy texts.

    Raises:
        InvalidPreRelease: something is missing or too long.

    """
    texts = {name: " ".join(getattr(person, name).split()) for name in LENGTHS}
    for name, most in LENGTHS.items():
        if not 0 < len(texts[name]) <= most:
            sentence = f"Enter the person's {name}, in {most} characters or fewer."
            raise InvalidPreRelease(name, sentence)
    try:
        email = checked_address(person.email).lower()
    except InvalidInput as error:
        raise InvalidPreRelease("email", str(error)) from error
    return NewPerson(**texts, email=email)


@transaction.atomic
def remove_person(*, person: ListedPerson, staff: Staff) -> None:
    """Take somebody off the list and end their link; they stay in the record.

    Raises:
        AccessDenied: this person may not share the pack.

    """
    allowed(person.listed_in.pack, staff)
    ListedPerson.objects.filter(pk=person.pk, removed_at=None).update(removed_at=timezone.now())
    if person.link is not None:
        links = ShareLink.objects.filter(id=person.link.id)
        end_links(links, ended_by=f"person:{staff.uid}")
    record(person.listed_in, staff, "remove_person", person=person.pk)


@transaction.atomic
def report_breach(
    *, listed_in: AccessList, staff: Staff, happened_at: datetime, what: str
) -> Breach:
    """Report a breach: every link of the pack ends, and those who must know are written to.

    Raises:
        AccessDenied: this person may not see the pack.
        InvalidPreRelease: nothing is said, or it lies in the future.

    """
    if not listed_in.pack.decide(staff, Act.VIEW).allowed:
        raise AccessDenied("access_limited")
    what = what.strip()
    if not 0 < len(what) <= 5_000:
        raise InvalidPreRelease("what", "Say what happened, in 5,000 characters or fewer.")
    if happened_at > timezone.now():
        sentence = "Enter when it happened. It can't be in the future."
        raise InvalidPreRelease("happened", sentence)
    breach = Breach.objects.create(
        listed_in=listed_in, happened_at=happened_at, what=what, reported_by=f"person:{staff.uid}"
    )
    end_links(listed_in.pack.share_links.all(), ended_by=f"person:{staff.uid}")
    record(listed_in, staff, "report_breach", breach=breach.pk)
    record_event("pre_release.breached", breach_id=breach.pk, pack_id=str(listed_in.pack_id))
    for email in recipients():
        write_letter(
            to=email,
            template="pre_release_breach",
            reference=f"breach:{breach.pk}",
            title=listed_in.title,
            what=what,
        )
    return breach


def record(listed_in: AccessList, staff: Staff, verb: str, **detail: str | int) -> None:
    """Record what was done with a list."""
    record_entry(
        action=f"pre_release.{verb}",
        actor=f"person:{staff.uid}",
        subject=f"pack:{listed_in.pack_id}",
        pack=listed_in.pack_id,
        **detail,
    )
