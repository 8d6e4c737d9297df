"""The whole service on one machine: Valkey, web, worker, beat, example drafts."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Collection
from pathlib import Path
from types import FrameType

from scripts.local_settings import FOLDER, ROOT, local_environment
from scripts.servers import ServerMissing, Valkey

BIN = Path(sys.executable).parent
LOGS = FOLDER / "log"


def commands(port: str) -> dict[str, list[str]]:
    """Return the processes of the service by name."""
    celery = [str(BIN / "celery"), "-A", "preview.celery"]
    return {
        "web": [str(BIN / "gunicorn"), "-c", "scripts/gunicorn_conf.py", "preview.wsgi"],
        "worker": [*celery, "worker", "-Q", "render", "-c", "1", "-n", "worker@%h"],
        "background": [*celery, "worker", "-Q", "default,usage,bulk", "-c", "1", "-n", "behind@%h"],
        "beat": [*celery, "beat", "-s", str(FOLDER / f"beat-{port}")],
    }


def ready(
    port: str,
    seconds: float = 180,
    path: str = "ready",
    processes: Collection[subprocess.Popen[bytes]] = (),
) -> bool:
    """Say whether the service answers that it is ready (or `live`), within `seconds`.

    A slow machine takes a minute to start. Where one of `processes` has ended, there is nothing to
    wait for.
    """
    until = time.monotonic() + seconds
    while time.monotonic() < until and all(one.poll() is None for one in processes):
        try:
            address = f"http://127.0.0.1:{port}/healthcheck/{path}"
            with urllib.request.urlopen(address, timeout=3):
                return True
        except (urllib.error.URLError, OSError):
            time.sleep(0.2)
    return False


def stop(processes: dict[str, subprocess.Popen[bytes]]) -> None:
    """Stop every process, within 10 seconds."""
    for process in processes.values():
        process.terminate()
    until = time.monotonic() + 10
    for process in processes.values():
        try:
            process.wait(timeout=max(0.1, until - time.monotonic()))
        except subprocess.TimeoutExpired:
            process.kill()


def interrupted(number: int, frame: FrameType | None) -> None:  # noqa: ARG001 (a handler)
    """End as Ctrl-C does."""
    raise KeyboardInterrupt


def main() -> int:
    """Start everything, send the examples, wait until one process ends or Ctrl-C."""
    signal.signal(signal.SIGTERM, interrupted)
    environment = local_environment()
    port = environment.setdefault("PORT", "3000")
    environment.setdefault("SERVICE_ORIGIN", f"http://service.preview.localhost:{port}")
    environment.setdefault("PREVIEW_ORIGIN", f"http://preview.localhost:{port}")
    environment.setdefault("PROBE_BASE_URL", f"http://127.0.0.1:{port}")
    try:
        with Valkey(FOLDER / "valkey") as valkey:
            return serve({**environment, "REDIS_URL": valkey.url}, port)
    except KeyboardInterrupt:
        return 0
    except ServerMissing as error:
        sys.stderr.write(f"{error}\n")
        return 1
    except subprocess.CalledProcessError as error:
        sys.stderr.write(f"Failed: {' '.join(error.cmd)}\n")
        return 1


def started(name: str, command: list[str], environment: dict[str, str]) -> subprocess.Popen[bytes]:
    """Start a process that writes to a log file of its own."""
    LOGS.mkdir(parents=True, exist_ok=True)
    with (LOGS / f"{name}.log").open("wb") as log:
        return subprocess.Popen(command, env=environment, stdout=log, stderr=subprocess.STDOUT)


def serve(environment: dict[str, str], port: str) -> int:
    """Start the processes, send the examples, wait; stops the processes whatever happens."""
    manage = [sys.executable, "manage.py"]
    processes: dict[str, subprocess.Popen[bytes]] = {}
    quiet = {**environment, "LOG_LEVEL": environment.get("LOG_LEVEL", "WARNING")}
    sys.stdout.write("Starting the service\n")
    sys.stdout.flush()
    subprocess.run([*manage, "migrate", "-v0"], env=quiet, check=True)
    try:
        for name, command in commands(port).items():
            processes[name] = started(name, command, quiet)
        if not ready(port, processes=processes.values()):
            sys.stderr.write(f"Nothing answers on port {port}. Look into {LOGS}.\n")
            return 1
        address = f"http://127.0.0.1:{port}"
        subprocess.run([*manage, "usage", "example"], env=quiet, check=True)
        subprocess.run([*manage, "send_examples", address], env=quiet, check=True)
        while all(process.poll() is None for process in processes.values()):
            time.sleep(0.5)
        ended = [name for name, one in processes.items() if one.poll() is not None]
        sys.stderr.write(f"Ended by itself: {', '.join(ended)}. Look into {LOGS}.\n")
        return 1
    finally:
        stop(processes)


if __name__ == "__main__":
    os.chdir(ROOT)
    sys.exit(main())
