"""What can be done with comments: begin a thread, reply, resolve it, open it again."""

from __future__ import annotations

import uuid
from dataclasses import asdict, dataclass, replace

from django.db import transaction
from django.utils import timezone

from preview.anchors import Anchor
from preview.audit.actions import record_entry
from preview.drafts.models import Version
from preview.errors import ThreadDecided
from preview.outbox.actions import record_event
from preview.packs.models import Audience, Pack
from preview.rendering.models import RenderedPage
from preview.review.comments.models import Comment, Thread
from preview.review.reviewers import Reviewer, checked_text

NOTHING = "Enter a comment"


@dataclass(frozen=True)
class Said:
    """What somebody says: the text, and a key that makes sending it twice harmless."""

    body: str
    key: uuid.UUID | None = None


@dataclass(frozen=True)
class Place:
    """Where something is said: in which pack, on which page of which version, about what.

    `sha256` is the snapshot that was read, "" where none was.
    """

    pack: Pack
    version: Version
    path: str
    anchor: Anchor | None = None
    sha256: str = ""

    @property
    def audience(self) -> Audience:
        """For whom a page is that may be quoted: for everybody only where that is sure."""
        if self.sha256:
            pages = RenderedPage.objects.filter(
                sha256=self.sha256, path=self.path, rendering__pack=self.pack
            )
            everybodys = pages.filter(rendering__audience=Audience.OPEN).exists()
        else:
            everybodys = not self.pack.counted().filter(limited=True).exists()
        return Audience.OPEN if everybodys else Audience.FULL


@transaction.atomic
def begin_thread(*, place: Place, reviewer: Reviewer, said: Said, internal: bool = False) -> Thread:
    """Begin a thread with its first comment; the same key again returns the thread it began.

    Raises:
        InvalidReview: nothing is said, or too much.

    """
    body = checked_text("body", said.body, "Comment", empty=NOTHING)
    if (sent := sent_before(said, reviewer)) is not None:
        return sent.thread
    anchor, version = place.anchor, place.version
    kind = Thread.Placement.EXACT if anchor else Thread.Placement.WHOLE
    facts = asdict(anchor) if anchor else {}
    block = facts.pop("path", "")
    thread = Thread.objects.create(
        draft_id=version.draft_id,
        pack=place.pack,
        version=version,
        placed_in=version,
        audience=place.audience,
        path=place.path,
        placement=kind,
        block=block,
        now_block=block,
        now_quote=facts.get("quote", ""),
        internal=internal and reviewer.staff,
        **facts,
    )
    say(thread, version, reviewer, replace(said, body=body))
    return thread


@transaction.atomic
def reply(*, thread: Thread, version: Version, reviewer: Reviewer, said: Said) -> Comment:
    """Say something in a thread; a thread that was resolved is open again.

    Raises:
        InvalidReview: nothing is said, or too much.

    """
    body = checked_text("body", said.body, "Comment", empty=NOTHING)
    if (sent := sent_before(said, reviewer)) is not None:
        return sent
    Thread.objects.filter(id=thread.id).update(
        resolved_at=None, resolved_by="", resolved_by_name=""
    )
    return say(thread, version, reviewer, replace(said, body=body))


def sent_before(said: Said, reviewer: Reviewer) -> Comment | None:
    """Return the comment that this person sent before with the same key."""
    if said.key is None:
        return None
    found = Comment.objects.select_related("thread").filter(id=said.key, author=reviewer.actor)
    return found.first()


def say(thread: Thread, version: Version, reviewer: Reviewer, said: Said) -> Comment:
    """Store a comment, with its entry in the trail and its event."""
    taken = said.key is None or Comment.objects.filter(id=said.key).exists()
    comment = Comment.objects.create(
        id=uuid.uuid4() if taken else said.key,
        thread=thread,
        version=version,
        author=reviewer.actor,
        author_name=reviewer.name,
        body=said.body,
    )
    note("comment.add", thread, reviewer)
    record_event("comment.added", comment_id=str(comment.id))
    return comment


@transaction.atomic
def resolve_thread(*, thread: Thread, reviewer: Reviewer) -> Thread:
    """Mark a thread as dealt with. Of two people at once one does it, and the other is told.

    Raises:
        ThreadDecided: somebody resolved it before.

    """
    changed = Thread.objects.filter(id=thread.id, resolved_at=None).update(
        resolved_at=timezone.now(), resolved_by=reviewer.actor, resolved_by_name=reviewer.name
    )
    found = decided(thread, reviewer, "comment.resolve", done=bool(changed))
    record_event("comment.resolved", thread_id=str(thread.id))
    return found


@transaction.atomic
def reopen_thread(*, thread: Thread, reviewer: Reviewer) -> Thread:
    """Open a thread again.

    Raises:
        ThreadDecided: somebody opened it before.

    """
    changed = Thread.objects.filter(id=thread.id, resolved_at__isnull=False).update(
        resolved_at=None, resolved_by="", resolved_by_name=""
    )
    return decided(thread, reviewer, "comment.reopen", done=bool(changed))


def decided(thread: Thread, reviewer: Reviewer, action: str, *, done: bool) -> Thread:
    """Return the thread as it is now, with its entry in the trail; refuse where nothing changed."""
    thread.refresh_from_db()
    if not done:
        raise ThreadDecided(thread.resolved_by_name)
    note(action, thread, reviewer)
    return thread


def note(action: str, thread: Thread, reviewer: Reviewer) -> None:
    """Record in the trail that something was done to a thread; never what was said."""
    record_entry(
        action=action,
        actor=reviewer.actor,
        subject=f"draft:{thread.draft_id}",
        pack=thread.pack_id,
        thread=str(thread.id),
    )
