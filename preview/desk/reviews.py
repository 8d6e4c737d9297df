"""What reviews need of a person: comments, facts to check, sign-offs that no longer hold.

A kind is a function that gives rows of `COLUMNS`; all kinds are asked in one query. Adding one is
a function and what is said of its rows.
"""

from __future__ import annotations

import uuid
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db.models import (
    CharField,
    Count,
    DateTimeField,
    Exists,
    F,
    IntegerField,
    OuterRef,
    Q,
    QuerySet,
    Subquery,
    Value,
)
from django.db.models.functions import Cast, Coalesce
from django.utils import timezone

from preview.desk.whose import Owner, sent_by
from preview.drafts.models import Draft, DraftQuerySet
from preview.review.comments.models import Comment, Thread
from preview.review.fact_checks.models import Checker, FactCheck
from preview.review.sign_offs.models import SignOff

COLUMNS = ("what", "key", "title", "path", "number", "name", "until")
Rows = QuerySet[Any, Any]


@dataclass(frozen=True)
class Row:
    """A review that waits: `what` kind, the id that its page needs, and what is said of it."""

    what: str
    key: uuid.UUID
    title: str
    path: str
    number: int
    name: str
    until: datetime | None


def waiting(owner: Owner, most: int) -> Iterator[Row]:
    """Give what waits, at most `most` of a kind, in the order of the kinds."""
    first, *others = [kind(owner, most) for kind in KINDS]
    asked = first.union(*others, all=True)
    found = [Row(what, uuid.UUID(key), *rest) for what, key, *rest in asked]
    order = [kind.__name__ for kind in KINDS]
    yield from sorted(found, key=lambda row: (order.index(row.what), row.title, str(row.key)))


def rows(found: Rows, kind: Callable[..., Rows], draft: str = "", **more: object) -> Rows:
    """Return the rows of a kind; `draft` leads from what was found to its draft."""
    columns = {
        "what": Value(kind.__name__, CharField()),
        "key": Cast("pk", CharField()),
        "title": F(f"{draft}title"),
        "path": F(f"{draft}base_path"),
        "number": Value(0),
        "name": Value("", CharField()),
        "until": Value(None, DateTimeField()),
    }
    shown = {f"shown_{name}": value for name, value in {**columns, **more}.items()}
    annotated: Rows = found.order_by().annotate(**shown)
    return annotated.values_list(*(f"shown_{name}" for name in COLUMNS))


def open_drafts(owner: Owner) -> DraftQuerySet:
    """Return the open drafts that the person may see."""
    return Draft.objects.open().visible_to(owner.staff)


def of_drafts(owner: Owner, ids: Rows, most: int) -> DraftQuerySet:
    """Return a few of the drafts with these ids that the person may see, last saved first.

    Each is looked up by its id: else a database may walk all open drafts in the order of the list.
    """
    seen = open_drafts(owner).filter(pk=OuterRef("pk"))
    found = Draft.objects.filter(Exists(seen), pk__in=ids)
    first = found.order_by("-updated_at").values("pk")[:most]
    return Draft.objects.filter(pk__in=Subquery(first))


def comments(owner: Owner, most: int) -> Rows:
    """Give drafts with open threads in which somebody else spoke last.

    They are drafts that the person saved, and those in whose threads the person spoke.
    """
    me = f"person:{owner.person.uid}"
    last = Comment.objects.filter(thread=OuterRef("pk")).order_by("-created_at", "-id")
    mine = Draft.objects.filter(sent_by(owner)).values("pk")
    spoken = Comment.objects.filter(author=me).values("thread")
    threads = Thread.objects.open().filter(Q(draft__in=mine) | Q(pk__in=spoken))
    found = threads.annotate(last=Subquery(last.values("author")[:1])).exclude(last=me)
    here = found.filter(draft=OuterRef("pk")).order_by().values("draft")
    count = Subquery(here.annotate(n=Count("pk")).values("n"), output_field=IntegerField())
    return rows(of_drafts(owner, found.values("draft"), most), comments, number=Coalesce(count, 0))


def checks(found: QuerySet[FactCheck], owner: Owner, most: int) -> QuerySet[FactCheck]:
    """Return a few open fact checks of drafts that the person may see, the most urgent first."""
    seen = open_drafts(owner).filter(pk=OuterRef("draft"))
    first = found.filter(Exists(seen), closed_at=None).order_by("respond_by").values("pk")[:most]
    return FactCheck.objects.filter(pk__in=Subquery(first))


def unanswered() -> QuerySet[Checker]:
    """Return who of a fact check has not answered, and may still."""
    return Checker.objects.filter(fact_check=OuterRef("pk"), answered_at=None)


def facts(owner: Owner, most: int) -> Rows:
    """Give fact checks that the person was asked for and has not answered."""
    asked = Checker.objects.filter(email=owner.person.email.lower(), answered_at=None)
    found = FactCheck.objects.filter(pk__in=asked.values("fact_check"))
    shown = {"name": F("asked_by_name"), "until": F("respond_by")}
    return rows(checks(found, owner, most), facts, "draft__", **shown)


def overdue(owner: Owner, most: int) -> Rows:
    """Give the person's fact checks that not everybody answered in time."""
    found = FactCheck.objects.filter(
        Exists(unanswered()),
        asked_by=f"person:{owner.person.uid}",
        respond_by__lt=timezone.now(),
    )
    late = unanswered().order_by().values("fact_check").annotate(n=Count("pk")).values("n")
    count = Coalesce(Subquery(late, output_field=IntegerField()), 0)
    return rows(checks(found, owner, most), overdue, "draft__", number=count)


def answered(owner: Owner, most: int) -> Rows:
    """Give the person's fact checks that everybody answered, to be ended."""
    found = FactCheck.objects.filter(~Exists(unanswered()), asked_by=f"person:{owner.person.uid}")
    return rows(checks(found, owner, most), answered, "draft__")


def stale(owner: Owner, most: int) -> Rows:
    """Give drafts whose content changed since the person, or somebody for them, signed off."""
    given = SignOff.objects.filter(withdrawn_at=None)
    again = given.filter(
        draft=OuterRef("draft"), actor=OuterRef("actor"), content_sha256=OuterRef("newest")
    )
    mine = Draft.objects.filter(sent_by(owner)).values("pk")
    found = (
        given.filter(Q(actor=f"person:{owner.person.uid}") | Q(draft__in=mine))
        .with_newest()
        .exclude(content_sha256=F("newest"))
        .filter(~Exists(again))
    )
    return rows(of_drafts(owner, found.values("draft"), most), stale)


KINDS: tuple[Callable[[Owner, int], Rows], ...] = (facts, overdue, comments, stale, answered)
