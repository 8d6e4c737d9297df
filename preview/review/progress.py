"""How far the review of a pack is: for each draft, and for each person who looks at it."""

from __future__ import annotations

import uuid
from collections import defaultdict
from collections.abc import Collection, Iterable
from dataclasses import dataclass, field

from django.db.models import Q

from preview.audit.models import Entry
from preview.drafts.models import Draft
from preview.packs.models import Pack
from preview.review.comments.models import Comment
from preview.review.fact_checks.models import CheckedFact
from preview.review.fact_checks.queries import TOLD
from preview.review.sign_offs.models import SignOff
from preview.sharing.models import Recipient

LOOKS = ("share_link.view", "rendering.view", "pack.view")
MOST = 5000  # of views that are read, the newest: a draft that is looked at more often is seen


@dataclass
class OfDraft:
    """How far one draft is; sets hold who (`person:…`, `recipient:…`, `guest:…`, `link:…`)."""

    opened: set[str] = field(default_factory=set)
    comments: int = 0
    waiting: int = 0
    signed: set[str] = field(default_factory=set)
    stale: set[str] = field(default_factory=set)
    facts: int = 0
    checked: int = 0


@dataclass
class OfPerson:
    """What one person has done: drafts opened and signed off, comments, facts checked."""

    opened: set[uuid.UUID] = field(default_factory=set)
    comments: int = 0
    signed: set[uuid.UUID] = field(default_factory=set)
    facts: int = 0
    asked: bool = False
    name: str = ""


@dataclass
class Progress:
    """The review of a pack: by draft, and by person as the audit trail names them."""

    drafts: dict[uuid.UUID, OfDraft]
    people: dict[str, OfPerson]
    same: dict[str, str] = field(default_factory=dict)

    def person(self, actor: str) -> OfPerson:
        """Return what somebody has done; who was sent several links is one person."""
        return self.people[self.same.get(actor, actor)]


def progress_of(pack: Pack, drafts: Collection[Draft]) -> Progress:
    """Return how far a pack is, of these drafts, in five queries however many there are.

    What was said through a draft's own link counts, too: it is about the same draft.
    """
    ids = [one.pk for one in drafts]
    found = Progress({pk: OfDraft() for pk in ids}, defaultdict(OfPerson))
    note_recipients(found, pack, ids)
    note_looks(found, ids)
    note_comments(found, ids)
    note_sign_offs(found, ids)
    note_facts(found, ids)
    return found


def note_recipients(found: Progress, pack: Pack, ids: Collection[uuid.UUID]) -> None:
    """Note everybody who was sent a link that was not stopped."""
    links = Recipient.objects.filter(removed_at=None, link__ended_at=None)
    sent = links.filter(Q(link__pack=pack) | Q(link__pack__own_draft__in=ids))
    for pk, email in sent.order_by("pk").values_list("pk", "email"):
        found.same[f"recipient:{pk}"] = found.same.setdefault(email, f"recipient:{pk}")
        found.person(email).asked = True
        found.person(email).name = email


def note_looks(found: Progress, ids: Iterable[uuid.UUID]) -> None:
    """Note who opened what."""
    subjects = [f"draft:{pk}" for pk in ids]
    looks = Entry.objects.filter(subject__in=subjects, action__in=LOOKS).order_by("-id")
    for subject, actor in set(looks.values_list("subject", "actor")[:MOST]):
        pk = uuid.UUID(subject.removeprefix("draft:"))
        found.drafts[pk].opened.add(actor)
        found.person(actor).opened.add(pk)


def note_comments(found: Progress, ids: Collection[uuid.UUID]) -> None:
    """Note who commented, and how many threads wait."""
    said = Comment.objects.filter(thread__draft__in=ids)
    columns = ("thread__draft", "thread", "thread__resolved_at", "author", "author_name")
    waiting = set()
    for pk, thread, resolved_at, actor, name in said.values_list(*columns):
        found.drafts[pk].comments += 1
        found.person(actor).comments += 1
        found.person(actor).name = found.person(actor).name or name
        if resolved_at is None:
            waiting.add((pk, thread))
    for pk, _ in waiting:
        found.drafts[pk].waiting += 1


def note_sign_offs(found: Progress, ids: Collection[uuid.UUID]) -> None:
    """Note who signed off what the draft holds now, and who something older."""
    given = SignOff.objects.filter(draft__in=ids, withdrawn_at=None)
    columns = ("draft", "actor", "name", "content_sha256", "newest")
    for pk, actor, name, sealed, now in given.with_newest().values_list(*columns):
        (found.drafts[pk].signed if sealed == now else found.drafts[pk].stale).add(actor)
        found.person(actor).name = found.person(actor).name or name
        if sealed == now:
            found.person(actor).signed.add(pk)


def note_facts(found: Progress, ids: Collection[uuid.UUID]) -> None:
    """Note how many facts of open fact checks somebody could tell something about."""
    facts = CheckedFact.objects.filter(fact_check__draft__in=ids, fact_check__closed_at=None)
    columns = ("fact_check__draft", "pk", "verdicts__verdict", "verdicts__checker__email")
    seen: dict[uuid.UUID, set[int]] = defaultdict(set)
    told: dict[uuid.UUID, set[int]] = defaultdict(set)
    for draft, fact, verdict, email in facts.order_by().values_list(*columns):
        seen[draft].add(fact)
        if verdict in TOLD:
            told[draft].add(fact)
            found.person(email).facts += 1
            found.person(email).name = email
    for draft, all_of_it in seen.items():
        found.drafts[draft].facts = len(all_of_it)
        found.drafts[draft].checked = len(told[draft])
