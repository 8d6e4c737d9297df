"""How a prepared query is asked: by the driver of each kind of database, past Django's cursors.

Source: Python's `sqlite3`; psycopg 3, "Prepared statements" and `psycopg.pq`; PostgreSQL, "WITH
queries": a part that changes data runs once, and the whole of the statement sees one moment.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from itertools import count
from typing import Any, NamedTuple, Protocol
from weakref import WeakSet

import psycopg
from django.db.backends.base.base import BaseDatabaseWrapper
from django.db.models import Model
from psycopg import pq
from psycopg.adapt import PyFormat, Transformer
from psycopg.pq.abc import PGresult
from psycopg.sql import Literal

Said = str | tuple[Any, ...]
Row = tuple[Any, ...]
Places = Sequence[tuple[str, Any]]
PLACE = re.compile(r"%(.)")
NUMBERS = count()
GONE = b"26000"  # the prepared statement does not exist


class Insert(NamedTuple):
    """Where rows are added: a table and the columns whose values are given."""

    model: type[Model]
    columns: tuple[str, ...]

    def into(self) -> str:
        """Return the beginning of the statement."""
        quoted = ", ".join(f'"{column}"' for column in self.columns)
        return f'INSERT INTO "{self.model._meta.db_table}" ({quoted})'

    def kinds(self, connection: BaseDatabaseWrapper) -> list[str]:
        """Return the types of the columns without a length: a cast to one cuts off what is over."""
        fields = [self.model._meta.get_field(column) for column in self.columns]
        return [str(one.db_type(connection)).partition("(")[0] for one in fields]


class Driver(Protocol):
    """Asks one query of one kind of database; `raw` is the driver's own connection."""

    def first(self, raw: Any, values: dict[str, Any]) -> tuple[Said, Row] | None:
        """Return the first row with what was said for it."""

    def insert_if_same(
        self, raw: Any, values: dict[str, Any], said: Said, added: tuple[Any, ...]
    ) -> bool:
        """Add a row if the first row is still what was said; say whether it is."""


class SQLite:
    """SQLite's driver keeps compiled statements by itself, and a row is what is said for it."""

    def __init__(
        self,
        connection: BaseDatabaseWrapper,  # noqa: ARG002 (a driver)
        sql: str,
        places: Places,
        insert: Insert | None,
    ) -> None:
        self.sql = PLACE.sub(lambda found: "?" if found[1] == "s" else found[1], sql)
        self.parameters = [constant for _, constant in places]
        self.named = [(place, name) for place, (name, _) in enumerate(places) if name]
        if insert:
            self.insert = f"{insert.into()} VALUES ({', '.join('?' * len(insert.columns))})"

    def first(self, raw: Any, values: dict[str, Any]) -> tuple[Said, Row] | None:
        """Return the first row."""
        parameters = self.parameters.copy()
        for place, name in self.named:
            parameters[place] = values[name]
        row: Row | None = raw.execute(self.sql, parameters).fetchone()
        return row and (row, row)

    def insert_if_same(
        self, raw: Any, values: dict[str, Any], said: Said, added: tuple[Any, ...]
    ) -> bool:
        """Ask, then add: there is no way between them."""
        found = self.first(raw, values)
        if found is None or found[0] != said:
            return False
        raw.execute(self.insert, added)
        return True


class PostgreSQL:
    """Statements are prepared, so that PostgreSQL plans them once for a connection.

    Constants stand in the SQL, so few values travel. What is said for a row is its text. The
    statement that adds a row has no answer to speak of, so it is sent by the library under psycopg:
    its cursors cost as much as the statement.
    """

    def __init__(
        self,
        connection: BaseDatabaseWrapper,
        sql: str,
        places: Places,
        insert: Insert | None,
    ) -> None:
        self.names = list(dict.fromkeys(name for name, _ in places if name))
        left = iter(places)

        def placed(found: re.Match[str]) -> str:
            if found[1] != "s":
                return found[1]
            name, constant = next(left)
            return f"${self.names.index(name) + 1}" if name else Literal(constant).as_string()

        query = f"WITH found AS MATERIALIZED ({PLACE.sub(placed, sql)})"
        self.sql = f"{query} SELECT found::text, found.* FROM found"  # noqa: S608 (compiled SQL)
        if insert:
            kinds = insert.kinds(connection)
            self.insert = with_insert(query, len(self.names) + 1, insert, kinds)
            self.name = f"insert-if-same-{next(NUMBERS)}".encode()
            self.prepared = WeakSet[psycopg.Connection[Any]]()

    def first(self, raw: Any, values: dict[str, Any]) -> tuple[Said, Row] | None:
        """Return the first row."""
        with psycopg.RawCursor(raw) as cursor:
            parameters = [values[name] for name in self.names]
            row = cursor.execute(self.sql, parameters, prepare=True).fetchone()
        return row and (row[0], row[1:])

    def insert_if_same(
        self, raw: Any, values: dict[str, Any], said: Said, added: tuple[Any, ...]
    ) -> bool:
        """Ask and add in one statement, which is one round trip."""
        asked = [*(values[name] for name in self.names), said, *added]
        if raw.autocommit:
            return self.by_library(raw, asked)
        with psycopg.RawCursor(raw) as cursor:  # it begins the transaction where none is begun
            row = cursor.execute(self.insert, asked).fetchone()
        return bool(row and row[0])

    def by_library(self, raw: psycopg.Connection[Any], asked: list[Any]) -> bool:
        """Run the statement with the insert; no transaction is open, so an error ends none.

        psycopg takes all prepared statements away when a transaction is rolled back. Its types say
        that no value may be None, which is how the library knows NULL.
        """
        as_text: Any = Transformer(raw).dump_sequence(asked, [PyFormat.TEXT] * len(asked))
        with raw.lock:
            if raw in self.prepared:
                result = raw.pgconn.exec_prepared(self.name, as_text)
                if result.error_field(pq.DiagnosticField.SQLSTATE) != GONE:
                    return is_true(raw, result)
            is_done(raw, raw.pgconn.prepare(self.name, self.insert.encode()))
            self.prepared.add(raw)
            return is_true(raw, raw.pgconn.exec_prepared(self.name, as_text))


def with_insert(query: str, first: int, insert: Insert, kinds: Iterable[str]) -> str:
    """Return the statement that adds a row where `query` finds what `$first` says."""
    values = ", ".join(f"${first + place}::{kind}" for place, kind in enumerate(kinds, 1))
    return (
        f"{query}, same AS (SELECT FROM found WHERE found::text = ${first}), "  # noqa: S608 (compiled SQL)
        f"added AS ({insert.into()} SELECT {values} FROM same) SELECT EXISTS(SELECT FROM same)"
    )


def is_true(raw: psycopg.Connection[Any], result: PGresult) -> bool:
    """Return the one value of a result, a boolean; an error is raised as with `is_done`."""
    is_done(raw, result)
    return result.get_value(0, 0) == b"t"


def is_done(raw: psycopg.Connection[Any], result: PGresult) -> None:
    """Raise what a cursor would raise.

    Raises:
        psycopg.Error: of the kind that the server named; `OperationalError` where it did not.

    """
    if result.status in (pq.ExecStatus.COMMAND_OK, pq.ExecStatus.TUPLES_OK):
        return
    code = result.error_field(pq.DiagnosticField.SQLSTATE)
    kind = psycopg.errors.lookup(code.decode()) if code else psycopg.OperationalError
    raise kind(result.get_error_message(raw.info.encoding))


DRIVERS: dict[str, type[SQLite] | type[PostgreSQL]] = {"sqlite": SQLite, "postgresql": PostgreSQL}
