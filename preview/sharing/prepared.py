"""A query whose SQL is compiled once and run with other values.

For the one query that every shared page asks, building SQL from a queryset costs ten times what
the database does for it.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any
from uuid import UUID

from django.db import DEFAULT_DB_ALIAS, connections
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
        self.sql, parameters = compiler.as_sql()
        names = {self.in_database(value, using): name for name, value in stand_ins.items()}
        self.places = [(names.get(self.in_database(one, using)), one) for one in parameters]
        if {name for name, _ in self.places if name} != set(stand_ins):
            raise ValueError("A stand-in is not found in the compiled query.")
        expressions = [column for column, _, _ in compiler.select]
        self.converters = compiler.get_converters(expressions)
        self.compiler = compiler

    @staticmethod
    def in_database(value: Any, using: str) -> Any:
        """Return a value as the database's driver gets it."""
        if isinstance(value, UUID) and not connections[using].features.has_native_uuid_field:
            return value.hex
        return value

    def first(self, values: dict[str, Any], using: str) -> tuple[Any, ...] | None:
        """Run it."""
        parameters = [
            self.in_database(values[name], using) if name else constant
            for name, constant in self.places
        ]
        with connections[using].cursor() as cursor:
            cursor.execute(self.sql, parameters)
            row = cursor.fetchone()
        if row is None:
            return None
        rows = self.compiler.apply_converters([row], self.converters)
        return tuple(next(iter(rows)))
