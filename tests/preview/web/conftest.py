"""A limited draft that is rendered and shared, and everybody who may or may not look at it."""

from __future__ import annotations

import hashlib
import io
import uuid
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

import pytest
from django.db import transaction
from django.test import Client
from django.utils import timezone

from preview.accounts.actions import create_app_token
from preview.accounts.mock import ORGANISATIONS, example_people
from preview.accounts.models import Person
from preview.assets.actions import Upload, save_asset
from preview.assets.models import Asset
from preview.drafts.models import Draft
from preview.packs.actions import create_pack, own_pack
from preview.packs.members import add_draft
from preview.packs.models import Pack
from preview.rendering.actions import render_version
from preview.rendering.completing import complete_rendering
from preview.rendering.models import Rendering
from preview.review.comments.actions import Place, Said, begin_thread
from preview.review.comments.models import Thread
from preview.review.fact_checks.models import FactCheck
from preview.review.reviewers import Reviewer
from preview.review.sign_offs.actions import give_sign_off
from preview.review.sign_offs.models import SignOff
from preview.review.sign_offs.shown import newest_shown
from preview.sharing.actions import make_link
from preview.sharing.models import LinkRequest, ShareLink
from preview.sharing.requests import ask_for_link
from preview.sharing.wanted import Wanted
from preview.web import frames
from preview.webhooks.actions import add_endpoint
from preview.webhooks.models import Message
from tests.conftest import SCOPES, client_of, content_item, sender

SERVICE = "service.preview.localhost"
PREVIEW = "preview.localhost"
PASSPHRASE = "a lamp at dusk"
HARBOURS = str(ORGANISATIONS[0][0])


@dataclass(frozen=True)
class Case:
    """A draft with its link, token and rendering, and a pack of its app that holds it."""

    draft: Draft
    link: ShareLink
    token: str
    rendering: Rendering
    pack: Pack
    asked: LinkRequest
    asset: Asset
    thread: Thread
    sign_off: SignOff
    fact_check: FactCheck
    message: Message


def in_two_days() -> datetime:
    """Return when links of the tests end."""
    return timezone.now() + timedelta(days=2)


def person_called(uid: str) -> Person:
    """Return an example person."""
    return next(one for one in example_people() if one.uid == uid)


def followed(draft: Draft) -> Rendering:
    """Render a draft's newest version, and do what follows at once."""
    version = draft.versions.get(number=draft.version_number)
    rendering = render_version(version_id=version.pk, delivery_id=str(uuid.uuid4()))
    assert rendering is not None
    assert rendering.state == "ready", rendering.failure
    complete_rendering(rendering_id=str(rendering.id), delivery_id=str(uuid.uuid4()))
    return rendering


def rendered(send: Any, **changes: Any) -> Case:
    """Send a draft, render it, share it."""
    content_id = str(uuid.uuid4())
    assert send(content_id, content_item(**changes)).status_code == 201
    draft = Draft.objects.get(content_id=content_id)
    rendering = followed(draft)
    ends = in_two_days()
    pack = create_pack(actor=draft.app, name="The case")
    Pack.objects.filter(id=pack.id).update(organisation_content_id=HARBOURS)
    add_draft(actor=draft.app, pack=pack, draft=draft)
    wanted = Wanted(ends, "passphrase", "sign_off", passphrase=PASSPHRASE, reason="Policy table")
    maker = "person:mock-editor"
    new = make_link(pack=own_pack(draft), maker=maker, wanted=wanted, covers_limited=True)
    asked = ask_for_link(link=new.link, email="fay@example.com")
    upload = Upload(io.BytesIO(b"Twice a day"), "tides.txt", 11, hashlib.sha256().hexdigest())
    asset = save_asset(app=draft.app, upload=upload).asset
    place = Place(own_pack(draft), draft.versions.get(), draft.base_path)
    thread = begin_thread(
        place=place, reviewer=Reviewer("person:mock-editor", "Edith"), said=Said("Why?")
    )
    shown = newest_shown(draft, own_pack(draft), ["full", "open"])
    assert shown is not None
    signer = Reviewer("person:mock-editor", "Edith", staff=True)
    sign_off = give_sign_off(shown=shown, seen=shown.seal, reviewer=signer)
    fact_check = FactCheck.objects.create(
        draft=draft,
        pack=own_pack(draft),
        version=draft.versions.get(),
        respond_by=ends,
        asked_by=maker,
        asked_by_name="Edith",
    )
    hears = add_endpoint(app=draft.app, address="https://x.example/", topics=["comment.added"])
    message = hears.endpoint.messages.create(source=uuid.uuid4(), topic="comment.added", body="{}")
    said = (thread, sign_off, fact_check, message)
    return Case(draft, new.link, new.token, rendering, pack, asked, asset, *said)


LIMITED = {"access_limited": {"organisations": [HARBOURS]}}


@pytest.fixture
def case(send: Any) -> Case:
    return rendered(send, **LIMITED)


class Browser:
    """One browser on both hosts: cookies of either host stay there."""

    def __init__(self, **defaults: Any) -> None:
        self.defaults = defaults
        self.service = Client(HTTP_HOST=SERVICE, raise_request_exception=False, **defaults)
        self.preview = Client(HTTP_HOST=PREVIEW, raise_request_exception=False, **defaults)

    def copy(self) -> Browser:
        """Return a browser with the same cookies, which go their own ways from here on."""
        made = Browser(**self.defaults)
        made.service.cookies.load(self.service.cookies.output(header=""))
        made.preview.cookies.load(self.preview.cookies.output(header=""))
        return made


def guest(token: str) -> Browser:
    """Return a browser that confirmed a link."""
    browser = Browser()
    entered = {"passphrase": PASSPHRASE}
    assert browser.preview.post(f"/s/{token}", entered).status_code == 303
    return browser


def person(uid: str, case: Case) -> Browser:
    """Return a browser of somebody signed in, also on the preview host."""
    browser = Browser()
    browser.service.force_login(person_called(uid))
    browser.preview.get(f"/enter/{frames.ticket(uid, case.rendering.id)}")
    return browser


def app(name: str) -> Browser:
    """Return a publisher app."""
    secret = create_app_token(app_name=name, scopes=SCOPES).secret
    return Browser(headers={"Authorization": f"Bearer {secret}"})


@pytest.fixture
def viewers(case: Case, send: Any) -> dict[str, Browser]:
    """Everybody, by the names of the policy table's columns."""
    return everybody(case, send)


def everybody(case: Case, send: Any) -> dict[str, Browser]:
    """Return a browser of each viewer, signed in and with their links confirmed."""
    routes = [{"path": "/ferries", "type": "exact"}]
    another = rendered(send, title="When do ferries leave?", base_path="/ferries", routes=routes)
    return {
        "stranger": Browser(),
        "guest": guest(case.token),
        "guest_of_another": guest(another.token),
        "editor": person("mock-editor", case),
        "other_editor": person("mock-other-editor", case),
        "admin": person("mock-admin", case),
        "auditor": person("mock-auditor", case),
        "app": app("publisher"),
        "other_app": app("whitehall"),
    }


@pytest.fixture(scope="module")
def stage(
    django_db_setup: None, django_db_blocker: Any
) -> Iterator[tuple[Case, dict[str, Browser]]]:
    """A case and everybody, made once for a module; what its tests change is taken back."""
    with django_db_blocker.unblock():
        made = transaction.atomic()
        made.__enter__()
        secret = create_app_token(app_name="publisher", scopes=SCOPES).secret
        send = sender(client_of(secret))
        case = rendered(send, **LIMITED)
        viewers = everybody(case, send)
    yield case, viewers
    with django_db_blocker.unblock():
        transaction.set_rollback(True)
        made.__exit__(None, None, None)
