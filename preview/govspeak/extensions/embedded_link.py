"""Links by content id: `[embed:link:id]`."""

from __future__ import annotations

import re

from preview.govspeak.extensions.registry import Context, extension
from preview.govspeak.options import named, text_of


@extension(190, "[embed:link:", r"\[embed:link:\s*([^\n\[\]]*?)\s*\]")
def embedded_link(context: Context, match: re.Match[str]) -> str:
    """Write a link, or its title where it has no address."""
    found = named(context.options.links, "content_id", match[1])
    if found is None:
        return ""
    title, address = text_of(found, "title"), text_of(found, "url")
    return f"[{title}]({address})" if address else title
