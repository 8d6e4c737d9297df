"""Leading people to production: counting it, asking why not; campaigns."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from django.db import transaction
from django.utils import timezone

from preview.accounts.models import Person
from preview.audit.actions import record_entry
from preview.errors import InvalidInput
from preview.usage.actions import active_rules
from preview.usage.keys import pseudonyms
from preview.usage.models import UsagePerson
from preview.usage.programme.acting import UsageCampaign, UsageNudge
from preview.usage.programme.capabilities import capabilities
from preview.usage.programme.models import UsageAnswer

AGAIN_AFTER = timedelta(minutes=10)


@dataclass(frozen=True)
class Way:
    """Where on integration somebody was: app, kind and item; only names that the rules know."""

    app: str = ""
    kind: str = ""
    content_id: str = ""
    campaign: str = ""
    variant: str = ""


@dataclass(frozen=True)
class Who:
    """Somebody by their pseudonyms: on integration, and by e-mail address; and organisation."""

    person: str = ""
    email_key: str = ""
    organisation: str = ""


def known_way(
    *, app: str = "", kind: str = "", content_id: str = "", campaign: str = "", variant: str = ""
) -> Way:
    """Return a way with what nobody knows left out: anybody can write into an address."""
    rules = active_rules()
    host = rules.short_names.get(app)
    found = UsageCampaign.objects.filter(name=campaign).first() if campaign else None
    return Way(
        app=host.app if host else "",
        kind=kind if kind in capabilities().since else "",
        content_id=content_id,
        campaign=found.name if found else "",
        variant=variant if found and variant in found.variants else "",
    )


def who_is(person: Person) -> Who:
    """Return somebody signed in here as they are known on integration."""
    key = pseudonyms().email(person.email)
    there = UsagePerson.objects.filter(email_key=key).first()
    here = str(person.organisation_id or "")
    return Who(there.key if there else "", key, (there.organisation if there else "") or here)


def who_was(person: str, organisation: str) -> Who:
    """Return somebody that a page of integration named by pseudonym."""
    known = UsagePerson.objects.filter(key=person).first() if person else None
    if known is None:
        return Who(person, "", organisation)
    return Who(person, known.email_key, known.organisation or organisation)


@transaction.atomic
def record_nudge(*, event: str, who: Who, way: Way, found: bool = False) -> bool:
    """Count a nudge; the same by the same person within 10 minutes counts once.

    Raises:
        InvalidInput: an event that does not exist.

    """
    if event not in UsageNudge.EVENTS:
        raise InvalidInput(f"An event is one of: {', '.join(UsageNudge.EVENTS)}.")
    same = UsageNudge.objects.filter(
        event=event,
        person=who.person,
        email_key=who.email_key,
        app=way.app,
        kind=way.kind,
        content_id=way.content_id,
        at__gt=timezone.now() - AGAIN_AFTER,
    )
    if (who.person or who.email_key) and same.exists():
        return False
    UsageNudge.objects.create(event=event, found=found, **vars(who), **vars(way))
    return True


@transaction.atomic
def answer(*, who: Who, way: Way, reason: str, via: str, text: str = "") -> UsageAnswer:
    """Keep why somebody can't use production yet.

    Raises:
        InvalidInput: a reason that does not exist.

    """
    if reason not in {row["code"] for row in active_rules().reasons}:
        raise InvalidInput("Select why you use integration.")
    made = UsageAnswer.objects.create(
        person=who.person,
        organisation=who.organisation,
        app=way.app,
        kind=way.kind,
        reason=reason,
        text=" ".join(text.split())[:200],
        via=via,
    )
    record_nudge(event="answered", who=who, way=way)
    return made


@transaction.atomic
def save_campaign(
    *,
    name: str,
    title: str,
    variants: Sequence[str],
    organisations: Sequence[str],
    control: Sequence[str],
    starts: date,
    ends: date,
    actor: str,
) -> UsageCampaign:
    """Make a campaign, or change the one with this name.

    Raises:
        InvalidInput: it can't be as asked.

    """
    if ends < starts:
        raise InvalidInput("A campaign ends on the day it starts, or later.")
    if not organisations:
        raise InvalidInput("Select at least one organisation to nudge.")
    if both := set(organisations) & set(control):
        raise InvalidInput(f"{len(both)} organisations are in both groups. Take them out of one.")
    found, _ = UsageCampaign.objects.update_or_create(
        name=name,
        defaults={
            "title": title[:120],
            "variants": sorted(set(variants)),
            "organisations": sorted(set(organisations)),
            "control": sorted(set(control)),
            "starts": starts,
            "ends": ends,
        },
    )
    record_entry(action="usage_campaign.save", actor=actor, subject=f"campaign:{found.name}")
    return found
