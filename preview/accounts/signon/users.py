"""What Signon tells about somebody, read strictly and kept as a person of this service."""

from __future__ import annotations

import uuid
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django.db import transaction
from django.utils import timezone

from preview.accounts.models import Organisation, Person
from preview.audit.actions import record_entry
from preview.errors import SignonFault
from preview.outbox.actions import record_event

SIGNON = "service:signon"
MOST_PERMISSIONS = 100
LENGTHS = {"uid": 64, "name": 255, "email": 254}


@dataclass(frozen=True)
class SignonUser:
    """Somebody as Signon describes them: `permissions` are those for this service."""

    uid: str
    name: str
    email: str
    permissions: tuple[str, ...]
    organisation_slug: str
    organisation_content_id: uuid.UUID | None
    disabled: bool


def read_user(body: Any) -> SignonUser:
    """Return what `{"user": {…}}` says.

    Raises:
        SignonFault: `malformed`.

    """
    user = body.get("user") if isinstance(body, dict) else None
    if not isinstance(user, dict):
        raise SignonFault("malformed")
    permissions = user.get("permissions") or []
    if not isinstance(permissions, list) or len(permissions) > MOST_PERMISSIONS:
        raise SignonFault("malformed")
    return SignonUser(
        uid=text(user, "uid"),
        name=text(user, "name"),
        email=text(user, "email"),
        permissions=tuple(str(one)[:100] for one in permissions),
        organisation_slug=str(user.get("organisation_slug") or "")[:200],
        organisation_content_id=content_id(user.get("organisation_content_id")),
        disabled=user.get("disabled") is True,
    )


def text(user: Mapping[str, Any], name: str) -> str:
    """Return a text that must be there."""
    value = user.get(name)
    if not isinstance(value, str) or not 0 < len(value) <= LENGTHS[name] or "\0" in value:
        raise SignonFault("malformed")
    return value


def content_id(value: object) -> uuid.UUID | None:
    """Return an organisation's content id; None for somebody without one."""
    if value in (None, ""):
        return None
    try:
        return uuid.UUID(str(value))
    except ValueError as error:
        raise SignonFault("malformed") from error


@transaction.atomic
def save_user(user: SignonUser) -> Person:
    """Bring a person up to date; somebody unknown by uid is looked for by e-mail, then made.

    Changed permissions are in the audit trail. A person who is now disabled is out at once, and
    listeners of `person.disabled` end what they shared.
    """
    person = find_person(user)
    before = (set(person.permissions), person.disabled) if person.pk else (set(), False)
    person.uid, person.name, person.email = user.uid, user.name, user.email
    person.permissions = list(user.permissions)
    person.organisation = organisation_of(user)
    person.disabled = user.disabled
    if not person.pk:
        person.set_unusable_password()
    person.save()
    if before[0] != set(user.permissions):
        record_entry(
            action="person.change_permissions",
            actor=SIGNON,
            subject=f"person:{user.uid}",
            permissions=" ".join(sorted(user.permissions))[:500],
        )
    if before[1] != user.disabled:
        verb = "disable" if user.disabled else "enable"
        record_entry(action=f"person.{verb}", actor=SIGNON, subject=f"person:{user.uid}")
    if user.disabled and not before[1]:
        record_event("person.disabled", uid=user.uid)
    return person


def find_person(user: SignonUser) -> Person:
    """Return the person of this uid, else the only one with this e-mail, else a new one."""
    people = Person.objects.select_for_update()
    if found := people.filter(uid=user.uid).first():
        return found
    same = list(people.filter(email__iexact=user.email)[:2])
    return same[0] if len(same) == 1 else Person(uid=user.uid)


def organisation_of(user: SignonUser) -> Organisation | None:
    """Return the person's organisation, made with its slug as a name where it is new."""
    if user.organisation_content_id is None:
        return None
    slug = user.organisation_slug or str(user.organisation_content_id)
    taken = Organisation.objects.filter(slug=slug).exclude(pk=user.organisation_content_id)
    if taken.exists():
        slug = f"{slug}-{user.organisation_content_id}"
    made, _ = Organisation.objects.get_or_create(
        content_id=user.organisation_content_id,
        defaults={"slug": slug, "title": user.organisation_slug.replace("-", " ").capitalize()},
    )
    return made


@transaction.atomic
def sign_out_everywhere(*, uid: str, actor: str = SIGNON) -> None:
    """End every session of somebody, here and on the preview host; nobody of that uid is fine."""
    if Person.objects.filter(uid=uid).update(signed_out_at=timezone.now()):
        record_entry(action="person.sign_out", actor=actor, subject=f"person:{uid}")
