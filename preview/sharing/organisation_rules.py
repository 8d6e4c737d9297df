"""What organisations allow of share links: the rules, changing them, the links that break them.

`wanted.py` holds new and longer links to these rules. A change of the rules ends no link by itself:
whoever makes it says whether those that break them end now or run out.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import asdict, dataclass, fields
from datetime import datetime, timedelta
from functools import reduce
from operator import or_

from django.conf import settings
from django.db import transaction
from django.db.models import Exists, OuterRef, Q, QuerySet
from django.utils import timezone

from preview.access import Sensitivity
from preview.accounts.blocking import checked_reason
from preview.accounts.models import Organisation
from preview.audit.actions import record_entry
from preview.drafts.models import Draft
from preview.errors import InvalidRules, RulesChanged
from preview.packs.models import PackDraft, counting
from preview.sharing.actions import end_links
from preview.sharing.models import ShareLink, living_at
from preview.sharing.risks import of_organisation
from preview.sharing.telling import tell_makers

A_PART = 200  # links that end in one transaction


@dataclass(frozen=True)
class Rules:
    """What an organisation allows; lengths are in days."""

    anyone_links_allowed: bool
    longest_link_days: int
    longest_anyone_link_days: int
    longest_sensitive_link_days: int


NAMES = tuple(one.name for one in fields(Rules))


@dataclass(frozen=True)
class Kind:
    """A rule: what it is called, and the links that break it, by what it says and the time."""

    name: str
    broken: Callable[[int, datetime], Q]


KINDS: dict[str, Kind] = {}


Broken = Callable[[int, datetime], Q]


def rule(field: str, name: str) -> Callable[[Broken], Broken]:
    """Register the function below as what tells the links that break a rule."""

    def register(broken: Broken) -> Broken:
        KINDS[field] = Kind(name, broken)
        return broken

    return register


@rule("anyone_links_allowed", "Links for anyone who has the address")
def for_anyone(allowed: int, now: datetime) -> Q:  # noqa: ARG001 (a rule)
    """Keep links for anyone, where they are not allowed."""
    return Q(pk__in=[]) if allowed else Q(kind=ShareLink.Kind.ANYONE)


@rule("longest_link_days", "The longest that a link may last")
def too_long(days: int, now: datetime) -> Q:
    """Keep links that end later than a new one could."""
    return Q(expires_at__gt=now + timedelta(days=days))


@rule("longest_anyone_link_days", "The longest for a link for anyone")
def too_long_for_anyone(days: int, now: datetime) -> Q:
    """Keep links for anyone that end too late."""
    return Q(kind=ShareLink.Kind.ANYONE) & too_long(days, now)


@rule("longest_sensitive_link_days", "The longest for limited and sensitive drafts")
def too_long_for_sensitive(days: int, now: datetime) -> Q:
    """Keep links that end too late for what they show; `wanted.Facts.sensitive` for many links."""
    shown = PackDraft.objects.filter(
        counting(), pack=OuterRef("pack"), draft__state=Draft.State.OPEN
    )
    limited = Q(covers_limited=True) & Q(Exists(shown.filter(draft__limited=True)))
    marked = Q(Exists(shown.exclude(draft__sensitivity=Sensitivity.NORMAL)))
    return too_long(days, now) & (limited | marked)


def rules_of(organisation: Organisation) -> Rules:
    """Return what an organisation allows now."""
    return Rules(*(getattr(organisation, name) for name in NAMES))


def checked(rules: Rules) -> Rules:
    """Return rules that an organisation can have.

    Raises:
        InvalidRules: a length that can't be; names the field.

    """
    most = settings.SHARE_LINK_MAX_DAYS
    for field in NAMES[1:]:
        if not 1 <= getattr(rules, field) <= most:
            raise InvalidRules(field, f"{KINDS[field].name} must be from 1 to {most} days")
    for field in NAMES[2:]:
        if getattr(rules, field) > rules.longest_link_days:
            sentence = "can't be more than for any link. Lower it, or raise both"
            raise InvalidRules(field, f"{KINDS[field].name} {sentence}")
    return rules


def living(organisation: Organisation, now: datetime) -> QuerySet[ShareLink]:
    """Return the links of an organisation that have not ended."""
    return ShareLink.objects.filter(living_at(now), of_organisation(organisation.content_id))


def broken_by(rules: Rules, now: datetime) -> Mapping[str, Q]:
    """Return for each rule the condition for links that break it."""
    return {name: KINDS[name].broken(value, now) for name, value in asdict(rules).items()}


def breaking(organisation: Organisation, rules: Rules, now: datetime) -> QuerySet[ShareLink]:
    """Return the living links of an organisation that rules would not allow to be made now."""
    return living(organisation, now).filter(reduce(or_, broken_by(rules, now).values()))


@transaction.atomic
def change_rules(
    *, organisation: Organisation, wanted: Rules, seen: Rules, reason: str, actor: str
) -> Organisation:
    """Change what an organisation allows; `seen` is what whoever asks believes to be so now.

    Raises:
        InvalidInput: no reason.
        InvalidRules: rules that can't be.
        RulesChanged: somebody else changed them meanwhile.

    """
    reason = checked_reason(reason)
    found = Organisation.objects.select_for_update().get(pk=organisation.pk)
    before = rules_of(found)
    if before != seen:
        raise RulesChanged
    after = asdict(checked(wanted))
    changed = {name: value for name, value in after.items() if value != getattr(before, name)}
    if not changed:
        return found
    for name, value in changed.items():
        setattr(found, name, value)
    found.save(update_fields=list(changed))
    record_entry(
        action="organisation.change_rules",
        actor=actor,
        subject=f"organisation:{found.pk}",
        reason=reason,
        **changed,
        **{f"{name}_before": getattr(before, name) for name in changed},
    )
    return found


def end_breaking(*, organisation: Organisation, reason: str, actor: str) -> int:
    """End the living links that break an organisation's rules as they are; return how many."""
    now = timezone.now()
    links = breaking(organisation, rules_of(organisation), now)
    return end_in_parts(links, organisation, reason, actor, ShareLink.End.RULES_CHANGED)


def end_all(*, organisation: Organisation, reason: str, actor: str) -> int:
    """End every living link of an organisation; return how many."""
    links = living(organisation, timezone.now())
    return end_in_parts(links, organisation, reason, actor, ShareLink.End.REVOKED)


def end_in_parts(
    links: QuerySet[ShareLink],
    organisation: Organisation,
    reason: str,
    actor: str,
    end: ShareLink.End,
) -> int:
    """End links, some in a transaction: a fault late keeps no link alive that ended before it.

    Raises:
        InvalidInput: no reason.

    """
    reason, count = checked_reason(reason), 0
    while ids := list(links.order_by().values_list("pk", flat=True)[:A_PART]):
        with transaction.atomic():
            ended = end_links(ShareLink.objects.filter(pk__in=ids), ended_by=actor, reason=end)
            tell_makers(ended, organisation.title)
            record_entry(
                action="organisation.end_links",
                actor=actor,
                subject=f"organisation:{organisation.pk}",
                reason=reason,
                links=len(ended),
            )
        count += len(ended)
    return count
