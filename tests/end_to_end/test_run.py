"""What a newcomer types: the whole service starts, sends its examples and prints where to look."""

from __future__ import annotations

import os
import re
import subprocess
import sys
import time
from pathlib import Path

import pytest
import requests

from scripts.servers import free_port
from tests.end_to_end.conftest import ROOT

pytestmark = pytest.mark.end_to_end
SHARED_PAGE = re.compile(r"http://preview\.localhost:\d+(/s/\S+)")
LONGEST = 240


def test_the_service_starts_with_examples_and_a_link_that_opens(tmp_path: Path) -> None:
    port = free_port()
    environment = {name: value for name, value in os.environ.items() if not set_by_tests(name)}
    environment |= {
        "VAR_DIR": str(tmp_path),
        "ASSETS_FOLDER": str(ROOT / "var" / "assets"),
        "PORT": str(port),
        "METRICS_PORT": str(free_port()),
    }
    output = tmp_path / "output.txt"
    with output.open("wb") as written:
        running = subprocess.Popen(
            [sys.executable, "-m", "scripts.run"],
            cwd=ROOT,
            env=environment,
            stdout=written,
            stderr=subprocess.STDOUT,
        )
    try:
        until = time.monotonic() + LONGEST
        while not (found := SHARED_PAGE.search(output.read_text("utf-8"))):
            assert running.poll() is None, output.read_text("utf-8")
            assert time.monotonic() < until, output.read_text("utf-8")
            time.sleep(0.5)
        landing = requests.get(
            f"http://127.0.0.1:{port}{found[1]}",
            headers={"Host": f"preview.localhost:{port}"},
            timeout=20,
        )
        assert landing.status_code == 200
        assert "<form" in landing.text
    finally:
        running.terminate()
        running.wait(timeout=30)
    assert "failed" not in output.read_text("utf-8")


def set_by_tests(name: str) -> bool:
    """Say whether the environment of the tests sets a variable that a newcomer has not set."""
    own = {"DATABASE_URL", "REDIS_URL", "STATIC_ROOT", "USAGE_FOLDER", "SNAPSHOT_FOLDER"}
    return name in own | {"DRAFT_ASSETS_FOLDER", "SECRET_KEY", "SHARE_LINK_KEYS", "SIGN_IN"}
