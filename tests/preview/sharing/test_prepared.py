"""A prepared query answers like the queryset that it was compiled from."""

from __future__ import annotations

import uuid

import pytest

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
