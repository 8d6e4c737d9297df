"""The Publishing API's contract: the server in memory and the running service answer alike."""

from __future__ import annotations

from typing import Any

import pytest

from content_preview_client import ContentPreview, Kind, errors
from content_preview_client.publishing_api import PublishingApi
from tests.publishing_bridge.sdk.conftest import Server, item_at, new_id


@pytest.fixture
def api(client: ContentPreview) -> PublishingApi:
    return client.publishing_api


def published(api: PublishingApi, **changes: Any) -> tuple[str, dict[str, Any]]:
    """Publish a document; return its content id and what was sent."""
    content_id, item = new_id(), item_at("/tides", **changes)
    api.put_content(content_id, item)
    api.publish(content_id)
    return content_id, item


def test_a_document_is_drafted_published_and_drafted_again(client: ContentPreview) -> None:
    api, content_id, item = client.publishing_api, new_id(), item_at("/tides")
    draft = api.put_content(content_id, item)
    assert (draft.content_id, draft.publication_state, draft.lock_version) == (
        content_id,
        "draft",
        1,
    )
    assert (draft.base_path, draft.content_store) == (item["base_path"], "draft")
    assert draft.warnings == {}
    assert client.drafts.get(content_id).title == "tides"
    api.publish(content_id)
    live = api.get_content(content_id)
    assert (live.publication_state, live.content_store) == ("published", "live")
    assert client.drafts.get(content_id).state == "published"
    again = api.put_content(content_id, {**item, "title": "Spring tides"})
    assert (again.user_facing_version, again.fields["state_history"]) == (
        2,
        {"1": "published", "2": "draft"},
    )
    assert api.get_content(content_id, content_store="live").title == "tides"
    api.discard_draft(content_id)
    assert api.get_content(content_id).title == "tides"
    with pytest.raises(errors.Invalid) as refused:
        api.discard_draft(content_id)
    assert refused.value.code == "no_draft_to_discard"


def test_a_stale_previous_version_is_a_conflict(api: PublishingApi) -> None:
    content_id, item = new_id(), item_at("/tides")
    api.put_content(content_id, item)
    api.put_content(content_id, {**item, "previous_version": "1"})
    with pytest.raises(errors.VersionConflict) as refused:
        api.put_content(content_id, {**item, "previous_version": "1"})
    assert refused.value.status == 409
    with pytest.raises(errors.VersionConflict):
        api.publish(content_id, previous_version=1)
    api.publish(content_id, previous_version=2)


def test_content_that_does_not_conform_is_refused_with_where(api: PublishingApi) -> None:
    with pytest.raises(errors.InvalidContent) as refused:
        api.put_content(new_id(), item_at("/tides", base_path="no-slash"))
    assert "/base_path" in [one.pointer for one in refused.value.violations]
    assert isinstance(refused.value.body, list)
    with pytest.raises(errors.InvalidContent) as routes:
        api.put_content(new_id(), item_at("/tides", routes=[]))
    assert "/routes" in [one.pointer for one in routes.value.violations]
    with pytest.raises(errors.InvalidContent) as missing:
        api.put_content(new_id(), {"title": "x"})
    assert "schema_name was not provided" in str(missing.value)


@pytest.mark.parametrize("field", ["locale", "routes"])
def test_a_record_that_is_not_valid_names_its_field(api: PublishingApi, field: str) -> None:
    item = item_at("/tides")
    elsewhere = {"path": "/elsewhere", "type": "exact"}
    wrong = {"locale": "xx-klingon", "routes": [*item["routes"], elsewhere]}
    with pytest.raises(errors.Invalid) as refused:
        api.put_content(new_id(), {**item, field: wrong[field]})
    assert field in refused.value.fields


def test_each_route_that_is_elsewhere_is_told(api: PublishingApi) -> None:
    elsewhere = {"path": "/elsewhere", "type": "exact"}
    with pytest.raises(errors.Invalid) as refused:
        api.put_content(new_id(), {**item_at("/tides"), "routes": [elsewhere]})
    assert [*refused.value.fields["routes"]] == [
        "path must be below the base path",
        "must include the base path",
    ]


def test_a_path_that_is_taken_is_refused(api: PublishingApi) -> None:
    _, item = published(api)
    api.put_path(item["base_path"], "publisher")
    with pytest.raises(errors.PathTaken) as reserved:
        api.put_path(item["base_path"], "whitehall")
    assert "already reserved by publisher" in str(reserved.value)
    with pytest.raises(errors.PathTaken):
        api.put_content(new_id(), {**item, "publishing_app": "whitehall"})
    content_id = new_id()
    drafted = item_at("/tides")
    api.put_content(content_id, drafted)
    with pytest.raises(errors.PathTaken) as conflict:
        api.put_content(new_id(), drafted)
    assert f"conflicts with content_id={content_id}" in str(conflict.value)


def test_paths_are_reserved_and_given_back(api: PublishingApi) -> None:
    path = item_at("/reserved")["base_path"]
    api.put_path(path, "publisher")
    with pytest.raises(errors.Invalid):
        api.unreserve_path(path, "whitehall")
    api.unreserve_path(path, "publisher")
    with pytest.raises(errors.NotFound):
        api.unreserve_path(path, "publisher")
    with pytest.raises(errors.Invalid) as refused:
        api.put_path("//", "publisher")
    assert refused.value.code == "base_path_invalid"


def test_what_is_not_there_is_not_found(api: PublishingApi) -> None:
    for ask in (
        lambda: api.get_content(new_id()),
        lambda: api.get_links(new_id()),
        lambda: api.get_expanded_links(new_id()),
        lambda: api.publish(new_id(), "major"),
        lambda: api.unpublish(new_id(), "gone"),
        lambda: api.republish(new_id()),
        lambda: api.discard_draft(new_id()),
        lambda: api.destroy_intent("/never-intended"),
        lambda: api.get_linked_items(new_id(), link_type="parent", fields=["title"]),
    ):
        with pytest.raises(errors.NotFound):
            ask()
    content_id, _ = published(api)
    with pytest.raises(errors.NotFound) as welsh:
        api.get_content(content_id, locale="cy")
    assert str(welsh.value).startswith("Could not find locale: cy for document")


def test_a_publication_is_refused_where_it_cannot_be(api: PublishingApi) -> None:
    content_id, item = published(api)
    with pytest.raises(errors.Conflict) as refused:
        api.publish(content_id)
    assert str(refused.value) == "Cannot publish an already published edition"
    api.put_content(content_id, item)
    with pytest.raises(errors.Invalid) as wrong:
        api.publish(content_id, "enormous")
    assert list(wrong.value.fields) == ["update_type"]


def test_a_document_is_taken_away_and_brought_back(api: PublishingApi) -> None:
    content_id, item = published(api)
    with pytest.raises(errors.Invalid):
        api.unpublish(content_id, "withdrawal")
    with pytest.raises(errors.Invalid):
        api.unpublish(content_id, "song")
    with pytest.raises(errors.Invalid):
        api.unpublish(content_id, "redirect")
    api.unpublish(content_id, "withdrawal", explanation="It is out of date.")
    away = api.get_content(content_id)
    assert away.publication_state == "unpublished"
    assert away.unpublishing
    assert (away.unpublishing.type, away.unpublishing.explanation) == (
        "withdrawal",
        "It is out of date.",
    )
    api.republish(content_id)
    assert api.get_content(content_id).publication_state == "published"
    api.put_content(content_id, item)
    with pytest.raises(errors.Invalid) as refused:
        api.unpublish(content_id, "gone")
    assert str(refused.value) == "Cannot unpublish with a draft present"
    api.unpublish(content_id, "gone", discard_drafts=True)
    assert api.lookup_content_id(item["base_path"]) is None


def test_links_are_patched_by_type(api: PublishingApi) -> None:
    content_id, a, b = new_id(), new_id(), new_id()
    assert api.patch_links(content_id, {"taxons": [a, a], "parent": [b]}).version == 1
    changed = api.patch_links(content_id, {"parent": [], "taxons": [b, a]}, previous_version=1)
    assert (changed.links, changed.version) == ({"taxons": (b, a)}, 2)
    assert api.get_links(content_id) == changed
    with pytest.raises(errors.VersionConflict):
        api.patch_links(content_id, {"taxons": []}, previous_version=1)
    with pytest.raises(errors.Invalid):
        api.patch_links(content_id, {"taxons": ["no id"]})
    other = new_id()
    several = api.get_links_for_content_ids([content_id, other])
    assert several[content_id].links == {"taxons": (b, a)}
    assert (several[other].links, several[other].version) == ({}, 0)


def test_links_are_expanded_and_followed_back(api: PublishingApi) -> None:
    target, _ = published(api)
    source, _ = published(api)
    api.patch_links(source, {"ordered_related_items": [target, new_id()]})
    (link,) = api.get_expanded_links(source).expanded_links["ordered_related_items"]
    assert (link["content_id"], link["title"], link["withdrawn"]) == (target, "tides", False)
    rows = api.get_linked_items(
        target, link_type="ordered_related_items", fields=["content_id", "title"]
    )
    assert [row.content_id for row in rows] == [source]


def test_documents_are_looked_up_and_listed(api: PublishingApi) -> None:
    content_id, item = published(api)
    drafted = new_id()
    draft = item_at("/neap")
    api.put_content(drafted, draft)
    paths = [item["base_path"], draft["base_path"], "/nowhere"]
    assert api.lookup_content_ids(paths) == {item["base_path"]: content_id}
    assert set(api.lookup_content_ids(paths, with_drafts=True).values()) == {content_id, drafted}
    assert drafted in {one.content_id for one in api.get_linkables("answer")}
    assert api.get_linkables("contact") == ()


def test_lists_come_page_by_page(api: PublishingApi) -> None:
    word = f"tides-{new_id()[:8]}"
    ids = {published(api, description=word)[0] for _ in range(3)}
    for content_id in ids:
        item = item_at("/tides", description=word)
        api.put_content(content_id, {**item, "title": word})
    fields = ["content_id", "title"]
    listed = list(api.get_content_items(fields=fields, q=word, states=["draft"], per_page=2))
    assert {one.content_id for one in listed} == ids
    assert all(set(one.fields) == set(fields) for one in listed)
    editions = list(api.get_editions(fields=fields, states=["draft"], per_page=2))
    assert ids <= {one.content_id for one in editions}
    with pytest.raises(errors.BadRequest):
        next(api.get_content_items(fields=["songs"]))


def test_commands_are_recorded(client: ContentPreview) -> None:
    api = client.acting_for(user="uid-of-ana", request_id="1-2-3").publishing_api
    content_id, _ = published(api)
    events = api.get_events(content_id)
    assert [one["action"] for one in events] == ["PutContent", "Publish"]
    assert {one["user_uid"] for one in events} == {"uid-of-ana"}
    assert [one["action"] for one in api.get_events(content_id, action="Publish")] == ["Publish"]


def test_an_intent_is_put_and_taken_back(api: PublishingApi) -> None:
    path = item_at("/soon")["base_path"]
    intent = {
        "publish_time": "2027-03-01T09:30:00Z",
        "publishing_app": "publisher",
        "rendering_app": "frontend",
    }
    api.put_intent(path, intent)
    api.destroy_intent(path)
    with pytest.raises(errors.NotFound):
        api.destroy_intent(path)


def test_a_pack_takes_every_kind_of_proposal_and_nothing_else_changes(
    client: ContentPreview,
) -> None:
    api, pack = client.publishing_api, client.packs.make("Spring")
    content_id, item = published(api)
    api.patch_links(content_id, {"taxons": [new_id()]})
    before = api.get_links(content_id)
    taxon = new_id()
    edition = api.put_content(content_id, {**item, "title": "Spring tides"}, pack=pack)
    assert (edition.title, edition.publication_state) == ("Spring tides", "draft")
    proposed = api.patch_links(content_id, {"taxons": [taxon]}, pack=pack)
    assert proposed.links == {"taxons": (taxon,)}
    api.unpublish(content_id, "withdrawal", explanation="Out of date.", pack=pack.id)
    members = client.packs.members(pack.id).members
    assert [one.kind for one in members] == [Kind.CONTENT, Kind.LINKS, Kind.UNPUBLISHING]
    api.publish(content_id, pack=pack)
    assert api.get_content(content_id).title == "tides"
    assert api.get_content(content_id).publication_state == "published"
    assert api.get_links(content_id) == before
    assert api.get_content(content_id, pack=pack).title == "Spring tides"
    assert api.get_links(content_id, pack=pack).links == {"taxons": (taxon,)}
    client.packs.remove(pack.id, content_id, kind=Kind.LINKS)
    api.republish(content_id, pack=pack)
    api.discard_draft(content_id, pack=pack)
    with pytest.raises(errors.NotFound):
        api.discard_draft(content_id, pack=pack)
    with pytest.raises(errors.NotFound):
        api.get_content(content_id, pack=pack)


def test_publishing_links_that_were_proposed_ends_the_proposal(client: ContentPreview) -> None:
    api, content_id, taxon = client.publishing_api, new_id(), new_id()
    api.patch_links(content_id, {"taxons": [taxon]}, pack="own")
    with pytest.raises(errors.NotFound):
        api.get_links(content_id)
    api.patch_links(content_id, {"taxons": [taxon]})
    with pytest.raises(errors.NotFound):
        api.discard_draft(content_id, pack="own")


def test_a_pack_that_is_not_there_is_not_found(api: PublishingApi) -> None:
    with pytest.raises(errors.NotFound) as refused:
        api.patch_links(new_id(), {"taxons": []}, pack=new_id())
    assert str(refused.value).startswith("Could not find pack")


def test_another_apps_proposal_stays_its_own(server: Server) -> None:
    content_id = new_id()
    server.client().publishing_api.unpublish(content_id, "gone", pack="own")
    other = server.client("whitehall").publishing_api
    with pytest.raises(errors.Invalid):
        other.unpublish(content_id, "vanish", pack="own")
    with pytest.raises(errors.NotFound):
        other.discard_draft(content_id, pack="own")
