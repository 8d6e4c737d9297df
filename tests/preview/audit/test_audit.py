"""The audit trail: rows are added and never changed, whoever asks."""

from __future__ import annotations

import pytest
from django.db import DatabaseError, connection, transaction

from preview.audit.actions import record_entry
from preview.audit.models import Entry

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(
    "statement", ["UPDATE preview_entry SET actor = 'nobody'", "DELETE FROM preview_entry"]
)
def test_the_database_refuses_to_change_the_trail(statement: str) -> None:
    record_entry(action="draft.save", actor="app:publisher", subject="draft:1", version=1)
    with pytest.raises(DatabaseError, match="append-only"), transaction.atomic():
        connection.cursor().execute(statement)
    assert Entry.objects.get().actor == "app:publisher"


def test_an_entry_refuses_to_be_saved_again() -> None:
    record_entry(action="draft.save", actor="app:publisher", subject="draft:1")
    entry = Entry.objects.get()
    with pytest.raises(TypeError, match="append-only"):
        entry.save()
