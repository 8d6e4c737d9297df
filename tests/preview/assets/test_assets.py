"""Draft files: uploaded, used by pages, served to whoever may see the page, and to nobody else."""

from __future__ import annotations

import io
import uuid
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from django.core.files.storage import storages
from django.test import Client
from django.utils import timezone
from rest_framework.test import APIClient

from preview.accounts.actions import create_app_token
from preview.assets import storing
from preview.assets.models import Asset
from preview.audit.models import Entry
from preview.drafts.models import Draft
from preview.packs.actions import own_pack
from preview.packs.models import PackDraft
from preview.rendering.models import PackPage
from preview.sharing.actions import make_link, revoke_share_link
from preview.sharing.models import ShareLink
from preview.sharing.wanted import Wanted
from tests.conftest import content_item
from tests.preview.assets.files import BAD, GOOD, PDF, SVG, png
from tests.preview.overlay.packs import pack_of, work

pytestmark = pytest.mark.django_db
PREVIEW = {"HTTP_HOST": "preview.localhost"}


@pytest.fixture(autouse=True)
def anyone(settings: Any) -> None:
    settings.ANYONE_LINKS_ALLOWED = True


def upload(api: Any, name: str, content: bytes, **fields: str) -> Any:
    """Upload a file."""
    file = io.BytesIO(content)
    file.name = name
    return api.post("/api/v1/assets", {"file": file, **fields}, format="multipart")


def using(url: str, path: str = "/tides", **changes: Any) -> dict[str, Any]:
    """Return a content item whose page shows an image and leads to a file."""
    body = f'<p><img src="{url}" alt=""></p><p><a href="{url}">Download</a></p>'
    routes = [{"path": path, "type": "exact"}]
    return content_item(base_path=path, routes=routes, details={"body": body}, **changes)


def html_of(draft: Draft) -> str:
    from preview.rendering.snapshots import get

    page = PackPage.objects.filter(pack=own_pack(draft)).order_by("audience").first()
    return get(page.page.sha256).decode() if page else ""


@pytest.fixture
def sent(send: Any) -> Any:
    """Send a content item and render it."""

    def put(item: Any) -> Draft:
        content_id = str(uuid.uuid4())
        assert send(content_id, item).status_code == 201
        work()
        return Draft.objects.get(content_id=content_id)

    return put


def guest(draft: Draft, **wanted: Any) -> tuple[Client, ShareLink]:
    """Return a browser that opened a link to the draft."""
    values = {"kind": "anyone", "expires_at": timezone.now() + timedelta(days=1), **wanted}
    new = make_link(pack=own_pack(draft), maker="person:edith", wanted=Wanted(**values))
    client = Client(**PREVIEW)
    assert client.post(f"/s/{new.token}").status_code == 303
    return client, new.link


def body(response: Any) -> bytes:
    return b"".join(response.streaming_content) if response.streaming else response.content


@pytest.mark.parametrize("name", GOOD)
def test_a_file_is_stored_with_the_type_of_its_content(api: Any, name: str) -> None:
    content, content_type, inline = GOOD[name]
    answer = upload(api, name, content)
    assert answer.status_code == 201, answer.content
    told = answer.json()
    assert (told["content_type"], told["size"]) == (content_type, len(content))
    assert told["disposition"] == ("inline" if inline else "attachment")
    assert told["url"].startswith("https://assets.publishing.service.gov.uk/media/")
    assert b"".join(storing.read(told["sha256"], 0, len(content) - 1)) == content
    assert api.get(answer["Location"]).json()["filename"] == name


@pytest.mark.parametrize("name", BAD)
def test_a_bad_file_is_refused_and_nothing_is_stored(api: Any, name: str) -> None:
    answer = upload(api, name, BAD[name][0])
    assert (answer.status_code, answer["Content-Type"]) == (422, "application/problem+json")
    assert answer.json()["field"] == "file"
    assert Asset.objects.count() == 0


@pytest.mark.parametrize(
    ("name", "kept"),
    [
        ("../../etc/passwd.pdf", "passwd.pdf"),
        ("C:\\fakepath\\Tide tables £.pdf", "Tide_tables_.pdf"),
        ("r\u00e9\u202efdp.pdf", "r_fdp.pdf"),
    ],
)
def test_a_name_never_leads_anywhere(api: Any, name: str, kept: str) -> None:
    assert upload(api, name, PDF).json()["filename"] == kept


def test_a_file_above_the_limit_is_refused_while_it_streams(api: Any, settings: Any) -> None:
    settings.MAX_ASSET_BYTES = 200_000
    answer = upload(api, "large.txt", b"x" * 200_001)
    assert (answer.status_code, answer.json()["type"]) == (413, "/api/problems/file-too-large")
    assert upload(api, "fits.txt", b"x" * 200_000).status_code == 201


def test_five_gigabytes_are_refused_unread(token: str) -> None:
    class Unread(io.BytesIO):
        def read(self, *_: Any) -> bytes:
            raise AssertionError("The body was read.")

    answer = APIClient(HTTP_HOST="service.preview.localhost").generic(
        "POST",
        "/api/v1/assets",
        b"",
        content_type="multipart/form-data; boundary=x",
        HTTP_AUTHORIZATION=f"Bearer {token}",
        CONTENT_LENGTH=5 * 1024**3,
        **{"wsgi.input": Unread()},
    )
    assert answer.status_code == 413


@pytest.mark.parametrize(
    ("content", "kind", "status"),
    [
        (b"", "multipart/form-data; boundary=x", 422),
        (b"--x--", "multipart/form-data; boundary=x", 422),
        (b"nonsense", "multipart/form-data", 400),
        (b"{}", "application/json", 415),
    ],
)
def test_a_body_that_is_no_upload_is_refused(
    api: Any, content: bytes, kind: str, status: int
) -> None:
    answer = api.generic("POST", "/api/v1/assets", content, content_type=kind)
    assert answer.status_code == status, answer.content
    assert answer["Content-Type"] == "application/problem+json"


def test_several_files_or_other_fields_are_refused(api: Any) -> None:
    two = {"file": io.BytesIO(b"a"), "more": io.BytesIO(b"b")}
    assert api.post("/api/v1/assets", two, format="multipart").status_code == 422
    long = upload(api, "a.txt", b"a", url="/media/" + "x" * 3_000_000)
    assert long.status_code == 422


def test_the_address_that_content_uses_can_be_given_and_replaced(api: Any) -> None:
    url = "https://assets.publishing.service.gov.uk/media/5a7b/tides.pdf"
    first = upload(api, "x.pdf", PDF, url=url)
    assert (first.status_code, first.json()["url"]) == (201, url)
    again = upload(api, "y.pdf", PDF + b" ", url=url)
    assert (again.status_code, again.json()["id"]) == (200, first.json()["id"])
    assert again.json()["sha256"] != first.json()["sha256"]
    assert upload(api, "y.pdf", PDF, url="https://elsewhere.example/a.pdf").status_code == 422
    other = APIClient(HTTP_HOST="service.preview.localhost", raise_request_exception=False)
    secret = create_app_token(app_name="whitehall", scopes=("drafts:read", "drafts:write")).secret
    other.credentials(HTTP_AUTHORIZATION=f"Bearer {secret}")
    assert upload(other, "x.pdf", PDF, url=url).status_code == 403
    assert other.get(first["Location"]).status_code == 404
    assert other.delete(first["Location"]).status_code == 404


def test_a_page_shows_its_draft_files_to_whoever_opened_its_link(api: Any, sent: Any) -> None:
    url = upload(api, "chart.png", png()).json()["url"]
    draft = sent(using(url))
    client, link = guest(draft)
    page = client.get(f"/shared/{link.id}/tides").content.decode()
    assert url not in page
    place = f"/shared/{link.id}/media/{url.split('/media/')[1]}"
    assert page.count(f'="{place}"') == 2
    answer = client.get(place)
    assert (answer.status_code, answer["Content-Type"], body(answer)) == (200, "image/png", png())
    assert answer["Cache-Control"] == "private, no-store"
    assert answer["X-Content-Type-Options"] == "nosniff"
    assert answer["Content-Disposition"] == 'inline; filename="chart.png"'
    assert Entry.objects.filter(action="asset.view", actor=f"link:{link.id}").count() == 1
    assert Client(**PREVIEW).get(place).status_code == 403
    another, other = guest(sent(content_item()))
    assert another.get(f"/shared/{other.id}/media/{url.split('/media/')[1]}").status_code == 404
    assert another.get(place).status_code == 403


def test_when_sharing_stops_the_file_is_gone_at_once(api: Any, sent: Any) -> None:
    url = upload(api, "chart.png", png()).json()["url"]
    client, link = guest(sent(using(url)))
    place = f"/shared/{link.id}/media/{url.split('/media/')[1]}"
    assert client.get(place).status_code == 200
    revoke_share_link(link=link, revoked_by="person:edith")
    answer = client.get(place)
    assert answer.status_code == 410
    assert not answer.streaming


def test_a_file_that_is_deleted_is_gone_and_its_address_is_live_again(api: Any, sent: Any) -> None:
    made = upload(api, "chart.png", png())
    url = made.json()["url"]
    draft = sent(using(url))
    client, link = guest(draft)
    place = f"/shared/{link.id}/media/{url.split('/media/')[1]}"
    assert api.delete(made["Location"]).status_code == 204
    assert client.get(place).status_code == 404
    work()
    assert f'src="{url}"' in html_of(draft)


def test_a_file_sent_after_its_page_is_shown_once_it_is_there(api: Any, sent: Any) -> None:
    url = "https://assets.publishing.service.gov.uk/media/5a7b/late.png"
    draft = sent(using(url))
    assert f'src="{url}"' in html_of(draft)
    upload(api, "late.png", png(), url=url)
    work()
    assert 'src="/own-pages-of-this-preview/media/5a7b/late.png"' in html_of(draft)


def test_live_files_stay_where_they_are(sent: Any) -> None:
    url = "https://assets.publishing.service.gov.uk/media/5a7b/live.png"
    draft = sent(using(url))
    client, link = guest(draft)
    assert f'src="{url}"' in client.get(f"/shared/{link.id}/tides").content.decode()
    assert client.get(f"/shared/{link.id}/media/5a7b/live.png").status_code == 404


def test_knowing_another_app_s_address_gives_nobody_its_file(api: Any, sent: Any) -> None:
    other = APIClient(HTTP_HOST="service.preview.localhost")
    secret = create_app_token(app_name="whitehall", scopes=("drafts:read", "drafts:write")).secret
    other.credentials(HTTP_AUTHORIZATION=f"Bearer {secret}")
    url = upload(other, "secret.png", png()).json()["url"]
    client, link = guest(sent(using(url)))
    assert client.get(f"/shared/{link.id}/media/{url.split('/media/')[1]}").status_code == 404


def test_a_limited_draft_s_file_is_for_those_who_see_the_limited_draft(api: Any, sent: Any) -> None:
    url = upload(api, "secret.png", png()).json()["url"]
    secret = sent(using(url, "/secret", access_limited={"users": ["somebody"]}))
    plain = sent(content_item())
    pack = pack_of(plain, secret)
    from preview.outbox.actions import record_event

    record_event("pack.changed", pack_id=str(pack.id), draft_id=str(secret.id))
    work()
    ends = timezone.now() + timedelta(days=1)
    for covers, status in ((False, 404), (True, 200)):
        new = make_link(pack=pack, maker="x", wanted=Wanted(kind="anyone", expires_at=ends))
        ShareLink.objects.filter(id=new.link.id).update(covers_limited=covers)
        client = Client(**PREVIEW)
        client.post(f"/s/{new.token}")
        answer = client.get(f"/shared/{new.link.id}/media/{url.split('/media/')[1]}")
        assert answer.status_code == status


def test_a_draft_that_leaves_a_pack_takes_its_files_along(api: Any, sent: Any) -> None:
    url = upload(api, "chart.png", png()).json()["url"]
    page, other = sent(using(url)), sent(content_item())
    pack = pack_of(page, other)
    from preview.outbox.actions import record_event

    record_event("pack.changed", pack_id=str(pack.id))
    work()
    ends = timezone.now() + timedelta(days=1)
    new = make_link(pack=pack, maker="x", wanted=Wanted(kind="anyone", expires_at=ends))
    client = Client(**PREVIEW)
    client.post(f"/s/{new.token}")
    place = f"/shared/{new.link.id}/media/{url.split('/media/')[1]}"
    assert client.get(place).status_code == 200
    PackDraft.objects.filter(pack=pack, draft=page).delete()
    record_event("pack.changed", pack_id=str(pack.id), draft_id=str(page.id))
    work()
    assert client.get(place).status_code == 404


@pytest.mark.parametrize(
    ("asked", "status", "content", "told"),
    [
        ("bytes=0-3", 206, b"0123", "bytes 0-3/10"),
        ("bytes=4-", 206, b"456789", "bytes 4-9/10"),
        ("bytes=-3", 206, b"789", "bytes 7-9/10"),
        ("bytes=-99", 206, b"0123456789", "bytes 0-9/10"),
        ("bytes=8-99", 206, b"89", "bytes 8-9/10"),
        ("bytes=10-", 416, b"", "bytes */10"),
        ("bytes=-0", 416, b"", "bytes */10"),
        ("bytes=5-2", 200, b"0123456789", None),
        ("bytes=0-1,4-5", 200, b"0123456789", None),
        ("bytes=-", 200, b"0123456789", None),
        ("items=0-1", 200, b"0123456789", None),
        ("bytes=x-y", 200, b"0123456789", None),
    ],
)
def test_ranges_are_answered_as_http_has_them(
    api: Any, sent: Any, asked: str, status: int, content: bytes, told: str | None
) -> None:
    url = upload(api, "ten.txt", b"0123456789").json()["url"]
    client, link = guest(sent(using(url)))
    place = f"/shared/{link.id}/media/{url.split('/media/')[1]}"
    answer = client.get(place, headers={"Range": asked})
    assert (answer.status_code, body(answer), answer.get("Content-Range")) == (
        status,
        content,
        told,
    )
    etag = client.head(place)["ETag"]
    fits = client.get(place, headers={"Range": "bytes=0-0", "If-Range": etag})
    assert fits.status_code == 206
    changed = client.get(place, headers={"Range": "bytes=0-0", "If-Range": '"other"'})
    assert changed.status_code == 200


def test_what_could_run_is_only_downloaded(api: Any, sent: Any) -> None:
    for name, content in (("logo.svg", SVG), ("page.html", GOOD["page.html"][0])):
        url = upload(api, name, content).json()["url"]
        client, link = guest(sent(using(url, f"/{name}")))
        answer = client.get(f"/shared/{link.id}/media/{url.split('/media/')[1]}")
        assert answer["Content-Disposition"] == f'attachment; filename="{name}"'
        assert "script-src 'self';" in answer["Content-Security-Policy"]


def test_a_pinned_link_keeps_the_files_of_its_version(api: Any, sent: Any, send: Any) -> None:
    url = upload(api, "chart.png", png()).json()["url"]
    draft = sent(using(url))
    first = draft.versions.get(number=1)
    pinned, pinned_link = guest(draft, pinned_versions=(first,))
    latest, latest_link = guest(draft)
    send(str(draft.content_id), using("https://www.gov.uk/none.png"))
    work()
    path = f"media/{url.split('/media/')[1]}"
    assert pinned.get(f"/shared/{pinned_link.id}/{path}").status_code == 200
    assert latest.get(f"/shared/{latest_link.id}/{path}").status_code == 404


@pytest.fixture
def bucket(settings: Any) -> Iterator[Any]:
    """A real S3 server over HTTP, with the storages of a service that names a bucket."""
    import boto3
    from moto.server import ThreadedMotoServer

    server = ThreadedMotoServer(port=0)
    server.start()
    host, port = server.get_host_and_port()
    options = {
        "bucket_name": "previews",
        "endpoint_url": f"http://{host}:{port}",
        "region_name": "eu-west-1",
        "access_key": "x",
        "secret_key": "x",
        "default_acl": None,
        "file_overwrite": True,
    }
    client = boto3.client(
        "s3",
        endpoint_url=options["endpoint_url"],
        region_name="eu-west-1",
        aws_access_key_id="x",
        aws_secret_access_key="x",
    )
    place = {"LocationConstraint": "eu-west-1"}
    client.create_bucket(Bucket="previews", CreateBucketConfiguration=place)
    kinds = {
        name: {
            "BACKEND": "storages.backends.s3.S3Storage",
            "OPTIONS": {**options, "location": name},
        }
        for name in ("assets", "snapshots")
    }
    settings.STORAGES = {**settings.STORAGES, **kinds}
    yield client
    server.stop()


def test_files_and_snapshots_live_in_a_bucket_where_one_is_named(
    bucket: Any, api: Any, sent: Any
) -> None:
    content = png(200)
    answer = upload(api, "chart.png", content)
    url, sha256 = answer.json()["url"], answer.json()["sha256"]
    client, link = guest(sent(using(url)))
    place = f"/shared/{link.id}/media/{url.split('/media/')[1]}"
    assert client.get(f"/shared/{link.id}/tides").status_code == 200
    assert body(client.get(place)) == content
    part = client.get(place, headers={"Range": "bytes=5-9"})
    assert (part.status_code, body(part)) == (206, content[5:10])
    keys = [one["Key"] for one in bucket.list_objects_v2(Bucket="previews")["Contents"]]
    assert f"assets/{storing.location(sha256)}" in keys
    assert any(key.startswith("snapshots/") for key in keys)
    storing.delete(sha256)
    assert not storages["assets"].exists(storing.location(sha256))


def test_uploading_the_same_bytes_twice_stores_them_once(api: Any) -> None:
    first = upload(api, "a.pdf", PDF).json()
    folder = Path(storages["assets"].path(storing.location(first["sha256"])))
    before = folder.stat().st_mtime_ns
    assert upload(api, "b.pdf", PDF).json()["url"] != first["url"]
    assert folder.stat().st_mtime_ns == before
