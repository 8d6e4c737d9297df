"""A prepared query answers like the queryset that it was compiled from."""

from __future__ import annotations

import uuid

import pytest
from django.db import OperationalError, connection, connections

from preview.accounts.models import PublisherApp
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


@pytest.mark.skipif("connection.vendor != 'postgresql'", reason="SQLite has no connection to lose")
@pytest.mark.django_db(transaction=False)
def test_a_connection_that_died_between_two_requests_is_opened_again() -> None:
    query = PreparedQuery(by_name, name="stand-in")
    lost = connection.copy()
    connections["lost"] = lost
    try:
        assert query.first(using="lost", name="nobody") is None
        lost.connection.close()
        lost.health_check_done = False
        assert query.first(using="lost", name="nobody") is None
        lost.connection.close()
        with pytest.raises(OperationalError):
            query.first(using="lost", name="nobody")
    finally:
        lost.close()
        del connections["lost"]
