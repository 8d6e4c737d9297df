"""The kit prints what its page promises, and nothing that a person typed unescaped."""

from __future__ import annotations

import re
from datetime import UTC, datetime, timedelta
from email.utils import parsedate_to_datetime

import pytest

from scripts.integration_kit import header_values, main

SERVICE = ("--service", "https://preview.example")
STARTS = datetime(2026, 6, 16, 8, tzinfo=UTC)


def printed(capsys: pytest.CaptureFixture[str], *arguments: str) -> str:
    assert main([*SERVICE, *arguments]) == 0
    return capsys.readouterr().out


def test_headers_are_those_of_the_standards() -> None:
    sunset = datetime(2026, 12, 1, tzinfo=UTC)
    values = header_values(datetime(2026, 1, 5, tzinfo=UTC), sunset, "https://preview.example")
    assert values["Deprecation"] == "@1767571200"
    assert parsedate_to_datetime(values["Sunset"]) == sunset
    assert 'rel="sunset"' in values["Link"]


def test_a_banner_escapes_what_it_is_given(capsys: pytest.CaptureFixture[str]) -> None:
    found = printed(capsys, "banner", "--app", 'a"&<b>', "--kind", "people")
    assert "<b>" not in found
    assert "app=a%22%26%3Cb%3E&amp;kind=people&amp;content_id=CONTENT_ID" in found


def test_a_brownout_refuses_in_its_time_and_lets_the_suite_through(
    capsys: pytest.CaptureFixture[str],
) -> None:
    times = (
        *("--starts", STARTS.isoformat(), "--ends", (STARTS + timedelta(hours=3)).isoformat()),
        *("--exempt", "192.0.2.11/32"),
    )
    found = printed(capsys, "brownout", *times)
    assert "  192.0.2.11/32 0;" in found
    pattern = re.search(r"'~(.*?)'", found)
    assert pattern is not None
    for minutes, inside in ((-1, False), (0, True), (90, True), (179, True), (180, False)):
        second = f"{(STARTS + timedelta(minutes=minutes)).timestamp():.3f}"
        assert bool(re.match(pattern[1], second)) is inside, minutes


def test_times_in_the_wrong_order_are_refused(capsys: pytest.CaptureFixture[str]) -> None:
    times = ("--deprecated", "2026-12-01", "--sunset", "2026-01-05")
    assert main([*SERVICE, "headers", *times]) == 1
    assert "sunset comes after" in capsys.readouterr().err
