"""A real server for the replay: gunicorn on a database of its own."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from scripts.run import ready
from scripts.servers import free_port

ROOT = Path(__file__).resolve().parents[2]


def environment(folder: Path, port: int, **more: str) -> dict[str, str]:
    """Return the environment of the server and of those who fill its tables."""
    return {
        **os.environ,
        "DATABASE_URL": f"sqlite:///{folder}/contract.sqlite3",
        "PORT": str(port),
        "EXTRA_HOSTS": "127.0.0.1,localhost,example.org",
        "CONTENT_SCHEMAS_PATH": str(folder / "schemas"),
        "CONTENT_STORE_PUBLIC": "true",
        "METRICS_PORT": str(free_port()),
        "LOG_LEVEL": "WARNING",
        **more,
    }


@contextmanager
def serving(settings: dict[str, str], log: Path) -> Iterator[str]:
    """Run gunicorn with these settings; gives its address."""
    gunicorn = str(Path(sys.executable).parent / "gunicorn")
    command = [gunicorn, "-c", "scripts/gunicorn_conf.py", "preview.wsgi"]
    with log.open("ab") as output:
        process = subprocess.Popen(command, cwd=ROOT, env=settings, stdout=output, stderr=output)
        try:
            if not live(settings["PORT"]):
                raise RuntimeError(log.read_text("utf-8")[-4000:])
            yield f"http://127.0.0.1:{settings['PORT']}"
        finally:
            process.terminate()
            process.wait(timeout=20)


def live(port: str) -> bool:
    """Say whether the server answers; its broker is not needed for that."""
    return ready(port, path="live")
