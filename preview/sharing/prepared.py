"""A query whose SQL is compiled once and run with other values.

For the queries that every shared page asks, building SQL from a queryset costs ten times what the
database does for it, and planning it again as much as answering it.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import datetime
from typing import Any
from uuid import UUID

import psycopg
from django.db import DEFAULT_DB_ALIAS, OperationalError, connections
from django.db.models import QuerySet
from django.db.models.sql.compiler import SQLCompiler


class PreparedQuery:
    """Runs the queryset that `build(**values)` returns, at most one row of it.

    `stand_ins` are values of the right types, each different and unlike any constant of the query:
    their places in the compiled SQL are where later values go. The queryset is of `values_list`
    kind.
    """

    def __init__(self, build: Callable[..., QuerySet[Any, Any]], **stand_ins: Any) -> None:
        self.build, self.stand_ins = build, stand_ins
        self.compiled: dict[str, Compiled] = {}

    def first(self, using: str = DEFAULT_DB_ALIAS, **values: Any) -> tuple[Any, ...] | None:
        """Return the first row for these values (of the stand-ins' names), or None."""
        connection = connections[using]
        compiled = self.compiled.get(connection.vendor)
        if compiled is None:
            compiled = Compiled(self.build(**self.stand_ins), self.stand_ins, using)
            self.compiled[connection.vendor] = compiled
        return compiled.first(values, using)


class Compiled:
    """SQL of one kind of database, with the names of the values at each place."""

    def __init__(self, queryset: QuerySet[Any, Any], stand_ins: dict[str, Any], using: str) -> None:
        compiler: SQLCompiler = queryset[:1].query.get_compiler(using=using)
        sql, parameters = compiler.as_sql()
        names = {self.in_database(value, using): name for name, value in stand_ins.items()}
        self.places = [(names.get(self.in_database(one, using)), one) for one in parameters]
        if {name for name, _ in self.places if name} != set(stand_ins):
            raise ValueError("A stand-in is not found in the compiled query.")
        vendor = connections[using].vendor
        self.run = RUNNERS[vendor]
        self.sql = with_question_marks(sql) if vendor == "sqlite" else sql
        expressions = [column for column, _, _ in compiler.select]
        self.converters = compiler.get_converters(expressions)
        self.compiler = compiler

    @staticmethod
    def in_database(value: Any, using: str) -> Any:
        """Return a value as the database's driver gets it."""
        connection = connections[using]
        if isinstance(value, UUID) and not connection.features.has_native_uuid_field:
            return value.hex
        if isinstance(value, datetime):
            return connection.ops.adapt_datetimefield_value(value)
        return value

    def first(self, values: dict[str, Any], using: str) -> tuple[Any, ...] | None:
        """Run it."""
        parameters = [
            self.in_database(values[name], using) if name else constant
            for name, constant in self.places
        ]
        row = self.asked(connections[using], parameters)
        if row is None:
            return None
        rows = self.compiler.apply_converters([row], self.converters)
        return tuple(next(iter(rows)))

    def asked(self, connection: Any, parameters: list[Any]) -> tuple[Any, ...] | None:
        """Ask the driver; a connection that died since the last request is opened again, once.

        A connection that answers needs no health check any more: it was one.
        """
        try:
            return self.driven(connection, parameters)
        except OperationalError:
            if connection.in_atomic_block or connection.health_check_done:
                raise
            connection.close()
            return self.driven(connection, parameters)

    def driven(self, connection: Any, parameters: list[Any]) -> tuple[Any, ...] | None:
        """Ask the driver."""
        connection.ensure_connection()
        with connection.wrap_database_errors:
            row = self.run(connection.connection, self.sql, parameters)
        connection.health_check_done = True
        return row


def with_question_marks(sql: str) -> str:
    """Return SQL with the places as SQLite's driver writes them."""
    return re.sub(r"%(.)", lambda found: "?" if found[1] == "s" else found[1], sql)


def in_sqlite(driver: Any, sql: str, parameters: list[Any]) -> tuple[Any, ...] | None:
    """Run by SQLite's driver, which keeps compiled statements by itself."""
    row: tuple[Any, ...] | None = driver.execute(sql, parameters).fetchone()
    return row


def in_postgresql(driver: Any, sql: str, parameters: list[Any]) -> tuple[Any, ...] | None:
    """Run as a prepared statement, so that PostgreSQL plans it once for a connection."""
    with psycopg.Cursor(driver) as cursor:
        return cursor.execute(sql, parameters, prepare=True).fetchone()


RUNNERS: dict[str, Callable[[Any, str, list[Any]], tuple[Any, ...] | None]] = {
    "sqlite": in_sqlite,
    "postgresql": in_postgresql,
}
