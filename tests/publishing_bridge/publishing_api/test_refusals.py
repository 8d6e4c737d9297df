"""What is refused, in the platform's own sentences and codes."""

from __future__ import annotations

import uuid
from typing import Any

import pytest

from publishing_bridge.publishing_api.models import Document, Edition, Event, PathReservation
from publishing_bridge.publishing_api.routes import route_problems
from tests.conftest import content_item
from tests.publishing_bridge.conftest import Publisher

pytestmark = pytest.mark.django_db
EXACT = {"path": "/pier", "type": "exact"}


def leading(to: Any, **more: Any) -> dict[str, Any]:
    return {**EXACT, "destination": to, **more}


def refused(routes: Any, redirects: Any = (), *, only: bool = False) -> list[tuple[str, str]]:
    found = route_problems("/pier", routes, redirects, redirects_only=only)
    return [(sentence, code) for _, sentence, code in found]


@pytest.mark.parametrize(
    ("row", "sentence", "code"),
    [
        ({"path": "/quay", "type": "exact"}, "must be below the base path", "not_below_base_path"),
        ({"path": "/pier/a"}, "type must be present", "route_type_missing"),
        ({"path": "/pier/a", "type": "any"}, "'exact' or 'prefix'", "route_type_invalid"),
        ({"path": "/pier/a", "type": "exact", "to": 1}, "unsupported keys: to", "unsupported_keys"),
        ({"path": "/pier//a", "type": "exact"}, "valid absolute URL path", "absolute_path_invalid"),
        (EXACT, "must have unique paths", "route_paths_not_unique"),
    ],
)
def test_each_rule_of_routes_has_its_sentence_and_code(row: Any, sentence: str, code: str) -> None:
    found = refused([EXACT, row])
    assert any(sentence in said and code in named for said, named in found), found


@pytest.mark.parametrize(
    ("to", "more", "sentence", "code"),
    [
        (None, {}, "destination must be present", "redirect_destination_missing"),
        ("/pier", {}, "path cannot equal the destination", "path_equals_destination"),
        ("/a b", {}, "destination invalid (/a b)", "redirect_destination_invalid"),
        ("/quay/", {}, "internal redirects cannot end with /", "redirect_destination_invalid"),
        ("mailto:a@b", {}, "missing host for external redirect", "external_missing_host"),
        ("https://example.com/a", {}, "only accepted for the domains gov.uk,", "disallowed_domain"),
        ("http://a.gov.uk", {}, "external redirects must use https", "external_not_https"),
        ("https://www.gov.uk/a", {}, "should not be specified with full url", "be_internal"),
        ("https://-a.gov.uk", {}, "subdomain -a should not start", "starts_with_hyphen"),
        ("https://a_b.gov.uk", {}, "subdomain a_b contains prohibited", "invalid_chars"),
        (f"https://{'a' * 64}.gov.uk", {}, "longer than 63 characters", "subdomain_too_long"),
        ("/a?b=c", {"segments_mode": "preserve"}, "cannot contain query parameters", "query_not"),
        ("/a#b", {"segments_mode": "preserve"}, "cannot contain a fragment", "fragment_not"),
    ],
)
def test_each_rule_of_redirects_has_its_sentence_and_code(
    to: Any, more: Any, sentence: str, code: str
) -> None:
    found = refused([], [leading(to, **more)], only=True)
    assert any(sentence in said and code in named for said, named in found), found


@pytest.mark.parametrize(
    "to", ["/", "/quay", "/quay?a=b#c", "https://www.nhs.uk/a", "https://a.b.service.gov.uk/a/"]
)
def test_what_a_redirect_may_lead_to_is_not_refused(to: str) -> None:
    assert refused([], [leading(to)], only=True) == []


def test_what_covers_no_base_path_is_refused() -> None:
    below = {"path": "/pier/a", "type": "exact"}
    assert refused([below]) == [("must include the base path", "routes_must_include_base_path")]
    assert refused([], [{**below, "destination": "/b"}], only=True) == [
        ("must include the base path", "redirects_must_include_base_path")
    ]


def test_several_broken_rules_are_told_together(publisher: Publisher, content_id: str) -> None:
    path = {"path": "/elsewhere", "type": "exact"}
    answer = publisher.put(content_id, content_item(routes=[path, path]))
    assert answer.status_code == 422
    error = answer.json()["error"]
    assert error["error_code"] == "multiple_validation_errors"
    assert error["fields"]["routes"][0] == "path must be below the base path"
    assert error["message"].startswith("Routes path must be below the base path, Routes path")
    assert not Edition.objects.exists()
    assert not PathReservation.objects.exists()
    assert not Document.objects.exists()


def test_a_path_that_another_app_has_is_named_before_other_faults(
    publisher: Publisher, content_id: str
) -> None:
    item = content_item()
    publisher("PUT", f"/paths{item['base_path']}", {"publishing_app": "whitehall"})
    answer = publisher.put(content_id, {**item, "routes": [{"path": "/x", "type": "exact"}]})
    assert answer.json()["error"]["error_code"] == "base_path_already_in_use"


@pytest.mark.parametrize(
    ("body", "sentence"),
    [
        ({"alternative_path": "{path}"}, "Redirects path cannot equal the destination"),
        ({"alternative_path": "https://example.com"}, "Redirects external redirects only"),
        ({"redirects": [{"path": "/b", "type": "exact", "destination": "/c"}]}, "below the base"),
        ({"redirects": ["/b"]}, "Redirects is invalid"),
        ({}, "Redirects can't be blank"),
    ],
)
def test_an_unpublishing_leads_somewhere_else(
    publisher: Publisher, content_id: str, body: dict[str, Any], sentence: str
) -> None:
    item = content_item()
    publisher.put(content_id, item)
    publisher("POST", f"/v2/content/{content_id}/publish", {})
    sent = {
        name: value.format(path=item["base_path"]) if isinstance(value, str) else value
        for name, value in body.items()
    }
    answer = publisher("POST", f"/v2/content/{content_id}/unpublish", {"type": "redirect", **sent})
    assert answer.status_code == 422
    error = answer.json()["error"]
    assert error["message"].startswith("Validation failed: ")
    assert sentence in error["message"]
    assert error["fields"] == {}
    assert Edition.objects.get().state == Edition.State.PUBLISHED


@pytest.mark.parametrize(
    ("sent", "status"), [(None, 200), (False, 200), (True, 200), ("yes", 422), (0, 422)]
)
def test_bulk_publishing_is_a_flag_or_absent(
    publisher: Publisher, content_id: str, sent: Any, status: int
) -> None:
    answer = publisher.put(content_id, content_item(bulk_publishing=sent))
    assert answer.status_code == status


def test_a_stale_link_set_is_refused_in_the_same_words(
    publisher: Publisher, content_id: str
) -> None:
    path = f"/v2/links/{content_id}"
    publisher("PATCH", path, {"links": {}})
    answer = publisher("PATCH", path, {"links": {}, "previous_version": 3})
    assert answer.status_code == 409
    assert "lock version of the edition (1)." in answer.json()["error"]["message"]
    assert Event.objects.count() == 1


def test_unknown_fields_are_listed_as_a_sentence(publisher: Publisher) -> None:
    answer = publisher("GET", "/v2/content?fields[]=a&fields[]=b&fields[]=c&fields[]=title")
    assert answer.status_code == 400
    assert answer.json()["error"]["message"] == "Invalid column name(s): a, b, and c"


def test_an_empty_internal_name_is_a_name(publisher: Publisher) -> None:
    for name in ("", None):
        path, content_id = f"/{name}pier".lower(), str(uuid.uuid4())
        item = content_item(base_path=path, routes=[{"path": path, "type": "exact"}])
        details = {"body": "<p>x</p>", "internal_name": name}
        assert publisher.put(content_id, {**item, "details": details}).status_code == 200
    rows = publisher("GET", "/v2/linkables?document_type=answer").json()
    assert sorted(row["internal_name"] for row in rows) == ["", content_item()["title"]]
