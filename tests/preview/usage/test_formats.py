"""Every format is found by itself and read; what is none is named."""

from __future__ import annotations

import json
from collections.abc import Callable
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from preview.usage.detection import Found, Reader, Unreadable
from preview.usage.formats.registry import Memory, names
from preview.usage.records import Account, Grant, Noise, Request, Write
from tests.preview.usage import samples
from tests.preview.usage.samples import Visit


def read(*lines: str, app: str = "", only: str = "") -> Found:
    """Read lines of one object; return what the last one is."""
    reader = Reader(Memory(app=app), only=only)
    for line in lines:
        found = reader.read(line.encode())
    return found


@pytest.mark.parametrize(("name", "write"), samples.ACCESS_FORMATS.items())
def test_a_request_is_found_and_read_in_every_format(
    name: str, write: Callable[[Visit], str]
) -> None:
    visit = Visit(target="/government/admin/people/7?a=1", status=302, method="POST")
    record, found = read(write(visit), app="whitehall-admin")
    assert found == name
    assert isinstance(record, Request)
    assert (record.at, record.method, record.status) == (visit.at, "POST", 302)
    if name != "beacon":
        assert record.target == visit.target
        assert record.ip == visit.ip


def test_an_envelope_counts_as_the_format_inside() -> None:
    assert read(samples.opensearch(Visit())).format == "rails"
    inside = json.loads(samples.nginx(Visit()))
    assert read(json.dumps({"_source": inside})).format == "nginx"


def test_files_may_be_mixed() -> None:
    reader = Reader()
    written = [samples.alb, samples.nginx, samples.waf, samples.alb, samples.fastly]
    found = [reader.read(write(Visit()).encode()).format for write in written]
    assert found == ["alb", "nginx", "waf", "alb", "fastly"]


def test_lines_of_applications_that_are_no_requests_are_noise() -> None:
    log = json.dumps({"@timestamp": "2026-01-01", "message": "x", "level": "INFO"})
    client = json.dumps({"request_uri": "http://x", "start_time": 1, "end_time": 2, "status": 404})
    assert read(log).record == Noise("application_log")
    assert read(client).record == Noise("api_client")


def test_new_fields_at_the_end_of_a_balancer_line_are_ignored() -> None:
    record, _ = read(samples.alb(Visit(), tail=' "new" - 7 "and another"'))
    assert isinstance(record, Request)
    assert record.host == samples.WHITEHALL


def test_a_blocked_request_has_the_balancers_status_and_no_target() -> None:
    record, _ = read(samples.alb(Visit(status=403)))
    assert isinstance(record, Request)
    assert record.status == 403
    blocked, _ = read(samples.waf(Visit(), action="BLOCK"))
    assert isinstance(blocked, Request)
    assert blocked.status == 403


def test_an_agent_with_escaped_quotes_does_not_shift_the_fields() -> None:
    record, _ = read(samples.alb(Visit(agent=r"a \"quoted\" agent")))
    assert isinstance(record, Request)
    assert record.host == samples.WHITEHALL


def test_a_request_that_the_balancer_could_not_read_is_noise() -> None:
    line = samples.alb(Visit()).replace("GET https://" + samples.WHITEHALL, "- http://x")
    assert read(line).record == Noise("no_http_request")


def test_an_ipv6_client_is_read() -> None:
    record, _ = read(samples.alb(Visit(ip="2001:db8::7")))
    assert isinstance(record, Request)
    assert record.ip == "2001:db8::7"


def test_cloudfront_columns_are_found_by_name() -> None:
    header, fields = samples.CLOUDFRONT_HEADER.split("\n")
    row = "\t".join(["2026-03-03", "10:00:00", "203.0.113.9", "GET", "/a", "200", *["-"] * 20])
    record, _ = read(header, fields, row)
    assert isinstance(record, Request)
    assert (record.target, record.ip) == ("/a", "203.0.113.9")


def test_of_the_firewalls_headers_only_host_and_agent_are_read() -> None:
    record, _ = read(samples.waf(Visit()))
    assert "never-to-be-kept" not in str(record)


def test_signon_events_give_grants_and_pass_over_logins() -> None:
    row = f"1,{samples.UID},2026-03-03 09:00:00,3,Whitehall,47,"
    grant, _ = read(samples.EVENTS_HEADER, row)
    assert grant == Grant(samples.START - 3600, samples.UID, "Whitehall")
    login, _ = read(samples.EVENTS_HEADER, row.replace(",47,", ",11,3405803777"))
    assert login == Noise("other_event")


def test_signon_accounts_tell_smoke_tests_and_suspended_people() -> None:
    row = f"{samples.UID},Smokey (test),A@B.example,harbours,{samples.HARBOURS},2026-01-01,"
    found, _ = read(samples.USERS_HEADER, row)
    assert found == Account(samples.UID, samples.HARBOURS, "harbours", True, "e2e", "a@b.example")


def test_publishing_api_events_are_read_as_json_and_as_a_table() -> None:
    row = {"action": "PutContent", "user_uid": samples.UID, "request_id": "r", "content_id": "c"}
    row["created_at"] = "2026-03-03T10:00:00Z"
    expected = Write(samples.START, samples.UID, "r", "PutContent", "c")
    assert read(json.dumps(row)).record == expected
    assert read(",".join(row), ",".join(row.values())).record == expected
    assert read(json.dumps({**row, "user_uid": None})).record == Noise("no_person")


@pytest.mark.parametrize(
    ("line", "cause"),
    [
        ("{", "not_json"),
        ("[1]", "unknown_format"),
        ("hello", "unknown_format"),
        ("a\0b", "binary"),
        ('{"a": 1}', "unknown_format"),
        (
            samples.nginx(Visit()).replace(samples.iso(samples.START), "yesterday"),
            "time_unreadable",
        ),
        (samples.nginx(Visit(), status="many"), "status_unreadable"),
        (samples.nginx(Visit(), http_host=["a"]), "field_of_wrong_type"),
        ('{"_source": 1}', "field_of_wrong_type"),
        ('{"_source": {}}', "envelope_holds_unknown_format"),
        ("h2 app/x app/y", "columns_missing"),
    ],
)
def test_what_can_not_be_read_has_a_cause(line: str, cause: str) -> None:
    with pytest.raises(Unreadable) as raised:
        read(line)
    assert str(raised.value) == cause


def test_a_named_format_reads_no_other() -> None:
    with pytest.raises(Unreadable, match="not_this_format"):
        read(samples.alb(Visit()), only="nginx")


def refusal(line: bytes, only: str = "") -> str:
    """Return why a line is refused, or `read`."""
    try:
        Reader(only=only).read(line)
    except Unreadable as cause:
        return str(cause)
    return "read"


@given(st.binary(max_size=300), st.sampled_from(["", *names()]))
def test_no_line_does_anything_but_be_read_or_refused(line: bytes, only: str) -> None:
    assert refusal(line, only).replace("_", "").isalpha()


JSON = st.recursive(
    st.none() | st.booleans() | st.floats() | st.integers() | st.text(max_size=9),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=5), inner),
    max_leaves=6,
)
FIELDS = sorted(
    {
        *("@timestamp", "http_host", "request_uri", "status", "route", "_source", "webaclId"),
        *("httpRequest", "timestamp", "request_received", "url", "actor", "signal", "req", "ts"),
        *("upstream_response_time", "action", "user_uid", "created_at", "request_id", "content"),
    }
)


@given(st.dictionaries(st.sampled_from(FIELDS), JSON))
@settings(suppress_health_check=[HealthCheck.too_slow])
def test_no_json_object_does_anything_but_be_read_or_refused(line: dict[str, Any]) -> None:
    assert refusal(json.dumps(line).encode()).replace("_", "").isalpha()
