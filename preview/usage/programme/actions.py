"""Writes of the programme: stages, contacts, waves, targets, notes, capabilities, blockers.

`actor` is as in the audit trail (`person:…`); every write is in the trail, without its texts.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Any

from django.db import transaction
from django.utils import timezone

from preview.audit.actions import record_entry
from preview.errors import InvalidInput
from preview.usage.actions import active_rules
from preview.usage.metrics.registry import METRICS
from preview.usage.programme.capabilities import capabilities
from preview.usage.programme.choosing import check_parent
from preview.usage.programme.models import (
    UsageAnnotation,
    UsageBlocker,
    UsageCapability,
    UsageContact,
    UsageOrganisation,
    UsageTarget,
    UsageView,
    UsageWave,
)

EARLIEST, LATEST = date(2010, 1, 1), date(2100, 1, 1)
FACTS_OF_ORGANISATION = frozenset(
    (
        *("stage", "parent", "contact", "next_action", "due", "note"),
        *("exempt_until", "accounts_closed_at"),
    )
)


def sane(day: date | None, name: str) -> date | None:
    """Return a day that can be meant.

    Raises:
        InvalidInput: it can't.

    """
    if day is not None and not EARLIEST <= day <= LATEST:
        raise InvalidInput(f"{name} must be between 2010 and 2100.")
    return day


@transaction.atomic
def set_organisation(*, key: str, actor: str, **facts: Any) -> UsageOrganisation:
    """Note what is known of an organisation; facts that are not given stay.

    Raises:
        InvalidInput: no organisation, or a fact that can't be.

    """
    if not key or len(key) > 120:
        raise InvalidInput("Say which organisation.")
    if unknown := set(facts) - FACTS_OF_ORGANISATION:
        raise InvalidInput(f"Nothing is noted under {', '.join(sorted(unknown))}.")
    if "stage" in facts and facts["stage"] not in UsageOrganisation.Stage.values:
        raise InvalidInput("Select how far the talks are.")
    check_parent(key, facts.get("parent", ""))
    for name in ("due", "exempt_until", "accounts_closed_at"):
        sane(facts.get(name), name.replace("_", " ").capitalize())
    values = {**facts, "updated_at": timezone.now()}
    found, _ = UsageOrganisation.objects.update_or_create(key=key, defaults=values)
    record_entry(
        action="usage_organisation.change",
        actor=actor,
        subject=f"organisation:{key}"[:120],
        facts=",".join(sorted(facts)),
    )
    return found


@transaction.atomic
def log_contact(*, organisation: str, at: date, channel: str, text: str, actor: str) -> None:
    """Add to an organisation's contact log; a first contact moves its stage on.

    Raises:
        InvalidInput: there is no text, or no such channel.

    """
    if not text.strip():
        raise InvalidInput("Enter what was talked about.")
    if channel not in UsageContact.CHANNELS:
        raise InvalidInput("Select how you were in contact.")
    sane(at, "The day")
    UsageContact.objects.create(
        organisation=organisation,
        at=at,
        channel=channel,
        text=text.strip()[:2000],
        author=actor.removeprefix("person:"),
    )
    known = UsageOrganisation.objects.filter(key=organisation).first()
    if known is None or known.stage == UsageOrganisation.Stage.NOT_CONTACTED:
        set_organisation(key=organisation, actor=actor, stage=UsageOrganisation.Stage.CONTACTED)
    record_entry(
        action="usage_organisation.contact",
        actor=actor,
        subject=f"organisation:{organisation}"[:120],
        channel=channel,
    )


@transaction.atomic
def save_wave(
    *, name: str, starts: date, ends: date, organisations: Sequence[str], actor: str
) -> UsageWave:
    """Make a wave, or change the one with this name.

    Raises:
        InvalidInput: it has no name, ends before it starts, or holds nobody.

    """
    if not name.strip():
        raise InvalidInput("Enter a name.")
    if ends < starts:
        raise InvalidInput("A wave ends on the day it starts, or later.")
    if not organisations:
        raise InvalidInput("Select at least one organisation.")
    sane(starts, "The start")
    sane(ends, "The end")
    found, _ = UsageWave.objects.update_or_create(
        name=name.strip()[:80],
        defaults={"starts": starts, "ends": ends, "organisations": sorted(set(organisations))},
    )
    record_entry(action="usage_wave.save", actor=actor, subject=f"wave:{found.pk}")
    return found


@transaction.atomic
def set_target(*, metric: str, value: float, due: date, actor: str, owner: str = "") -> UsageTarget:
    """Set what a metric should have come to by a day.

    Raises:
        InvalidInput: a metric or value that can't be.

    """
    known = METRICS.get(metric)
    if known is None:
        raise InvalidInput("Select a metric.")
    most = 1 if known.is_share else 1_000_000
    if not 0 <= value <= most:
        raise InvalidInput(f"The target must be between 0 and {most}.")
    sane(due, "The day")
    found, _ = UsageTarget.objects.update_or_create(
        metric=metric, due=due, defaults={"value": value, "owner": owner[:120]}
    )
    record_entry(action="usage_target.set", actor=actor, subject=f"metric:{metric}")
    return found


@transaction.atomic
def annotate(
    *,
    day: date,
    kind: str,
    text: str,
    actor: str,
    until: date | None = None,
    organisation: str = "",
) -> UsageAnnotation:
    """Note what happened on a day.

    Raises:
        InvalidInput: it has no text, no kind, or ends before it starts.

    """
    if kind not in UsageAnnotation.KINDS:
        raise InvalidInput("Select what kind of note it is.")
    if not text.strip():
        raise InvalidInput("Enter what happened.")
    if until is not None and until < day:
        raise InvalidInput("The last day can't be before the first.")
    sane(day, "The day")
    made = UsageAnnotation.objects.create(
        day=day,
        until=until,
        kind=kind,
        organisation=organisation[:120],
        text=text.strip()[:300],
        author=actor.removeprefix("person:"),
    )
    record_entry(action="usage_annotation.add", actor=actor, subject=f"annotation:{made.pk}")
    return made


@transaction.atomic
def set_capability(*, kind: str, since: date | None, actor: str, note: str = "") -> UsageCapability:
    """Say since when production can preview a kind; None: not yet.

    Raises:
        InvalidInput: a kind that nobody knows.

    """
    if kind not in capabilities().since:
        raise InvalidInput("Select a kind of content.")
    sane(since, "The day")
    found, _ = UsageCapability.objects.update_or_create(
        kind=kind, defaults={"since": since, "note": note[:300], "updated_at": timezone.now()}
    )
    record_entry(
        action="usage_capability.set",
        actor=actor,
        subject=f"kind:{kind}",
        since=since.isoformat() if since else None,
    )
    return found


@transaction.atomic
def save_blocker(
    *,
    title: str,
    reason: str,
    actor: str,
    kinds: Sequence[str] = (),
    owner: str = "",
    expected: date | None = None,
    resolved_at: date | None = None,
    blocker_id: int | None = None,
) -> UsageBlocker:
    """Add a blocker, or change the one with this id.

    Raises:
        InvalidInput: it has no title, or a reason or kind that nobody knows.

    """
    if not title.strip():
        raise InvalidInput("Enter what must be built or agreed.")
    if reason not in {row["code"] for row in active_rules().reasons}:
        raise InvalidInput("Select the reason that it answers.")
    if unknown := set(kinds) - set(capabilities().since):
        raise InvalidInput(f"There is no kind {', '.join(sorted(unknown))}.")
    values = {
        "title": title.strip()[:160],
        "reason": reason,
        "kinds": sorted(set(kinds)),
        "owner": owner[:120],
        "expected": sane(expected, "The expected day"),
        "resolved_at": sane(resolved_at, "The day it was resolved"),
    }
    if blocker_id is None:
        found = UsageBlocker.objects.create(**values)
    else:
        found = UsageBlocker.objects.get(pk=blocker_id)
        for name, value in values.items():
            setattr(found, name, value)
        found.save()
    record_entry(action="usage_blocker.save", actor=actor, subject=f"blocker:{found.pk}")
    return found


def save_view(*, owner: str, name: str, query: str) -> UsageView:
    """Keep a view of the table of organisations under a name.

    Raises:
        InvalidInput: it has no name.

    """
    if not name.strip():
        raise InvalidInput("Enter a name for the view.")
    found, _ = UsageView.objects.update_or_create(
        owner=owner, name=name.strip()[:80], defaults={"query": query[:500]}
    )
    return found
