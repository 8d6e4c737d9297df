"""Comparison on pages: with live, between versions, since somebody last looked, for guests."""

from __future__ import annotations

from typing import Any

import pytest

from preview.drafts.models import Draft
from preview.packs.actions import own_pack
from preview.sharing.actions import make_link, revoke_share_link
from preview.sharing.models import ShareLink
from preview.sharing.wanted import Wanted
from tests.preview.overlay.packs import live_site, save, work  # noqa: F401 (a fixture)
from tests.preview.overlay.site import live, site
from tests.preview.web.conftest import PASSPHRASE, Browser, guest, in_two_days, person_called

pytestmark = pytest.mark.django_db


def item(title: str, body: str) -> dict[str, Any]:
    """Return a version of the page."""
    return live("harbour", title=title, details={"body": f"<p>{body}</p>"})


@pytest.fixture
def three(live_site: Any) -> Draft:  # noqa: F811 (a fixture)
    """Give a draft of three versions over a live page."""
    live_site(site(item("Harbour", "Open until six.")))
    draft = save(item("Harbour", "Open until seven."))
    save(item("Harbours", "Open until seven."))
    save(item("Harbours", "Open until eight."))
    work()
    return draft


@pytest.fixture
def editor() -> Browser:
    browser = Browser()
    browser.service.force_login(person_called("mock-editor"))
    return browser


def text(browser: Browser, draft: Draft, **query: Any) -> str:
    """Return the page of a comparison."""
    answer = browser.service.get(f"/drafts/{draft.id}/compare", query)
    assert answer.status_code == 200
    return str(answer.content.decode())


def test_the_newest_version_is_compared_with_the_live_page(three: Draft, editor: Browser) -> None:
    page = text(editor, three)
    assert "Title changed" in page
    assert "eight" in page
    assert "<ins" in page
    assert "aria-label=" not in page.split('id="summary"')[1].split("</main>")[0]


def test_any_two_versions_are_compared(three: Draft, editor: Browser) -> None:
    page = text(editor, three, **{"from": "1", "to": "2"})
    assert "Title changed." in page
    assert "six" not in page
    back = text(editor, three, **{"from": "3", "to": "1", "view": "sides"})
    assert "diff-sides" in back
    assert "Both sides are the same" in text(editor, three, **{"from": "2", "to": "2"})
    assert "Title changed" in text(editor, three, **{"from": "x", "to": "99", "view": "x"})


def test_what_changed_since_i_last_looked(three: Draft, editor: Browser) -> None:
    assert "What you last saw" not in text(editor, three, **{"from": "1", "to": "2"})
    page = text(editor, three, **{"from": "last-look"})
    assert "What you last saw: version 2" in page
    assert "Title changed" not in page
    assert "seven" in page
    assert "eight" in page
    # The newest version is seen now; what was seen before it stays to be compared with.
    assert "What you last saw: version 2" in text(editor, three)
    other = Browser()
    other.service.force_login(person_called("mock-other-editor"))
    assert "What you last saw" not in text(other, three)


def test_a_new_page_says_so(live_site: Any, editor: Browser) -> None:  # noqa: F811 (a fixture)
    live_site(site())
    draft = save(item("Harbour", "Open."))
    work()
    assert "This page is new." in text(editor, draft)


def test_a_side_that_is_not_kept_yet_is_waited_for(live_site: Any, editor: Browser) -> None:  # noqa: F811 (a fixture)
    live_site(site())
    draft = save(item("Harbour", "Open."))
    assert "Look again" in text(editor, draft)


def test_what_an_author_wrote_stays_text(live_site: Any, editor: Browser) -> None:  # noqa: F811 (a fixture)
    live_site(site(item("Harbour", "Open.")))
    draft = save(item('<script>alert("x")</script>', "Open &lt;script&gt;alert(1)&lt;/script&gt;"))
    work()
    page = text(editor, draft)
    assert "<script>alert" not in page
    assert "&lt;script&gt;alert" in page


def shared(draft: Draft, **values: Any) -> tuple[str, Browser]:
    """Return a link of a draft and a guest who opened it."""
    wanted = Wanted(in_two_days(), kind="passphrase", passphrase=PASSPHRASE, **values)
    new = make_link(pack=own_pack(draft), maker="person:edith", wanted=wanted)
    return str(new.link.id), guest(new.token)


def test_a_guest_sees_what_changed_beside_the_live_page(three: Draft) -> None:
    link_id, browser = shared(three)
    page = browser.preview.get(f"/shared/{link_id}/harbour").content.decode()
    place = f"/shared/{link_id}/-/compare/harbour"
    assert f'href="{place}"' in page
    assert page.index("preview-bar") < page.index("<h1")
    answer = browser.preview.get(place)
    assert answer.status_code == 200
    assert "eight" in answer.content.decode()
    assert browser.preview.get(f"{place}?view=sides").content.count(b"diff-sides") >= 1
    assert browser.preview.get(f"/shared/{link_id}/-/compare/elsewhere").status_code == 404


def test_a_guest_of_a_pinned_version_learns_of_no_other(three: Draft) -> None:
    link_id, browser = shared(three, pinned_versions=(three.versions.get(number=3),))
    place = f"/shared/{link_id}/-/compare/harbour"
    page = browser.preview.get(place, {"from": "1", "to": "2"}).content.decode()
    assert "six" in page
    assert "seven" not in page


def test_the_comparison_ends_with_the_link(three: Draft) -> None:
    link_id, browser = shared(three)
    link = ShareLink.objects.get(id=link_id)
    revoke_share_link(link=link, revoked_by="person:edith")
    answer = browser.preview.get(f"/shared/{link_id}/-/compare/harbour")
    assert answer.status_code == 410
    assert "eight" not in answer.content.decode()
