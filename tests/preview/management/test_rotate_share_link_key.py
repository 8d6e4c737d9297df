"""Rotation of the keys of share links: new links by the new key, older links still good."""

from __future__ import annotations

import uuid
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from django.core.management import CommandError, call_command

from preview.audit.models import Entry
from preview.errors import InvalidToken
from preview.management.commands.rotate_share_link_key import rotated
from preview.sharing import tokens

TODAY = date(2026, 3, 4)
NOW = datetime(2026, 3, 4, 12, tzinfo=UTC)
TOKEN = tokens.LinkToken(uuid.UUID(int=7), NOW + timedelta(days=1), b"s" * 32)


@pytest.fixture
def fresh_keys() -> Any:
    tokens.keys.cache_clear()
    yield
    tokens.keys.cache_clear()


def test_a_link_of_the_key_before_still_opens(settings: Any, fresh_keys: None) -> None:
    before = tokens.sign(TOKEN)
    settings.SHARE_LINK_KEYS = rotated(settings.SHARE_LINK_KEYS, TODAY, 28)
    tokens.keys.cache_clear()
    assert tokens.read(before, NOW) == TOKEN
    after = tokens.sign(TOKEN)
    assert after.startswith("k20260304.")
    assert tokens.read(after, NOW) == TOKEN
    del settings.SHARE_LINK_KEYS["k20260304"]
    tokens.keys.cache_clear()
    with pytest.raises(InvalidToken):
        tokens.read(after, NOW)


def test_keys_stay_as_long_as_a_link_of_theirs_can_live() -> None:
    keys = {"k20260204": "c", "k20260202": "b", "k20260101": "a"}
    # the oldest stopped signing on 2 February: its last link lives until 2 March
    assert list(rotated(keys, TODAY, 28)) == ["k20260304", "k20260204", "k20260202"]
    assert list(rotated(keys, date(2026, 3, 2), 28))[-1] == "k20260101"


def test_a_key_that_tells_no_day_keeps_what_it_followed() -> None:
    assert list(rotated({"k2": "b", "k1": "a"}, TODAY, 28)) == ["k20260304", "k2", "k1"]


def test_two_rotations_of_a_day_give_two_keys() -> None:
    once = rotated({}, TODAY, 28)
    assert list(rotated(once, TODAY, 28)) == ["k20260304-2", "k20260304"]
    assert len(set(rotated(once, TODAY, 28).values())) == 2


@pytest.mark.django_db
def test_it_is_written_into_a_file_and_into_the_trail(tmp_path: Path) -> None:
    path = tmp_path / "service.env"
    path.write_text("SIGN_IN=signon\nSHARE_LINK_KEYS=k1:x\nDEBUG=false\n", "utf-8")
    call_command("rotate_share_link_key", "--env-file", str(path))
    lines = path.read_text("utf-8").splitlines()
    assert lines[:2] == ["SIGN_IN=signon", "DEBUG=false"]
    assert lines[2].startswith("SHARE_LINK_KEYS=k2")
    assert path.stat().st_mode & 0o777 == 0o600
    entry = Entry.objects.get(action="share_link_key.rotate")
    assert "MTEx" not in str(entry.detail)
    with pytest.raises(CommandError, match="There is no file"):
        call_command("rotate_share_link_key", "--env-file", str(tmp_path / "none"))
