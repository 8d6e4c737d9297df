"""What one app may read of another's: what it may not looks as if it were not there."""

from __future__ import annotations

import io
import uuid
from typing import Any

import pytest
from django.test import Client

from preview.accounts.actions import create_app_token
from preview.drafts.models import Draft
from preview.packs.actions import own_pack
from tests.conftest import content_item
from tests.publishing_bridge.conftest import Publisher

pytestmark = pytest.mark.django_db
LIMITED = {"users": ["edith"]}
CHANGING = {"Govuk-Request-Id"}


@pytest.fixture
def other(db: None) -> Any:
    made = Publisher("other", "drafts:read")
    yield made
    for answer in made.answers:
        answer.close()


def told(answer: Any, content_id: str) -> tuple[int, bytes, dict[str, str]]:
    """Return status, body and headers, without the id that was asked for."""
    body = answer.content.replace(content_id.encode(), b"ID")
    headers = {name: value for name, value in answer.items() if name not in CHANGING}
    headers.pop("Content-Length", None)
    return answer.status_code, body, headers


@pytest.mark.parametrize("limits", [{}, {"access_limited": LIMITED}], ids=["open", "limited"])
@pytest.mark.parametrize(
    "path",
    [
        "/v2/content/{}",
        "/v2/content/{}?locale=fr",
        "/v2/content/{}/events",
        "/v2/content/{}/host-content",
        "/v2/links/{}",
        "/v2/expanded-links/{}",
        "/v2/linked/{}?link_type=parent&fields[]=title",
    ],
)
def test_another_app_s_draft_looks_as_if_it_were_not_there(
    publisher: Publisher, other: Publisher, content_id: str, path: str, limits: dict[str, Any]
) -> None:
    assert publisher.put(content_id, content_item(**limits)).status_code == 200
    nobody = str(uuid.uuid4())
    there = told(other("GET", path.format(content_id)), content_id)
    assert there == told(other("GET", path.format(nobody)), nobody)


def test_who_reads_all_drafts_reads_no_events_of_limited_ones(
    publisher: Publisher, content_id: str
) -> None:
    reader = Publisher("reader", "drafts:read", "drafts:read_all")
    path = f"/v2/content/{content_id}/events"
    publisher.put(content_id, content_item(title="Open"))
    publisher.put(content_id, content_item(title="Secret", access_limited=LIMITED))
    publisher("POST", f"/v2/content/{content_id}/discard-draft", {})
    assert b"Secret" in publisher("GET", path).content
    seen = reader("GET", path)
    assert [one["action"] for one in seen.json()] == ["PutContent", "DiscardDraft"]
    assert b"Secret" not in seen.content
    seen.close()


def test_another_app_s_draft_at_a_path_looks_as_if_it_were_not_there(
    publisher: Publisher, other: Publisher, settings: Any
) -> None:
    settings.CONTENT_STORE_PUBLIC = False
    routes = [{"path": "/not-out-yet", "type": "exact"}]
    item = content_item(base_path="/not-out-yet", routes=routes, access_limited=LIMITED)
    assert publisher.put(str(uuid.uuid4()), item).status_code == 200
    there = told(other("GET", "/content/not-out-yet"), "-")
    assert there == told(other("GET", "/content/no-such-page"), "-")
    assert there[0] == 404


@pytest.mark.parametrize("path", ["/packs/{}/", "/packs/{}/tides", "/packs/{}/content/tides"])
def test_a_pack_of_somebody_else_looks_as_if_it_were_not_there(
    publisher: Publisher, other: Publisher, settings: Any, path: str
) -> None:
    settings.CONTENT_STORE_PUBLIC = False
    publisher.put(str(uuid.uuid4()))
    pack, nobody = str(own_pack(Draft.objects.get()).id), str(uuid.uuid4())
    if "content" in path:
        answers = [(other("GET", path.format(one)), one) for one in (pack, nobody)]
    else:
        guest = Client(HTTP_HOST="preview.localhost")
        answers = [(guest.get(path.format(one)), one) for one in (pack, nobody)]
    first, second = (told(answer, one) for answer, one in answers)
    assert first == second


def test_a_draft_file_looks_to_strangers_as_one_that_is_not_there(db: None) -> None:
    token = create_app_token(app_name="publisher", scopes=("drafts:read", "drafts:write")).secret
    file = io.BytesIO(b"Twice a day.")
    file.name = "tides.txt"
    sent = Client(HTTP_HOST="service.preview.localhost").post(
        "/api/v1/assets", {"file": file}, headers={"Authorization": f"Bearer {token}"}
    )
    assert sent.status_code == 201
    there = "/media/" + sent.json()["url"].partition("/media/")[2]
    none = f"/media/{uuid.uuid4().hex}/tides.txt"
    guest = Client(HTTP_HOST="preview.localhost")
    first, second = (told(guest.get(path), path) for path in (there, none))
    assert first == second
