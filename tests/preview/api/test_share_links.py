"""Share links by API: made for a pack, extended, ended one by one and all at once."""

from __future__ import annotations

import uuid
from datetime import datetime, timedelta
from typing import Any

import pytest
from django.utils import timezone

from preview.accounts.actions import create_app_token
from preview.accounts.models import PublisherApp
from preview.audit.models import Entry
from preview.drafts.models import Draft
from preview.packs.actions import create_pack, own_pack
from preview.packs.members import add_draft
from preview.packs.models import Pack
from preview.sharing.actions import make_link
from preview.sharing.models import ShareLink
from preview.sharing.opening import find_link
from preview.sharing.wanted import Wanted
from tests.conftest import client_of

pytestmark = pytest.mark.django_db
HARBOURS = uuid.uuid4()


def in_days(days: float) -> datetime:
    return timezone.now() + timedelta(days=days)


@pytest.fixture
def draft(send: Any, content_id: str) -> Draft:
    assert send(content_id).status_code == 201
    return Draft.objects.get()


@pytest.fixture
def pack(draft: Draft) -> Pack:
    made = create_pack(actor=draft.app, name="Spring")
    add_draft(actor=draft.app, pack=made, draft=draft)
    return made


def wanted(days: float = 2) -> dict[str, Any]:
    return {"expires_at": in_days(days).isoformat(), "recipients": ["fay@example.com"]}


def post(client: Any, place: str, body: Any = None) -> Any:
    return client.post(f"/api/v1/{place}", body, format="json")


def by_person(pack: Pack) -> ShareLink:
    return make_link(
        pack=pack, maker="person:edith", wanted=Wanted(in_days(2), recipients=("fay@example.com",))
    ).link


def alive() -> set[uuid.UUID]:
    return set(ShareLink.objects.filter(ended_at=None).values_list("id", flat=True))


def test_an_extended_link_has_a_later_end_and_a_new_address(api: Any, draft: Draft) -> None:
    link = post(api, f"drafts/{draft.content_id}/share-links", wanted()).json()
    answer = post(api, f"share-links/{link['id']}/extend", {"expires_at": in_days(5).isoformat()})
    assert answer.status_code == 200
    assert answer.json()["url"] != link["url"]
    found = find_link(answer.json()["url"].rpartition("/s/")[2])
    assert str(found.id) == link["id"]
    assert found.expires_at > in_days(4.9)
    entry = Entry.objects.get(action="share_link.extend")
    assert (entry.actor, entry.subject) == ("app:publisher", f"link:{link['id']}")


@pytest.mark.parametrize(
    ("body", "says"),
    [
        ({}, "expires_at"),
        ({"expires_at": "soon"}, "expires_at"),
        ({"expires_at": "2020-01-01T00:00:00Z"}, "at least 5 minutes"),
        ({"expires_at": "2999-01-01T00:00:00Z"}, "must end within"),
    ],
)
def test_an_end_that_can_t_be_is_refused_and_changes_nothing(
    api: Any, draft: Draft, body: Any, says: str
) -> None:
    link = post(api, f"drafts/{draft.content_id}/share-links", wanted()).json()
    answer = post(api, f"share-links/{link['id']}/extend", body)
    assert (answer.status_code, says in answer.content.decode()) == (422, True)
    assert ShareLink.objects.get().expires_at == datetime.fromisoformat(link["expires_at"])


def test_an_app_extends_neither_what_a_person_made_nor_what_has_ended_nor_what_is_secret(
    api: Any, draft: Draft
) -> None:
    later = {"expires_at": in_days(5).isoformat()}
    place = f"drafts/{draft.content_id}/share-links"
    of_person, secret, over = (
        by_person(own_pack(draft)).id,
        post(api, place, wanted()).json()["id"],
        post(api, place, wanted()).json()["id"],
    )
    assert post(api, f"share-links/{of_person}/extend", later).status_code == 403
    post(api, f"share-links/{over}/revoke")
    assert post(api, f"share-links/{over}/extend", later).status_code == 409
    Draft.objects.update(sensitivity="limited")
    assert post(api, f"share-links/{secret}/extend", later).status_code == 403
    other = client_of(create_app_token(app_name="other", scopes=("share_links:write",)).secret)
    assert post(other, f"share-links/{secret}/extend", later).status_code == 404


def test_a_pack_is_shared_listed_and_stopped_by_the_app_that_owns_it(api: Any, pack: Pack) -> None:
    place = f"packs/{pack.id}/share-links"
    made = post(api, place, wanted())
    assert made.status_code == 201
    assert find_link(made.json()["url"].rpartition("/s/")[2]).pack_id == pack.id
    assert [one["id"] for one in api.get(f"/api/v1/{place}").json()] == [made.json()["id"]]
    assert post(api, place, {**wanted(), "version": 1}).status_code == 422
    stays = by_person(own_pack(pack.drafts.get()))
    answer = post(api, f"{place}/revoke")
    assert answer.json() == {"ended": [made.json()["id"]]}
    assert alive() == {stays.id}
    assert post(api, f"{place}/revoke").json() == {"ended": []}


@pytest.mark.parametrize(
    "change", [{"limited": True}, {"sensitivity": "market_sensitive"}, {"state": "discarded"}]
)
def test_no_app_shares_a_pack_with_what_only_people_share(
    api: Any, pack: Pack, change: Any
) -> None:
    Draft.objects.update(**change)
    answer = post(api, f"packs/{pack.id}/share-links", wanted())
    assert answer.status_code == 403
    assert not ShareLink.objects.exists()


def test_an_app_that_only_has_a_draft_in_a_pack_does_not_share_or_stop_it(
    api: Any, draft: Draft
) -> None:
    owner = PublisherApp.objects.create(name="owner")
    pack = create_pack(actor=owner, name="Theirs")
    add_draft(actor=owner, pack=pack, draft=draft)
    link = by_person(pack)
    place = f"packs/{pack.id}/share-links"
    for answer in (
        post(api, place, wanted()),
        api.get(f"/api/v1/{place}"),
        post(api, f"{place}/revoke"),
    ):
        assert answer.status_code in {403, 404}
    assert alive() == {link.id}


def test_every_link_that_shows_a_draft_is_stopped_at_once(
    api: Any, send: Any, draft: Draft, pack: Pack
) -> None:
    own, in_pack = by_person(own_pack(draft)), by_person(pack)
    other_id = str(uuid.uuid4())
    send(other_id)
    elsewhere = by_person(own_pack(Draft.objects.get(content_id=other_id)))
    answer = post(api, f"drafts/{draft.content_id}/share-links/revoke")
    assert set(answer.json()["ended"]) == {str(own.id), str(in_pack.id)}
    assert alive() == {elsewhere.id}


def test_all_links_of_an_organisation_are_stopped_with_a_scope_of_its_own(
    api: Any, draft: Draft, pack: Pack, send: Any
) -> None:
    other_id = str(uuid.uuid4())
    send(other_id)
    others = by_person(own_pack(Draft.objects.get(content_id=other_id)))
    Draft.objects.filter(id=draft.id).update(organisation_content_id=HARBOURS)
    Pack.objects.filter(id=pack.id).update(organisation_content_id=HARBOURS)
    links = {by_person(own_pack(draft)).id, by_person(pack).id}
    place = f"organisations/{HARBOURS}/share-links/revoke"
    assert post(api, place).status_code == 403
    assert alive() == links | {others.id}
    stopper = create_app_token(app_name="security", scopes=("share_links:stop_all",)).secret
    answer = post(client_of(stopper), place)
    assert {uuid.UUID(one) for one in answer.json()["ended"]} == links
    assert alive() == {others.id}
    assert Entry.objects.filter(action="share_link.revoke", actor="app:security").count() == 2
