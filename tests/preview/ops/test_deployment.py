"""What is checked before the service is put before people."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

from django.middleware.csrf import CsrfViewMiddleware

from preview.ops.middleware import CsrfMiddleware

ROOT = Path(__file__).resolve().parents[3]
PRODUCTION = {
    "SECRET_KEY": "0123456789abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ",
    "SERVICE_ORIGIN": "https://content-preview.publishing.service.gov.uk",
    "PREVIEW_ORIGIN": "https://content-preview-drafts.publishing.service.gov.uk",
    "SIGN_IN": "signon",
    "SIGNON_URL": "https://signon.publishing.service.gov.uk",
    "GDS_SSO_OAUTH_ID": "id",
    "GDS_SSO_OAUTH_SECRET": "secret",
    "ALLOW_MOCK_SIGN_IN": "false",
    "DEBUG": "false",
}


def manage(*arguments: str, **environment: str) -> subprocess.CompletedProcess[str]:
    settings = {**os.environ, **PRODUCTION, **environment}
    command = [sys.executable, "manage.py", *arguments]
    return subprocess.run(
        command, cwd=ROOT, env=settings, capture_output=True, text=True, check=False
    )


def test_the_deployment_check_has_no_warning() -> None:
    done = manage("check", "--deploy", "--fail-level", "WARNING")
    assert done.returncode == 0, done.stderr


def test_the_silenced_check_is_about_a_middleware_that_is_there() -> None:
    assert issubclass(CsrfMiddleware, CsrfViewMiddleware)


def test_nothing_starts_where_everybody_could_sign_in() -> None:
    done = manage("check", SIGN_IN="mock")
    assert done.returncode != 0
    assert "ALLOW_MOCK_SIGN_IN" in done.stderr
