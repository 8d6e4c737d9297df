"""Boxes between dollar marks: `$CTA`, `$E`, `$P`, `$I`, `$!`, `$D`, `$C`, `$AI`.

The body of a box is read with the rest of the text, as a document of its own, or as plain Markdown.
"""

from __future__ import annotations

from preview.govspeak.extensions.registry import Body, Context, lines_between, surrounded


def with_the_rest(name: str) -> Body:
    """Return the writer of a box whose body is read with the rest."""

    def write(context: Context, body: str) -> str:  # noqa: ARG001 (an extension)
        text = body.strip()
        # A table needs a blank line between itself and the box.
        text = f"\n{text}" if text.startswith("|") else text
        text = f"{text}\n" if text.endswith("|") else text
        return f'<div class="{name}" markdown="1">\n{text}\n</div>\n'

    return write


def of_its_own(name: str) -> Body:
    """Return the writer of a box whose body is a document of its own."""

    def write(context: Context, body: str) -> str:
        return f'\n<div class="{name}">\n{context.render(body)}</div>\n'

    return write


def plain(name: str) -> Body:
    """Return the writer of a box whose body is plain Markdown."""

    def write(context: Context, body: str) -> str:
        return f'\n<div class="{name}">\n{context.markdown(body.strip())}</div>\n'

    return write


BOXES = (
    (110, "$CTA", "call-to-action", with_the_rest),
    (120, "$!", "summary", plain),
    (121, "$D", "form-download", plain),
    (122, "$C", "contact", plain),
    (123, "$P", "place", of_its_own),
    (124, "$I", "information", of_its_own),
    (125, "$AI", "additional-information", plain),
    (130, "$E", "example", with_the_rest),
)
for place, mark, name, kind in BOXES:
    surrounded(place, *lines_between(mark))(kind(name))
