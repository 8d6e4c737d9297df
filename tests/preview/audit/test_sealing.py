"""Sealing the trail: whatever is changed in it afterwards is found, on either database."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.core.management import CommandError, call_command
from django.db import DatabaseError, connection, transaction

from preview.audit import sealing
from preview.audit.actions import record_entry
from preview.audit.export import safe_cell
from preview.audit.models import Entry, Seal
from preview.audit.sealing import seal_trail, verify

pytestmark = pytest.mark.django_db
TRIGGERS = {
    "sqlite": [
        f"DROP TRIGGER {table}_no_{verb}"
        for table in ("audit", "seals")
        for verb in ("UPDATE", "DELETE")
    ],
    "postgresql": [
        "DROP TRIGGER audit_append_only ON preview_entry",
        "DROP TRIGGER seals_append_only ON preview_seal",
    ],
}


def record(count: int) -> None:
    for number in range(count):
        record_entry(
            action="draft.save", actor="app:publisher", subject=f"draft:{number}", version=1
        )


def tamper(statement: str) -> None:
    """Change the trail as somebody could who owns the database."""
    with connection.cursor() as cursor:
        for drop in TRIGGERS[connection.vendor]:
            cursor.execute(drop)
        cursor.execute(statement)


@pytest.fixture
def sealed(monkeypatch: pytest.MonkeyPatch) -> list[int]:
    """Give the ids of 12 entries, sealed in three stretches of four."""
    monkeypatch.setattr(sealing, "BATCH", 4)
    record(12)
    assert seal_trail() == 12
    return list(Entry.objects.order_by("pk").values_list("pk", flat=True))


def test_an_untouched_trail_is_whole(sealed: list[int]) -> None:
    record(2)
    verdict = verify()
    assert not verdict.findings
    assert (verdict.seals, verdict.sealed, verdict.unsealed) == (3, 12, 2)
    assert verdict.newest == Seal.objects.latest("pk").digest


def test_sealing_again_seals_only_what_is_new(sealed: list[int]) -> None:
    assert seal_trail() == 0
    record(1)
    assert seal_trail() == 1
    assert not verify().findings


@pytest.mark.parametrize(
    ("change", "says"),
    [
        ("UPDATE preview_entry SET actor = 'app:x' WHERE id = {5}", "was changed"),
        ("UPDATE preview_entry SET at = '2020-01-01 00:00:00' WHERE id = {5}", "was changed"),
        ("UPDATE preview_entry SET detail = '{{}}' WHERE id = {5}", "was changed"),
        ("DELETE FROM preview_entry WHERE id = {5}", "1 of 4 entries removed"),
        ("DELETE FROM preview_entry WHERE id <= {3}", "4 of 4 entries removed"),
        ("DELETE FROM preview_entry WHERE id > {3}", "4 of 4 entries removed"),
        ("DELETE FROM preview_seal WHERE last_id = {7}", "does not follow"),
        ("DELETE FROM preview_seal WHERE last_id = {3}", "does not follow"),
        ("UPDATE preview_seal SET digest = 'x' WHERE last_id = {7}", "was changed"),
    ],
)
def test_every_change_of_what_is_sealed_is_found(sealed: list[int], change: str, says: str) -> None:
    tamper(change.format(*sealed))
    assert any(says in finding.sentence for finding in verify().findings)


def test_an_entry_put_among_sealed_ones_is_found(sealed: list[int]) -> None:
    Entry.objects.bulk_create([Entry(pk=-3, action="a.b", actor="x:1", subject="y:1")])
    (finding,) = verify().findings
    assert "1 of 4 entries added" in finding.sentence


def test_a_digest_that_is_worked_out_again_breaks_the_next_seal(sealed: list[int]) -> None:
    first = Seal.objects.earliest("pk")
    tamper(f"UPDATE preview_entry SET actor = 'app:x' WHERE id = {sealed[0]}")
    made, _ = sealing.digest("", Entry.objects.filter(pk__lte=first.last_id))
    Seal.objects.filter(pk=first.pk).update(digest=made)
    findings = verify().findings
    assert [finding.seal for finding in findings] == [first.pk + 1]


def test_a_trail_that_was_cut_off_is_found_by_a_digest_kept_elsewhere(sealed: list[int]) -> None:
    kept = verify().newest
    assert not verify(anchor=kept).findings
    tamper(f"DELETE FROM preview_entry WHERE id > {sealed[7]}")
    Seal.objects.filter(last_id__gt=sealed[7]).delete()
    assert not verify().findings
    assert "seals were removed" in verify(anchor=kept).findings[0].sentence


@pytest.mark.parametrize(
    "statement", ["UPDATE preview_seal SET digest = 'x'", "DELETE FROM preview_seal"]
)
def test_the_database_refuses_to_change_a_seal(sealed: list[int], statement: str) -> None:
    with pytest.raises(DatabaseError, match="append-only"), transaction.atomic():
        connection.cursor().execute(statement)


@pytest.mark.skipif("connection.vendor != 'postgresql'", reason="SQLite has no TRUNCATE")
@pytest.mark.parametrize("table", ["preview_entry", "preview_seal"])
def test_the_trail_can_t_be_emptied(sealed: list[int], table: str) -> None:
    with pytest.raises(DatabaseError, match="append-only"), transaction.atomic():
        connection.cursor().execute(f"TRUNCATE {table}")


def test_verify_tells_and_fails(sealed: list[int], capsys: pytest.CaptureFixture[str]) -> None:
    call_command("audit", "verify")
    assert "3 seals over 12 entries, 0 entries not sealed yet" in capsys.readouterr().out
    tamper(f"DELETE FROM preview_entry WHERE id = {sealed[5]}")
    with pytest.raises(CommandError, match="was changed"):
        call_command("audit", "verify")
    assert "1 of 4 entries removed" in capsys.readouterr().err


@pytest.fixture
def exported(capsys: pytest.CaptureFixture[str]) -> Callable[..., str]:
    def run(*options: str) -> str:
        call_command("audit", "export", *options)
        return capsys.readouterr().out

    return run


def test_json_lines_hold_what_is_sealed(exported: Any) -> None:
    record(3)
    rows = [json.loads(line) for line in exported().splitlines()]
    assert [row["subject"] for row in rows] == ["draft:0", "draft:1", "draft:2"]
    assert rows[0]["at"].endswith("+00:00")


@pytest.mark.parametrize(
    "start",
    [
        *(
            "=",
            "+",
            "-",
            "@",
            "\t=",
            "\r=",
            " =",
            "\n@",
            "\u00a0=",
            "\u3000@",
            "\ufeff=",
            "\u200b+",
        ),
        *("\uff1d", "\uff0b", "\uff0d", "\uff20"),
    ],
)
def test_no_cell_of_the_csv_is_a_formula(exported: Any, start: str) -> None:
    record_entry(action="draft.save", actor=f"{start}cmd|' /C calc'!A0", subject="draft:1")
    (row,) = csv.DictReader(io.StringIO(exported("--format", "csv"), newline=""))
    assert row["actor"].startswith("'")


@pytest.mark.parametrize(
    "sign", ["\x1b", "\x07", "\x08", "\x9b", "\u202e", "\u2066", "\u200f", "\x7f"]
)
def test_no_cell_steers_a_terminal_or_turns_text_round(exported: Any, sign: str) -> None:
    record_entry(action="draft.save", actor=f"edith{sign}[2Jgnp.exe", subject="draft:1")
    text = exported("--format", "csv")
    assert sign not in text
    assert f"edith\\u{ord(sign):04x}[2J" in text


def test_numbers_stay_numbers() -> None:
    assert [safe_cell(one) for one in (-3, -0.5, "-3", None)] == ["-3", "-0.5", "'-3", ""]


def test_a_part_can_be_exported(exported: Any) -> None:
    record(2)
    entry = Entry.objects.latest("pk")
    tomorrow = (entry.at + timedelta(days=1)).date().isoformat()
    assert len(exported("--until", tomorrow).splitlines()) == 2
    assert exported("--since", (entry.at + timedelta(days=2)).date().isoformat()) == ""
    with pytest.raises(CommandError, match="2026-03-04"):
        exported("--since", "yesterday")
