"""Govspeak, GOV.UK's Markdown dialect, to safe HTML. No Django, no network, no tables.

`to_html(source, options)` gives HTML, `render(source, options)` also what else is known of a text.
Every text has a rendering; what can't be one (no text, wrong options) is a `GovspeakError`.

Source: alphagov/govspeak over kramdown.
"""

from __future__ import annotations

from preview.errors import GovspeakError
from preview.govspeak.engine import Engine, checked
from preview.govspeak.headers import Header
from preview.govspeak.options import DEFAULT, Options
from preview.govspeak.rendered import Rendered, render

__all__ = ["GovspeakError", "Header", "Options", "Rendered", "render", "to_html"]


def to_html(source: str, options: Options | None = None) -> str:
    """Return the HTML of a text.

    Raises:
        GovspeakError: the source is no text.

    """
    return Engine(options or DEFAULT).html(checked(source))
