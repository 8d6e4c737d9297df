"""Applying other rules to the past: first as a dry run with the difference, then for good.

`actors`, `activities` and `kinds` are decided again from what was kept. What `hosts`, `networks`,
`agents` and `marks` look for was not kept, so changes there apply to lines read from now on only;
the difference names those parts. Machines' requests are known by their counts: where one would
become a person's, its log must be imported again to become a session.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from typing import Any

from django.db import transaction

from preview.usage.actions import active_rules
from preview.usage.classify import PEOPLE, Classifier, Verdict
from preview.usage.features import Features
from preview.usage.models import UsageDate, UsageEvent, UsagePerson, UsageTally
from preview.usage.ruleset import Host, Rules

BATCH = 2_000
MOST_EXAMPLES = 20
STORED = ("actor_class", "activity", "kind")


@dataclass
class Difference:
    """What changes. `changes` counts requests by (field, before, after); `examples` are paths."""

    events: int = 0
    changed: int = 0
    changes: Counter[tuple[str, str, str]] = field(default_factory=Counter)
    examples: list[str] = field(default_factory=list)
    import_again: int = 0
    parts_for_new_lines: list[str] = field(default_factory=list)
    days: set[str] = field(default_factory=set)

    def add(self, event: UsageEvent, verdict: Verdict) -> bool:
        """Note an event; say whether it changes."""
        self.events += 1
        after = dict(zip(STORED, (verdict.actor, verdict.counts_as, verdict.kind), strict=True))
        moved = [
            (name, str(getattr(event, name)), new)
            for name, new in after.items()
            if getattr(event, name) != new
        ]
        self.changes.update(moved)
        if not moved:
            return False
        self.changed += 1
        self.days.add(event.day.isoformat())
        if len(self.examples) < MOST_EXAMPLES:
            told = ", ".join(f"{name}: {old or '-'} → {new or '-'}" for name, old, new in moved)
            self.examples.append(f"{event.method} {event.host}{event.path}: {told}")
        return True

    def as_json(self) -> dict[str, Any]:
        """Return the difference for people and programs."""
        changes = [
            {"field": name, "before": old, "after": new, "requests": number}
            for (name, old, new), number in self.changes.most_common()
        ]
        return {
            "events": self.events,
            "changed": self.changed,
            "changes": changes,
            "examples": self.examples,
            "days": sorted(self.days),
            "import_again_requests": self.import_again,
            "parts_for_new_lines_only": self.parts_for_new_lines,
        }


def dry_run(rules: Rules) -> Difference:
    """Return what rules would change in the days that are open; nothing is stored."""
    return gone_through(rules, lambda _: None)


@transaction.atomic
def reclassify(rules: Rules) -> Difference:
    """Apply rules to the open days; they become due to be rebuilt."""

    def store(events: list[UsageEvent]) -> None:
        UsageEvent.objects.bulk_update(events, STORED, batch_size=200)

    found = gone_through(rules, store)
    UsageDate.objects.filter(closed=False).update(dirty=True)
    return found


def gone_through(rules: Rules, store: Callable[[list[UsageEvent]], None]) -> Difference:
    """Decide every event again; hand those that change to `store`."""
    found = Difference()
    before = active_rules()
    for part in ("hosts", "networks", "agents", "marks"):
        if getattr(before, part) != getattr(rules, part):
            found.parts_for_new_lines.append(part)
    people = dict(UsagePerson.objects.values_list("key", "category"))
    hosts = {host.short: host for host in rules.hosts.values()}
    classifier = Classifier(rules)
    changed: list[UsageEvent] = []
    for event in events():
        one = features(event, hosts.get(event.host), people.get(event.person, ""))
        verdict = classifier.verdict(one)
        if found.add(event, verdict):
            event.actor_class, event.activity = verdict.actor, verdict.counts_as
            event.kind = verdict.kind
            changed.append(event)
        if len(changed) >= BATCH:
            store(changed)
            changed = []
    store(changed)
    found.import_again = machines_that_become_people(classifier, hosts)
    return found


def events() -> Iterator[UsageEvent]:
    """Give the events of open days, in the order of their ids."""
    last = 0
    while batch := list(UsageEvent.objects.filter(pk__gt=last).order_by("pk")[:BATCH]):
        yield from batch
        last = batch[-1].pk


def features(event: UsageEvent, host: Host | None, category: str) -> Features:
    """Return the features as they were when the line was read."""
    return Features(
        at=event.at,
        day=event.day.isoformat(),
        hour=0,
        known_host=host,
        hop=False,
        method=event.method,
        path=event.path,
        mark_names=event.marks,
        status=event.status,
        agent=event.agent,
        network=event.network,
        person=event.person,
        visitor=event.visitor,
        organisation=event.organisation,
        category=category,
        request=event.request,
        key=event.key,
        subject=event.subject,
        content_id=event.content_id,
        kind=event.told_kind,
        signal=event.signal,
    )


def machines_that_become_people(classifier: Classifier, hosts: dict[str, Host]) -> int:
    """Return how many counted requests of machines the rules would call a person's."""
    found = 0
    rows = UsageTally.objects.exclude(actor_class__in=[*PEOPLE, "internal_hop"])
    for tally in rows.iterator(BATCH):
        one = features(
            UsageEvent(
                day=tally.day,
                method="GET",
                path="/",
                marks=tally.marks,
                agent=tally.agent,
                network=tally.network,
            ),
            hosts.get(tally.host),
            "",
        )
        if classifier.verdict(one).human:
            found += tally.requests
    return found
