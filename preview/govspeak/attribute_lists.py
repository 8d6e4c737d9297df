"""Attribute lists: `{: .class #id key="value" reference}`.

Source: kramdown syntax, "Attribute List Definitions" and "Inline Attribute Lists".
"""

from __future__ import annotations

import re

NAME = r"\w[\w:-]*"
ANY = r"(?:\\\}|[^}])"
# As long as a list may be: one that never ends is then given up soon.
WHOLE = rf"{ANY}{{1,500}}"
ITEM = re.compile(
    rf"""(?:\A|\s)(?:(?P<key>{NAME})=(?P<quote>["'])(?P<value>(?:\\\}}|\\(?P=quote)|(?!\}}|(?P=quote)).)*)(?P=quote)"""
    r"""|(?P<reference>\w[\w:-]*)|(?P<marks>(?:[#.][A-Za-z_-][\w:-]*)+))(?=\s|\Z)""",
    re.DOTALL | re.ASCII,
)
MARK = re.compile(r"([#.])([A-Za-z_-][\w:-]*)", re.ASCII)
Lists = dict[str, dict[str, str]]


def read(text: str, named: Lists, into: dict[str, str] | None = None) -> dict[str, str]:
    """Return the attributes of a list; a reference brings those of the list that it names.

    Attributes are added to `into` where it is given: classes add up, the rest replaces.
    """
    found = {} if into is None else into
    for item in ITEM.finditer(text):
        if item["reference"]:
            for name, value in named.get(item["reference"], {}).items():
                add(found, name, value)
        elif item["marks"]:
            for sign, name in MARK.findall(item["marks"]):
                add(found, "class" if sign == "." else "id", name)
        else:
            quote = item["quote"]
            value = item["value"].replace("\\}", "}").replace("\\" + quote, quote)
            add(found, item["key"], value.strip())
    return found


def add(attributes: dict[str, str], name: str, value: str) -> None:
    """Set an attribute; a class is added to those that are there."""
    if name == "class" and attributes.get("class"):
        value = f"{attributes['class']} {value}"
    attributes[name] = value
