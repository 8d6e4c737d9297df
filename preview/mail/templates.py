"""The text of letters: `templates/mail/<name>.txt`, its first line the subject.

They are plain text in plain English: that is what GOV.UK Notify sends, and what a scanner can't be
made to load pictures by.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from typing import Any

from django.conf import settings
from jinja2 import Environment, FileSystemLoader, StrictUndefined

SUBJECT = "Subject: "


@dataclass(frozen=True)
class Text:
    """What a letter says."""

    subject: str
    body: str


@cache
def environment() -> Environment:
    """Return the templates' environment; text is not HTML, so nothing is escaped."""
    return Environment(  # noqa: S701 (plain text)
        loader=FileSystemLoader(settings.BASE_DIR / "templates" / "mail"),
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )


def text_of(template: str, values: dict[str, Any]) -> Text:
    """Return subject and body; a line break in a value never starts a new header."""
    whole = environment().get_template(f"{template}.txt").render(values)
    first, _, body = whole.partition("\n")
    subject = " ".join(first.removeprefix(SUBJECT).split())
    return Text(subject, body.strip() + "\n")
