"""A page as a result of GOV.UK search.

Source: alphagov/search-api `lib/search/presenters/highlighted_description.rb` (225 characters),
alphagov/finder-frontend `app/models/document.rb` (up to the end of the first sentence).
"""

from __future__ import annotations

import re
from typing import Any

from preview.pages.item import ContentItem
from preview.pages.options import Options
from preview.pages.parts.published import past_government
from preview.pages.surfaces.registry import UNPUBLISHED, Card, register

LONGEST = 225
SENTENCE_END = re.compile(r"\.\s[A-Z].*", re.DOTALL)
# Services say no day in search: it would tell nothing of how current they are.
UNDATED = frozenset(
    {
        "answer",
        "completed_transaction",
        "guide",
        "licence",
        "local_transaction",
        "place",
        "simple_smart_answer",
        "smart_answer",
        "step_by_step_nav",
        "transaction",
    }
)


def shortened(description: str) -> str:
    """Return a summary as search shows it: 225 characters at most, then the first sentence."""
    flat = " ".join(description.split())
    bounded = flat if len(flat) <= LONGEST else f"{flat[: LONGEST - 1]}…"
    return SENTENCE_END.sub(".", bounded)


@register
class Search(Card):
    """Title, address, summary, day of the last change."""

    name = "search"
    heading = "Search result"

    def values(self, item: ContentItem, options: Options) -> dict[str, Any]:
        """Return the parts of the result."""
        dated = item.document_type not in UNDATED
        return {
            "listed": item.schema_name not in UNPUBLISHED and not item.withdrawn_notice,
            "address": f"{options.website_root}{item.base_path}",
            "summary": shortened(item.description),
            "updated": item.public_updated_at if dated else None,
            "organisations": item.link_titles("organisations") if dated else [],
            "past_government": past_government(item),
        }
