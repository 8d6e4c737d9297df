"""Chromium as processes: started with its sandbox and without a network, measured, killed.

All of them are in one group, so that the group can be measured and killed whole. Where this service
runs as root, Chromium runs as nobody: it has no sandbox as root.

Source: proc(5) for `stat` and `status`; Chromium's command line switches.
"""

from __future__ import annotations

import os
import shutil
import signal
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory

from django.conf import settings

from preview.errors import BrowserFault

LAUNCHER = Path(__file__).with_name("launcher.py")
NAMES = ("chromium", "chromium-browser", "google-chrome")
NOBODY = 65534
FLAGS = (
    "--headless",
    "--remote-debugging-pipe",
    # Nothing is looked up and nothing is connected to, whatever a page or the browser itself wants.
    "--proxy-server=http://127.0.0.1:1",
    "--proxy-bypass-list=<-loopback>",
    "--host-resolver-rules=MAP * ~NOTFOUND",
    "--dns-prefetch-disable",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-default-apps",
    "--disable-domain-reliability",
    "--disable-extensions",
    "--disable-sync",
    "--no-pings",
    "--disable-breakpad",
    "--disable-crash-reporter",
    "--disable-dev-shm-usage",
    "--disable-gpu",
    "--hide-scrollbars",
    "--mute-audio",
    "--no-default-browser-check",
    "--no-first-run",
)


@dataclass(frozen=True)
class Limits:
    """How long a run may take, in seconds, and how many bytes of memory its processes may use."""

    seconds: float
    memory: int


def program() -> str | None:
    """Return the path of the browser that the settings name, else of one on the PATH."""
    names = (settings.CHROMIUM,) if settings.CHROMIUM else NAMES
    return next(filter(None, map(shutil.which, names)), None)


class Process:
    """The processes of one run; `read` and `write` are our ends of its pipes."""

    def __init__(self) -> None:
        found = program()
        if found is None:
            raise BrowserFault("missing")
        self.folder = TemporaryDirectory(prefix="chromium-")
        theirs, self.write = os.pipe()
        self.read, answers = os.pipe()
        try:
            self.running = started(found, self.folder.name, theirs, answers)
        except BaseException:
            os.close(self.read)
            os.close(self.write)
            self.folder.cleanup()
            raise
        finally:
            os.close(theirs)
            os.close(answers)
        os.set_blocking(self.read, False)
        os.set_blocking(self.write, False)

    def memory(self) -> int:
        """Return how many bytes of memory the processes have to themselves."""
        return sum(memory_of(place) for place in group(self.running.pid))

    def end(self) -> None:
        """Kill the processes and delete what they wrote; a second call does nothing."""
        if self.running.returncode is None:
            os.killpg(self.running.pid, signal.SIGKILL)
            self.running.wait()
            os.close(self.read)
            os.close(self.write)
        shutil.rmtree(self.folder.name, ignore_errors=True)  # a dying process may still write
        self.folder.cleanup()


def started(path: str, folder: str, read: int, write: int) -> subprocess.Popen[bytes]:
    """Start Chromium in a session of its own, with nothing of this process's environment."""
    sandbox = () if settings.CHROMIUM_SANDBOX else ("--no-sandbox",)
    command = [path, *FLAGS, *sandbox, f"--user-data-dir={folder}", "about:blank"]
    user = "-"
    if os.geteuid() == 0:
        os.chown(folder, NOBODY, NOBODY)
        user = str(NOBODY)
    return subprocess.Popen(  # noqa: S603 (what the settings name, without a shell)
        [sys.executable, "-I", "-S", str(LAUNCHER), str(read), str(write), user, *command],
        pass_fds=(read, write),
        stdin=subprocess.DEVNULL,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
        cwd=folder,
        env={"HOME": folder, "TMPDIR": folder, "PATH": os.defpath, "LANG": "C.UTF-8"},
        start_new_session=True,
    )


def group(leader: int) -> list[Path]:
    """Return where the kernel tells of the processes of a group."""
    found = []
    for place in Path("/proc").glob("[0-9]*"):
        try:
            after_name = (place / "stat").read_text("utf-8", "replace").rpartition(")")[2]
        except OSError:
            continue  # it ended meanwhile
        if int(after_name.split()[2]) == leader:
            found.append(place)
    return found


def memory_of(place: Path) -> int:
    """Return how many bytes a process has to itself or shares with its like; 0 once it is gone."""
    try:
        lines = (place / "status").read_text("utf-8", "replace").splitlines()
    except OSError:
        return 0
    fields = dict(line.split(":", 1) for line in lines if ":" in line)
    sizes = (fields.get(name, "0").split()[0] for name in ("RssAnon", "RssShmem"))
    return 1024 * sum(map(int, sizes))
