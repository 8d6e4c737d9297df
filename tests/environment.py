"""The environment of the tests; pytest loads it before Django reads its settings."""

from __future__ import annotations

import os
import tempfile
from pathlib import Path

TEMPORARY = Path(tempfile.mkdtemp(prefix="content-preview-tests-"))
(TEMPORARY / "static").mkdir()
os.environ.update(
    STATIC_ROOT=str(TEMPORARY / "static"),
    SECRET_KEY="only-for-tests-" + "x" * 50,
    SHARE_LINK_KEYS="k2:MjIyMjIyMjIyMjIyMjIyMjIyMjIyMjIyMjIyMjIyMjI,k1:MTExMTExMTExMTExMTExMTExMTExMTExMTExMTExMTE",
    SIGN_IN="mock",
    ALLOW_MOCK_SIGN_IN="true",
    RATE_LIMIT_LANDING="10000/minute",  # all tests are one client
    RATE_LIMIT_REQUEST="10000/minute",
    DATABASE_URL=os.environ.get("TEST_DATABASE_URL", f"sqlite:///{TEMPORARY}/tests.sqlite3"),
    USAGE_FOLDER=str(TEMPORARY / "usage"),
    SNAPSHOT_FOLDER=str(TEMPORARY / "snapshots"),
    DRAFT_ASSETS_FOLDER=str(TEMPORARY / "draft-assets"),
    REDIS_URL="redis://127.0.0.1:1/0",
    CHECK_ACCESSIBILITY="false",  # a browser for each preview; the tests of it have it on
    SERVE_STATIC_FROM_SOURCE="true",
)
