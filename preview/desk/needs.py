"""What needs a person: a few of each kind, the most pressing first, each a query of its own.

A kind is a function that registers itself with what to say; adding one touches this file only.
"""

from __future__ import annotations

import uuid
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db.models import Exists, F, OuterRef, Q
from django.utils import timezone

from preview.desk.reviews import waiting
from preview.desk.whose import Owner, of_organisation, sent_by
from preview.drafts.models import Draft
from preview.packs.models import Pack, PackDraft, counting
from preview.rendering.models import Rendering
from preview.sharing.models import LinkRequest, ShareLink, living_at

MOST = 5
SOON = timedelta(days=2)


@dataclass(frozen=True)
class Need:
    """One thing that waits: what it is about, why, the one thing to do, and where.

    `page` is a page of a draft (`draft`, `comments`, `sign_off`), of a pack (`share`) or of a
    `fact_check`, `key` whose. `until` is when it is too late.
    """

    subject: str
    sentence: str
    action: str
    page: str
    key: uuid.UUID
    until: datetime | None = None


Kind = Callable[[Owner], Iterable[Need]]


def needs(owner: Owner) -> list[Need]:
    """Return what needs a person."""
    return [need for kind in KINDS for need in kind(owner)]


def failed(owner: Owner) -> Iterator[Need]:
    """Give drafts, of the person or their organisation, of which no preview could be made."""
    seen = Draft.objects.open().visible_to(owner.staff)
    mine = seen.filter(sent_by(owner) | of_organisation(owner))
    found = Rendering.objects.in_own_pack().filter(
        Exists(mine.filter(pk=OuterRef("version__draft"))),
        state=Rendering.State.FAILED,
        version__number=F("version__draft__version_number"),
    )
    newest = found.select_related("version__draft").defer("version__payload")
    for one in newest.order_by("-ended_at")[:MOST]:
        if one.version is not None:
            draft = one.version.draft
            sentence = f"The preview failed. {one.failure}"
            yield Need(named(draft), sentence, "See what to correct", "draft", draft.id)


def asked_for(owner: Owner) -> Iterator[Need]:
    """Give people who ask for a new link because the person's has ended."""
    found = LinkRequest.objects.filter(
        outcome="", link__created_by=f"person:{owner.person.uid}", link__pack__archived_at=None
    )
    for one in found.select_related("link__pack__own_draft").order_by("created_at")[:MOST]:
        pack = one.link.pack
        sentence = f"{one.email} asks for a new link."
        yield Need(title_of(pack), sentence, "Answer them", "share", pack.id)


def to_approve(owner: Owner) -> Iterator[Need]:
    """Give links of market-sensitive drafts to which the person may agree.

    The same rule as `access.decide_pack` for `Act.APPROVE`, for a query: the permission, an open
    draft, and no limited draft that the person does not see.
    """
    if not {"signin", "share_sensitive"} <= owner.staff.permissions:
        return
    members = PackDraft.objects.filter(counting(), pack=OuterRef("pack"))
    seen = Draft.objects.visible_to(owner.staff).filter(pk=OuterRef("draft"))
    unseen = members.filter(~Exists(seen))
    found = ShareLink.objects.filter(
        Exists(members.filter(draft__state=Draft.State.OPEN)),
        ~Exists(unseen),
        living_at(timezone.now()),
        needs_approval=True,
        approved_at=None,
    ).exclude(created_by=f"person:{owner.person.uid}")
    for link in found.select_related("pack__own_draft").order_by("-created_at")[:MOST]:
        sentence = "A share link waits for a second person to agree."
        place = ("share", link.pack_id, link.expires_at)
        yield Need(title_of(link.pack), sentence, "Agree or stop it", *place)


def ending(owner: Owner) -> Iterator[Need]:
    """Give the person's links that end within two days."""
    now = timezone.now()
    found = ShareLink.objects.filter(
        Q(pack__own_draft=None) | Q(pack__own_draft__state=Draft.State.OPEN),
        living_at(now),
        created_by=f"person:{owner.person.uid}",
        expires_at__lt=now + SOON,
        pack__archived_at=None,
    )
    for link in found.select_related("pack__own_draft").order_by("expires_at")[:MOST]:
        what = f"The link for “{link.label}” ends soon." if link.label else "A link ends soon."
        place = ("share", link.pack_id, link.expires_at)
        yield Need(title_of(link.pack), what, "Make it last longer", *place)


def reviews(owner: Owner) -> Iterator[Need]:
    """Give what reviews of drafts need of the person."""
    for row in waiting(owner, MOST):
        sentence, action, page = REVIEWS[row.what]
        many = row.number != 1
        said = sentence.format(
            name=row.name,
            comments=f"{row.number} comment{'s wait' if many else ' waits'}",
            people=f"{row.number} {'people have' if many else 'person has'}",
        )
        yield Need(row.title or row.path or "A draft", said, action, page, row.key, row.until)


def named(draft: Draft) -> str:
    """Return what a draft is called in lists."""
    return draft.title or draft.base_path or str(draft.content_id)


def title_of(pack: Pack) -> str:
    """Return what a pack is called in lists: a draft's own has the draft's name."""
    return pack.name or (named(pack.own_draft) if pack.own_draft else "")


# What is said of each kind of `reviews.py`, the one thing to do, and the page where it is done.
REVIEWS = {
    "comments": ("{comments} for an answer.", "Answer", "comments"),
    "facts": (
        "{name} asks you to check the facts. The link is in your email.",
        "Check the facts",
        "fact_check",
    ),
    "overdue": ("{people} not answered the fact check in time.", "Remind them", "fact_check"),
    "answered": ("Everybody answered the fact check.", "Read and end it", "fact_check"),
    "stale": ("It changed since it was signed off.", "See what changed", "sign_off"),
}
KINDS: tuple[Kind, ...] = (failed, asked_for, to_approve, reviews, ending)
