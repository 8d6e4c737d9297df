"""What people want to be told, and when: choosing it, and stopping it by a link in an e-mail."""

from __future__ import annotations

from collections.abc import Mapping

from django.core import signing
from django.db import transaction
from django.utils import timezone

from preview.accounts.models import Person
from preview.errors import InvalidInput, InvalidToken
from preview.notifications import kinds  # noqa: F401 (its modules register themselves)
from preview.notifications.models import Notification, NotificationChoice, When
from preview.notifications.registry import KINDS

SALT = "preview.notifications.unsubscribe"
MOST_TOKEN = 400


def choices_of(person: Person) -> dict[str, When]:
    """Return when a person hears of each kind."""
    rows = person.notification_choices.values_list("kind", "when")
    chosen = {kind: When(when) for kind, when in rows}
    return {name: chosen.get(name, kind.default) for name, kind in KINDS.items()}


@transaction.atomic
def choose(*, person: Person, wanted: Mapping[str, str]) -> dict[str, When]:
    """Store what a person wants, by the names of kinds; what is not named stays as it is.

    What waits to be told follows: it is told when the person wants now, or not at all.

    Raises:
        InvalidInput: a kind or a time that there is not; nothing is stored.

    """
    if any(name not in KINDS or when not in When.values for name, when in wanted.items()):
        raise InvalidInput("Choose one of the answers for each kind of notification.")
    before = choices_of(person)
    changed = {name: When(when) for name, when in wanted.items() if before[name] != when}
    NotificationChoice.objects.bulk_create(
        (NotificationChoice(person=person, kind=name, when=when) for name, when in changed.items()),
        update_conflicts=True,
        unique_fields=["person", "kind"],
        update_fields=["when"],
    )
    for when in When:
        names = [name for name, wish in changed.items() if wish == when]
        follow(person, names, when)
    return {**before, **changed}


def follow(person: Person, names: list[str], when: When) -> None:
    """Let what waits to be told follow a choice."""
    waiting = Notification.objects.filter(person=person, kind__in=names, mail=None)
    if when == When.OFF:
        waiting.delete()
    elif names:
        waiting.update(when=when, due_at=timezone.now())


def token_for(person: Person, when: str) -> str:
    """Return what lets whoever has it stop all mails of one sort to a person, and nothing else.

    It has no end: a mail may be read years later.
    """
    return signing.dumps([person.uid, str(when)], salt=SALT)


def read_token(token: str) -> tuple[Person, When]:
    """Return whose mails of which sort a token stops.

    Raises:
        InvalidToken: it was not made here, or the account is closed.

    """
    try:
        uid, when = signing.loads(token[:MOST_TOKEN], salt=SALT)
    except signing.BadSignature as error:
        raise InvalidToken("forged") from error
    person = Person.objects.active().filter(uid=uid).first()
    if person is None:
        raise InvalidToken("expired")
    return person, When(when)


@transaction.atomic
def unsubscribe(*, person: Person, when: When) -> list[str]:
    """Stop the mails of one sort; return the kinds that stopped. A second call stops none."""
    names = [name for name, chosen in choices_of(person).items() if chosen == when]
    choose(person=person, wanted=dict.fromkeys(names, When.OFF))
    return names
