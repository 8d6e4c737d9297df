"""The environment of a local copy: secrets made once, kept in `var/local.env`."""

from __future__ import annotations

import base64
import os
import secrets
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
FOLDER = Path(os.environ.get("VAR_DIR", ROOT / "var"))
LOCAL = FOLDER / "local.env"
DEFAULTS = {
    "ALLOW_MOCK_SIGN_IN": "true",  # a local copy has no Signon
    "ANYONE_LINKS_ALLOWED": "true",  # so that an example can be opened by whoever starts it
    "CONTENT_STORE_PUBLIC": "true",  # nobody else's proxy stands in front of a local copy
}


def local_environment() -> dict[str, str]:
    """Return this process's environment with what a local copy needs beside it."""
    if not LOCAL.exists():
        FOLDER.mkdir(exist_ok=True)
        key = base64.urlsafe_b64encode(secrets.token_bytes(32)).rstrip(b"=").decode()
        LOCAL.touch(mode=0o600)
        LOCAL.write_text(
            f"SECRET_KEY={secrets.token_urlsafe(50)}\nSHARE_LINK_KEYS=k1:{key}\n"
            "SIGN_IN=mock\nSERVE_STATIC_FROM_SOURCE=true\n",
            "utf-8",
        )
    lines = LOCAL.read_text("utf-8").splitlines()
    local = dict(line.split("=", 1) for line in lines if "=" in line)
    return {**DEFAULTS, **local, **os.environ}


if __name__ == "__main__":
    local_environment()
