"""Objects are imported whole, once, and in any order with the same result."""

from __future__ import annotations

import gzip
import io
import os
import random
import signal
import sqlite3
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path

import pytest
from django.db import connection

from preview.errors import CompressionBomb, LogImportRunning
from preview.usage import importing
from preview.usage.actions import ensure_source
from preview.usage.importing import Identity, import_stream
from preview.usage.intakes import intake
from preview.usage.models import UsageDate, UsageEvent, UsageObject, UsageReject, UsageTally
from preview.usage.results import UsageSession
from tests.preview.usage import samples
from tests.preview.usage.conftest import derived, forget, rebuild, working_day
from tests.preview.usage.samples import Visit

Put = Callable[..., UsageObject]
ROOT = Path(__file__).resolve().parents[3]


def test_importing_twice_changes_nothing(put: Put) -> None:
    first = put(working_day())
    rebuild()
    once = derived()
    again = put(working_day())
    assert rebuild() == []
    assert again.pk == first.pk
    assert derived() == once
    assert once["UsageSession"]


@pytest.mark.parametrize("seed", [7, 19])
def test_order_and_parts_change_nothing(put: Put, seed: int) -> None:
    put(working_day())
    rebuild()
    whole = derived()
    dice = random.Random(seed)
    for _ in range(5):
        forget()
        lines = working_day()
        dice.shuffle(lines)
        for part in dice.sample(range(7), 7):
            put(lines[part::7], key=f"part-{part}.log")
            if dice.random() < 0.3:
                rebuild()
        rebuild()
        assert derived() == whole


class Killed(BaseException):
    """What a process feels that is killed."""


class Breaking(io.BytesIO):
    """A stream that ends the import after some bytes."""

    def __init__(self, data: bytes, after: int) -> None:
        super().__init__(data)
        self.after = after

    def read(self, size: int | None = -1, /) -> bytes:
        if self.tell() >= self.after:
            raise Killed
        return super().read(min(size or 0, 700))


@pytest.mark.parametrize("seed", [3, 23])
def test_imports_killed_anywhere_go_on_and_end_the_same(
    put: Put, monkeypatch: pytest.MonkeyPatch, seed: int
) -> None:
    monkeypatch.setattr(importing, "BLOCK_LINES", 7)
    data = "".join(f"{line}\n" for line in working_day()).encode()
    put(data)
    rebuild()
    whole = derived()
    dice = random.Random(seed)
    for _ in range(20):
        forget()
        identity = Identity(ensure_source(slug="tests"), "a.log", "same", len(data))
        with pytest.raises(Killed):
            import_stream(
                identity=identity,
                stream=Breaking(data, dice.randrange(len(data))),
                intake=intake(),
            )
        assert rebuild() == []  # what was broken off does not count
        import_stream(identity=identity, stream=io.BytesIO(data), intake=intake())
        rebuild()
        assert derived() == whole


def test_a_block_and_its_offset_are_stored_together_or_not_at_all(
    put: Put, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(importing, "BLOCK_LINES", 7)
    stored = importing.load

    def dies_after_storing(block: object, owner: UsageObject) -> None:
        stored(block, owner)  # type: ignore[arg-type]
        raise Killed

    monkeypatch.setattr(importing, "load", dies_after_storing)
    with pytest.raises(Killed):
        put(working_day())
    assert UsageObject.objects.get().offset == 0
    assert not UsageEvent.objects.exists()
    monkeypatch.setattr(importing, "load", stored)
    assert put(working_day()).lines == len(working_day())


def test_two_imports_of_one_object_at_once_do_not_both_count(put: Put) -> None:
    owner = put(working_day()[:3])
    UsageObject.objects.update(state="started", offset=10)
    with pytest.raises(LogImportRunning):
        importing.claim(owner, owner.offset + 1, 99)


def test_a_changed_file_takes_the_place_of_what_it_was(put: Put) -> None:
    put(working_day()[:-20])
    rebuild()
    put(working_day())
    rebuild()
    assert UsageObject.objects.count() == 1
    grown = derived()
    forget()
    put(working_day())
    rebuild()
    assert derived() == grown


def test_the_same_lines_in_two_objects_count_once(put: Put) -> None:
    put(working_day(), key="a.log")
    rebuild()
    once = derived()["UsageSession"]
    put(reversed(working_day()), key="b.log")
    rebuild()
    assert derived()["UsageSession"] == once


def test_late_lines_open_their_day_again(put: Put) -> None:
    lines = working_day()
    put(lines[:20], key="a.log")
    assert rebuild() == ["2026-03-03"]
    put(lines[20:], key="b.log")
    assert rebuild() == ["2026-03-03"]


def test_lines_of_a_closed_day_are_refused_and_it_stays(put: Put) -> None:
    put(working_day()[:20], key="a.log")
    rebuild()
    UsageDate.objects.update(closed=True)
    before = derived()["UsageSession"]
    late = put(working_day()[20:], key="b.log")
    assert late.causes == {"day_is_closed": len(working_day()) - 20}
    assert rebuild() == []
    assert derived()["UsageSession"] == before


def test_a_truncated_gzip_keeps_what_came_before_and_says_so(put: Put) -> None:
    packed = gzip.compress("".join(f"{line}\n" for line in working_day() * 30).encode())
    done = put(packed[: len(packed) // 2])
    assert done.damage == "truncated"
    assert 0 < done.lines < len(working_day()) * 30
    assert done.state == "done"


def test_a_bomb_counts_nothing(put: Put) -> None:
    with pytest.raises(CompressionBomb):
        put(gzip.compress(b"{}" * 50_000_000))
    assert rebuild() == []


def test_bad_lines_are_counted_by_cause_and_kept_without_their_words(put: Put) -> None:
    secret = samples.token(samples.HARBOURS, samples.START)
    bad = [b"\xff\xfe\0binary", b"anna@example.org 203.0.113.7", b"x" * 1_000_000]
    bad += [f'{{"request_uri": "/a?token={secret}"'.encode()]
    future = samples.alb(Visit(at=time.time() + 10 * 86400)).encode()
    good = [line.encode() for line in working_day()]
    done = put(b"\n".join([*bad, future, *good]))
    assert done.rejected == 5
    assert done.causes == {
        "binary": 1,
        "unknown_format": 1,
        "line_too_long": 1,
        "not_json": 1,
        "time_in_the_future": 1,
    }
    assert done.kept == len(good)
    kept = " ".join(UsageReject.objects.values_list("excerpt", flat=True))
    for word in ("anna", "example", "203", "eyJ", secret[:20]):
        assert word not in kept


def test_markup_formulas_and_labels_in_lines_are_made_harmless(put: Put) -> None:
    hostile = '/government/admin/=cmd|x!A0/<b>{job="a"}\t\\N'.replace("\t", "%09")
    agent = f'{samples.FIREFOX}"><b>\n{{x="y"}}'
    put([samples.nginx(Visit(target=hostile, agent=agent))])
    path = UsageEvent.objects.get().path
    assert not set(path) & set("<>\"'\\\t\n")
    assert UsageTally.objects.get().agent == "firefox"


def test_nothing_personal_reaches_the_database(put: Put, tmp_path: Path) -> None:
    secret = samples.token(samples.HARBOURS, samples.START - 9000)
    visit = Visit(
        host=samples.DRAFT,
        target=f"/guidance/x?token={secret}&email=anna@example.org",
        ip="203.0.113.177",
    )
    put([write(visit) for write in samples.ACCESS_FORMATS.values()], app="draft-frontend")
    put([samples.USERS_HEADER, f"{samples.UID},Anna Lund,anna@example.org,a,,,editor"], key="u.csv")
    put(
        [samples.EVENTS_HEADER, f"1,{samples.UID},2026-03-03 10:00:00,3,Whitehall,47,3405803953"],
        key="e.csv",
    )
    rebuild()
    from django.apps import apps

    whole = "\n".join(
        repr(row)
        for model in apps.get_app_config("preview").get_models()
        if model.__name__.startswith("Usage")
        for row in model.objects.values_list()
    )
    assert UsageSession.objects.exists()
    for personal in (
        secret,
        "eyJ",
        "203.0.113",
        "3405803953",
        "anna",
        "Anna",
        samples.UID,
        "Firefox/",
    ):
        assert personal not in whole


@pytest.mark.skipif(
    bool(os.environ.get("TEST_DATABASE_URL")), reason="the process has a copy of a SQLite database"
)
@pytest.mark.django_db(transaction=True)
def test_a_killed_process_leaves_what_another_can_finish(tmp_path: Path) -> None:
    watch = sqlite3.connect(tmp_path / "killed.sqlite3")
    connection.connection.backup(watch)
    address = f"sqlite:///{tmp_path}/killed.sqlite3"
    environment = {**os.environ, "DATABASE_URL": address, "LOG_LEVEL": "ERROR"}
    log, lines = tmp_path / "big.log", working_day() * 500
    log.write_text("".join(f"{line}\n" for line in lines), "utf-8")
    command = [sys.executable, "manage.py", "usage", "import", "--no-rebuild", str(log)]
    running = subprocess.Popen(command, cwd=ROOT, env=environment, stdout=subprocess.DEVNULL)
    while running.poll() is None:
        if watch.execute("SELECT max(offset) FROM preview_usageobject").fetchone()[0]:
            running.send_signal(signal.SIGKILL)
            break
        time.sleep(0.005)
    running.wait()
    found = "SELECT state, lines, kept FROM preview_usageobject"
    state, stored, _ = watch.execute(found).fetchone()
    assert (state, 0 < stored < len(lines)) == ("started", True)
    subprocess.run(command, cwd=ROOT, env=environment, check=True, stdout=subprocess.DEVNULL)
    assert watch.execute(found).fetchone() == ("done", len(lines), len(lines))
    watch.close()
