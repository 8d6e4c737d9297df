"""What a draft can be compared with: the live page, its versions, what somebody saw before.

A starting point is a function that registers itself; adding one touches this file only.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

from preview.accounts.models import Person
from preview.desk.models import LastLook
from preview.drafts.models import Draft, Version
from preview.rendering.comparing import LIVE
from preview.review.sign_offs.models import SignOff
from preview.web.environment import moment


@dataclass(frozen=True)
class Point:
    """A point: what the address calls it, what people read, the version's number or `LIVE`."""

    name: str
    text: str
    number: int


Kind = Callable[[Draft, Person, Sequence[Version]], Iterator[Point]]


def live(draft: Draft, person: Person, versions: Sequence[Version]) -> Iterator[Point]:  # noqa: ARG001 (a kind)
    """Give the live page."""
    yield Point("live", "The live page", LIVE)


def last_look(draft: Draft, person: Person, versions: Sequence[Version]) -> Iterator[Point]:  # noqa: ARG001 (a kind)
    """Give the version that the person saw before the newest one that they looked at."""
    look = LastLook.objects.filter(person=person, draft=draft).first()
    if look is None:
        return
    behind = look.number < draft.version_number
    number, at = (look.number, look.looked_at) if behind else (look.before, look.before_at)
    if number and at:
        text = f"What you last saw: version {number}, at {moment(at)}"
        yield Point("last-look", text, number)


def signed_off(draft: Draft, person: Person, versions: Sequence[Version]) -> Iterator[Point]:  # noqa: ARG001 (a kind)
    """Give the version that was signed off last."""
    found = SignOff.objects.filter(draft=draft, withdrawn_at=None).select_related("version")
    given = found.defer("version__payload").first()
    if given is not None:
        text = f"Signed off by {given.name}: version {given.version.number}"
        yield Point("sign-off", text, given.version.number)


def numbered(draft: Draft, person: Person, versions: Sequence[Version]) -> Iterator[Point]:  # noqa: ARG001 (a kind)
    """Give each version."""
    for one in versions:
        text = f"Version {one.number}, saved at {moment(one.created_at)}"
        yield Point(str(one.number), text, one.number)


KINDS: tuple[Kind, ...] = (live, last_look, signed_off, numbered)


def points(draft: Draft, person: Person, versions: Sequence[Version]) -> list[Point]:
    """Return every starting point of a draft, for a person."""
    return [point for kind in KINDS for point in kind(draft, person, versions)]
