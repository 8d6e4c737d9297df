"""The command line: places of every kind, progress, summary, exit status, tables."""

from __future__ import annotations

import bz2
import csv
import gzip
import io
import json
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import boto3
import pytest
import zstandard
from django.core.management import CommandError, call_command
from django.utils import timezone
from moto.server import ThreadedMotoServer

from preview.management.usage_import import milliseconds
from preview.usage import actions, places, pulling
from preview.usage.models import UsageEvent, UsageObject, UsageRules, UsageSource
from preview.usage.results import UsageSession
from tests.preview.usage import samples
from tests.preview.usage.conftest import derived, forget, working_day
from tests.preview.usage.samples import Visit

LOG = "".join(f"{line}\n" for line in working_day()).encode()
COUNT = len(working_day())


def usage(*arguments: object, status: int = 0) -> dict[str, Any]:
    """Run `usage …`; return the JSON that it prints."""
    out = io.StringIO()
    ended = 0
    try:
        call_command("usage", *map(str, arguments), stdout=out, stderr=io.StringIO())
    except SystemExit as end:
        ended = int(end.code or 0)
    assert ended == status, out.getvalue()
    found: dict[str, Any] = json.loads(out.getvalue() or "{}")
    return found


PACKED = {"a.log": LOG, "a.gz": gzip.compress(LOG), "a.bz2": bz2.compress(LOG)}
PACKED["a.zst"] = zstandard.compress(LOG)


@pytest.mark.parametrize("name", PACKED)
def test_a_file_is_imported_and_its_day_rebuilt(db: None, tmp_path: Path, name: str) -> None:
    path = tmp_path / name
    path.write_bytes(PACKED[name])
    found = usage("import", path)
    assert (found["lines"], found["kept"], found["rejected"]) == (COUNT, COUNT, 0)
    assert found["days_rebuilt"] == ["2026-03-03"]
    again = usage("import", path)
    assert (again["objects"], again["unchanged"], again["days_rebuilt"]) == (0, 1, [])


def test_folders_patterns_and_standard_input(
    db: None, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "inner").mkdir()
    (tmp_path / "a.log").write_bytes(LOG)
    (tmp_path / "inner/b.log.gz").write_bytes(gzip.compress(LOG[:-1]))
    (tmp_path / ".hidden").mkdir()
    (tmp_path / ".hidden/c.log").write_bytes(LOG)
    assert usage("import", tmp_path)["objects"] == 2
    assert usage("import", tmp_path / "*.log")["unchanged"] == 1
    piped = type("Stdin", (), {"buffer": io.BytesIO(gzip.compress(LOG))})
    monkeypatch.setattr(sys, "stdin", piped)
    assert usage("import", "-")["objects"] == 1
    assert UsageObject.objects.count() == 3


def test_the_exit_status_tells_failure_from_bad_lines(db: None, tmp_path: Path) -> None:
    (tmp_path / "bad.log").write_bytes(LOG + b"rubbish\n" * 9)
    found = usage("import", tmp_path / "bad.log", tmp_path / "none.log", status=1)
    assert found["failed"] == [
        f"There is no file {tmp_path}/none.log. Check the name or the pattern."
    ]
    assert found["causes"] == {"unknown_format": 9}
    (tmp_path / "bad.log").write_bytes(LOG + b"rubbish\n" * 10)
    usage("import", tmp_path / "bad.log", status=2)
    (tmp_path / "bad.log").write_bytes(LOG + b"rubbish\n" * 11)
    usage("import", "--max-reject", "0.5", tmp_path / "bad.log")


def test_a_dry_run_stores_nothing_and_says_why(db: None, tmp_path: Path) -> None:
    path = tmp_path / "a.log"
    path.write_bytes(LOG + b"rubbish\n")
    said = io.StringIO()
    out = io.StringIO()
    call_command("usage", "import", "--explain", "99", str(path), stdout=out, stderr=said)
    found = json.loads(out.getvalue())
    assert found["classes"] == {
        "unknown_human": 30,
        "healthcheck": 14,
        "bot": 4,
        "rejected": 1,
    }
    assert "alb on whitehall-admin, unknown_human by unknown, edit of people; counts" in (
        said.getvalue()
    )
    assert "can't be read: unknown_format" in said.getvalue()
    assert not UsageObject.objects.exists()


def test_a_table_has_a_row_for_every_line(db: None, tmp_path: Path) -> None:
    path, out = tmp_path / "a.log", tmp_path / "out.csv"
    path.write_bytes(LOG)
    usage("import", path, "--classify-only", "--out", out)
    with out.open(encoding="utf-8", newline="") as table:
        rows = list(csv.DictReader(table))
    assert [int(row["line"]) for row in rows] == list(range(1, COUNT + 1))
    assert {row["actor_class"] for row in rows} == {"healthcheck", "unknown_human", "bot"}
    with pytest.raises(CommandError, match="--out"):
        call_command("usage", "import", str(path), "--classify-only")


def test_only_a_span_of_time_can_be_read(db: None, tmp_path: Path) -> None:
    path = tmp_path / "a.log"
    path.write_bytes(LOG)
    found = usage("import", path, "--since", "2026-03-03T12:00", "--until", "2026-03-03T13:00Z")
    assert 0 < found["kept"] < COUNT
    assert usage("import", path)["kept"] == COUNT
    assert UsageObject.objects.count() == 1
    with pytest.raises(CommandError, match="A time is written"):
        call_command("usage", "import", str(path), "--since", "noon")


def test_a_time_without_offset_is_utc() -> None:
    assert milliseconds("2026-03-03T10:00", 0) == samples.START * 1000
    assert milliseconds(None, 7) == 7


def test_a_rails_log_belongs_to_the_app_that_is_named(db: None, tmp_path: Path) -> None:
    path = tmp_path / "logs.json"
    draft = Visit(target="/guidance/a", route="guide#show")
    path.write_text(samples.rails(draft) + "\n", "utf-8")
    usage("import", path, "--app", "draft-frontend", "--source", "rails")
    assert UsageEvent.objects.get().host == "draft-origin"
    named = tmp_path / "logs.draft-frontend.json"
    named.write_text(samples.rails(draft) + "\n", "utf-8")
    usage("import", named, "--source", "by-name")
    assert list(UsageEvent.objects.values_list("host", flat=True)) == ["draft-origin"] * 2


def test_rules_are_printed_loaded_and_activated(db: None, tmp_path: Path) -> None:
    document = usage("rules")
    document["activities"]["activities"][1]["counts_as"] = "rest"
    path = tmp_path / "rules.json"
    path.write_text(json.dumps(document), "utf-8")
    out = io.StringIO()
    call_command("usage", "rules", "--load", str(path), "--note", "a test", stdout=out)
    assert UsageRules.objects.get().note == "a test"
    assert usage("reclassify")["changed"] == 0
    path.write_text("{}", "utf-8")
    with pytest.raises(CommandError, match="need a part hosts"):
        call_command("usage", "rules", "--load", str(path))


def test_sources_and_keys_are_made_and_revoked(db: None) -> None:
    made = usage("source", "logit", "--network", "203.0.113.0/24", "--format", "nginx")
    assert (made["networks"], made["format"], made["keys"]) == (["203.0.113.0/24"], "nginx", [])
    out = io.StringIO()
    call_command("usage", "key", "logit", "--label", "first", stdout=out)
    secret = out.getvalue().strip()
    (key,) = usage("source", "logit")["keys"]
    assert key["label"] == "first"
    assert actions.find_source_key(secret) is not None
    call_command("usage", "key", "logit", "--revoke", key["id"], stdout=out)
    assert actions.find_source_key(secret) is None
    with pytest.raises(CommandError, match="A network is written as"):
        call_command("usage", "source", "logit", "--network", "everywhere")


# --- S3, spoken to over HTTP ---

BUCKET = "logs-of-integration"


@pytest.fixture(scope="module")
def s3_server() -> Iterator[str]:
    server = ThreadedMotoServer(ip_address="127.0.0.1", port=0)
    server.start()
    _, port = server.get_host_and_port()
    yield f"http://127.0.0.1:{port}"
    server.stop()


@pytest.fixture
def bucket(s3_server: str, settings: Any, monkeypatch: pytest.MonkeyPatch) -> Iterator[Any]:
    for name in ("AWS_ACCESS_KEY_ID", "AWS_SECRET_ACCESS_KEY"):
        monkeypatch.setenv(name, "testing")
    monkeypatch.setenv("AWS_DEFAULT_REGION", "eu-west-1")
    settings.USAGE_S3_ENDPOINT = s3_server
    places.s3.cache_clear()
    client = boto3.client("s3", endpoint_url=s3_server)
    place = {"LocationConstraint": "eu-west-1"}
    client.create_bucket(Bucket=BUCKET, CreateBucketConfiguration=place)
    yield client
    for one in client.list_objects_v2(Bucket=BUCKET).get("Contents", ()):
        client.delete_object(Bucket=BUCKET, Key=one["Key"])
    client.delete_bucket(Bucket=BUCKET)
    client.close()
    places.s3().close()
    places.s3.cache_clear()


def test_a_prefix_of_s3_is_imported_like_files(db: None, bucket: Any, tmp_path: Path) -> None:
    (tmp_path / "a.log").write_bytes(LOG)
    usage("import", tmp_path / "a.log")
    local = derived()
    forget()
    for part in range(3):
        lines = "".join(f"{line}\n" for line in working_day()[part::3]).encode()
        bucket.put_object(Bucket=BUCKET, Key=f"alb/{part}.log.gz", Body=gzip.compress(lines))
    assert usage("import", f"s3://{BUCKET}/alb/")["objects"] == 3
    assert derived() == local
    assert usage("import", f"s3://{BUCKET}/alb/")["unchanged"] == 3
    found = usage("import", f"s3://{BUCKET}/none/", "s3://no-such-bucket/", status=1)
    assert len(found["failed"]) == 2


def test_a_source_is_pulled_by_the_day_with_one_run_at_a_time(db: None, bucket: Any) -> None:
    now = timezone.now()
    for back in (0, 1, 2, 3):
        day = now - timezone.timedelta(days=back)
        bucket.put_object(
            Bucket=BUCKET,
            Key=f"alb/{day:%Y/%m/%d}/a.log",
            Body="".join(f"{line}\n" for line in working_day()[back::4]).encode(),
        )
    url = f"s3://{BUCKET}/alb/{{yyyy}}/{{mm}}/{{dd}}/"
    source = actions.ensure_source(slug="alb", pull_url=url)
    assert pulling.pull_all() == {"alb": 3}
    assert pulling.pull_all() == {"alb": 0}
    assert UsageSource.objects.get(slug="alb").pulled_at is not None
    lease = pulling.take_lease(source)
    assert lease is not None
    assert pulling.take_lease(source) is None
    bucket.put_object(Bucket=BUCKET, Key=f"alb/{now:%Y/%m/%d}/b.log", Body=LOG)
    assert pulling.pull_all() == {"alb": 0}
    UsageSource.objects.update(locked_until=now - timezone.timedelta(minutes=1))
    assert pulling.pull_all() == {"alb": 1}
    usage("rebuild")
    assert UsageSession.objects.exists()
