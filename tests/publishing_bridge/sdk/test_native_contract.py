"""The native API's contract: the server in memory and the running service answer alike."""

from __future__ import annotations

import hashlib
from datetime import UTC, datetime, timedelta
from io import BytesIO
from pathlib import Path
from typing import Any

import pytest

from content_preview_client import ContentPreview, Kind, State, errors
from tests.publishing_bridge.sdk.conftest import Server, item_at, new_id


def soon(**more: float) -> datetime:
    return datetime.now(UTC) + timedelta(**(more or {"days": 2}))


def test_a_draft_is_sent_got_and_sent_again(client: ContentPreview) -> None:
    content_id, item = new_id(), item_at("/tides")
    first = client.drafts.put(content_id, item)
    assert (first.created, first.version, first.etag) == (True, 1, '"1"')
    assert (first.title, first.base_path) == ("tides", item["base_path"])
    assert (first.app, first.state, first.known_schema) == ("publisher", "open", True)
    again = client.drafts.put(content_id, item)
    assert (again.created, again.version) == (False, 1)
    changed = client.drafts.put(content_id, {**item, "title": "Spring tides"})
    assert (changed.created, changed.version) == (True, 2)
    assert client.drafts.get(content_id).title == "Spring tides"
    assert client.drafts.version(content_id, 1).content["title"] == "tides"
    with pytest.raises(errors.NotFound):
        client.drafts.version(content_id, 3)


def test_a_rendering_is_waited_for(client: ContentPreview) -> None:
    content_id, item = new_id(), item_at("/tides")
    client.drafts.put(content_id, item)
    rendering = client.drafts.wait_until_ready(content_id)
    assert (rendering.state, rendering.ended, rendering.version) == (State.READY, True, 1)
    assert [(page.path, page.status) for page in rendering.pages] == [(item["base_path"], 200)]
    assert client.renderings.get(rendering.id).pages == rendering.pages
    sent = client.drafts.put(content_id, {**item, "title": "Neap tides"}, wait=20).rendering
    assert sent
    assert (sent.state, sent.version) == (State.READY, 2)


def test_locales_are_drafts_of_their_own(client: ContentPreview) -> None:
    content_id = new_id()
    client.drafts.put(content_id, item_at("/tides"))
    welsh = client.drafts.put(content_id, item_at("/llanw"), locale="cy")
    assert (welsh.locale, welsh.version, welsh.title) == ("cy", 1, "llanw")
    assert client.drafts.get(content_id).title == "tides"
    with pytest.raises(errors.InvalidContent) as refused:
        client.drafts.put(content_id, item_at("/llanw", locale="en"), locale="cy")
    assert [one.pointer for one in refused.value.violations] == ["/locale"]


def test_a_stale_write_is_refused(client: ContentPreview) -> None:
    content_id, item = new_id(), item_at("/tides")
    first = client.drafts.put(content_id, item, only_new=True)
    second = client.drafts.put(content_id, {**item, "title": "B"}, if_match=first.etag)
    assert second.version == 2
    with pytest.raises(errors.PreconditionFailed):
        client.drafts.put(content_id, {**item, "title": "C"}, if_match=first.etag)
    with pytest.raises(errors.PreconditionFailed):
        client.drafts.put(content_id, {**item, "title": "C"}, only_new=True)
    with pytest.raises(errors.VersionConflict) as stale:
        client.drafts.put(content_id, {**item, "title": "C", "previous_version": "1"})
    assert (stale.value.expected, stale.value.current, stale.value.status) == (1, 2, 409)
    assert client.drafts.get(content_id).title == "B"


def test_a_key_is_for_one_request(client: ContentPreview) -> None:
    content_id, item, key = new_id(), item_at("/tides"), new_id()
    first = client.drafts.put(content_id, item, idempotency_key=key)
    repeated = client.drafts.put(content_id, item, idempotency_key=key)
    assert (first.created, repeated.created, repeated.version) == (True, True, 1)
    with pytest.raises(errors.Invalid) as refused:
        client.drafts.put(content_id, {**item, "title": "B"}, idempotency_key=key)
    assert refused.value.code == "idempotency-key-reused"


@pytest.mark.parametrize(
    ("changes", "found"),
    [
        ({"title": 1}, {("/title", "text")}),
        ({"base_path": "no-slash"}, {("/base_path", "base_path")}),
        ({"song": "la"}, {("/song", "unknown")}),
        ({"update_type": "huge"}, {("/update_type", "update_type")}),
        ({"locale": "xx-klingon"}, {("/locale", "locale")}),
        ({"details": []}, {("/details", "object")}),
        ({"routes": [{"path": "/elsewhere", "type": "exact"}]}, {("/routes/0/path", "route_path")}),
        ({"title": None, "schema_name": "Not A Name"}, {("/schema_name", "name")}),
    ],
)
def test_every_violation_comes_with_its_pointer(
    client: ContentPreview, changes: dict[str, Any], found: set[tuple[str, str]]
) -> None:
    item = {**item_at("/tides"), **changes}
    with pytest.raises(errors.InvalidContent) as refused:
        client.drafts.put(new_id(), item, locale=item.get("locale", "en"))
    assert found <= {(one.pointer, one.rule) for one in refused.value.violations}
    assert refused.value.violations[0].detail in str(refused.value)


@pytest.mark.parametrize("field", ["title", "base_path", "details", "routes", "publishing_app"])
def test_a_missing_field_is_named(client: ContentPreview, field: str) -> None:
    item = item_at("/tides")
    del item[field]
    with pytest.raises(errors.InvalidContent) as refused:
        client.drafts.put(new_id(), item)
    assert (f"/{field}", "required") in {
        (one.pointer, one.rule) for one in refused.value.violations
    }


def test_a_draft_is_discarded_once_and_opened_again(client: ContentPreview) -> None:
    content_id, item = new_id(), item_at("/tides")
    draft = client.drafts.put(content_id, item)
    with pytest.raises(errors.PreconditionFailed):
        client.drafts.discard(content_id, if_match='"7"')
    assert client.drafts.discard(content_id, if_match=draft.etag).state == "discarded"
    with pytest.raises(errors.Conflict) as over:
        client.drafts.discard(content_id)
    assert over.value.code == "draft-discarded"
    reopened = client.drafts.put(content_id, item)
    assert (reopened.state, reopened.version, reopened.created) == ("open", 2, True)


def test_a_content_draft_is_discarded_beside_a_proposal_to_unpublish(
    client: ContentPreview,
) -> None:
    content_id = new_id()
    client.drafts.put(content_id, item_at("/tides"))
    client.publishing_api.unpublish(content_id, "gone", pack="own")
    assert client.drafts.discard(content_id).state == "discarded"


def test_another_apps_draft_is_not_there_and_stays_its_own(server: Server) -> None:
    content_id, item = new_id(), item_at("/tides")
    server.client().drafts.put(content_id, item)
    other = server.client("whitehall")
    with pytest.raises(errors.NotFound):
        other.drafts.get(content_id)
    with pytest.raises(errors.Forbidden) as refused:
        other.drafts.put(content_id, {**item, "title": "Mine"})
    assert refused.value.code == "owned-by-another-app"
    assert server.client("reader").drafts.get(content_id).title == "tides"
    limited = {**item, "access_limited": {"users": ["somebody"]}}
    server.client().drafts.put(content_id, limited)
    with pytest.raises(errors.NotFound):
        server.client("reader").drafts.get(content_id)


def test_lists_come_page_by_page_newest_first(client: ContentPreview) -> None:
    start = datetime.now(UTC)
    ids = [new_id() for _ in range(5)]
    for content_id in ids:
        client.drafts.put(content_id, item_at("/tides", document_type="answer"))
    client.drafts.discard(ids[0])
    filters: dict[str, Any] = {"app": "publisher", "updated_since": start, "per_page": 2}
    listed = list(client.drafts.list(document_type="answer", **filters))
    assert [one.content_id for one in listed] == [ids[0], *reversed(ids[1:])]
    over = list(client.drafts.list(state="discarded", **filters))
    assert [one.content_id for one in over] == [ids[0]]
    with pytest.raises(errors.Invalid):
        next(client.drafts.list(per_page=1000))


def test_share_links_are_made_listed_and_revoked(client: ContentPreview) -> None:
    content_id, item = new_id(), item_at("/tides")
    client.drafts.put(content_id, item)
    named = client.share_links.make(
        content_id, expires_at=soon(), recipients=["reviewer@example.org"], label="For Ana"
    )
    secret = client.share_links.make(
        content_id, expires_at=soon(), passphrase="low tide at noon", version=1, role="comment"
    )
    assert named.url
    assert (named.kind, named.role, named.label, named.version) == (
        "named",
        "view",
        "For Ana",
        None,
    )
    assert (secret.kind, secret.role, secret.version) == ("passphrase", "comment", 1)
    listed = client.share_links.list(content_id)
    assert [(one.id, one.url) for one in listed] == [(secret.id, None), (named.id, None)]
    over = client.share_links.revoke(named.id)
    assert over.revoked_at
    assert over.ended_reason
    assert client.share_links.revoke(named.id) == over


@pytest.mark.parametrize(
    ("wanted", "field"),
    [
        ({}, "recipients"),
        ({"passphrase": "short"}, "passphrase"),
        ({"recipients": ["a@example.org"], "version": 9}, "version"),
        ({"recipients": ["a@example.org"], "role": "king"}, "role"),
        ({"recipients": ["a@example.org"], "expires_at": soon(minutes=1)}, "expires_at"),
    ],
)
def test_a_link_that_cannot_be_names_its_field(
    client: ContentPreview, wanted: dict[str, Any], field: str
) -> None:
    content_id = new_id()
    client.drafts.put(content_id, item_at("/tides"))
    with pytest.raises(errors.Invalid) as refused:
        client.share_links.make(content_id, **{"expires_at": soon(), **wanted})
    assert (refused.value.code, list(refused.value.fields)) == ("invalid-share-link", [field])


def test_a_limited_draft_is_not_shared_by_an_app(client: ContentPreview) -> None:
    content_id = new_id()
    client.drafts.put(content_id, item_at("/tides", access_limited={"users": ["somebody"]}))
    with pytest.raises(errors.Forbidden):
        client.share_links.make(content_id, expires_at=soon(), recipients=["a@example.org"])


def test_a_pack_is_made_changed_listed_and_archived(client: ContentPreview) -> None:
    name, moment = f"Spring {new_id()}", datetime(2027, 3, 1, 9, 30, tzinfo=UTC)
    pack = client.packs.make(name, description="All of it", as_of=moment)
    assert (pack.name, pack.description, pack.as_of) == (name, "All of it", moment)
    assert (pack.owner, pack.drafts, pack.archived_at) == ("app:publisher", 0, None)
    assert client.packs.change(pack.id, description="Less").as_of == moment
    assert client.packs.change(pack.id, as_of=None).description == "Less"
    assert [one.id for one in client.packs.list(name=name)] == [pack.id]
    client.packs.archive(pack.id)
    with pytest.raises(errors.NotFound):
        client.packs.get(pack.id)
    assert [one.id for one in client.packs.list(name=name, state="archived")] == [pack.id]
    assert list(client.packs.list(name=name)) == []


@pytest.mark.parametrize(("name", "field"), [("", "name"), ("x" * 201, "name")])
def test_a_pack_that_cannot_be_names_its_field(
    client: ContentPreview, name: str, field: str
) -> None:
    with pytest.raises(errors.Invalid) as refused:
        client.packs.make(name)
    assert (refused.value.code, list(refused.value.fields)) == ("invalid-pack", [field])


def test_drafts_are_added_moved_ordered_and_removed(client: ContentPreview) -> None:
    pack, ids = client.packs.make("Spring"), [new_id() for _ in range(3)]
    for content_id in ids:
        client.drafts.put(content_id, item_at("/tides"))
        client.packs.add(pack.id, content_id)
    client.packs.add(pack.id, ids[2], position=0)
    members = client.packs.members(pack.id).members
    assert [one.content_id for one in members] == [ids[2], ids[0], ids[1]]
    assert {(one.title, one.version, one.kind) for one in members} == {("tides", 1, Kind.CONTENT)}
    reordered = client.packs.order(
        pack.id, sorted(members, key=lambda one: ids.index(one.content_id))
    )
    assert [one.content_id for one in reordered] == ids
    with pytest.raises(errors.Invalid):
        client.packs.order(pack.id, reordered[:2])
    client.packs.remove(pack.id, ids[1])
    with pytest.raises(errors.Conflict) as refused:
        client.packs.remove(pack.id, ids[1])
    assert refused.value.code == "draft-not-in-pack"
    assert client.packs.get(pack.id).drafts == 2
    assert [one.id for one in client.packs.list(draft=ids[0])] == [pack.id]


def test_links_to_drafts_that_a_pack_lacks_are_told(client: ContentPreview) -> None:
    target, source = new_id(), new_id()
    client.drafts.put(target, item_at("/target"))
    client.drafts.put(source, item_at("/source", links={"ordered_related_items": [target]}))
    pack = client.packs.make("Spring")
    client.packs.add(pack.id, source)
    (missing,) = client.packs.members(pack.id).missing
    assert (missing.content_id, missing.title, missing.linked_from) == (target, "target", source)


def test_a_limited_draft_of_another_app_waits_for_consent(server: Server) -> None:
    secret = new_id()
    owner, reader = server.client("whitehall"), server.client("reader")
    owner.drafts.put(secret, item_at("/secret", access_limited={"users": ["somebody"]}))
    pack = reader.packs.make("Spring")
    waiting = reader.packs.add(pack.id, secret)
    assert (waiting.waits_for_consent, waiting.title, waiting.base_path) == (True, None, None)
    with pytest.raises(errors.Forbidden):
        reader.packs.consent(pack.id, secret)
    assert owner.packs.consent(pack.id, secret).waits_for_consent is False
    with pytest.raises(errors.Forbidden):
        owner.packs.change(pack.id, name="Mine")
    owner.packs.remove(pack.id, secret)
    with pytest.raises(errors.NotFound):
        owner.packs.get(pack.id)


def test_a_token_that_is_none_is_refused(server: Server) -> None:
    client = server.client()
    stranger = ContentPreview(
        client.transport.root, "nobody", adapter=client.transport.session.get_adapter("http://")
    )
    with pytest.raises(errors.Unauthorised):
        stranger.drafts.get(new_id())
    with pytest.raises(errors.Unauthorised) as refused:
        stranger.publishing_api.get_content(new_id())
    assert str(refused.value) == "Bearer token does not appear to be valid"


def test_a_file_is_uploaded_in_pieces(client: ContentPreview, tmp_path: Path) -> None:
    content = b"%PDF-1.7\n" + b"tide " * 40_000 + b"\n%%EOF\n"
    path = tmp_path / "tides.pdf"
    path.write_bytes(content)
    asset = client.assets.upload(path)
    assert (asset.size, asset.sha256) == (len(content), hashlib.sha256(content).hexdigest())
    assert (asset.content_type, asset.disposition) == ("application/pdf", "inline")
    assert asset.url.endswith("/tides.pdf")
    assert client.assets.get(asset.id) == asset
    assert asset.id in [one.id for one in client.assets.list(per_page=1)]
    changed = b"%PDF-1.7\nebb\n%%EOF\n"
    stream = BytesIO(b"skipped" + changed)
    stream.seek(7)
    replaced = client.assets.upload(stream, filename="tides.pdf", url=asset.url)
    assert (replaced.id, replaced.url, replaced.size) == (asset.id, asset.url, len(changed))
    client.assets.delete(asset.id)
    with pytest.raises(errors.NotFound):
        client.assets.get(asset.id)
    other = client.assets.upload(BytesIO(b"tides"), filename="tides.table")
    assert (other.content_type, other.disposition) == ("application/octet-stream", "attachment")


@pytest.mark.parametrize(("name", "content"), [("empty.pdf", b""), ("___", b"tides")])
def test_a_file_that_cannot_be_kept_is_refused(
    client: ContentPreview, name: str, content: bytes
) -> None:
    with pytest.raises(errors.Invalid) as refused:
        client.assets.upload(BytesIO(content), filename=name)
    assert (refused.value.code, list(refused.value.fields)) == ("invalid-asset", ["file"])


def test_every_kind_of_proposal_is_a_draft_of_its_own(client: ContentPreview) -> None:
    content_id, taxon, item = new_id(), new_id(), item_at("/tides")
    client.drafts.put(content_id, item)
    links = client.drafts.put(content_id, {"links": {"taxons": [taxon]}}, kind=Kind.LINKS)
    away = client.drafts.put(
        content_id, {"type": "redirect", "alternative_path": "/ebb"}, kind=Kind.UNPUBLISHING
    )
    assert (links.kind, links.locale, links.version, links.title) == (Kind.LINKS, "", 1, "tides")
    assert (away.kind, away.locale, away.base_path) == (Kind.UNPUBLISHING, "en", item["base_path"])
    assert client.drafts.version(content_id, 1, kind=Kind.LINKS).content == {
        "links": {"taxons": [taxon]}
    }
    listed = [one.content_id for one in client.drafts.list(kind=Kind.LINKS, per_page=1)]
    assert content_id in listed
    pack = client.packs.make("Spring")
    client.packs.add(pack.id, content_id)
    client.packs.add(pack.id, content_id, kind=Kind.LINKS)
    client.packs.order(pack.id, [links, client.drafts.get(content_id)])
    assert client.drafts.discard(content_id, kind=Kind.UNPUBLISHING).state == "discarded"
    assert client.drafts.get(content_id).state == "open"


@pytest.mark.parametrize(
    ("kind", "body", "found"),
    [
        (Kind.LINKS, {}, ("/links", "links")),
        (Kind.LINKS, {"links": {"taxons": ["x"]}}, ("/links/taxons", "links")),
        (Kind.LINKS, {"links": {"Bad Type": []}}, ("/links/Bad Type", "link_type")),
        (Kind.LINKS, {"links": {"taxons": []}, "title": "x"}, ("/title", "unknown")),
        (Kind.UNPUBLISHING, {"type": "song"}, ("/type", "unpublishing_type")),
        (Kind.UNPUBLISHING, {"type": "withdrawal"}, ("/explanation", "explanation")),
        (Kind.UNPUBLISHING, {"type": "redirect"}, ("/alternative_path", "destination")),
    ],
)
def test_a_proposal_that_cannot_be_says_where(
    client: ContentPreview, kind: Kind, body: dict[str, Any], found: tuple[str, str]
) -> None:
    with pytest.raises(errors.InvalidContent) as refused:
        client.drafts.put(new_id(), body, kind=kind)
    assert found in {(one.pointer, one.rule) for one in refused.value.violations}
