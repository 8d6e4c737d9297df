"""Contacts by content id: `[Contact:id]`."""

from __future__ import annotations

import re

from preview.govspeak.components.contact import contact_card
from preview.govspeak.extensions.registry import Context, extension
from preview.govspeak.options import named


@extension(200, "[Contact:", r"\[Contact:\s*([^\n\[\]]*?)\s*\]")
def contact(context: Context, match: re.Match[str]) -> str:
    """Write the contact card."""
    if match[1] not in context.contact_ids:
        context.contact_ids.append(match[1])
    found = named(context.options.contacts, "content_id", match[1])
    return contact_card(found, context.options.locale) if found is not None else ""
