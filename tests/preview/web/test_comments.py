"""Pages of comments, for staff and guests."""

from __future__ import annotations

import uuid
from typing import Any

import pytest

from preview.review.comments.actions import resolve_thread
from preview.review.comments.models import Comment, Thread
from preview.review.reviewers import Reviewer
from preview.sharing.models import Grant, ShareLink
from tests.preview.web.conftest import Browser, Case

pytestmark = pytest.mark.django_db
PASSAGE = "Twice a day."


def here(case: Case, what: str = "comments") -> str:
    """Return where guests comment."""
    return f"/shared/{case.link.id}/-/{what}/low-tide"


def block_of(case: Case, browser: Browser) -> str:
    """Return the address of the passage, as its link on the page has it."""
    page = browser.preview.get(here(case)).content.decode()
    row = page[: page.index(PASSAGE)].rpartition('data-block="')[2]
    return row.partition('"')[0]


def test_a_guest_comments_on_a_passage_and_is_asked_for_a_name_once(
    case: Case, viewers: dict[str, Browser]
) -> None:
    guest = viewers["guest"]
    block = block_of(case, guest)
    form = guest.preview.get(here(case, "new-comment"), {"block": block}).content.decode()
    assert PASSAGE in form
    assert "Your name" in form
    sent = {"block": block, "body": "Since when?", "key": str(uuid.uuid4())}
    refused = guest.preview.post(here(case, "new-comment"), sent)
    assert refused.status_code == 422
    text = refused.content.decode()
    assert "Enter your name" in text
    assert "Since when?" in text  # nothing that was written is lost
    saved = guest.preview.post(here(case, "new-comment"), {**sent, "name": "Fay Checker"})
    assert saved.status_code == 303
    page = guest.preview.get(saved["Location"]).content.decode()
    assert "Your comment is saved" in page
    assert "Fay Checker" in page
    assert Grant.objects.get(link=case.link).guest_name == "Fay Checker"
    again = guest.preview.get(here(case, "new-comment"), {"block": block}).content.decode()
    assert "Your name" not in again
    staff = viewers["editor"].service.get(f"/drafts/{case.draft.id}/comments").content.decode()
    assert "Since when?" in staff


def test_what_people_write_is_shown_and_never_run(case: Case, viewers: dict[str, Browser]) -> None:
    editor = viewers["editor"].service
    body = "<script>alert(1)</script> 👩‍👩‍👧 \u202efrom the right"
    answer = editor.post(f"/drafts/{case.draft.id}/comments/new", {"body": body})
    page = editor.get(answer["Location"]).content.decode()
    assert "<script>alert" not in page
    assert "&lt;script&gt;alert(1)&lt;/script&gt; 👩‍👩‍👧 \u202efrom the right" in page


def test_a_comment_of_a_megabyte_gets_a_sentence(case: Case, viewers: dict[str, Browser]) -> None:
    body, before = "x" * 1024 * 1024, Comment.objects.count()
    answer = viewers["editor"].service.post(f"/drafts/{case.draft.id}/comments/new", {"body": body})
    assert answer.status_code == 422
    assert "Comment must be 10,000 characters or fewer" in answer.content.decode()
    assert Comment.objects.count() == before


def test_two_who_resolve_at_once_are_both_told_the_truth(
    case: Case, viewers: dict[str, Browser]
) -> None:
    place = f"/comments/{case.thread.id}/resolve"
    resolve_thread(thread=case.thread, reviewer=Reviewer("person:x", "Xena", staff=True))
    second = viewers["editor"].service.post(place)
    assert second.status_code == 409
    assert "Xena has resolved this comment already" in second.content.decode()


def test_a_guest_sees_no_comment_for_staff_and_none_of_another_pack(
    case: Case, viewers: dict[str, Browser]
) -> None:
    Thread.objects.filter(id=case.thread.id).update(internal=True)
    guest = viewers["guest"].preview
    assert "Why?" not in guest.get(here(case)).content.decode()
    assert guest.get(here(case, f"threads/{case.thread.id}")).status_code == 404
    Thread.objects.filter(id=case.thread.id).update(internal=False, pack=case.pack)
    assert "Why?" not in guest.get(here(case)).content.decode()
    assert guest.get(here(case, f"threads/{case.thread.id}")).status_code == 404


def test_a_guest_who_may_only_look_may_not_comment(case: Case, viewers: dict[str, Browser]) -> None:
    ShareLink.objects.filter(id=case.link.id).update(role="view")
    for place in (here(case), here(case, "new-comment"), here(case, f"threads/{case.thread.id}")):
        answer = viewers["guest"].preview.get(place)
        assert answer.status_code == 403
        assert "only" in answer.content.decode()
        assert "Twice" not in answer.content.decode()


def test_pages_of_comments_ask_few_questions_however_many_there_are(
    case: Case, viewers: dict[str, Browser], django_assert_max_num_queries: Any
) -> None:
    for number in range(40):
        viewers["editor"].service.post(
            f"/drafts/{case.draft.id}/comments/new", {"body": f"Comment {number}"}
        )
    with django_assert_max_num_queries(12):
        viewers["editor"].service.get(f"/drafts/{case.draft.id}/comments")
    with django_assert_max_num_queries(12):
        viewers["guest"].preview.get(here(case))
    with django_assert_max_num_queries(12):
        viewers["editor"].service.get(f"/comments/{case.thread.id}")
