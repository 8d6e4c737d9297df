"""The consumer against a real RabbitMQ: at least once, and never twice."""

from __future__ import annotations

import os
import signal
import sqlite3
import subprocess
import sys
import time
import uuid
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from kombu import Connection, Exchange, Producer

from scripts.servers import RabbitMQ, ServerMissing, Valkey, rabbitmq_program

ROOT = Path(__file__).resolve().parents[2]
pytestmark = pytest.mark.end_to_end


@pytest.fixture(scope="module")
def broker(tmp_path_factory: pytest.TempPathFactory) -> Iterator[RabbitMQ]:
    try:
        rabbitmq_program()
    except ServerMissing as missing:
        pytest.skip(str(missing))
    with RabbitMQ(tmp_path_factory.mktemp("rabbitmq")) as running:
        yield running


class Platform:
    """Publishing API's side of the exchange, and a consumer that can be killed."""

    def __init__(self, broker: RabbitMQ, folder: Path, redis_url: str) -> None:
        self.folder = folder
        self.database = folder / "db.sqlite3"
        self.environment = {
            **os.environ,
            "DATABASE_URL": f"sqlite:///{self.database}",
            "RABBITMQ_URL": broker.url,
            "REDIS_URL": redis_url,
            "PUBLISHED_DOCUMENTS_EXCHANGE": f"published_{folder.name}",
            "PUBLISHED_DOCUMENTS_QUEUE": f"preview_{folder.name}",
        }
        self.connection = Connection(broker.url)
        self.exchange = Exchange(f"published_{folder.name}", type="topic", durable=True)
        self.exchange(self.connection.default_channel).declare()
        self.process: subprocess.Popen[bytes] | None = None
        self.manage("migrate", "-v0")

    def manage(self, *arguments: str) -> None:
        command = [sys.executable, "manage.py", *arguments]
        subprocess.run(command, cwd=ROOT, env=self.environment, check=True)

    def start(self, **more: str) -> None:
        with (self.folder / "consumer.log").open("ab") as log:
            self.process = subprocess.Popen(
                [sys.executable, "manage.py", "consume_published_documents"],
                cwd=ROOT,
                env={**self.environment, **more},
                stdout=log,
                stderr=log,
            )

    def stop(self, how: signal.Signals = signal.SIGTERM) -> int:
        assert self.process
        self.process.send_signal(how)
        return self.process.wait(timeout=30)

    def publish(self, body: Any, key: str = "answer.major", **more: Any) -> None:
        producer = Producer(self.connection.default_channel, exchange=self.exchange)
        producer.publish(body, routing_key=key, delivery_mode=2, **more)

    def rows(self, query: str) -> Any:
        with sqlite3.connect(self.database, timeout=10) as found:
            return found.execute(query).fetchone()[0]

    def handled(self) -> int:
        return int(self.rows("SELECT count(*) FROM publishing_bridge_handledmessage"))

    def log(self) -> str:
        return (self.folder / "consumer.log").read_text("utf-8")

    def waiting(self) -> int:
        declared = self.connection.default_channel.queue_declare(
            f"preview_{self.folder.name}", passive=True
        )
        return int(declared.message_count)


@pytest.fixture
def platform(broker: RabbitMQ, tmp_path: Path) -> Iterator[Platform]:
    with Valkey(tmp_path / "valkey") as valkey:
        running = Platform(broker, tmp_path, valkey.url)
        yield running
        if running.process and running.process.poll() is None:
            running.stop(signal.SIGKILL)
        running.connection.release()


def until(holds: Callable[[], bool], platform: Platform, seconds: float = 60) -> None:
    end = time.monotonic() + seconds
    while not holds():
        assert time.monotonic() < end, platform.log()[-3000:]
        time.sleep(0.1)


def document(**changes: Any) -> dict[str, Any]:
    return {"content_id": str(uuid.uuid4()), "locale": "en", "payload_version": 1, **changes}


def test_messages_are_handled_once_and_bad_ones_are_dropped(platform: Platform) -> None:
    platform.start()
    until(lambda: "consumer.waiting" in platform.log(), platform)
    same = document()
    for body in (same, same, "no document", document()):
        platform.publish(body)
    platform.publish("", key="heartbeat.major", content_type="application/x-heartbeat")
    until(lambda: platform.handled() == 2 and "consumer.unusable" in platform.log(), platform)
    until(lambda: platform.log().count("consumer.handled") == 3, platform)
    assert platform.stop() == 0
    assert platform.waiting() == 0
    assert "Traceback" not in platform.log()


def test_a_consumer_killed_before_it_acknowledges_loses_and_repeats_nothing(
    platform: Platform,
) -> None:
    platform.start(DJANGO_SETTINGS_MODULE="tests.end_to_end.killed_before_ack")
    until(lambda: "consumer.waiting" in platform.log(), platform)
    platform.publish(document())
    assert platform.process
    assert platform.process.wait(timeout=60) == -signal.SIGKILL
    assert platform.handled() == 1
    until(lambda: platform.waiting() == 1, platform)
    platform.start()
    until(lambda: '"repeated": true' in platform.log(), platform)
    assert platform.stop() == 0
    assert (platform.handled(), platform.waiting()) == (1, 0)
