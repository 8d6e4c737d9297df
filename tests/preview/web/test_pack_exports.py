"""A pack as one file: who gets it, what it holds, what stays behind, what is recorded."""

from __future__ import annotations

import re
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from preview.access import Sensitivity
from preview.audit.models import Entry
from preview.drafts.models import Draft
from preview.packs.models import Pack
from tests.preview.overlay.packs import live_site, save, work  # noqa: F401 (a fixture)
from tests.preview.overlay.site import live, site
from tests.preview.web.test_packs import EDITOR, OTHER, made, staff

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def world(live_site: Any) -> None:  # noqa: F811 (a fixture)
    live_site(site(live("elsewhere")))


def export(client: Client, pack: Pack) -> str:
    """Return the file of a pack."""
    answer = client.post(reverse("pack_export", args=[pack.id]))
    assert answer.status_code == 200, answer.content.decode()[:2000]
    assert re.match(r'attachment; filename="spring-[\d-]+\.html"', answer["Content-Disposition"])
    return str(answer.content.decode())


def headings(html: str) -> list[str]:
    """Return the titles of a file's contents, without the last, on comments."""
    contents = html.partition('aria-labelledby="contents"')[2].partition("</nav>")[0]
    return re.findall(r"<a [^>]*>([^<]+)</a>", contents)[:-1]


def test_a_file_holds_the_pages_in_order_says_what_it_is_and_is_recorded() -> None:
    client = staff(EDITOR)
    pack = made(client, "Spring", save(live("b")), save(live("a")))
    work()
    html = export(client, pack)
    assert headings(html) == ["B", "A"]
    assert html.count("A copy does not follow changes") == 3
    assert "by Edith Example" in html
    assert not re.search(r"<(script|link|iframe|form)\b|url\((?!\s*[\"']?data:)|@import", html)
    assert (
        'href="mailto:edith@harbours.example?subject=Comments%20on%20Spring&amp;body=1.%20B' in html
    )
    entry = Entry.objects.get(action="pack.export")
    assert (entry.actor, entry.subject) == (f"person:{EDITOR}", f"pack:{pack.id}")
    assert (entry.detail["pages"], entry.detail["limited"]) == (2, True)


def test_limited_drafts_leave_only_with_those_who_may_share_them() -> None:
    client = staff(EDITOR)
    limited = save(live("secret"), limited_to=(EDITOR,))
    pack = made(client, "Spring", save(live("a")), limited)
    work()
    assert headings(export(client, pack)) == ["A", "Secret"]
    assert headings(export(staff(OTHER), pack)) == ["A"]


def test_market_sensitive_drafts_never_leave() -> None:
    client = staff(EDITOR)
    budget = save(live("budget"))
    pack = made(client, "Spring", save(live("a")), budget)
    work()
    Draft.objects.filter(pk=budget.pk).update(sensitivity=Sensitivity.MARKET_SENSITIVE)
    html = export(client, pack)
    assert headings(html) == ["A"]
    assert "1 page is left out" in html


def test_a_pack_without_a_page_says_so_and_records_nothing() -> None:
    client = staff(EDITOR)
    pack = made(client, "Spring")
    answer = client.post(reverse("pack_export", args=[pack.id]))
    assert answer.status_code in (403, 422)
    assert "There is a problem" in answer.content.decode()
    assert not Entry.objects.filter(action="pack.export").exists()
