"""What is asked of comments: the threads of a page, and what changed since somebody commented."""

from __future__ import annotations

import uuid
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field

from django.db.models import QuerySet
from markupsafe import Markup

from preview.diffs import RichDiff, compare_html, inline, summary_of_blocks
from preview.packs.models import Audience
from preview.rendering import snapshots
from preview.rendering.models import RenderedPage
from preview.review.comments.models import Comment, Thread
from preview.review.reviewers import Reviewer

MOST = 200


@dataclass
class Shelves:
    """The threads of a page: open ones by their block, the lost ones, the resolved ones."""

    by_block: dict[str, list[Thread]] = field(default_factory=lambda: defaultdict(list))
    whole: list[Thread] = field(default_factory=list)
    lost: list[Thread] = field(default_factory=list)
    resolved: list[Thread] = field(default_factory=list)
    more: bool = False

    @property
    def open(self) -> int:
        """How many wait to be dealt with."""
        return sum(map(len, self.by_block.values())) + len(self.whole) + len(self.lost)


def shelved(threads: QuerySet[Thread], blocks: Iterable[str]) -> Shelves:
    """Return threads on the shelves of a page that has these blocks, at most 200, newest last.

    A passage that stands on no block of the page is on the shelf of lost ones, so none is unseen.
    """
    known, shelves = set(blocks), Shelves()
    found = list(threads.prefetch_related("comments").order_by("created_at")[: MOST + 1])
    shelves.more = len(found) > MOST
    for thread in found[:MOST]:
        if thread.resolved_at is not None:
            shelves.resolved.append(thread)
        elif thread.placement == Thread.Placement.WHOLE:
            shelves.whole.append(thread)
        elif thread.now_block in known:
            shelves.by_block[thread.now_block].append(thread)
        else:
            shelves.lost.append(thread)
    return shelves


@dataclass(frozen=True)
class Since:
    """What changed on a page since a version: the number, a sentence, and HTML that shows it."""

    version: int
    sentence: str
    shown: Markup


def since_comment(
    thread: Thread, reviewer: Reviewer, now: str, *, pack_id: uuid.UUID, audiences: list[Audience]
) -> Since | None:
    """Return what changed on the thread's page since the reviewer last spoke in it.

    Staff who said nothing see what changed since the thread began; guests who said nothing have no
    earlier version that they saw. `now` is the snapshot's address of the page that is shown now.
    """
    spoke = thread.comments.filter(author=reviewer.actor).select_related("version")
    last: Comment | None = spoke.order_by("-created_at").first()
    if last is None and not reviewer.staff:
        return None
    version = last.version if last else thread.version
    page = (
        RenderedPage.objects.filter(
            rendering__pack=pack_id,
            rendering__version=version,
            rendering__audience__in=audiences,
            rendering__state="ready",
            path=thread.path,
        )
        .order_by("-rendering__generation")
        .first()
    )
    if page is None or page.sha256 == now:
        return None
    diff = compared(page.sha256, now)
    return Since(version.number, summary_of_blocks(diff.blocks), inline(diff, context=1))


def compared(before: str, after: str) -> RichDiff:
    """Compare what stands in `main` of two snapshots."""
    return compare_html(main_of(before), main_of(after))


def main_of(sha256: str) -> str:
    """Return the `main` of a snapshot, all of it where there is none."""
    html = snapshots.get(sha256).decode()
    _, opening, rest = html.partition("<main")
    main, closing, _ = rest.rpartition("</main>")
    return f"{opening}{main}{closing}" if opening and closing else html
