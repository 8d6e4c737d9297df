"""Comments: on a draft of yours, in a thread that you wrote in, and resolved."""

from __future__ import annotations

from collections.abc import Iterator

from preview.access import Staff
from preview.notifications.models import Notification, When
from preview.notifications.people import authors_of, uids_in
from preview.notifications.registry import Kind, Payload, Told, hears, kind
from preview.packs.models import Audience
from preview.review.comments.models import Comment, Thread

GROUP = "Comments"


def body_of(notification: Notification) -> str:
    """Return what the comment says; nothing of one that may quote a limited draft."""
    found = Comment.objects.filter(id=notification.facts["comment"], thread__audience=Audience.OPEN)
    return found.values_list("body", flat=True).first() or ""


def still_there(notification: Notification, staff: Staff) -> bool:
    """Say whether the comment was not deleted, and the person may read its thread."""
    seen = Thread.objects.visible_to(staff).values("pk")
    return Comment.objects.filter(id=notification.facts["comment"], thread__in=seen).exists()


def still_resolved(notification: Notification, staff: Staff) -> bool:
    """Say whether nobody opened the thread again, and the person may read it."""
    found = Thread.objects.visible_to(staff).filter(
        id=notification.facts["thread"], resolved_at__isnull=False
    )
    return found.exists()


COMMENT = kind(
    Kind(
        "comment",
        "Somebody comments on a draft of yours",
        GROUP,
        one="{name} commented",
        many="{count} comments, by {names}",
        place="/comments/{thread}",
        holds=still_there,
        detail=body_of,
    )
)
REPLY = kind(
    Kind(
        "reply",
        "Somebody replies in a thread that you wrote in",
        GROUP,
        one="{name} replied",
        many="{count} replies, by {names}",
        place="/comments/{thread}",
        holds=still_there,
        detail=body_of,
    )
)
RESOLVED = kind(
    Kind(
        "comment_resolved",
        "A thread that you wrote in is resolved",
        GROUP,
        one="{name} resolved a comment",
        many="{count} comments resolved, by {names}",
        place="/comments/{thread}",
        default=When.DAILY,
        holds=still_resolved,
    )
)


@hears("comment.added")
def comment_added(payload: Payload) -> Iterator[Told]:
    """Tell who wrote in the thread, and the people of the draft who did not."""
    comment = Comment.objects.select_related("thread").get(id=payload["comment_id"])
    thread = comment.thread
    before = thread.comments.exclude(id=comment.id).filter(created_at__lte=comment.created_at)
    wrote = uids_in(*before.values_list("author", flat=True))
    others = authors_of(thread.draft_id) - wrote
    for name, people in ((REPLY, wrote), (COMMENT, others)):
        yield Told(
            name,
            f"comment:{comment.id}",
            people,
            draft_id=thread.draft_id,
            by=comment.author,
            facts={
                "name": comment.author_name,
                "comment": str(comment.id),
                "thread": str(thread.id),
            },
        )


@hears("comment.resolved")
def comment_resolved(payload: Payload) -> Iterator[Told]:
    """Tell who wrote in the thread."""
    thread = Thread.objects.get(id=payload["thread_id"])
    if thread.resolved_at is None:
        return
    yield Told(
        RESOLVED,
        f"thread:{thread.id}:{thread.resolved_at.isoformat()}",
        uids_in(*thread.comments.values_list("author", flat=True)),
        draft_id=thread.draft_id,
        by=thread.resolved_by,
        facts={"name": thread.resolved_by_name, "thread": str(thread.id)},
    )
