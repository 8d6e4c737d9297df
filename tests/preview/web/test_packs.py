"""Packs as people see them: what they may see of them, and what they do with them."""

from __future__ import annotations

import re
import uuid
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from preview.accounts.mock import ORGANISATIONS, example_people
from preview.accounts.models import Person
from preview.audit.models import Entry
from preview.drafts.models import Draft
from preview.packs.models import Pack, PackDraft
from preview.rendering.models import Rendering
from preview.sharing.models import ShareLink
from preview.web import frames
from tests.preview.overlay.packs import live_site, save, work  # noqa: F401 (a fixture)
from tests.preview.overlay.site import live, site

pytestmark = pytest.mark.django_db
SERVICE, PREVIEW = {"HTTP_HOST": "service.preview.localhost"}, {"HTTP_HOST": "preview.localhost"}
EDITOR, OTHER, ADMIN = "mock-editor", "mock-other-editor", "mock-admin"
ORCHARDS = str(ORGANISATIONS[1][0])


@pytest.fixture(autouse=True)
def world(live_site: Any) -> None:  # noqa: F811 (a fixture)
    live_site(site(live("elsewhere")))


def staff(uid: str) -> Client:
    """Return a browser of somebody signed in."""
    client = Client(**SERVICE)
    client.force_login(next(one for one in example_people() if one.uid == uid))
    return client


def on_preview_host(uid: str, pack: Pack, path: str) -> Client:
    """Return a browser that was brought across to the preview host."""
    client = Client(**PREVIEW)
    answer = client.get(f"/enter/{frames.pack_ticket(uid, pack.id, path)}")
    assert answer["Location"] == f"/pack-frames/{pack.id}{path}"
    return client


def made(client: Client, name: str = "Spring", *drafts: Draft) -> Pack:
    """Make a pack of drafts, by its pages."""
    answer = client.post(reverse("pack_new"), {"name": name})
    assert answer.status_code == 302, answer.content.decode()
    pack = Pack.objects.get(name=name)
    for draft in drafts:
        assert client.post(reverse("pack_add", args=[pack.id, draft.id])).status_code == 302
    return pack


def page(client: Client, pack: Pack, done: str = "") -> str:
    answer = client.get(reverse("pack", args=[pack.id]), {"done": done} if done else {})
    assert answer.status_code == 200
    return answer.content.decode()


def in_order(html: str) -> list[str]:
    """Return the drafts of a pack's page in order."""
    return re.findall(r'id="draft-[^"]+">\s*<th[^>]*>\s*<a [^>]*>([^<]+)</a>', html)


def test_a_pack_is_made_filled_and_put_in_order_without_javascript() -> None:
    client = staff(EDITOR)
    drafts = [save(live(name)) for name in "abc"]
    pack = made(client, "Spring", *drafts)
    assert in_order(page(client, pack)) == ["A", "B", "C"]
    up = re.search(r'name="to" value="(\d+)">Move up<span[^>]*> C<', page(client, pack))
    assert up is not None
    client.post(reverse("pack_move", args=[pack.id, drafts[2].id]), {"to": up[1]})
    assert in_order(page(client, pack, "moved")) == ["A", "C", "B"]
    assert "Order saved." in page(client, pack, "moved")
    client.post(reverse("pack_remove", args=[pack.id, drafts[0].id]))
    assert in_order(page(client, pack)) == ["C", "B"]


def test_an_empty_pack_and_an_empty_list_say_what_to_do() -> None:
    client = staff(EDITOR)
    assert "There are no packs yet" in client.get(reverse("packs")).content.decode()
    assert "Add the drafts that should be seen together" in page(client, made(client))
    assert "No pack matches" in client.get(reverse("packs"), {"q": "zzz"}).content.decode()


def test_a_new_pack_can_begin_with_a_draft() -> None:
    client, draft = staff(EDITOR), save(live("a"))
    form = client.get(reverse("pack_new"), {"draft": str(draft.id)})
    assert "It begins with the draft “A”" in form.content.decode()
    client.post(reverse("pack_new"), {"name": "Spring", "draft": str(draft.id)})
    assert in_order(page(client, Pack.objects.get(name="Spring"))) == ["A"]
    for wrong in ("x", str(uuid.uuid4())):
        assert client.get(reverse("pack_new"), {"draft": wrong}).status_code == 404


@pytest.mark.parametrize(
    ("sent", "sentence"),
    [
        ({"name": ""}, "Enter a name for the pack"),
        ({"name": "x" * 201}, "Name must be 200 characters or fewer"),
        ({"name": "x", "day-day": "31", "day-month": "2", "day-year": "2027"}, "a real date"),
        ({"name": "x", "day-day": "1", "day-month": "", "day-year": "2027"}, "a real date"),
        ({"name": "x", "day-day": "1", "day-month": "1", "day-year": "1066"}, "from 2000 to 2100"),
        ({"name": "x", "time": "09:30"}, "Enter the date as well as the time"),
        (
            {"name": "x", "time": "soon", "day-day": "1", "day-month": "2", "day-year": "2027"},
            "The time must be like 09:30",
        ),
    ],
)
def test_a_form_that_cannot_be_says_why_and_keeps_what_was_typed(
    sent: dict[str, str], sentence: str
) -> None:
    answer = staff(EDITOR).post(reverse("pack_new"), {"description": "Kept", **sent})
    html = answer.content.decode()
    assert answer.status_code == 422
    assert "<title>Error: " in html
    assert html.count(sentence) >= 2  # in the summary and beside the field
    assert ">Kept</textarea>" in html
    assert not Pack.objects.filter(own_draft=None).exists()


def test_a_pack_is_edited_and_shown_at_a_time() -> None:
    client = staff(EDITOR)
    pack = made(client)
    day = {"day-day": "1", "day-month": "7", "day-year": "2027", "time": "09:30"}
    client.post(reverse("pack_edit", args=[pack.id]), {"name": "Summer", **day})
    pack.refresh_from_db()
    assert (pack.name, pack.as_of.isoformat() if pack.as_of else "") == (
        "Summer",
        "2027-07-01T08:30:00+00:00",
    )
    assert "9:30am on 1 July 2027" in page(client, pack)
    assert 'value="09:30"' in client.get(reverse("pack_edit", args=[pack.id])).content.decode()


def test_archiving_ends_the_pack_and_its_links(settings: Any) -> None:
    client = staff(EDITOR)
    pack = made(client, "Spring", save(live("a")))
    client.post(
        reverse("share", args=[pack.id]),
        {"kind": "passphrase", "passphrase": "a lamp at dusk", "role": "view", "lasts": "7"},
    )
    link = ShareLink.objects.get(pack=pack)
    assert client.post(reverse("pack_archive", args=[pack.id])).status_code == 302
    link.refresh_from_db()
    assert link.ended_by == "person:mock-editor"
    assert client.get(reverse("pack", args=[pack.id])).status_code == 404
    assert "Spring" not in client.get(reverse("packs")).content.decode()


def test_drafts_are_found_by_words_and_only_those_that_may_be_seen() -> None:
    client = staff(EDITOR)
    pack = made(client, "Spring", save(live("inside-tide")))
    save(live("low-tide"))
    save(live("hidden-tide"), limited_to=("somebody",))
    save(live("other"))
    html = client.get(reverse("pack_find", args=[pack.id]), {"q": "tide"}).content.decode()
    assert "Low-tide" in html
    for absent in ("Inside-tide", "Hidden-tide", "Other"):
        assert absent not in html
    nothing = client.get(reverse("pack_find", args=[pack.id]), {"q": "zebra"}).content.decode()
    assert "No other draft matches" in nothing


def test_a_colleague_edits_and_somebody_else_only_looks() -> None:
    pack = made(staff(EDITOR), "Spring", save(live("a")))
    assert "Add a draft" in page(staff(ADMIN), pack)
    html = page(staff(OTHER), pack)
    for absent in ("Add a draft", "Remove", "Move", "Edit or archive"):
        assert absent not in html
    for name in ("pack_edit", "pack_find"):
        assert staff(OTHER).get(reverse(name, args=[pack.id])).status_code == 404
    draft = pack.drafts.get()
    for name in ("pack_move", "pack_remove", "pack_add", "pack_agree"):
        answer = staff(OTHER).post(reverse(name, args=[pack.id, draft.id]), {"to": "0"})
        assert answer.status_code == 404, name


def test_a_pack_of_hidden_drafts_does_not_exist_for_others() -> None:
    pack = made(staff(EDITOR), "Secret plans", save(live("a"), limited_to=(EDITOR,)))
    for place in ("pack", "pack_preview", "share", "pack_seen"):
        assert staff(OTHER).get(reverse(place, args=[pack.id])).status_code == 404
    empty = made(staff(EDITOR), "Secret too")
    for place in ("pack", "pack_preview", "share", "pack_seen"):
        assert staff(OTHER).get(reverse(place, args=[empty.id])).status_code == 404, place
        assert staff(EDITOR).get(reverse(place, args=[empty.id])).status_code == 200, place
    assert "Secret plans" not in staff(OTHER).get(reverse("packs")).content.decode()


def test_a_limited_draft_waits_until_its_owner_agrees_on_the_page() -> None:
    secret = save(live("secret"), limited_to=(EDITOR, ADMIN))
    client = staff(ADMIN)  # of the same organisation, but may not share limited drafts
    pack = made(client, "Spring", save(live("plain")), secret)
    work()
    html = page(client, pack)
    assert "Waits for its owner" in html
    assert "Agree to show" not in html
    assert client.post(reverse("pack_agree", args=[pack.id, secret.id])).status_code == 404
    preview = client.get(reverse("pack_preview", args=[pack.id])).content.decode()
    assert "Secret" not in preview
    assert "Agree to show" in page(staff(EDITOR), pack)
    staff(EDITOR).post(reverse("pack_agree", args=[pack.id, secret.id]))
    work()
    assert "Secret" in client.get(reverse("pack_preview", args=[pack.id])).content.decode()


def test_the_owner_in_another_organisation_sees_where_it_would_be_shown() -> None:
    secret = save(live("secret"), limited_to=(EDITOR, OTHER))
    Draft.objects.filter(id=secret.id).update(organisation_content_id=ORCHARDS)
    pack, client = made(staff(EDITOR), "Spring", secret), staff(OTHER)
    Person.objects.filter(uid=OTHER).update(permissions=["signin", "share_sensitive"])
    assert "Agree to show" in page(client, pack)
    assert client.post(reverse("pack_remove", args=[pack.id, secret.id])).status_code == 302
    assert not PackDraft.objects.filter(pack=pack).exists()


def test_pages_keep_their_paths_in_the_frame_and_lead_to_one_another() -> None:
    text = {"body": '<p><a href="/b">b</a> <a href="/elsewhere">e</a></p>'}
    pack = made(staff(EDITOR), "Spring", save(live("a", details=text)), save(live("b")))
    work()
    html = staff(EDITOR).get(reverse("pack_preview", args=[pack.id])).content.decode()
    assert 'title="Preview of A' in html
    client = on_preview_host(EDITOR, pack, "/a")
    shown = client.get(f"/pack-frames/{pack.id}/a")
    assert f'href="/pack-frames/{pack.id}/b"' in shown.content.decode()
    assert 'href="https://www.gov.uk/elsewhere"' in shown.content.decode()
    assert client.get(f"/pack-frames/{pack.id}/b").status_code == 200
    assert client.get(f"/pack-frames/{pack.id}/elsewhere").status_code == 404
    assert Entry.objects.filter(action="pack.view", actor=f"person:{EDITOR}").count() == 2
    assert Client(**PREVIEW).get(f"/pack-frames/{pack.id}/a").status_code == 404


def test_a_pack_that_begins_with_the_home_page_has_a_frame() -> None:
    home = live("home", base_path="/", routes=[{"path": "/", "type": "exact"}])
    pack = made(staff(EDITOR), "Spring", save(home))
    work()
    client = on_preview_host(EDITOR, pack, "/")
    assert "About home" in client.get(f"/pack-frames/{pack.id}/").content.decode()


def test_who_may_not_see_a_limited_draft_gets_the_pack_without_it() -> None:
    secret = save(live("secret"), limited_to=(EDITOR,))
    pack = made(staff(EDITOR), "Spring", save(live("plain")), secret)
    work()
    assert "Secret" not in page(staff(OTHER), pack)
    full = on_preview_host(EDITOR, pack, "/secret")
    assert full.get(f"/pack-frames/{pack.id}/secret").status_code == 200
    without = on_preview_host(OTHER, pack, "/secret")
    assert without.get(f"/pack-frames/{pack.id}/secret").status_code == 404
    assert without.get(f"/pack-frames/{pack.id}/plain").status_code == 200


def test_a_limit_that_was_set_a_moment_ago_holds_before_anything_is_made_again() -> None:
    secret = save(live("secret"))
    text = {"body": '<p><a href="/secret">s</a></p>'}
    linking = save(live("linking", links={"ordered_related_items": ["secret"]}, details=text))
    pack = made(staff(EDITOR), "Spring", save(live("plain")), linking, secret)
    work()
    client = on_preview_host(OTHER, pack, "/secret")
    assert client.get(f"/pack-frames/{pack.id}/secret").status_code == 200
    save(live("secret", title="Secret now"), limited_to=(EDITOR,))
    for path, status in (("secret", 404), ("linking", 404), ("plain", 200)):
        assert client.get(f"/pack-frames/{pack.id}/{path}").status_code == status, path
    work()
    for path, status in (("secret", 404), ("linking", 200), ("plain", 200)):
        assert client.get(f"/pack-frames/{pack.id}/{path}").status_code == status, path


def test_an_earlier_rendering_shows_nothing_that_was_limited_since() -> None:
    secret = save(live("secret"))
    linking = save(live("linking", links={"ordered_related_items": ["secret"]}))
    pack = made(staff(EDITOR), "Spring", linking, secret)
    work()
    earlier = Rendering.objects.filter(pack=pack, version__draft=linking).latest("queued_at")
    address = f"/frames/{earlier.id}/linking"
    client = on_preview_host(OTHER, pack, "/linking")
    assert client.get(address).status_code == 200
    save(live("secret", title="Secret now"), limited_to=(EDITOR,))
    assert client.get(address).status_code == 404
    assert on_preview_host(EDITOR, pack, "/linking").get(address).status_code == 200


def test_a_limited_draft_that_left_is_told_of_by_no_earlier_rendering() -> None:
    secret = save(live("secret"), limited_to=(EDITOR,))
    linking = save(live("linking", links={"ordered_related_items": ["secret"]}))
    pack = made(staff(EDITOR), "Spring", linking, secret)
    work()
    found = Rendering.objects.filter(pack=pack, version__draft=linking, audience="full")
    address = f"/frames/{found.latest('queued_at').id}/linking"
    assert on_preview_host(EDITOR, pack, "/linking").get(address).status_code == 200
    assert on_preview_host(OTHER, pack, "/linking").get(address).status_code == 404
    staff(EDITOR).post(f"/packs/{pack.id}/drafts/{secret.id}/remove")
    assert not pack.members.filter(draft=secret).exists()
    assert on_preview_host(OTHER, pack, "/linking").get(address).status_code == 404
    assert on_preview_host(EDITOR, pack, "/linking").get(address).status_code == 200


def test_what_the_pack_lacks_can_be_added_from_the_warning() -> None:
    other = save(live("other"))
    client = staff(EDITOR)
    pack = made(client, "Spring", save(live("a", links={"ordered_related_items": ["other"]})))
    work()
    assert "“A” links to “Other”" in page(client, pack)
    client.post(reverse("pack_add", args=[pack.id, other.id]))
    assert "links to “Other”" not in page(client, pack)
