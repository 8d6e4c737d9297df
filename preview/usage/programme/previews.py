"""Previews in production: the views of this service's audit trail, as sessions like integration's.

They are cut by the same rule (a pause of 30 minutes), so that both can be added up. A person is
known by the key of their e-mail address, which integration's accounts have too. Developers and the
test suite's accounts are left out, as they are there.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from hashlib import blake2b
from itertools import groupby

from django.db import transaction

from preview.accounts.models import Person
from preview.audit.models import Entry
from preview.drafts.models import Draft
from preview.usage.features import LONDON
from preview.usage.keys import pseudonyms
from preview.usage.models import UsagePerson
from preview.usage.programme.capabilities import kind_of_schema
from preview.usage.programme.figures import UsagePreview
from preview.usage.sessions import PAUSE

ACTIONS = ("rendering.view", "share_link.view")
PAUSE_TIME = timedelta(milliseconds=PAUSE)
NOT_USERS = ("developer", "e2e")


@dataclass(frozen=True)
class View:
    """One view of a preview."""

    at: datetime
    actor: str
    person: str
    organisation: str
    kind: str


@dataclass
class Viewers:
    """Looks up who viewed and what, each asked for once."""

    left_out: frozenset[str]
    people: dict[str, tuple[str, str]] = field(default_factory=dict)
    drafts: dict[str, tuple[str, str]] = field(default_factory=dict)

    def person(self, uid: str) -> tuple[str, str]:
        """Return the key of a person's e-mail address, and their organisation."""
        if uid not in self.people:
            found = Person.objects.filter(uid=uid).first()
            key = pseudonyms().email(found.email) if found else ""
            organisation = str(found.organisation_id or "") if found else ""
            self.people[uid] = (key, organisation)
        return self.people[uid]

    def draft(self, subject: str) -> tuple[str, str]:
        """Return the kind and the organisation of a draft."""
        if subject not in self.drafts:
            found = None
            if subject.startswith("draft:"):
                found = Draft.objects.filter(id=subject.removeprefix("draft:")).first()
            kind = kind_of_schema(found.schema_name) if found else ""
            organisation = str(found.organisation_content_id or "") if found else ""
            self.drafts[subject] = (kind, organisation)
        return self.drafts[subject]


@transaction.atomic
def keep_previews(day: date) -> int:
    """Make the preview sessions of a day (London's) anew; return how many."""
    start = datetime.combine(day, time(), LONDON)
    entries = Entry.objects.filter(
        action__in=ACTIONS, at__gte=start, at__lt=start + timedelta(days=1)
    )
    rows = [session(day, views) for views in sessions(list(viewed(entries.order_by("at", "id"))))]
    if rows:
        UsagePreview.objects.filter(day=day).delete()
    UsagePreview.objects.bulk_create(rows, batch_size=500)
    return len(rows)


def viewed(entries: Iterable[Entry]) -> Iterator[View]:
    """Give the views of people who count."""
    keys = UsagePerson.objects.filter(category__in=NOT_USERS).exclude(email_key="")
    known = Viewers(frozenset(keys.values_list("email_key", flat=True)))
    for entry in entries:
        kind, owner = known.draft(entry.subject)
        person, organisation = "", owner
        if entry.actor.startswith("person:"):
            person, organisation = known.person(entry.actor.removeprefix("person:"))
        if person not in known.left_out:
            yield View(entry.at, entry.actor, person, organisation, kind)


def sessions(views: list[View]) -> Iterator[list[View]]:
    """Give the views of one actor without a pause, together."""
    by_actor = sorted(views, key=lambda one: (one.actor, one.at))
    for _, group in groupby(by_actor, key=lambda one: one.actor):
        current: list[View] = []
        for view in group:
            if current and view.at - current[-1].at > PAUSE_TIME:
                yield current
                current = []
            current.append(view)
        yield current


def session(day: date, views: list[View]) -> UsagePreview:
    """Return the row of a session, under the kind that was looked at most."""
    first = views[0]
    kinds = Counter(view.kind for view in views)
    name = f"{first.actor}\0{first.at.isoformat()}".encode()
    return UsagePreview(
        id=int.from_bytes(blake2b(name, digest_size=8).digest(), "big") >> 1,
        day=day,
        started_at=first.at,
        person=first.person,
        organisation=first.organisation,
        kind=min(kinds, key=lambda kind: (-kinds[kind], kind)),
        views=len(views),
    )
