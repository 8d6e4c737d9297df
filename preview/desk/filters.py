"""What the list of drafts can be narrowed by: read from anywhere, never refused.

A filter is a field of `Filters` with a rule in `RULES`. A value that means nothing is as if it were
not given: a list is no place for an error.
"""

from __future__ import annotations

import uuid
from collections.abc import Callable, Mapping
from contextlib import suppress
from dataclasses import asdict, dataclass, fields
from datetime import timedelta

from django.db.models import Q
from django.utils import timezone

from preview.drafts.models import Draft, DraftQuerySet

LONGEST = 200
STATES = {
    "open": "Drafts",
    "published": "Published",
    "discarded": "Discarded",
}
SINCE = {"1": "Last day", "7": "Last 7 days", "30": "Last 30 days"}


@dataclass(frozen=True)
class Filters:
    """What is looked for; "" for what is not.

    q: words of the title, part of the path, or a content id. whose: a group of `desk.whose`.
    state: "" is open drafts. type: document type. app: name of the publisher app. organisation:
    its content id. since: days.
    """

    q: str = ""
    whose: str = ""
    state: str = ""
    type: str = ""
    app: str = ""
    organisation: str = ""
    since: str = ""

    @classmethod
    def read(cls, values: Mapping[str, object]) -> Filters:
        """Read filters from an address, a form or a saved view."""
        found = {one.name: clean(values.get(one.name, "")) for one in fields(cls)}
        return cls(**found)

    def given(self) -> dict[str, str]:
        """Return those that are given."""
        return {name: value for name, value in asdict(self).items() if value}

    def narrowing(self) -> bool:
        """Say whether more than a group is asked for."""
        return bool(self.given().keys() - {"whose"})

    def applied(self, drafts: DraftQuerySet) -> DraftQuerySet:
        """Keep the drafts that match."""
        found = drafts.filter(state=self.state if self.state in STATES else Draft.State.OPEN)
        for name, rule in RULES.items():
            if value := getattr(self, name):
                found = found.filter(rule(value))
        return found.matching(self.q) if self.q else found


def clean(value: object) -> str:
    """Return a value as one line of bounded length."""
    return " ".join(str(value).replace("\0", "").split())[:LONGEST]


def of_organisation(value: str) -> Q:
    """Keep the drafts of an organisation."""
    with suppress(ValueError):
        return Q(organisation_content_id=uuid.UUID(value))
    return Q()


def since(value: str) -> Q:
    """Keep what was saved in the last days."""
    if value not in SINCE:
        return Q()
    return Q(updated_at__gte=timezone.now() - timedelta(days=int(value)))


RULES: dict[str, Callable[[str], Q]] = {
    "type": lambda value: Q(document_type=value),
    "app": lambda value: Q(app__name=value),
    "organisation": of_organisation,
    "since": since,
}
