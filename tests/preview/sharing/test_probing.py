"""The probe: what it looks at, what it calls closed, what it records."""

from __future__ import annotations

import uuid
from datetime import timedelta
from typing import Any

import pytest
from django.core.management import CommandError, call_command
from django.test import RequestFactory
from django.utils import timezone

from preview.audit.models import Entry
from preview.drafts.models import Draft
from preview.packs.actions import own_pack
from preview.packs.models import Pack
from preview.rendering.actions import render_version
from preview.sharing.actions import make_link
from preview.sharing.models import GuestSession, ShareLink
from preview.sharing.probing import addresses_of, probe_pack
from preview.sharing.wanted import Wanted
from preview.web import clients

pytestmark = pytest.mark.django_db


@pytest.fixture
def pack(send: Any, content_id: str) -> Pack:
    send(content_id)
    draft = Draft.objects.get()
    render_version(version_id=draft.versions.get().pk, delivery_id=str(uuid.uuid4()))
    wanted = Wanted(timezone.now() + timedelta(days=1), recipients=("fay@example.com",))
    make_link(pack=own_pack(draft), maker="person:edith", wanted=wanted)
    return own_pack(draft)


def test_it_looks_at_links_frames_drafts_and_the_api(pack: Pack) -> None:
    found = {one.path for one in addresses_of(pack)}
    link, draft = ShareLink.objects.get(), Draft.objects.get()
    assert {
        f"/shared/{link.id}/low-tide",
        f"/pack-frames/{pack.id}/low-tide",
        "/low-tide",
        f"/drafts/{draft.id}",
        f"/packs/{pack.id}/seen",
        f"/api/v1/drafts/{draft.content_id}",
        f"/v2/content/{draft.content_id}",
    } <= found
    assert any(path.startswith("/frames/") and path.endswith("/low-tide") for path in found)


def test_a_service_that_does_not_answer_is_no_proof(pack: Pack) -> None:
    proof = probe_pack(pack=pack, actor="operator", base_url="http://127.0.0.1:1")
    assert len(proof.open) == len(proof.looks)
    entry = Entry.objects.get(action="probe.run")
    assert (entry.pack, entry.detail["sha256"]) == (pack.id, proof.digest)
    assert not GuestSession.objects.exists()


def test_a_pack_that_is_not_there_says_what_to_do() -> None:
    with pytest.raises(CommandError, match="no such pack"):
        call_command("probe", str(uuid.uuid4()))


def test_the_mark_of_a_probe_can_t_be_made_up() -> None:
    for mark in ("", "x", "abc:def:ghi"):
        request = RequestFactory().get("/", headers={clients.HEADER: mark})
        assert clients.Client(request).kind == "person"
