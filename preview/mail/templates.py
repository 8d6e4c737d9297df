"""The text of letters: `templates/mail/<name>.txt`, its first line the subject.

They are plain text in plain English: that is what GOV.UK Notify sends, and what a scanner can't be
made to load pictures by. A letter that is read in parts has `<name>.html` as well.
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
    """What a letter says: plain text, and HTML where it has that too.

    `unsubscribe` is where whoever gets it stops such letters, with one POST and no questions.
    """

    subject: str
    body: str
    html: str = ""
    unsubscribe: str = ""


@cache
def environment() -> Environment:
    """Return the templates' environment; text is not HTML, so nothing is escaped."""
    return Environment(  # noqa: S701 (plain text)
        loader=FileSystemLoader(settings.BASE_DIR / "templates" / "mail"),
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )


@cache
def html_environment() -> Environment:
    """Return the environment of the letters' HTML, in which every value is escaped."""
    return environment().overlay(autoescape=True)


def text_of(template: str, values: dict[str, Any]) -> Text:
    """Return subject, body and HTML; a line break in a value never starts a new header."""
    whole = environment().get_template(f"{template}.txt").render(values)
    first, _, body = whole.partition("\n")
    subject = " ".join(first.removeprefix(SUBJECT).split())
    name = f"{template}.html"
    html = ""
    if name in html_environment().list_templates():
        html = html_environment().get_template(name).render(values, subject=subject)
    return Text(subject, body.strip() + "\n", html)
