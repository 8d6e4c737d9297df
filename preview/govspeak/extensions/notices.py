"""Call-outs: `^information^` and `%warning%`."""

from __future__ import annotations

from preview.govspeak.extensions.registry import Context, lines_between, surrounded
from preview.govspeak.labels import label


def notice(context: Context, key: str, kind: str, more: str = "") -> str:
    """Return the start tag of a call-out."""
    name = label(key, context.options.locale)
    return f'<div role="note" aria-label="{name}" class="application-notice {kind}-notice"{more}>'


@surrounded(50, *lines_between("^"))
def information(context: Context, body: str) -> str:
    """Write an information call-out; its text is read with the rest."""
    start = notice(context, "information", "info", ' markdown="1"')
    return f"\n\n{start}\n{body.strip()}\n</div>\n"


@surrounded(60, *lines_between("%"))
def warning(context: Context, body: str) -> str:
    """Write a warning; its text is a document of its own."""
    return f"\n\n{notice(context, 'warning', 'help')}\n{context.render(body)}</div>\n"
