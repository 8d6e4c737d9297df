"""What a mail says: by draft and pack, and only what its reader may see at this very moment."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from typing import Any

from django.conf import settings

from preview.access import Staff
from preview.accounts.models import Person
from preview.accounts.staff import staff_of
from preview.drafts.models import Draft
from preview.mail.templates import Text, text_of
from preview.notifications.choosing import choices_of, token_for
from preview.notifications.models import Notification, NotificationMail, When
from preview.notifications.registry import KINDS, Kind
from preview.packs.models import Pack
from preview.packs.owners import hidden_from

MOST_OF_A_KIND = 3
MOST_NAMES = 3
MOST_SUBJECTS = 50
LONGEST_DETAIL, LONGEST_NAME = 300, 120
LIMITED_DRAFT, LIMITED_PACK = "A limited draft", "A pack with a limited draft"
WHY = {
    When.AT_ONCE: "because you chose to be told at once",
    When.DAILY: "because you chose a daily email. It is sent at 8am on working days",
}


@dataclass(frozen=True)
class Line:
    """Something that happened: the sentence, where to act, and what may be added, else ""."""

    sentence: str
    address: str
    detail: str = ""


@dataclass(frozen=True)
class Subject:
    """A draft or pack, as this reader may be told of it: how it is called, and what happened."""

    name: str
    address: str
    lines: tuple[Line, ...]
    count: int


def write(mail: NotificationMail) -> Text | None:
    """Return what a mail says now; None where nothing is left to say."""
    rows = mail.notifications.select_related("draft", "pack")
    subjects = list(subjects_of(still_chosen(mail.person, rows), staff_of(mail.person)))
    if not subjects:
        return None
    stop = f"{settings.SERVICE_ORIGIN}/unsubscribe/{token_for(mail.person, mail.when)}"
    values: dict[str, Any] = {
        "subject": subject_line(subjects, mail),
        "digest": mail.when == When.DAILY,
        "total": sum(one.count for one in subjects),
        "subjects": subjects[:MOST_SUBJECTS],
        "more": len(subjects[MOST_SUBJECTS:]),
        "why": WHY[When(mail.when)],
        "home": settings.SERVICE_ORIGIN,
        "choose": f"{settings.SERVICE_ORIGIN}/settings/notifications",
        "stop": stop,
    }
    return replace(text_of("notifications", values), unsubscribe=stop)


def still_chosen(person: Person, rows: Iterable[Notification]) -> list[Notification]:
    """Return those of kinds that the person did not turn off meanwhile."""
    chosen = choices_of(person)
    return [row for row in rows if chosen.get(row.kind, When.OFF) != When.OFF]


def subject_line(subjects: list[Subject], mail: NotificationMail) -> str:
    """Return the subject: what happened, where it is one thing, else how much."""
    first = subjects[0]
    if len(subjects) == 1 and len(first.lines) == 1:
        return f"{first.name}: {first.lines[0].sentence}"
    total = sum(one.count for one in subjects)
    if len(subjects) == 1:
        return f"{first.name}: {total} things to know"
    day = "Your daily email: " if mail.when == When.DAILY else ""
    return f"{day}{total} things to know about {len(subjects)} drafts and packs"


def subjects_of(rows: Iterable[Notification], staff: Staff) -> Iterator[Subject]:
    """Give what happened by draft and pack, without what is over or not for these eyes."""
    grouped: dict[tuple[object, object], list[Notification]] = {}
    for row in rows:
        grouped.setdefault((row.draft_id, row.pack_id), []).append(row)
    for group in grouped.values():
        about = group[0].draft or group[0].pack
        if about is None:
            continue
        kept = [row for row in group if wanted(row, about, staff)]
        if kept:
            yield subject_of(about, kept)


def wanted(row: Notification, about: Draft | Pack, staff: Staff) -> bool:
    """Say whether something may be told, and still is so."""
    kind = KINDS[row.kind]
    return permitted(about, kind, staff) and kind.holds(row, staff)


def permitted(about: Draft | Pack, kind: Kind, staff: Staff) -> bool:
    """Ask the access policy. What is over is told to nobody: its pages are gone."""
    if isinstance(about, Draft):
        return about.state == Draft.State.OPEN and about.decide(staff, kind.act).allowed
    if about.archived_at is not None or hidden_from(staff, about):
        return False
    return about.decide(staff, kind.act).allowed


def subject_of(about: Draft | Pack, rows: list[Notification]) -> Subject:
    """Return what happened to one draft or pack."""
    secret = about.secret
    lines: list[Line] = []
    for kind in KINDS.values():
        mine = [row for row in rows if row.kind == kind.name]
        lines += lines_of(kind, mine, secret=secret)
    name = called(about, secret=secret)
    sort = "drafts" if isinstance(about, Draft) else "packs"
    address = f"{settings.SERVICE_ORIGIN}/{sort}/{about.id}"
    return Subject(name, address, tuple(lines), len(rows))


def called(about: Draft | Pack, *, secret: bool) -> str:
    """Return how an e-mail calls a draft or pack."""
    if secret:
        return LIMITED_PACK if isinstance(about, Pack) else LIMITED_DRAFT
    if isinstance(about, Pack):
        return one_line(about.name, LONGEST_NAME)
    return one_line(about.title or about.base_path or str(about.content_id), LONGEST_NAME)


def lines_of(kind: Kind, rows: list[Notification], *, secret: bool) -> Iterator[Line]:
    """Give a line for each thing, or one for all where they are many."""
    if len(rows) > MOST_OF_A_KIND:
        sentence = kind.many.format(count=len(rows), names=names_in(rows))
        yield Line(one_line(sentence), place_of(kind, rows[-1]))
        return
    for row in rows:
        detail = "" if secret else one_line(kind.detail(row), LONGEST_DETAIL)
        yield Line(one_line(kind.one.format(**row.facts)), place_of(kind, row), detail)


def place_of(kind: Kind, row: Notification) -> str:
    """Return the address of where to act."""
    return settings.SERVICE_ORIGIN + kind.place.format(**row.facts)


def names_in(rows: list[Notification]) -> str:
    """Return whose doing it is: a few names, and how many others."""
    names = list(dict.fromkeys(str(row.facts["name"]) for row in rows if "name" in row.facts))
    shown, others = names[:MOST_NAMES], len(names[MOST_NAMES:])
    if others:
        return f"{', '.join(shown)} and {others} {'other' if others == 1 else 'others'}"
    return " and ".join(filter(None, (", ".join(shown[:-1]), *shown[-1:])))


def one_line(text: str, most: int = 1000) -> str:
    """Return a text without line breaks, cut where it is longer than `most` characters."""
    line = " ".join(text.split())
    return line if len(line) <= most else f"{line[: most - 1].rstrip()}…"
