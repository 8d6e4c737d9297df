"""Attacks on share links: no token and no session opens what it was not made for."""

from __future__ import annotations

import random
import uuid
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from django.test import Client
from django.utils import timezone

from preview.access import Act, Role, decide_pack
from preview.drafts.models import Draft, Version
from preview.errors import InvalidToken
from preview.packs.actions import own_pack
from preview.rendering.models import PackPage, RenderedPage, Rendering
from preview.sharing import tokens
from preview.sharing.actions import NewLink, make_link
from preview.sharing.models import OneTimeCode, ShareLink
from preview.sharing.opening import confirm_link, digest_of, find_link
from preview.sharing.queries import shown_page
from preview.sharing.wanted import Wanted
from tests.conftest import content_item

HOST = {"HTTP_HOST": "preview.localhost"}
PAIRS = 10_000
NOW = datetime(2026, 3, 4, 12, tzinfo=UTC)
TOKEN = tokens.LinkToken(uuid.UUID(int=7), NOW + timedelta(days=1), b"s" * 32)


@dataclass(frozen=True)
class Opened:
    """A link, its token, and the session of a browser that opened it."""

    link: ShareLink
    token: str
    session: str
    path: str


def draft_at(send: Any, path: str) -> Draft:
    """Return a draft whose page is ready, without the time that rendering takes."""
    content_id, routes = str(uuid.uuid4()), [{"path": path, "type": "exact"}]
    assert send(content_id, content_item(base_path=path, routes=routes)).status_code == 201
    draft = Draft.objects.get(content_id=content_id)
    version = Version.objects.get(draft=draft)
    pack = own_pack(draft)
    facts = {"content_id": draft.content_id, "locale": "en"}
    rendering = Rendering.objects.create(pack=pack, version=version, state="ready", **facts)
    page = RenderedPage.objects.create(
        rendering=rendering, position=0, path=path, status=200, sha256="0" * 64, size=1
    )
    PackPage.objects.create(pack=pack, audience="open", path=path, page=page, **facts)
    return draft


def opened(draft: Draft, dice: random.Random) -> Opened:
    """Return a new link to a draft, of any role and state, opened before it came to that state."""
    new = make_link(
        pack=own_pack(draft),
        maker="person:edith",
        wanted=Wanted(
            timezone.now() + timedelta(days=2),
            role=dice.choice(list(Role)),
            recipients=("fay@example.com",),
            pinned_versions=tuple(draft.versions.all()) if dice.random() < 0.3 else (),
        ),
    )
    cookie = confirm_link(link=new.link, cookie=None, client="person")
    states: tuple[dict[str, Any], ...] = (
        {},
        {"ended_at": timezone.now(), "ended_reason": "revoked"},
        {"expires_at": timezone.now() - timedelta(seconds=1)},
        {"opens_at": timezone.now() + timedelta(hours=1)},
        {"needs_approval": True},
    )
    ShareLink.objects.filter(id=new.link.id).update(**dice.choice(states))
    new.link.refresh_from_db()
    return Opened(new.link, new.token, digest_of(cookie), draft.base_path)


@pytest.mark.django_db
def test_no_session_and_no_token_opens_another_link_over_ten_thousand_pairs(send: Any) -> None:
    dice = random.Random(20260304)
    drafts = [draft_at(send, f"/harbour-{number}") for number in range(6)]
    all_of_them = [opened(dice.choice(drafts), dice) for _ in range(40)]
    found = {one.token: find_link(one.token).id for one in all_of_them}
    assert len(set(found.values())) == 40
    own = 0
    for _ in range(PAIRS):
        first, second = dice.choice(all_of_them), dice.choice(all_of_them)
        shown = shown_page(link_id=second.link.id, session=first.session, path=second.path)
        if first is not second:
            assert shown is None
            continue
        assert shown is not None
        decision = decide_pack(shown.guest, Act.VIEW, shown.limits, timezone.now())
        good = first.link.approved and first.link.alive and first.link.opens_at is None
        assert decision.allowed is good
        own += decision.allowed
    assert own > 10


@pytest.mark.django_db
def test_a_link_shows_no_path_of_another_pack(send: Any) -> None:
    dice = random.Random(7)
    drafts = [draft_at(send, f"/harbour-{number}") for number in range(4)]
    for one in [opened(dice.choice(drafts), dice) for _ in range(10)]:
        for other in drafts:
            shown = shown_page(link_id=one.link.id, session=one.session, path=other.base_path)
            assert shown is not None
            assert (shown.sha256 is not None) is (one.path == other.base_path)


def parts(text: str) -> tuple[str, bytes, bytes]:
    key_id, _, rest = text.partition(".")
    raw = tokens.decoded(rest)
    return key_id, raw[: tokens.BODY.size], raw[tokens.BODY.size :]


def refused(text: str, now: datetime = NOW) -> bool:
    try:
        tokens.read(text, now)
    except InvalidToken:
        return True
    return False


def test_every_single_flipped_bit_is_noticed() -> None:
    key_id, body, signature = parts(tokens.sign(TOKEN))
    raw = bytearray(body + signature)
    for bit in range(8 * len(raw)):
        raw[bit // 8] ^= 1 << bit % 8
        assert refused(f"{key_id}.{tokens.encoded(bytes(raw))}"), bit
        raw[bit // 8] ^= 1 << bit % 8
    assert not refused(f"{key_id}.{tokens.encoded(bytes(raw))}")


def test_every_shorter_and_some_longer_tokens_are_refused() -> None:
    text = tokens.sign(TOKEN)
    assert all(refused(text[:length]) for length in range(len(text)))
    assert all(refused(text + more) for more in ("A", "AAAA", "=", ".", "\n", " ", "\0"))


def test_a_token_signed_by_another_key_is_refused_under_every_key_id() -> None:
    _, body, _ = parts(tokens.sign(TOKEN))
    other, known = Ed25519PrivateKey.generate(), tokens.keys()
    for key_id in (*known, "k9", "", "none", "../k1"):
        signature = other.sign(tokens.CONTEXT + key_id.encode() + body)
        assert refused(f"{key_id}.{tokens.encoded(body + signature)}")


def test_a_key_id_can_t_be_swapped() -> None:
    key_id, body, signature = parts(tokens.sign(TOKEN))
    others = set(tokens.keys()) - {key_id}
    assert others
    for other in others:
        assert refused(f"{other}.{tokens.encoded(body + signature)}")


def test_body_and_signature_of_two_tokens_do_not_mix() -> None:
    later = replace(TOKEN, expires_at=TOKEN.expires_at + timedelta(days=300))
    key_id, body, _ = parts(tokens.sign(later))
    _, _, signature = parts(tokens.sign(TOKEN))
    assert refused(f"{key_id}.{tokens.encoded(body + signature)}")


def test_no_signature_at_all_is_refused() -> None:
    key_id, body, _ = parts(tokens.sign(TOKEN))
    for signature in (b"", b"\0" * 64, b"\xff" * 64):
        assert refused(f"{key_id}.{tokens.encoded(body + signature)}")


@pytest.fixture
def named(send: Any) -> NewLink:
    draft = draft_at(send, "/low-tide")
    wanted = Wanted(timezone.now() + timedelta(days=2), recipients=("fay@example.com",))
    return make_link(pack=own_pack(draft), maker="person:edith", wanted=wanted)


@pytest.mark.django_db
def test_a_token_that_is_replayed_opens_nothing_without_a_code(named: NewLink) -> None:
    for _ in range(3):
        response = Client(**HOST).post(f"/s/{named.token}")
        assert response.status_code == 422
        assert "__Host-guest" not in response.cookies


@pytest.mark.django_db
def test_a_good_signature_for_a_link_that_never_was_looks_like_a_forged_one(
    named: NewLink,
) -> None:
    ends = timezone.now() + timedelta(days=1)
    ghost = tokens.sign(tokens.LinkToken(uuid.uuid4(), ends, b"g" * 32))
    wrong_secret = tokens.sign(tokens.LinkToken(named.link.id, ends, b"g" * 32))
    pages = [Client(**HOST).get(f"/s/{text}") for text in (ghost, wrong_secret, "k1.forged")]
    assert {page.status_code for page in pages} == {404}
    assert len({page.content for page in pages}) == 1


AGENTS = {
    "Outlook safe links": "Mozilla/5.0 (compatible; SafeLinks scanner)",
    "Mimecast": "Mimecast-URL-Scanner/1.0",
    "Barracuda": "BarracudaCentral/1.0",
    "Slack": "Slackbot-LinkExpanding 1.0 (+https://api.slack.com/robots)",
    "Teams": "SkypeUriPreview Preview/0.5 Microsoft Teams",
    "WhatsApp": "WhatsApp/2.24 A",
    "Facebook": "facebookexternalhit/1.1",
    "a browser's prefetch": "Mozilla/5.0 Firefox/140.0",
}


@pytest.mark.django_db
@pytest.mark.parametrize("agent", AGENTS)
def test_machines_that_look_at_a_link_open_nothing_and_spend_nothing(
    named: NewLink, agent: str
) -> None:
    ShareLink.objects.update(kind="anyone", most_people=1)
    client = Client(**HOST, HTTP_USER_AGENT=AGENTS[agent])
    place = f"/s/{named.token}"
    for response in (
        client.get(place, headers={"Sec-Purpose": "prefetch;prerender"}),
        client.head(place),
        client.get(place, headers={"Purpose": "prefetch"}),
        client.options(place),
    ):
        assert response.status_code in (200, 405)
        assert b"tide" not in response.content
        assert "__Host-guest" not in response.cookies
    link = ShareLink.objects.get()
    assert (link.grants.count(), link.passphrase_tries) == (0, 0)
    assert not OneTimeCode.objects.exists()
    assert Client(**HOST).post(place).status_code == 303  # and the one place is still free
