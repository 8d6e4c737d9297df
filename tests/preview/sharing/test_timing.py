"""What takes as long whether somebody is known or not: compared pair by pair, never by the clock.

A sign test: of many pairs, run one after the other, neither kind may be slower nearly always. Noise
of the machine hits both alike.
"""

from __future__ import annotations

import re
import time
import uuid
from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from preview.drafts.models import Draft
from preview.packs.actions import own_pack
from preview.sharing import tokens
from preview.sharing.actions import NewLink, make_link
from preview.sharing.wanted import Wanted

pytestmark = pytest.mark.django_db
HOST = {"HTTP_HOST": "preview.localhost"}
PAIRS = 60
MOST = 48  # of 60 fair pairs, more than this happens once in 1,000,000 runs


@pytest.fixture
def named(send: Any, content_id: str, settings: Any) -> NewLink:
    send(content_id)
    wanted = Wanted(timezone.now() + timedelta(days=2), recipients=("fay@example.com",))
    return make_link(pack=own_pack(Draft.objects.get()), maker="person:edith", wanted=wanted)


def slower(first: Callable[[], object], second: Callable[[], object]) -> int:
    """Return in how many pairs the first was slower; who begins changes from pair to pair."""
    count = 0
    for number in range(PAIRS):
        times = {}
        for act in (first, second)[:: 1 if number % 2 else -1]:
            started = time.perf_counter()
            act()
            times[act] = time.perf_counter() - started
        count += times[first] > times[second]
    return count


def statements(act: Callable[[], object]) -> list[str]:
    """Return the SQL that something runs, without its values."""
    with CaptureQueriesContext(
        connection,
    ) as queries:
        act()
    return [re.split(r"VALUES| = |SAVEPOINT", query["sql"])[0] for query in queries]


def ask_for_code(new: NewLink, email: str) -> Callable[[], object]:
    return lambda: Client(**HOST).post(f"/s/{new.token}", {"email": email})


def test_asking_for_a_code_does_the_same_for_everybody(
    named: NewLink, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("preview.web.landing.seconds_to_wait", lambda *_: 0)
    known, unknown = (ask_for_code(named, email) for email in ("fay@example.com", "m@example.com"))
    assert statements(known) == statements(unknown)
    assert PAIRS - MOST <= slower(known, unknown) <= MOST


def test_forged_links_are_refused_alike_whatever_they_name(named: NewLink) -> None:
    ends = timezone.now() + timedelta(days=1)
    real = tokens.sign(tokens.LinkToken(named.link.id, ends, b"x" * 32))
    ghost = tokens.sign(tokens.LinkToken(uuid.uuid4(), ends, b"x" * 32))
    acts = [lambda text=text: Client(**HOST).get(f"/s/{text}") for text in (real, ghost)]
    assert statements(acts[0]) == statements(acts[1])
    assert PAIRS - MOST <= slower(acts[0], acts[1]) <= MOST
