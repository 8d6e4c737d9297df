"""Tokens of publisher apps, made here or brought along."""

from __future__ import annotations

import io
from typing import Any

import pytest
from django.core.management import CommandError, call_command

from preview.accounts.actions import find_token

pytestmark = pytest.mark.django_db
OWN = "a-token-of-the-publishing-platform-0123456789"


def accept(monkeypatch: pytest.MonkeyPatch, token: str, **options: Any) -> str:
    monkeypatch.setattr("sys.stdin", io.StringIO(f"{token}\n"))
    out = io.StringIO()
    call_command("create_app_token", "whitehall", existing=True, stdout=out, **options)
    return out.getvalue()


def test_a_token_that_an_app_has_is_accepted_and_not_printed(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    assert OWN not in accept(monkeypatch, OWN)
    found = find_token(OWN)
    assert found is not None
    assert found.app.name == "whitehall"


@pytest.mark.parametrize("token", ["short", OWN])
def test_a_token_that_is_short_or_known_is_refused(
    monkeypatch: pytest.MonkeyPatch, token: str
) -> None:
    accept(monkeypatch, OWN)
    with pytest.raises(CommandError):
        accept(monkeypatch, token)
