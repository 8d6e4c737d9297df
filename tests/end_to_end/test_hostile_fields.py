"""Hostile texts in every field that a page shows, in a real browser: nothing runs, nothing leaves.

The pages are made by the service and shown without its Content-Security-Policy, so that escaping
alone has to hold.
"""

from __future__ import annotations

import uuid
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from urllib.parse import urlsplit

import pytest
from django.test import Client
from django.utils import timezone
from playwright.sync_api import Page, Route, sync_playwright

from preview import pages
from preview.accounts.mock import example_people
from preview.accounts.models import Person, PublisherApp
from preview.audit.actions import record_entry
from preview.audit.models import Entry
from preview.drafts.models import Draft
from preview.packs.actions import own_pack
from preview.packs.models import Pack
from preview.sharing.actions import make_link
from preview.sharing.models import LinkRequest, Recipient, ShareLink
from preview.sharing.wanted import Wanted
from preview.web.watermark import marked
from tests.conftest import content_item
from tests.end_to_end.browser import CHROMIUM
from tests.preview.web.hostile_fields import payloads

pytestmark = [pytest.mark.end_to_end, pytest.mark.django_db]
SERVICE, PREVIEW = {"HTTP_HOST": "service.preview.localhost"}, {"HTTP_HOST": "preview.localhost"}
OWN = "https://preview.example/"
CALLS = "'alert','fetch','open'"
WATCH = f"<script>window.ran=[];for(const f of [{CALLS}])window[f]=a=>ran.push(a)</script>"
HANDLERS = (
    "[...document.querySelectorAll('*')].flatMap(e => [...e.attributes])"
    ".filter(a => a.name.startsWith('on') || /^\\s*javascript:/i.test(a.value)"
    " && ['href', 'src', 'action', 'formaction'].includes(a.name)).map(a => a.name + a.value)"
)
TEXTS = payloads()
Shown = Iterator[tuple[str, str]]


def text(response: object) -> str:
    return response.content.decode()  # type: ignore[attr-defined]


@pytest.fixture
def draft() -> Draft:
    app = PublisherApp.objects.create(name="publisher")
    rows = [
        Draft(
            content_id=uuid.uuid4(),
            locale="en",
            app=app,
            version_number=1,
            title=one,
            base_path=f"/{one}"[:512],
            schema_name=one[:100],
            document_type=one[:100],
        )
        for one in TEXTS
    ]
    Draft.objects.bulk_create(rows)
    return rows[0]


def lists(editor: Client, auditor: Client, draft: Draft) -> Shown:
    """Give the lists: drafts, packs, links with their labels, requests, the trail."""
    for number in range(1, len(TEXTS) // 50 + 2):
        yield "drafts", text(editor.get("/", {"page": number}))
        yield "drafts", text(editor.get("/drafts", {"page": number}))
    for start in range(0, len(TEXTS), 100):
        pack = Pack.objects.create(name=TEXTS[start][:200], description=TEXTS[start])
        some = TEXTS[start : start + 100]
        ends = timezone.now() + timedelta(days=1)
        links = ShareLink.objects.bulk_create(
            ShareLink(pack=pack, label=one[:120], created_by=one[:120], expires_at=ends)
            for one in some
        )
        Recipient.objects.bulk_create(Recipient(link=link, email=link.label) for link in links)
        LinkRequest.objects.bulk_create(
            LinkRequest(link=link, email=link.label, message=one)
            for link, one in zip(links[:20], some, strict=False)
        )
        for link, one in zip(links, some, strict=True):
            actor = f"link:{link.id}"
            record_entry(action="share_link.view", actor=actor, subject=one[:120], pack=pack.id)
        yield "links", text(editor.get(f"/packs/{pack.id}/share"))
        yield "seen", text(auditor.get(f"/packs/{pack.id}/seen"))
        yield "pack", text(editor.get(f"/packs/{pack.id}"))
    for one in TEXTS:
        record_entry(action=one[:64], actor=one[:120], subject=one[:120], reason=one)
    newest = Entry.objects.latest("pk").pk
    for before in range(newest + 1, newest - len(TEXTS), -50):
        yield "trail", text(auditor.get("/audit", {"before": before}))


def single(editor: Client, auditor: Client, draft: Draft) -> Shown:
    """Give pages that show one text, each with some of the texts."""
    person = Person.objects.get(uid="mock-editor")
    wanted = Wanted(timezone.now() + timedelta(days=1), recipients=("fay@example.com",))
    new = make_link(pack=own_pack(draft), maker="person:mock-editor", wanted=wanted)
    for one in TEXTS[::12]:
        ShareLink.objects.filter(id=new.link.id).update(purpose=one)
        yield "landing", text(Client(**PREVIEW).get(f"/s/{new.token}"))
    for one in TEXTS[1::12]:
        yield "search", text(editor.get("/", {"q": one}))
        yield "filters", text(auditor.get("/audit", {"actor": one, "since": one, "action": one}))
    for one in TEXTS[2::12]:
        form = {"label": one, "purpose": one, "recipients": one, "reason": one, "kind": one}
        place = f"/packs/{own_pack(draft).id}/share"
        yield "form", text(editor.post(place, {**form, "lasts": "date", "day-day": one}))
    for one in TEXTS[3::12]:
        Person.objects.filter(pk=person.pk).update(name=one[:255])
        yield "name", text(editor.get("/audit"))
        yield "name", text(editor.get("/packs"))
        yield "watermark", marked(b"<html><body><p>Page</p></body></html>", one).decode()
    options = pages.Options(now=datetime.now(UTC))
    for one in TEXTS[::4]:
        note = [{"public_timestamp": "2026-03-04T12:00:00Z", "note": one}]
        details = {"body": f"<p>{one}</p>", "change_history": note, "first_public_at": one}
        item = content_item(title=one, description=one, details=details, locale="en")
        yield "page", pages.render(item, options=options).html


def watched(page: Page, shown: Shown) -> int:
    """Load each page and act on it; returns how many."""
    left: list[str] = []
    state = {"html": "", "name": ""}  # a page may show images: their requests are no escape

    def answer(route: Route) -> None:
        address = urlsplit(route.request.url)
        if route.request.url == OWN:
            route.fulfill(body=WATCH + state["html"], content_type="text/html; charset=utf-8")
        elif address.netloc == "preview.example" and address.path.startswith("/static/"):
            route.fulfill(body="")
        else:
            if not (state["name"] == "page" and route.request.resource_type == "image"):
                left.append(route.request.url)
            route.abort()

    page.route("**/*", answer)
    page.on("dialog", lambda dialog: left.append(dialog.message))
    count = 0
    for name, html in shown:
        state |= {"html": html, "name": name}
        page.goto(OWN, wait_until="load")
        page.evaluate(
            "document.querySelectorAll('*').forEach(e => {"
            " for (const t of ['mouseover', 'focus', 'toggle']) e.dispatchEvent(new Event(t)) })"
        )
        assert page.evaluate("window.ran") == [], (name, html)
        assert page.evaluate(HANDLERS) == [], name
        assert left == [], (name, left)
        count += 1
    return count


def test_nothing_runs_and_nothing_leaves_whatever_a_field_holds(draft: Draft) -> None:
    if not CHROMIUM:
        pytest.skip("There is no Chromium on this machine: install Debian's package chromium.")
    people = {one.uid: one for one in example_people()}
    editor, auditor = Client(**SERVICE), Client(**SERVICE)
    editor.force_login(people["mock-editor"])
    auditor.force_login(people["mock-admin"])
    assert len(TEXTS) >= 300
    shown = [*lists(editor, auditor, draft), *single(editor, auditor, draft)]
    with sync_playwright() as playwright:
        running = playwright.chromium.launch(executable_path=CHROMIUM, args=["--no-sandbox"])
        assert watched(running.new_page(), iter(shown)) == len(shown)
        running.close()
