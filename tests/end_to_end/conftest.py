"""The whole service as processes: Valkey, gunicorn, a Celery worker, beat."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import pytest
import requests

from scripts.run import ready
from scripts.servers import Valkey, free_port
from tests.end_to_end.browser import browser

__all__ = ["browser"]

ROOT = Path(__file__).resolve().parents[2]


class Service:
    """A running service; its parts can be killed and started again."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.port = free_port()
        self.address = f"http://127.0.0.1:{self.port}"
        self.preview = f"http://preview.localhost:{self.port}"
        self.service = f"http://service.preview.localhost:{self.port}"
        self.valkey = Valkey(folder / "valkey")
        self.processes: dict[str, subprocess.Popen[bytes]] = {}
        self.environment = {
            **os.environ,
            "DATABASE_URL": f"sqlite:///{folder}/db.sqlite3",
            "SNAPSHOT_FOLDER": str(folder / "snapshots"),
            "USAGE_FOLDER": str(folder / "usage"),
            "DRAFT_ASSETS_FOLDER": str(folder / "draft-assets"),
            "MAIL_FOLDER": str(folder / "mail"),
            "REDIS_URL": self.valkey.url,
            "PORT": str(self.port),
            "SERVICE_ORIGIN": self.service,
            "PREVIEW_ORIGIN": self.preview,
            "PROBE_BASE_URL": self.address,
            "METRICS_PORT": str(free_port()),
            "OUTBOX_RESEND_AFTER": "2",
            "OUTBOX_SWEEP_EVERY": "1",
            "NOTIFICATION_WAIT": "0",
            "RENDER_TIME_LIMIT": "3",
            "LOG_LEVEL": "INFO",
            "ANYONE_LINKS_ALLOWED": "true",
            "PYTHONWARNINGS": "default",
        }

    def manage(self, *arguments: str) -> str:
        command = [sys.executable, "manage.py", *arguments]
        done = subprocess.run(
            command, cwd=ROOT, env=self.environment, capture_output=True, text=True, check=True
        )
        return done.stdout.strip()

    def start(self, name: str, *options: str) -> None:
        bin_folder = Path(sys.executable).parent
        celery = [str(bin_folder / "celery"), "-A", "preview.celery"]
        commands = {
            "web": [str(bin_folder / "gunicorn"), "-c", "scripts/gunicorn_conf.py", "preview.wsgi"],
            "worker": [*celery, "worker", "-Q", "render,default,usage,bulk", "-c", "1"],
            "background": [
                *(
                    "nice",
                    *celery,
                    "worker",
                    "-Q",
                    "default,usage,bulk",
                    "-c",
                    "1",
                    "-n",
                    "behind@%h",
                ),
            ],
            "beat": [*celery, "beat", "-s", str(self.folder / "beat"), "--max-interval", "1"],
        }
        with (self.folder / f"{name}.log").open("ab") as log:
            self.processes[name] = subprocess.Popen(
                [*commands[name], *options],
                cwd=ROOT,
                env=self.environment,
                stdout=log,
                stderr=log,
                start_new_session=True,
            )

    def kill(self, name: str) -> None:
        """Kill a process and its children, without a chance to tidy up."""
        process = self.processes.pop(name)
        os.killpg(process.pid, signal.SIGKILL)
        process.wait()

    def stop(self) -> None:
        for name in list(self.processes):
            self.kill(name)
        self.valkey.stop()

    def log(self) -> str:
        return "".join(path.read_text("utf-8") for path in self.folder.glob("*.log"))

    def session(self) -> requests.Session:
        """A publisher app's HTTP session, with a token of its own."""
        session = requests.Session()
        session.headers["Authorization"] = f"Bearer {self.manage('create_app_token', 'publisher')}"
        return session

    def wait_ended(self, session: requests.Session, content_id: str, seconds: float = 40) -> dict:
        until = time.monotonic() + seconds
        draft: dict = {}
        while time.monotonic() < until:
            place = f"{self.address}/api/v1/drafts/{content_id}"
            draft = session.get(place, params={"wait": 2}, timeout=30).json()
            if draft["rendering"] and draft["rendering"]["state"] in ("ready", "failed"):
                return draft
            time.sleep(0.1)
        raise AssertionError(f"no end within {seconds} s: {draft}\n{self.log()[-4000:]}")


@pytest.fixture(scope="module")
def service(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Service]:
    running = Service(tmp_path_factory.mktemp("service"))
    running.valkey.start()
    running.manage("migrate", "-v0")
    for name in ("web", "worker", "beat"):
        running.start(name)
    try:
        assert ready(str(running.port)), running.log()[-4000:]
        yield running
    finally:
        running.stop()
