"""The button component.

Source: alphagov/govuk_publishing_components `components/_button.html.erb`, for structure and
classes. The arrow is drawn for this project.
"""

from __future__ import annotations

from html import escape

from preview.govspeak.escaping import encoded

ARROW = (
    '<svg class="govuk-button__start-icon govuk-!-display-none-print"'
    ' xmlns="http://www.w3.org/2000/svg" width="17.5" height="19" viewBox="0 0 34 38"'
    ' focusable="false" aria-hidden="true">'
    '<path fill="currentColor" d="M2 2h12l18 17-18 17H2l18-17z"></path></svg>'
)


def button(text: str, address: str, *, start: bool, data: dict[str, str]) -> str:
    """Return a link that looks like a button; `text` is HTML."""
    more = "".join(f' {name}="{escape(value)}"' for name, value in data.items())
    module = " ".join(["govuk-button", data.get("data-module", "")]).strip()
    more = more.replace(f' data-module="{escape(data.get("data-module", ""))}"', "")
    classes = "gem-c-button govuk-button" + (" govuk-button--start" if start else "")
    inside = f"<span> {text} </span>{ARROW}" if start else text
    return (
        f'<a class="{classes}" role="button" data-module="{module}"{more} draggable="false"'
        f' href="{escape(encoded(address))}">{inside}</a>'
    )
