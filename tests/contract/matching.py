"""Compare an answer with what a contract expects, by Pact's rules.

A status is equal; of the headers only those that are listed count; an object may have more names; a
list has the same length and order; what no rule covers is equal. A rule `type` holds for all that
is below it, with `min` a list has that many rows at least, each like the first.

Source: Pact specification version 2, `testcases/response`.
"""

from __future__ import annotations

import re
from typing import Any

STEP = re.compile(r"\['(?P<name>[^']*)'\]|\[(?P<position>\d+|\*)\]|\.(?P<plain>[A-Za-z0-9_]+)")


def rules_of(matchers: list[dict[str, Any]]) -> dict[tuple[str, ...], dict[str, Any]]:
    """Return the rules by the path that they are for; `*` stands for any position."""
    return {steps_of(rule["path"]): rule for rule in matchers}


def steps_of(path: str) -> tuple[str, ...]:
    return tuple(
        found["name"] if found["name"] is not None else found["position"] or found["plain"]
        for found in STEP.finditer(path.removeprefix("$"))
    )


def rule_at(rules: dict[tuple[str, ...], dict[str, Any]], path: tuple[str, ...]) -> Any:
    for steps, rule in rules.items():
        if len(steps) == len(path) and all(
            step in (here, "*") for step, here in zip(steps, path, strict=True)
        ):
            return rule
    return None


def differences(
    expected: Any,
    actual: Any,
    rules: dict[tuple[str, ...], dict[str, Any]],
    path: tuple[str, ...] = (),
    inherited: dict[str, Any] | None = None,
) -> list[str]:
    """Return what differs, a sentence each."""
    rule = rule_at(rules, path) or inherited
    place = "/" + "/".join(path)
    if rule and rule["match"] == "regex":
        fits = isinstance(actual, str) and re.search(rule["regex"], actual)
        return [] if fits else [f"{place}: {actual!r} does not match {rule['regex']}"]
    by_type = {"match": "type"} if rule else None
    if isinstance(expected, dict):
        if not isinstance(actual, dict):
            return [f"{place}: {shown(actual)} is no object"]
        return [
            one
            for name, value in expected.items()
            for one in (
                differences(value, actual[name], rules, (*path, name), by_type)
                if name in actual
                else [f"{place}/{name}: missing"]
            )
        ]
    if isinstance(expected, list):
        return of_lists(expected, actual, rules, path, rule)
    if rule:
        same = kind(expected) == kind(actual)
        return [] if same else [f"{place}: {shown(actual)} is no {kind(expected)}"]
    return [] if expected == actual else [f"{place}: {shown(actual)} is not {shown(expected)}"]


def of_lists(expected: list[Any], actual: Any, rules: Any, path: Any, rule: Any) -> list[str]:
    place = "/" + "/".join(path)
    if not isinstance(actual, list):
        return [f"{place}: {shown(actual)} is no list"]
    least = (rule or {}).get("min")
    if least is None and len(actual) != len(expected):
        return [f"{place}: {len(actual)} rows, not {len(expected)}"]
    if least is not None and len(actual) < least:
        return [f"{place}: {len(actual)} rows, fewer than {least}"]
    by_type = {"match": "type"} if rule else None
    return [
        one
        for position, row in enumerate(actual)
        for one in differences(
            expected[min(position, len(expected) - 1)],
            row,
            rules,
            (*path, str(position)),
            by_type,
        )
    ]


def kind(value: Any) -> str:
    if isinstance(value, bool):
        return "boolean"
    names = {str: "text", int: "number", float: "number", dict: "object", list: "list"}
    return names.get(type(value), "null")


def shown(value: Any) -> str:
    return repr(value)[:200]
