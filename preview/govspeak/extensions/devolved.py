"""Text for one nation or city: `:england: … :england:`."""

from __future__ import annotations

from preview.govspeak.extensions.registry import Body, Context, surrounded
from preview.govspeak.labels import label

PLACES = ("scotland", "england", "england-wales", "northern-ireland", "wales", "london")


def for_place(place: str) -> Body:
    """Return the writer of a text for one place."""

    def write(context: Context, body: str) -> str:
        heading = label(f"devolved_{place}", context.options.locale)
        return (
            f'<div class="devolved-content {place}">\n<p class="devolved-header">{heading}</p>\n'
            f'<div class="devolved-body">{context.render(body)}</div>\n</div>\n'
        )

    return write


for number, place in enumerate(PLACES):
    # A step inside has put the end of its paragraph behind the mark: it goes with the mark.
    surrounded(170 + number, f":{place}:", f":{place}:", f":{place}:(?:</p>)?")(for_place(place))
