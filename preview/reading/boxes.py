"""The boxes that a text can stand in, told by element and class.

Source: alphagov/govspeak `lib/govspeak.rb`, alphagov/govuk-frontend component classes.
"""

from __future__ import annotations

from preview.reading.events import Start

BY_CLASS = {
    "info-notice": "information",
    "help-notice": "warning",
    "govuk-warning-text": "warning",
    "govuk-inset-text": "inset text",
    "govuk-notification-banner": "notice",
    "gem-c-notice": "notice",
    "call-to-action": "call to action",
    "example": "example",
    "contact": "contact",
    "address": "address",
    "form-download": "form download",
    "summary": "summary",
    "legislative-list": "legislative list",
    "steps": "steps",
    "footnotes": "footnotes",
    "govuk-details": "details",
    "gem-c-attachment": "attachment",
    "attachment": "attachment",
    "gem-c-devolved-nations": "devolved nations",
}
BY_TAG = {
    "blockquote": "quotation",
    "details": "details",
    "address": "address",
    "nav": "navigation",
}


def box_of(start: Start) -> str:
    """Return the box that an element makes; empty for none."""
    for name in start.classes:
        if name in BY_CLASS:
            return BY_CLASS[name]
    return BY_TAG.get(start.tag, "")
