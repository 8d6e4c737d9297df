"""A query whose SQL is compiled once and run with other values.

For the queries that every shared page asks, building SQL from a queryset costs ten times what the
database does for it, and planning it again as much as answering it. How a kind of database is asked
is in `drivers.py`.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from typing import Any, NamedTuple, TypeVar
from uuid import UUID

from django.db import DEFAULT_DB_ALIAS, OperationalError, connections
from django.db.models import QuerySet
from django.db.models.sql.compiler import SQLCompiler

from preview.sharing.drivers import DRIVERS, Driver, Insert, Said

Answer = TypeVar("Answer")
Values = dict[str, Any]


class Found(NamedTuple):
    """A row, and what the database said for it: equal for rows that are equal in every column."""

    said: Said
    row: tuple[Any, ...]


class PreparedQuery:
    """Runs the queryset that `build(**values)` returns, at most one row of it.

    `stand_ins` are values of the right types, each different and unlike any constant of the query:
    their places in the compiled SQL are where later values go. The queryset is of `values_list`
    kind. `insert` is what `insert_if_same` adds to.
    """

    def __init__(
        self,
        build: Callable[..., QuerySet[Any, Any]],
        insert: Insert | None = None,
        **stand_ins: Any,
    ) -> None:
        self.build, self.insert, self.stand_ins = build, insert, stand_ins
        self.compiled: dict[str, Compiled] = {}

    def first(self, using: str = DEFAULT_DB_ALIAS, **values: Any) -> tuple[Any, ...] | None:
        """Return the first row for these values (of the stand-ins' names), or None."""
        found = self.found(using, **values)
        return found.row if found else None

    def found(self, using: str = DEFAULT_DB_ALIAS, **values: Any) -> Found | None:
        """Return the first row with what the database said, or None."""
        return self.compiled_for(using).first(values, using)

    def insert_if_same(
        self, said: Said, added: tuple[Any, ...], using: str = DEFAULT_DB_ALIAS, **values: Any
    ) -> bool:
        """Insert a row if the database still says `said` for these values; say whether it does.

        `added` are the values of the insert's columns. PostgreSQL does both in one statement.
        """
        return self.compiled_for(using).insert_if_same(values, said, added, using)

    def compiled_for(self, using: str) -> Compiled:
        """Return the query for a kind of database, compiled when it is first asked there."""
        vendor = connections[using].vendor
        compiled = self.compiled.get(vendor)
        if compiled is None:
            queryset = self.build(**self.stand_ins)
            compiled = Compiled(queryset, self.stand_ins, using, self.insert)
            self.compiled[vendor] = compiled
        return compiled


class Compiled:
    """SQL of one kind of database, with the names of the values at each place."""

    def __init__(
        self,
        queryset: QuerySet[Any, Any],
        stand_ins: Values,
        using: str,
        insert: Insert | None,
    ) -> None:
        compiler: SQLCompiler = queryset[:1].query.get_compiler(using=using)
        sql, parameters = compiler.as_sql()
        names = {self.in_database(value, using): name for name, value in stand_ins.items()}
        places = [(names.get(self.in_database(one, using), ""), one) for one in parameters]
        if {name for name, _ in places if name} != set(stand_ins):
            raise ValueError("A stand-in is not found in the compiled query.")
        connection = connections[using]
        columns = [column for column, _, _ in compiler.select]
        self.driver: Driver = DRIVERS[connection.vendor](connection, sql, places, insert)
        self.converters = compiler.get_converters(columns)
        self.compiler = compiler

    @staticmethod
    def in_database(value: Any, using: str) -> Any:
        """Return a value as the database's driver gets it."""
        if isinstance(value, str):
            return value
        connection = connections[using]
        if isinstance(value, UUID) and not connection.features.has_native_uuid_field:
            return value.hex
        if isinstance(value, datetime):
            return connection.ops.adapt_datetimefield_value(value)
        return value

    def adapted(self, values: Values, using: str) -> Values:
        """Return the values as the database's driver gets them."""
        return {name: self.in_database(value, using) for name, value in values.items()}

    def first(self, values: Values, using: str) -> Found | None:
        """Run it."""
        known = self.adapted(values, using)
        found = self.asked(connections[using], lambda raw: self.driver.first(raw, known))
        if found is None:
            return None
        said, row = found
        rows = self.compiler.apply_converters([row], self.converters)
        return Found(said, tuple(next(iter(rows))))

    def insert_if_same(
        self, values: Values, said: Said, added: tuple[Any, ...], using: str
    ) -> bool:
        """Run it with its insert."""
        known = self.adapted(values, using)
        return self.asked(
            connections[using], lambda raw: self.driver.insert_if_same(raw, known, said, added)
        )

    def asked(self, connection: Any, ask: Callable[[Any], Answer]) -> Answer:
        """Ask the driver; a connection that died since the last request is opened again, once.

        A connection that answers needs no health check any more: it was one.
        """
        try:
            return self.driven(connection, ask)
        except OperationalError:
            if connection.in_atomic_block or connection.health_check_done:
                raise
            connection.close()
            return self.driven(connection, ask)

    def driven(self, connection: Any, ask: Callable[[Any], Answer]) -> Answer:
        """Ask the driver."""
        connection.ensure_connection()
        with connection.wrap_database_errors:
            answer = ask(connection.connection)
        connection.health_check_done = True
        return answer
