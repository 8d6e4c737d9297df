"""What is said of a page with limited drafts is for those who may see them, and for nobody else."""

from __future__ import annotations

import re
from datetime import timedelta
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone

from preview.accounts.mock import example_people
from preview.drafts.models import Draft
from preview.outbox.actions import end_delivery
from preview.packs.models import Pack
from preview.rendering.models import RenderedPage, Rendering
from preview.review.comments.actions import Place, Said, begin_thread
from preview.review.comments.passages import anchor_of, passages_of
from preview.review.fact_checks.models import FactCheck
from preview.review.reviewers import Reviewer
from preview.review.sign_offs.actions import give_sign_off
from preview.review.sign_offs.shown import newest_shown
from preview.sharing.actions import make_link
from preview.sharing.models import ShareLink
from preview.sharing.opening import confirm_link
from preview.sharing.wanted import Wanted
from tests.preview.overlay.packs import live_site, pack_of, save, work  # noqa: F401 (a fixture)
from tests.preview.overlay.site import live, site

pytestmark = pytest.mark.django_db
EDITOR, OTHER = "mock-editor", "mock-other-editor"
EDITH = Reviewer(f"person:{EDITOR}", "Edith", staff=True)
SECRET = "Office of Secrets"


@pytest.fixture
def world(live_site: Any) -> Pack:  # noqa: F811 (a fixture)
    """A pack in which a page for everybody names a limited organisation."""
    live_site(site(live("o", "organisation", title="Old ministry")))
    example_people()
    story = live("story", "news_article", links={"organisations": ["o"]}, title="A story")
    page = save({**story, "document_type": "news_story"})
    pack = pack_of(page, save(live("o", "organisation", title=SECRET), limited_to=(EDITOR,)))
    work_all()
    return pack


def work_all() -> None:
    work({"mail.send_letter": lambda *, delivery_id, **_: end_delivery(delivery_id)})


def staff(uid: str) -> Client:
    client = Client(HTTP_HOST="service.preview.localhost")
    client.force_login(next(one for one in example_people() if one.uid == uid))
    return client


def guest(pack: Pack, *, covers: bool) -> tuple[Client, ShareLink]:
    wanted = Wanted(
        timezone.now() + timedelta(days=2),
        "passphrase",
        "sign_off",
        passphrase="a lamp at dusk",
        reason="Figures",
    )
    link = make_link(pack=pack, maker="person:x", wanted=wanted, covers_limited=covers).link
    client = Client(HTTP_HOST="preview.localhost")
    client.cookies["__Host-guest"] = confirm_link(link=link, cookie=None, client="person")
    return client, link


def page_of(pack: Pack, audience: str) -> RenderedPage:
    return RenderedPage.objects.filter(
        path="/story", rendering__pack=pack, rendering__audience=audience
    ).latest("rendering__generation")


def thread_about(pack: Pack, audience: str, words: str) -> Any:
    """Comment on a passage of the page for an audience."""
    page = page_of(pack, audience)
    passages = passages_of(page.sha256)
    block = next(one for one in passages.blocks if words in one.text)
    place = Place(
        pack, page.rendering.version, "/story", anchor_of(passages, block.path, words), page.sha256
    )
    return begin_thread(place=place, reviewer=EDITH, said=Said(f"Is {words} right?"))


def test_a_comment_that_may_quote_a_limited_draft_is_for_who_may_see_it(world: Pack) -> None:
    draft = Draft.objects.get(base_path="/story")
    secret, plain = thread_about(world, "full", SECRET), thread_about(world, "open", "A story")
    assert (secret.audience, plain.audience) == ("full", "open")
    for uid, sees in ((EDITOR, True), (OTHER, False)):
        text = staff(uid).get(f"/drafts/{draft.id}/comments").content.decode()
        assert ("Is A story right?" in text, SECRET in text) == (True, sees)
        status = staff(uid).get(f"/comments/{secret.id}").status_code
        assert status == (200 if sees else 404)
    for covers in (True, False):
        client, link = guest(world, covers=covers)
        text = client.get(f"/shared/{link.id}/-/comments/story").content.decode()
        assert ("Is A story right?" in text, SECRET in text) == (True, covers)


def test_it_stays_so_when_the_limited_draft_leaves(world: Pack) -> None:
    secret = thread_about(world, "full", SECRET)
    limited = Draft.objects.get(limited=True)
    from preview.access import Staff
    from preview.packs.members import remove_draft

    Pack.objects.filter(id=world.id).update(owner=f"person:{EDITOR}")
    editor = Staff(EDITOR, None, frozenset({"signin", "share_sensitive"}))
    remove_draft(actor=editor, pack=Pack.objects.get(id=world.id), draft=limited)
    assert staff(OTHER).get(f"/comments/{secret.id}").status_code == 404
    assert staff(EDITOR).get(f"/comments/{secret.id}").status_code == 200


def test_a_sign_off_of_limited_pages_is_for_who_may_see_them(world: Pack) -> None:
    draft = Draft.objects.get(base_path="/story")
    shown = newest_shown(draft, world, ["full"])
    assert shown is not None
    given = give_sign_off(shown=shown, seen=shown.seal, reviewer=EDITH)
    for uid, status in ((EDITOR, 200), (OTHER, 404)):
        for place in ("", "/certificate.json", "/certificate.html"):
            assert staff(uid).get(f"/sign-offs/{given.id}{place}").status_code == status, place
        text = staff(uid).get(f"/drafts/{draft.id}/sign-off").content.decode()
        assert (str(given.id) in text) is (uid == EDITOR)


def test_facts_of_a_limited_page_are_for_who_may_see_it(world: Pack) -> None:
    draft = Draft.objects.get(base_path="/story")
    asked = FactCheck.objects.create(
        draft=draft,
        pack=world,
        version=draft.versions.get(),
        respond_by=timezone.now(),
        asked_by=f"person:{EDITOR}",
        audience="full",
    )
    for uid, status in ((EDITOR, 200), (OTHER, 404)):
        assert staff(uid).get(f"/fact-checks/{asked.id}").status_code == status


@pytest.fixture
def family(live_site: Any) -> Draft:  # noqa: F811 (a fixture)
    """A document for everybody with a limited attachment, which its own page names."""
    live_site(site())
    example_people()
    details = {"body": "<p>A report</p>", "attachments": []}
    document = save(live("report", "publication", title="A report", details=details))
    kind = {"schema_name": "html_publication", "document_type": "html_publication"}
    annex = live("annex", links={"parent": ["report"]}, title=SECRET, **kind)
    save(annex, limited_to=(EDITOR,))
    work_all()
    return document


def test_pages_of_a_draft_with_a_limited_child_are_those_that_somebody_may_see(
    family: Draft,
) -> None:
    assert set(Rendering.objects.in_own_pack().values_list("audience", flat=True)) >= {"full"}
    seen = staff(EDITOR).get(f"/drafts/{family.id}/compare").content.decode()
    assert SECRET in seen, "who may see it is told of it"
    for place in ("", "/comments", "/sign-off", "/compare", "/checks"):
        text = staff(OTHER).get(f"/drafts/{family.id}{place}").content.decode()
        assert SECRET not in text, place
    page = staff(OTHER).get(f"/drafts/{family.id}").content.decode()
    ticket = re.search(r'src="[^"]*/enter/([^"]+)"', page)
    assert ticket, "there is a preview for everybody"
    entered = Client(HTTP_HOST="preview.localhost").get(f"/enter/{ticket[1]}", follow=False)
    frame = Client(HTTP_HOST="preview.localhost")
    frame.cookies = entered.cookies
    shown = frame.get(entered["Location"])
    assert shown.status_code == 200
    assert SECRET not in shown.content.decode()
