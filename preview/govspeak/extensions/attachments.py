"""Attachments: inline, as a block, as a link."""

from __future__ import annotations

import re

from preview.govspeak.components.file_facts import inline_attributes
from preview.govspeak.escaping import escape_value
from preview.govspeak.extensions.registry import Context, extension
from preview.govspeak.options import named, text_of


@extension(90, "[embed:attachments:inline:", r"\[embed:attachments:inline:\s*([^\n\[\]]*?)\s*\]")
def inline(context: Context, match: re.Match[str]) -> str:
    """Write a link to a file with its type and size."""
    found = named(context.options.attachments, "content_id", match[1])
    if found is None:
        return ""
    own_id = text_of(found, "id")
    name = f' id="attachment_{escape_value(own_id)}"' if own_id else ""
    title = text_of(found, "title").replace("\n", " ")
    address = text_of(found, "url")
    link = f'<a href="{escape_value(address)}">{title}</a>' if address else title
    facts = inline_attributes(found, context.options.locale)
    return f'<span{name} class="attachment-inline">{link}{f" ({facts})" if facts else ""}</span>'


@extension(220, "[Attachment:", r"^\[Attachment:\s*([^\n\[\]]*?)\s*\]")
def block(context: Context, match: re.Match[str]) -> str:
    """Leave a place for the attachment component."""
    if named(context.options.attachments, "id", match[1]) is None:
        return ""
    own_id = escape_value(match[1])
    return f'<govspeak-embed-attachment id="{own_id}"></govspeak-embed-attachment>'


@extension(230, "[AttachmentLink:", r"\[AttachmentLink:\s*([^\n\[\]]*?)\s*\]")
def link(context: Context, match: re.Match[str]) -> str:
    """Leave a place for the attachment link component."""
    if named(context.options.attachments, "id", match[1]) is None:
        return ""
    own_id = escape_value(match[1])
    return f'<govspeak-embed-attachment-link id="{own_id}"></govspeak-embed-attachment-link>'
