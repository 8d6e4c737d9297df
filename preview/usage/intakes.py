"""Makes the reader of one object out of what the tables know: rules, keys, people, closed days."""

from __future__ import annotations

import re
import time
from pathlib import PurePosixPath

from django.conf import settings

from preview.usage.actions import active_rules
from preview.usage.classify import Classifier
from preview.usage.detection import Reader
from preview.usage.features import Extractor
from preview.usage.formats.registry import Memory
from preview.usage.intake import Intake
from preview.usage.keys import pseudonyms
from preview.usage.models import UsageDate, UsagePerson
from preview.usage.pseudonyms import Pseudonyms
from preview.usage.ruleset import Rules

WORD = re.compile(r"[a-z0-9]+(?:-[a-z0-9]+)*")
SHORTEST_NAME = 5


def intake(*, key: str = "", app: str = "", only: str = "", rules: Rules | None = None) -> Intake:
    """Return the reader of an object whose facts will be stored.

    `app` and `only` are what an operator says; without an app it is looked for in the object's
    name.
    """
    rules = rules or active_rules()
    categories = dict(UsagePerson.objects.exclude(category="").values_list("key", "category"))
    closed = UsageDate.objects.filter(closed=True).values_list("day", flat=True)
    extractor = Extractor(
        rules,
        pseudonyms(),
        category_of=lambda person: categories.get(person, ""),
        latest=time.time() + 3600 * settings.USAGE_MAX_HOURS_AHEAD,
    )
    memory = Memory(app=app or app_in(key, rules))
    days = frozenset(day.isoformat() for day in closed)
    return Intake(Reader(memory, only=only), extractor, Classifier(rules), days)


def intake_without_tables(*, key: str = "", app: str = "", only: str = "", rules: Rules) -> Intake:
    """Return a reader whose pseudonyms are of no use to anybody: nothing will be stored."""
    secrets = Pseudonyms(b"never stored", lambda _: b"never stored")
    memory = Memory(app=app or app_in(key, rules))
    return Intake(Reader(memory, only=only), Extractor(rules, secrets), Classifier(rules))


def app_in(key: str, rules: Rules) -> str:
    """Return the application that an object is named after, empty where its name says none."""
    name = PurePosixPath(key).name.lower()
    words = {word for part in re.split(r"[._]", name) for word in WORD.findall(part)}
    named = [one for one in rules.short_names if one in words and len(one) >= SHORTEST_NAME]
    return max(named, key=len) if named else ""
