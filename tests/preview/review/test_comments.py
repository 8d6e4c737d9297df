"""Comments: where they stand, what they hold, and two people at once."""

from __future__ import annotations

import uuid
from typing import Any

import pytest

from preview.audit.models import Entry
from preview.errors import InvalidReview, ThreadDecided
from preview.outbox.models import Delivery
from preview.rendering.models import Rendering
from preview.review.comments.actions import (
    Said,
    begin_thread,
    reopen_thread,
    reply,
    resolve_thread,
)
from preview.review.comments.models import Comment, Thread
from preview.review.comments.passages import anchor_of, passages_of
from preview.review.comments.placing import place_comments
from preview.review.comments.queries import shelved, since_comment
from tests.preview.review.conftest import EDITH, FAY, OSCAR, Desk

pytestmark = pytest.mark.django_db


def begin(desk: Desk, words: str, reviewer: Any = FAY, **more: Any) -> Thread:
    """Begin a thread about some words."""
    return begin_thread(
        place=desk.place(words), reviewer=reviewer, said=Said("Is this right?"), **more
    )


def newest(thread: Thread) -> Thread:
    thread.refresh_from_db()
    return thread


def test_a_passage_that_did_not_change_stays_where_it_was(saved: Desk) -> None:
    thread = begin(saved, "£25")
    saved.save(
        "<p>Low water is twice a day.</p><p>The fee is £25 from 4 March 2026.</p><p>New.</p>"
    )
    assert newest(thread).placement == "exact"
    assert thread.placed_in.number == 2
    assert thread.now_quote == "£25"


def test_a_passage_that_was_edited_is_followed_with_a_confidence(saved: Desk) -> None:
    thread = begin(saved, "The fee is £25 from 4 March 2026.")
    saved.save("<p>Low water is twice a day.</p><p>The fee is £35 from 4 March 2026.</p>")
    assert newest(thread).placement == "changed"
    assert "£35" in thread.now_quote
    assert 0 < thread.score < 1
    assert "right place" in thread.confidence


def test_a_passage_that_is_gone_goes_to_the_shelf_and_comes_back(saved: Desk) -> None:
    thread = begin(saved, "The fee is £25 from 4 March 2026.")
    saved.save("<p>Low water is twice a day.</p>")
    assert newest(thread).placement == "lost"
    shelves = shelved(Thread.objects.all(), ["anything"])
    assert shelves.lost == [thread]
    assert shelves.open == 1
    saved.save()
    assert newest(thread).placement == "exact"


def test_an_older_version_that_comes_late_moves_nothing(saved: Desk) -> None:
    thread = begin(saved, "£25")
    late = Rendering.objects.get(version__number=1)
    saved.save("<p>Nothing is left.</p>")
    place_comments(rendering_id=str(late.id), delivery_id=str(uuid.uuid4()))
    assert newest(thread).placed_in.number == 2


def test_placing_costs_the_same_for_one_thread_and_for_many(
    saved: Desk, django_assert_max_num_queries: Any
) -> None:
    for _ in range(30):
        begin(saved, "£25")
    rendering = Rendering.objects.get()
    with django_assert_max_num_queries(8):
        place_comments(rendering_id=str(rendering.id), delivery_id=str(uuid.uuid4()))


def test_words_within_a_passage_are_taken_where_they_were_selected(desk: Desk) -> None:
    desk.save("<p>ebb and flow and ebb and flow</p>")
    page = Rendering.objects.get().pages.get()
    passages = passages_of(page.sha256)
    block = next(one for one in passages.blocks if "ebb" in one.text)
    assert anchor_of(passages, block.path, "ebb", 15).at == 17
    assert anchor_of(passages, block.path, "ebb", 0).at == 0
    with pytest.raises(InvalidReview, match="words that stand in the passage"):
        anchor_of(passages, block.path, "neap")
    with pytest.raises(InvalidReview, match="not on the page any more"):
        anchor_of(passages, "nowhere")


@pytest.mark.parametrize(
    ("text", "kept"),
    [
        ("  👩‍👩‍👧‍👦 family \n", "👩‍👩‍👧‍👦 family"),
        ("a\r\nb\rc", "a\nb\nc"),
        ("\u202eright to left\u202c", "\u202eright to left\u202c"),
        ("nul\0 and bell\a", "nul and bell"),
        ("<script>alert(1)</script>", "<script>alert(1)</script>"),
    ],
)
def test_what_was_written_is_kept_as_it_was(saved: Desk, text: str, kept: str) -> None:
    begin_thread(place=saved.place("£25"), reviewer=FAY, said=Said(text))
    assert Comment.objects.get().body == kept


@pytest.mark.parametrize(
    ("text", "says"),
    [("", "Enter a comment"), (" \n\0", "Enter a comment"), ("x" * 10_001, "It has 10,001 now")],
)
def test_a_comment_that_can_t_be_kept_says_why(saved: Desk, text: str, says: str) -> None:
    with pytest.raises(InvalidReview, match=says):
        begin_thread(place=saved.place("£25"), reviewer=FAY, said=Said(text))
    assert not Thread.objects.exists()


def test_sending_the_same_form_twice_says_it_once(saved: Desk) -> None:
    said = Said("Is this right?", uuid.uuid4())
    first = begin_thread(place=saved.place("£25"), reviewer=FAY, said=said)
    assert begin_thread(place=saved.place("£25"), reviewer=FAY, said=said) == first
    assert Comment.objects.count() == 1
    other = begin_thread(place=saved.place("£25"), reviewer=EDITH, said=said)
    assert other != first


def test_a_second_person_who_resolves_is_told(saved: Desk) -> None:
    thread = begin(saved, "£25")
    resolve_thread(thread=thread, reviewer=EDITH)
    with pytest.raises(ThreadDecided, match="Edith Example has resolved"):
        resolve_thread(thread=thread, reviewer=OSCAR)
    assert newest(thread).resolved_by_name == "Edith Example"
    reopen_thread(thread=thread, reviewer=OSCAR)
    with pytest.raises(ThreadDecided, match="opened this comment again already"):
        reopen_thread(thread=thread, reviewer=EDITH)
    assert Entry.objects.filter(action="comment.resolve").count() == 1


def test_a_reply_opens_a_resolved_thread_again(saved: Desk) -> None:
    thread = begin(saved, "£25")
    resolve_thread(thread=thread, reviewer=EDITH)
    version = saved.draft.versions.get()
    reply(thread=thread, version=version, reviewer=FAY, said=Said("Still wrong"))
    assert newest(thread).resolved_at is None
    assert [one.body for one in thread.comments.all()] == ["Is this right?", "Still wrong"]


def test_guests_never_see_what_is_for_staff_only(saved: Desk) -> None:
    begin(saved, "£25", EDITH, internal=True)
    assert not Thread.objects.for_guests(["open", "full"]).exists()
    begin(saved, "£25", FAY, internal=True)  # guests can't keep anything from other guests
    assert Thread.objects.for_guests(["open"]).count() == 1


def test_what_changed_since_somebody_spoke_is_told_to_them_alone(saved: Desk) -> None:
    thread = begin(saved, "£25")
    now = saved.save("<p>Low water is twice a day.</p><p>The fee is £30.</p>").pages.get().sha256
    asked = {"pack_id": thread.pack_id, "audiences": ["open", "full"]}
    since = since_comment(thread, FAY, now, **asked)
    assert since is not None
    assert (since.version, since.sentence) == (1, "1 paragraph changed.")
    assert "£30" in since.shown
    silent_guest = since_comment(thread, type(FAY)("recipient:2", "Guy"), now, **asked)
    assert silent_guest is None
    assert since_comment(thread, EDITH, now, **asked) is not None
    version = saved.draft.versions.get(number=2)
    reply(thread=thread, version=version, reviewer=FAY, said=Said("Better"))
    assert since_comment(thread, FAY, now, **asked) is None


def test_a_comment_leaves_nothing_of_itself_in_the_trail(saved: Desk) -> None:
    begin(saved, "£25")
    entry = Entry.objects.get(action="comment.add")
    assert entry.actor == FAY.actor
    assert "right" not in str(entry.detail)


def test_a_version_that_is_ready_gets_its_comments_placed(saved: Desk) -> None:
    tasks = Delivery.objects.filter(topic="rendering.ready").values_list("task", flat=True)
    assert "review.place_comments" in tasks
