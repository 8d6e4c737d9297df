"""The second renderer: a front end over HTTP, which reads its content from this service."""

from __future__ import annotations

import re
import threading
import uuid
from collections.abc import Iterator
from typing import Any
from wsgiref.simple_server import WSGIRequestHandler, make_server

import pytest
from django.core.signals import request_finished, request_started
from django.db import close_old_connections, connections
from hypothesis import given
from hypothesis import strategies as st

from preview.overlay import live as live_module
from preview.packs.actions import own_pack
from preview.rendering import making
from preview.rendering.actions import render_version
from preview.rendering.models import Rendering
from preview.wsgi import application
from publishing_bridge.content_store import overlaid
from publishing_bridge.front_end import cleaning, renderer
from publishing_bridge.front_end.cleaning import cleaned
from publishing_bridge.front_end.renderer import FrontEnd
from tests.fakes import front_end as fake
from tests.preview.overlay.packs import pack_of, save, shown, take_away, work
from tests.preview.overlay.site import live, site

ACTS = r"<(script|iframe|base|object|embed)|\son\w+=|javascript:|http-equiv"
DANGEROUS = re.compile(ACTS, re.IGNORECASE)


class Quiet(WSGIRequestHandler):
    def log_message(self, *_: Any) -> None:
        pass


@pytest.fixture
def service(db: None) -> Iterator[str]:
    """The service over HTTP, in the transaction of the test, which waits while it answers."""
    shared = connections["default"]
    shared.inc_thread_sharing()
    for signal in (request_started, request_finished):
        signal.disconnect(close_old_connections)  # it would end the transaction of the test
    server = make_server("127.0.0.1", 0, application, handler_class=Quiet)

    def serve() -> None:
        connections["default"] = shared
        server.serve_forever()

    thread = threading.Thread(target=serve, daemon=True)
    thread.start()
    yield f"http://127.0.0.1:{server.server_port}"
    server.shutdown()
    server.server_close()
    thread.join()
    for signal in (request_started, request_finished):
        signal.connect(close_old_connections)
    shared.dec_thread_sharing()


@pytest.fixture
def front_end(
    service: str, settings: Any, monkeypatch: pytest.MonkeyPatch
) -> Iterator[fake.FrontEnd]:
    """A front end that reads from the service, which renders by it."""
    found = site(live("o", "organisation", title="Old ministry"), live("elsewhere"))
    for module in (live_module, overlaid, making):
        monkeypatch.setattr(module, "live_content", lambda: found)
    monkeypatch.setattr(making, "renderer", FrontEnd)
    cleaning.own_origins.cache_clear()
    with fake.running(service) as running:
        settings.FRONT_END_URL = running.address
        settings.FRONT_END_READ_TIMEOUT = 20
        yield running
    cleaning.own_origins.cache_clear()


def page(**changes: Any) -> dict[str, Any]:
    kind = {"document_type": "news_story"}
    links = {"organisations": ["o"], "ordered_related_items": ["elsewhere"]}
    return live("page", "news_article", links=links, **kind, **changes)


@pytest.mark.django_db
def test_a_page_is_made_by_the_front_end_of_the_pack_s_content(front_end: fake.FrontEnd) -> None:
    drafts = save(page()), save(live("o", "organisation", title="New ministry"))
    pack = pack_of(*drafts)
    work()
    html = shown(pack, "/page")
    assert "New ministry" in html
    assert "Old ministry" in shown(own_pack(drafts[0]), "/page")
    assert "This page is not published." in html
    assert "<title>Page - GOV.UK</title>" in html
    assert 'href="/own-pages-of-this-preview/o"' in html
    assert 'href="https://www.gov.uk/elsewhere" target="_blank"' in html
    assert 'href="https://assets.publishing.service.gov.uk/assets/frontend/application.css"' in html
    assert 'src="https://assets.publishing.service.gov.uk/assets/frontend/crest.png"' in html
    assert not DANGEROUS.search(html)
    assert "elsewhere.example" not in html
    remarks = [one["what"] for one in Rendering.objects.latest("ended_at").remarks]
    assert renderer.REMARK in remarks


@pytest.mark.django_db
def test_a_limited_draft_reaches_the_front_end_for_its_own_audience_only(
    front_end: fake.FrontEnd,
) -> None:
    secret = save(live("o", "organisation", title="Secret"), limited_to=("edith",))
    pack = pack_of(save(page()), secret)
    work()
    assert "Secret" in shown(pack, "/page", "full")
    assert "Old ministry" in shown(pack, "/page", "open")
    assert all("Authorization" not in asked for asked in front_end.asked)


@pytest.mark.django_db
def test_what_a_router_answers_is_rendered_here(front_end: fake.FrontEnd) -> None:
    draft = take_away("elsewhere", "redirect", alternative_path="/o")
    work()
    assert "/o" in shown(own_pack(draft), "/elsewhere")
    assert front_end.asked == []


def attempt(draft: Any) -> Rendering | None:
    return render_version(version_id=draft.versions.get().pk, delivery_id=str(uuid.uuid4()))


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("answer", "sentence"),
    [
        ((404, "application/json", b"{}"), "answered 404 instead"),
        ((302, "text/html", b""), "answered 302 instead"),
        ((403, "text/html", b"<p>no</p>"), "answered 403 instead"),
        ((200, "text/html", b"x" * (renderer.LARGEST_PAGE + 1)), "more than 10 MB"),
    ],
)
def test_an_answer_that_is_no_page_fails_with_a_sentence(
    front_end: fake.FrontEnd, answer: tuple[int, str, bytes], sentence: str
) -> None:
    front_end.answer = answer
    rendering = attempt(save(page()))
    assert rendering is not None
    assert rendering.state == "failed"
    assert sentence in Rendering.objects.get(id=rendering.id).failure


@pytest.mark.django_db
def test_a_front_end_that_fails_or_is_away_is_asked_again(
    front_end: fake.FrontEnd, settings: Any
) -> None:
    draft = save(page())
    front_end.answer = (503, "text/html", b"")
    with pytest.raises(OSError, match="503"):
        attempt(draft)
    address, settings.FRONT_END_URL = settings.FRONT_END_URL, "http://127.0.0.1:9"
    with pytest.raises(OSError, match="Connection refused"):
        attempt(draft)
    settings.FRONT_END_URL, front_end.answer = address, None
    rendering = attempt(draft)
    assert rendering is not None
    assert rendering.state == "ready"


@given(st.binary(max_size=400))
def test_any_bytes_become_a_safe_page(content: bytes) -> None:
    html = cleaned(content, "Draft").html
    assert html.startswith("<!DOCTYPE html>")
    assert "<script" not in html.lower()


@pytest.mark.parametrize(
    "hostile",
    [
        "<p onclick=alert(1)>x</p>",
        "<svg><script>alert(1)</script></svg>",
        "<math><mtext><style><img src=x onerror=alert(1)></style></mtext></math>",
        "<a href=' javascript:alert(1)'>x</a>",
        "<a href='java&#10;script:alert(1)'>x</a>",
        "<iframe srcdoc='<script>alert(1)</script>'></iframe>",
        "<object data='data:text/html,x'></object>",
        "<meta http-equiv=refresh content='0;url=//x'>",
        "<template><script>alert(1)</script></template>",
        "<img src=x:y onerror=alert(1)>",
        "<form><button formaction=javascript:alert(1)>x</button></form>",
        '<html lang="&quot;><script>alert(1)</script>"><body>x</body></html>',
        '<body class="&quot;><script>alert(1)</script>">x</body>',
        "<title>&lt;/title&gt;&lt;script&gt;alert(1)&lt;/script&gt;</title>",
        "<noscript><p title='</noscript><img src=x onerror=alert(1)>'></noscript>",
        "<link rel=stylesheet href='https://assets.publishing.service.gov.uk.evil.example/x.css'>",
    ],
)
def test_nothing_hostile_survives(hostile: str) -> None:
    from lxml import html as lxml_html

    found = lxml_html.document_fromstring(cleaned(hostile.encode(), "Draft").html)
    for element in found.iter():
        assert element.tag not in {"script", "iframe", "object", "style", "svg", "base", "template"}
        for name, value in element.attrib.items():
            assert not name.startswith("on"), hostile
            assert name not in {"formaction", "srcdoc", "action", "http-equiv"}, hostile
            plain = re.sub(r"\s", "", value).lower()
            assert not plain.startswith(("javascript:", "data:")), hostile
    assert not found.findall(".//link")
