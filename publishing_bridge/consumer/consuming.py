"""Taking messages from RabbitMQ: acknowledged once handled, never before.

Source: alphagov/govuk_message_queue_consumer `lib/govuk_message_queue_consumer/consumer.rb`;
AMQP 0-9-1 for acknowledgements.
"""

from __future__ import annotations

import logging
from collections.abc import Callable
from typing import Any

import orjson
from django.conf import settings
from django.db import close_old_connections
from kombu import Connection, Consumer, Exchange, Queue
from kombu.message import Message as Delivered

from publishing_bridge.consumer.handling import UnusableMessage, handle, message_of

log = logging.getLogger(__name__)
HEARTBEAT = "application/x-heartbeat"
HEARTBEAT_SECONDS = 30
PREFETCH = 20


def queue() -> Queue:
    """Return the queue: durable, bound to every event of every schema.

    The exchange is Publishing API's: it is looked up, never declared anew.
    """
    exchange = Exchange(
        settings.PUBLISHED_DOCUMENTS_EXCHANGE, type="topic", durable=True, passive=True
    )
    return Queue(settings.PUBLISHED_DOCUMENTS_QUEUE, exchange, routing_key="*.*", durable=True)


def received(delivered: Delivered) -> None:
    """Handle one message, then tell the broker.

    What can't be used is dropped with a line in the log; what fails for now goes back to the queue.
    """
    routing_key = str(delivered.delivery_info.get("routing_key", ""))
    if delivered.content_type == HEARTBEAT:
        delivered.ack()
        return
    try:
        body = orjson.loads(delivered.body)
        new = handle(message_of(body, routing_key))
    except (orjson.JSONDecodeError, UnusableMessage) as error:
        log.warning(
            "consumer.unusable", extra={"routing_key": routing_key, "error_message": str(error)}
        )
        delivered.reject()
        return
    except Exception:
        delivered.requeue()
        raise
    delivered.ack()
    log.info("consumer.handled", extra={"routing_key": routing_key, "repeated": not new})


def consume(*, stopping: Callable[[], bool], idle: Callable[[], Any] = lambda: None) -> None:
    """Take messages until `stopping` says so; a lost connection is made again.

    `idle` is called whenever a second went by without a message.
    """
    connection = Connection(settings.RABBITMQ_URL, heartbeat=HEARTBEAT_SECONDS)
    while not stopping():
        try:
            connection.ensure_connection(errback=reconnecting, interval_max=30)
            take(connection, stopping, idle)
        except connection.connection_errors as error:
            log.warning("consumer.connection_lost", extra={"error_message": type(error).__name__})
            connection.close()
    connection.close()


def take(connection: Connection, stopping: Callable[[], bool], idle: Callable[[], Any]) -> None:
    """Take messages over one connection."""
    with Consumer(
        connection.default_channel,
        queues=[queue()],
        on_message=received,
        prefetch_count=PREFETCH,
        no_ack=False,
    ):
        log.info("consumer.waiting")
        while not stopping():
            try:
                connection.drain_events(timeout=1)
            except TimeoutError:
                connection.heartbeat_check()
                close_old_connections()
                idle()


def reconnecting(error: Exception, seconds: float) -> None:
    """Say that the broker can't be reached."""
    log.warning(
        "consumer.broker_unreachable",
        extra={"error_message": type(error).__name__, "again_in": seconds},
    )
