"""A prepared query answers like the queryset that it was compiled from."""

from __future__ import annotations

import uuid
from collections.abc import Callable, Iterator
from typing import Any

import pytest
from django.db import (
    DataError,
    IntegrityError,
    OperationalError,
    connection,
    connections,
    transaction,
)
from django.utils import timezone

from preview.accounts.models import PublisherApp
from preview.sharing.drivers import Insert
from preview.sharing.prepared import PreparedQuery

pytestmark = pytest.mark.django_db


def by_name(*, name: str):
    return PublisherApp.objects.filter(name=name).values_list("id", "name", "created_at")


def test_it_runs_again_with_other_values() -> None:
    for name in ("whitehall", "publisher"):
        PublisherApp.objects.create(name=name)
    query = PreparedQuery(by_name, name="stand-in")
    for name in ("whitehall", "publisher", "nobody"):
        assert query.first(name=name) == by_name(name=name).first()


def test_a_stand_in_that_the_query_does_not_use_is_refused() -> None:
    query = PreparedQuery(lambda **_: by_name(name="fixed"), other=uuid.uuid4())
    with pytest.raises(ValueError, match="stand-in"):
        query.first(other=uuid.uuid4())


COLUMNS = ("name", "created_at")


def apps() -> PreparedQuery:
    """Return a query that adds another app beside the one that it finds."""
    return PreparedQuery(by_name, Insert(PublisherApp, COLUMNS), name="stand-in")


def row_of(name: str) -> tuple[object, ...]:
    return name, connection.ops.adapt_datetimefield_value(timezone.now())


def test_a_row_is_added_where_what_was_found_still_holds() -> None:
    app = PublisherApp.objects.create(name="whitehall")
    query = apps()
    found = query.found(name="whitehall")
    assert found is not None
    assert found.row == (app.id, app.name, app.created_at)
    for name in ("publisher", "travel 'advice' 100%"):
        assert query.insert_if_same(found.said, row_of(name), name="whitehall")
        assert PublisherApp.objects.get(name=name).created_at <= timezone.now()
    assert not query.insert_if_same(found.said, row_of("other"), name="publisher")
    PublisherApp.objects.filter(name="whitehall").update(created_at=timezone.now())
    assert not query.insert_if_same(found.said, row_of("other"), name="whitehall")
    PublisherApp.objects.filter(name="whitehall").delete()
    assert not query.insert_if_same(found.said, row_of("other"), name="whitehall")
    assert not PublisherApp.objects.filter(name="other").exists()


@pytest.mark.parametrize(
    ("name", "error"), [("whitehall", IntegrityError), ("x\0y", DataError), ("x" * 300, DataError)]
)
def test_what_the_database_refuses_is_the_error_that_django_knows(
    name: str, error: type[Exception]
) -> None:
    if error is DataError and connection.vendor == "sqlite":
        pytest.skip("SQLite keeps any text in any column")
    PublisherApp.objects.create(name="whitehall")
    query = apps()
    found = query.found(name="whitehall")
    assert found is not None
    with pytest.raises(error), transaction.atomic():
        query.insert_if_same(found.said, row_of(name), name="whitehall")
    assert query.insert_if_same(found.said, row_of("publisher"), name="whitehall")


@pytest.fixture
def other() -> Iterator[Any]:
    """Give a second connection, which commits what is done on it; its apps are deleted."""
    if connection.vendor != "postgresql":
        pytest.skip("SQLite has no connection to lose, and one writer at a time")
    connections["other"] = connection.copy("other")
    try:
        yield connections["other"]
    finally:
        connections["other"].close()  # it may be lost
        PublisherApp.objects.using("other").all().delete()
        connections["other"].close()
        del connections["other"]


def end(other: Any) -> None:
    """End a connection at the server's side, as a restart does, before the next request."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_terminate_backend(%s, 1000)", [other.connection.info.backend_pid])
    other.health_check_done = False


def test_a_row_is_added_in_the_transaction_of_the_caller_or_in_its_own(other: Any) -> None:
    PublisherApp.objects.using("other").create(name="whitehall")
    query = apps()
    found = query.found(using="other", name="whitehall")
    assert found is not None
    for name in ("first", "second"):  # psycopg forgets prepared statements as it rolls back
        assert query.insert_if_same(found.said, row_of(name), using="other", name="whitehall")
        with transaction.atomic(using="other"):
            undone = row_of(f"not-{name}")
            assert query.insert_if_same(found.said, undone, using="other", name="whitehall")
            transaction.set_rollback(True, using="other")
    names = PublisherApp.objects.values_list("name", flat=True)
    assert set(names) == {"whitehall", "first", "second"}


@pytest.mark.parametrize("ask", ["found", "insert_if_same"])
def test_a_connection_that_died_between_two_requests_is_opened_again(other: Any, ask: str) -> None:
    query = apps()
    asks: dict[str, Callable[[], object]] = {
        "found": lambda: query.found(using="other", name="nobody"),
        "insert_if_same": lambda: query.insert_if_same(
            "", row_of("x"), using="other", name="nobody"
        ),
    }
    assert not asks[ask]()
    end(other)
    assert not asks[ask]()
    other.connection.close()
    other.health_check_done = False
    assert not asks[ask]()
    end(other)
    other.health_check_done = True  # it died within the request
    with pytest.raises(OperationalError):
        asks[ask]()
