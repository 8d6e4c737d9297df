"""What people choose to be told, and stopping it from an e-mail."""

from __future__ import annotations

import pytest
from django.core import signing

from preview.errors import InvalidInput, InvalidToken
from preview.notifications.choosing import (
    SALT,
    choices_of,
    choose,
    read_token,
    token_for,
    unsubscribe,
)
from preview.notifications.models import Notification, NotificationChoice, When
from preview.notifications.registry import KINDS
from tests.preview.notifications.conftest import Post, comment, person
from tests.preview.review.conftest import Desk

pytestmark = pytest.mark.django_db


def test_without_a_choice_the_defaults_hold() -> None:
    assert choices_of(person()) == {name: kind.default for name, kind in KINDS.items()}


def test_what_is_not_wanted_is_not_even_noted(edith: Desk, post: Post) -> None:
    choose(person=person(), wanted={"comment": "off"})
    comment(edith)
    assert post.note() == 0


@pytest.mark.parametrize("wanted", [{"comment": "never"}, {"nothing": "off", "reply": "off"}])
def test_a_choice_that_there_is_not_stores_nothing(wanted: dict[str, str]) -> None:
    with pytest.raises(InvalidInput):
        choose(person=person(), wanted=wanted)
    assert not NotificationChoice.objects.exists()


def test_what_waits_follows_a_choice(edith: Desk, post: Post) -> None:
    comment(edith)
    post.note()
    choose(person=person(), wanted={"comment": "daily"})
    post.send()
    assert (post.mails(), Notification.objects.get().when) == ([], "daily")
    choose(person=person(), wanted={"comment": "at_once"})
    post.send()
    assert len(post.mails()) == 1
    comment(edith)
    post.note()
    choose(person=person(), wanted={"comment": "off"})
    assert not Notification.objects.filter(mail=None).exists()


def test_stopping_mails_stops_one_sort_only_and_once() -> None:
    daily = {name for name, kind in KINDS.items() if kind.default == When.DAILY}
    assert set(unsubscribe(person=person(), when=When.DAILY)) == daily
    assert unsubscribe(person=person(), when=When.DAILY) == []
    chosen = choices_of(person())
    assert {name for name, when in chosen.items() if when == When.OFF} == daily


def test_a_token_is_for_one_person_and_one_sort() -> None:
    assert read_token(token_for(person(), When.DAILY)) == (person(), When.DAILY)


@pytest.mark.parametrize("how", ["", "x", "changed", "other salt", "closed"])
def test_a_token_that_was_not_made_here_stops_nothing(how: str) -> None:
    token = token_for(person(), When.DAILY)
    if how == "closed":
        type(person()).objects.update(disabled=True)
    elif how == "changed":
        token = token[:-1] + ("A" if token[-1] != "A" else "B")
    elif how == "other salt":
        token = signing.dumps([person().uid, "daily"], salt=f"{SALT}.other")
    else:
        token = how
    with pytest.raises(InvalidToken):
        read_token(token)
